//! What has been promised, beside the others and by itself, and whether it holds.

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

/// Hark's own figure, and the most it may be.
struct Budget {
    what: &'static str,
    is_armed: bool,
    figure: fn(&Sample) -> f64,
    at_most: f64,
}

const BUDGETS: [Budget; 5] = [
    Budget {
        what: "scripts without a survey, ms",
        is_armed: false,
        figure: |sample| sample.script,
        at_most: 5.0,
    },
    Budget {
        what: "scripts with a survey, ms",
        is_armed: true,
        figure: |sample| sample.script,
        at_most: 30.0,
    },
    Budget {
        what: "trigger to visible, ms",
        is_armed: true,
        figure: |sample| sample.visible,
        at_most: 80.0,
    },
    Budget {
        what: "tasks of more than 50 ms after the trigger",
        is_armed: true,
        figure: |sample| sample.long_tasks_of_form,
        at_most: 0.0,
    },
    Budget {
        what: "layout shift",
        is_armed: true,
        figure: |sample| sample.layout_shift,
        at_most: 0.0,
    },
];

/// Prints each ratio and each budget with its limit; fails if one is broken.
pub(crate) fn pronounce(rows: &[Row]) -> ExitCode {
    println!();
    let ratios = PROMISES.iter().map(|promise| {
        let of = |contender| figure_of(rows, contender, promise.is_armed, promise.figure);
        holds(promise.what, of(Hark) / of(promise.than), promise.at_most)
    });
    let budgets = BUDGETS.iter().map(|budget| {
        let figure = figure_of(rows, Hark, budget.is_armed, budget.figure);
        holds(budget.what, figure, budget.at_most)
    });
    // Not `all`, which stops at the first that is broken.
    let broken = ratios.chain(budgets).filter(|holds| !holds).count();
    ExitCode::from(u8::from(broken > 0))
}

fn holds(what: &str, figure: f64, at_most: f64) -> bool {
    let holds = figure <= at_most;
    let verdict = if holds { "holds" } else { "broken" };
    println!("{what:<44} {figure:>8.3}  at most {at_most:.3}  {verdict}");
    holds
}
