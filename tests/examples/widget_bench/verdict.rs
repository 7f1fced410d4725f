//! What has been promised about the others, and whether it holds.

use crate::Row;
use crate::contender::Contender::{self, Form, Hark, PostHog, Sprig};
use crate::measure::Sample;
use crate::table::figure_of;
use std::process::ExitCode;

/// Hark's figure over that of another, and the most it may be.
struct Promise {
    what: &'static str,
    than: Contender,
    is_armed: bool,
    figure: fn(&Sample) -> f64,
    at_most: f64,
}

const PROMISES: [Promise; 6] = [
    Promise {
        what: "bytes without a survey ÷ PostHog",
        than: PostHog,
        is_armed: false,
        figure: |sample| sample.bytes,
        at_most: 1.0 / 50.0,
    },
    Promise {
        what: "bytes without a survey ÷ Sprig",
        than: Sprig,
        is_armed: false,
        figure: |sample| sample.bytes,
        at_most: 1.0 / 7.0,
    },
    Promise {
        what: "bytes with a survey ÷ PostHog",
        than: PostHog,
        is_armed: true,
        figure: |sample| sample.bytes,
        at_most: 0.35,
    },
    Promise {
        what: "bytes with a survey ÷ Sprig",
        than: Sprig,
        is_armed: true,
        figure: |sample| sample.bytes,
        at_most: 0.55,
    },
    Promise {
        what: "trigger to visible ÷ PostHog",
        than: PostHog,
        is_armed: true,
        figure: |sample| sample.visible,
        at_most: 0.25,
    },
    Promise {
        what: "trigger to visible ÷ hand-written form",
        than: Form,
        is_armed: true,
        figure: |sample| sample.visible,
        at_most: 1.0,
    },
];

/// Prints each ratio with its limit; fails if one is broken.
pub(crate) fn pronounce(rows: &[Row]) -> ExitCode {
    println!();
    let mut code = ExitCode::SUCCESS;
    for promise in PROMISES {
        let of = |contender| figure_of(rows, contender, promise.is_armed, promise.figure);
        let ratio = of(Hark) / of(promise.than);
        let holds = ratio <= promise.at_most;
        if !holds {
            code = ExitCode::FAILURE;
        }
        println!(
            "{:<40} {ratio:>7.3}  at most {:.3}  {}",
            promise.what,
            promise.at_most,
            if holds { "holds" } else { "broken" }
        );
    }
    code
}
