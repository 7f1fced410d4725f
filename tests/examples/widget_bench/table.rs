//! The medians of all, in one table, and how many times Hark's they are.

use crate::Row;
use crate::contender::Contender;
use crate::measure::{Sample, median};

/// Prints it; the heap is what is added to the page alone.
pub(crate) fn print(rows: &[Row]) {
    println!(
        "{:<18} {:<7} {:>9} {:>7} {:>10} {:>7} {:>6} {:>7} {:>10} {:>7} {:>10} {:>7}",
        "",
        "survey",
        "bytes",
        "÷ Hark",
        "script ms",
        "÷ Hark",
        "long",
        "shift",
        "heap KB",
        "÷ Hark",
        "visible ms",
        "÷ Hark"
    );
    for row in rows {
        let of = |figure: fn(&Sample) -> f64| of_row(row, figure);
        let times = |figure: &dyn Fn(&Row) -> f64| times_harks(rows, row, figure);
        let visible = of(|sample| sample.visible);
        let visible = if visible > 0.0 {
            format!("{visible:.0}")
        } else {
            "–".to_owned()
        };
        println!(
            "{:<18} {:<7} {:>9.0} {:>7} {:>10.1} {:>7} {:>6.0} {:>7.3} {:>10.0} {:>7} {:>10} {:>7}",
            row.contender.name(),
            if row.is_armed { "armed" } else { "none" },
            of(|sample| sample.bytes),
            times(&|row| of_row(row, |sample| sample.bytes)),
            of(|sample| sample.script),
            times(&|row| of_row(row, |sample| sample.script)),
            of(|sample| sample.long_tasks),
            of(|sample| sample.layout_shift),
            added(rows, row, |sample| sample.heap) / 1_000.0,
            times(&|row| added(rows, row, |sample| sample.heap)),
            visible,
            times(&|row| of_row(row, |sample| sample.visible)),
        );
    }
}

fn of_row(row: &Row, figure: fn(&Sample) -> f64) -> f64 {
    median(&row.samples, figure)
}

/// How many times Hark's on the same page it is; of nothing there is no multiple.
fn times_harks(rows: &[Row], row: &Row, figure: &dyn Fn(&Row) -> f64) -> String {
    let hark = rows
        .iter()
        .find(|of| of.contender == Contender::Hark && of.is_armed == row.is_armed);
    let (own, harks) = (figure(row), hark.map_or(0.0, figure));
    if row.contender == Contender::Nothing || own <= 0.0 || harks <= 0.0 {
        return "–".to_owned();
    }
    format!("{:.1}", own / harks)
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
