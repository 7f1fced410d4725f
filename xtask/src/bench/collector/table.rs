//! The measured figures as a table.

use std::{
    io::{Write, stdout},
    time::Duration,
};

use anyhow::Result;

use super::{CONNECTIONS, Contender, Measured};

/// Prints what was measured; Markdown, so that it can stand in a document as it is.
pub(super) fn print(measured: &Measured) -> Result<()> {
    let mut out = stdout().lock();
    for connections in CONNECTIONS {
        let ceiling = measured.find(Contender::Nothing, connections)?.rate;
        writeln!(out, "\n{connections} connections, 400-byte events\n")?;
        writeln!(
            out,
            "| | requests/s | ÷ ceiling | p50 | p99 | refused | CPU per 100,000 | RSS idle | RSS peak |"
        )?;
        writeln!(
            out,
            "| --- | --: | --: | --: | --: | --: | --: | --: | --: |"
        )?;
        for row in &measured.rows {
            if row.connections != connections {
                continue;
            }
            let figures = row.median;
            writeln!(
                out,
                "| {} | {:.0} | {:.2} | {} | {} | {} | {:.2} s | {} | {} |",
                row.contender.name(),
                figures.rate,
                figures.rate / ceiling,
                milliseconds(figures.p50),
                milliseconds(figures.p99),
                figures.refused,
                figures.cpu.as_secs_f64(),
                megabytes(figures.idle),
                megabytes(figures.peak),
            )?;
        }
    }
    let disk = &measured.disk;
    writeln!(
        out,
        "\nthe disk itself: {:.0} appends with fdatasync a second, p50 {}, p99 {}\n",
        disk.rate,
        milliseconds(disk.p50),
        milliseconds(disk.p99)
    )?;
    Ok(())
}

/// A duration in milliseconds.
pub(super) fn milliseconds(duration: Duration) -> String {
    format!("{:.2} ms", duration.as_secs_f64() * 1_000.0)
}

/// So many bytes in megabytes.
pub(super) fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
