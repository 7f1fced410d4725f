//! Charts as SVG, each with its numbers as a table for whoever cannot see it or wants to copy them.

mod bars;
mod range;
mod trend;

use crate::dashboard::piece::{IntoPiece, Piece};
pub(super) use bars::{bars, rows as bar_rows};
pub(super) use range::{Scale, range};
pub(super) use trend::{Trend, rows as trend_rows, trend};

use leptos::prelude::*;

/// A chart with its numbers.
pub(super) fn figure(
    id: &str,
    caption: &str,
    chart: impl IntoView + 'static,
    numbers: impl IntoView + 'static,
) -> Piece {
    let id = format!("numbers-{id}");
    view! {
        <figure>
            <figcaption>{caption.to_owned()}</figcaption>
            {chart}
            <details id=id><summary>"Numbers"</summary>{numbers}</details>
        </figure>
    }
    .piece()
}

/// A table that scrolls by itself where it is too wide.
pub(super) fn table(label: &str, heads: &[&str], rows: Vec<Vec<String>>) -> Piece {
    let heads: Vec<_> = heads
        .iter()
        .map(|head| view! { <th scope="col">{(*head).to_owned()}</th> })
        .collect();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|cells| {
            let mut cells = cells.into_iter();
            let head = cells.next();
            let cells: Vec<_> = cells.map(|cell| view! { <td>{cell}</td> }).collect();
            view! { <tr><th scope="row">{head}</th>{cells}</tr> }
        })
        .collect();
    view! {
        <div class="wide" role="region" aria-label=label.to_owned() tabindex="0">
            <table>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .piece()
}

/// A coordinate: a tenth of a unit is finer than any screen.
pub(super) fn at(value: f64) -> String {
    format!("{value:.1}")
}
