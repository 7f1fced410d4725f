//! The medians of all, in one table.

use crate::Row;
use crate::contender::Contender;
use crate::measure::{Sample, median};

/// Prints it; the heap is what is added to the page alone.
pub(crate) fn print(rows: &[Row]) {
    println!(
        "{:<18} {:<7} {:>9} {:>10} {:>6} {:>7} {:>10} {:>10}",
        "", "survey", "bytes", "script ms", "long", "shift", "heap KB", "visible ms"
    );
    for row in rows {
        let of = |figure: fn(&Sample) -> f64| median(&row.samples, figure);
        let visible = of(|sample| sample.visible);
        let visible = if visible > 0.0 {
            format!("{visible:.0}")
        } else {
            "–".to_owned()
        };
        println!(
            "{:<18} {:<7} {:>9.0} {:>10.1} {:>6.0} {:>7.3} {:>10.0} {:>10}",
            row.contender.name(),
            if row.is_armed { "armed" } else { "none" },
            of(|sample| sample.bytes),
            of(|sample| sample.script),
            of(|sample| sample.long_tasks),
            of(|sample| sample.layout_shift),
            added(rows, row, |sample| sample.heap) / 1_000.0,
            visible,
        );
    }
}

/// What a contender adds to the page alone.
fn added(rows: &[Row], row: &Row, figure: fn(&Sample) -> f64) -> f64 {
    let own = median(&row.samples, figure);
    if row.contender == Contender::Nothing {
        return own;
    }
    own - alone(rows, row.is_armed, figure)
}

/// The page alone, by one of its figures.
fn alone(rows: &[Row], is_armed: bool, figure: fn(&Sample) -> f64) -> f64 {
    figure_of(rows, Contender::Nothing, is_armed, figure)
}

/// The median of a contender.
pub(crate) fn figure_of(
    rows: &[Row],
    contender: Contender,
    is_armed: bool,
    figure: fn(&Sample) -> f64,
) -> f64 {
    let row = rows
        .iter()
        .find(|row| row.contender == contender && row.is_armed == is_armed);
    row.map_or(0.0, |row| median(&row.samples, figure))
}
