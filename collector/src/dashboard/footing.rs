//! What a page rests on: which lines, until when, and how its ranges are meant.

use super::desk::Reading;
use super::picture::Picture;
use super::piece::{IntoPiece, Piece};
use leptos::prelude::*;
use report::Lines;
use report::render::words::thousands;

/// The footer of a page made of a reading.
pub(super) fn footing(reading: &Reading<Picture>) -> Piece {
    let read = lines_read(reading, &reading.found.report.lines);
    view! {
        {read}
        <details id="how">
            <summary>"How to read this"</summary>
            <p>
                "Ranges of figures and of shares are made so that one may look as often as one likes: all the time, the \
                 true value stays within it in 95 of 100 cases (a confidence sequence). Ranges for one look alone, as \
                 those of the median time and of what moved most, and as in a report of a fixed period, are narrower. \
                 “Fell” and “rose” are said only where chance is an unlikely reason, after correction for everything \
                 that was tested; before you decide something costly on such a sentence, ask for a fixed period."
            </p>
        </details>
    }
    .piece()
}

/// Which lines were read, until when.
pub(super) fn lines_read<T>(reading: &Reading<T>, lines: &Lines) -> Piece {
    let moment = reading
        .as_of
        .strftime("%-d %B %Y, %H:%M:%S UTC")
        .to_string();
    let took = format!("{:.2} s", reading.took.as_secs_f64());
    let left_out = [
        (lines.unreadable, "unreadable"),
        (lines.duplicate, "duplicate"),
        (lines.automated, "automated"),
        (lines.over_quota, "over a quota"),
    ];
    let left_out: Vec<String> = left_out
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", thousands(count)))
        .collect();
    let left_out = if left_out.is_empty() {
        String::new()
    } else {
        format!(" ({} left out)", left_out.join(", "))
    };
    view! {
        <p class="numbers">
            "Everything stored until "{moment}": "{thousands(lines.read)}" lines"{left_out}", read in "{took}"."
        </p>
    }
    .piece()
}
