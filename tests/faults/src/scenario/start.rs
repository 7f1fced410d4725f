//! A start on many lines: it must not take longer the more there are.

use crate::shop::Shop;
use anyhow::{Result, ensure};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Duration;

/// A full segment.
const SEGMENT: u64 = 64 << 20;
/// So many segments hold the million lines whose ids are known again; only they must differ.
const DIFFERENT: u64 = 8;

/// What it came to.
#[derive(Debug)]
pub struct Figures {
    /// Bytes of lines.
    pub bytes: u64,
    /// How long the first start took, which found lines alone, as after a restore.
    pub first: Duration,
    /// How long the start after a kill took at most.
    pub again: Duration,
}

/// Starts on so many bytes of full segments, and again after a kill.
///
/// Most of them are hard links to a few, so that they take little space: a start reads none of the
/// older ones, and would be found out by its time if it did.
///
/// # Errors
/// When a start after a kill takes longer than that.
pub fn on(bytes: u64, at_most: Duration) -> Result<Figures> {
    let shop = Shop::new()?;
    let day = shop.data().join("events/date=2026-11-20");
    fs::create_dir_all(&day)?;
    let segments = bytes.div_ceil(SEGMENT);
    let path = |number: u64| day.join(format!("{number:06}.jsonl"));
    for number in 1..=segments {
        if number <= DIFFERENT {
            write_segment(&path(number), number)?;
        } else {
            fs::hard_link(path((number - 1) % DIFFERENT + 1), path(number))?;
        }
    }
    let ready = || -> Result<Duration> {
        let collector = shop.opens()?;
        let ready = collector.ready_after;
        let answer = collector.gets("/healthz")?;
        ensure!(answer.status == 200, "{answer:?}");
        collector.is_killed()?;
        Ok(ready)
    };
    let figures = Figures {
        bytes: segments * SEGMENT,
        first: ready()?,
        again: ready()?.max(ready()?),
    };
    ensure!(figures.again < at_most, "{figures:?}");
    Ok(figures)
}

/// A full segment of lines as they are stored.
fn write_segment(path: &Path, number: u64) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut written = 0;
    for line in 0_u64.. {
        let id = format!("019aa5f0-4500-7000-8000-{:012x}", number << 32 | line);
        let line = format!(
            r#"{{"type":"response","id":"{id}","seq":1,"survey":"checkout-effort","metric":"ces","wording":"standard","score":6,"answers":{{"comment":"Livraison trop longue, et le total ne se voit qu'à la fin."}},"complete":true,"trigger":"exit_intent","signal":"pointer","at":"2026-11-20T10:00:00.000Z","channel":"web","page":{{"path":"/checkout"}},"device":"mobile","language":"fr","session":{{"pages":4,"seconds":181}},"automated":false,"site":"demo","received_at":"2026-11-20T10:00:00.123Z"}}"#
        );
        if written + line.len() as u64 >= SEGMENT {
            break;
        }
        writeln!(file, "{line}")?;
        written += line.len() as u64 + 1;
    }
    Ok(file.flush()?)
}
