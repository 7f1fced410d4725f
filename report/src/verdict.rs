//! What a comparison or a change comes to, in a sentence for somebody who has to decide something.

use crate::comparison::{Comparison, With};
use crate::figures::{ANSWERS_MIN, FigureName};
use crate::period::Stretch;

/// The verdict on a comparison whose p value is corrected.
pub(crate) fn of(comparison: &Comparison) -> String {
    let (here, there) = (comparison.here.n, comparison.there.n);
    let of = noun(comparison.figure);
    let Some(difference) = comparison.difference else {
        return format!(
            "too few {of} to compare: {} and {}, at least {ANSWERS_MIN} on each side",
            thousands(here),
            thousands(there)
        );
    };
    let Some(p) = comparison.p_adjusted else {
        return format!("no test can say: all {of} of each side are alike");
    };
    if comparison.is_real() {
        return format!(
            "{}; {} this large is unlikely to be chance, {}",
            moved(comparison, difference),
            kind(comparison.with, difference),
            p_value(p)
        );
    }
    let smaller = here.min(there);
    let nothing = format!(
        "no difference that these {} {of} could show, {}",
        thousands(here),
        p_value(p)
    );
    match comparison.needed {
        Some(needed) if needed > smaller => {
            format!(
                "{nothing}; {} would take about {} on each side",
                worth(comparison.figure),
                thousands(needed)
            )
        }
        _ => nothing,
    }
}

fn moved(comparison: &Comparison, difference: f64) -> String {
    let by = amount(comparison.figure, difference.abs());
    match (comparison.with, difference < 0.0) {
        (With::Previous, true) => format!("fell by {by} since {}", before(comparison)),
        (With::Previous, false) => format!("rose by {by} since {}", before(comparison)),
        (With::Rest, true) => format!("{by} below the rest"),
        (With::Rest, false) => format!("{by} above the rest"),
    }
}

/// What a figure counts.
const fn noun(figure: FigureName) -> &'static str {
    match figure {
        FigureName::ResponseRate => "impressions",
        FigureName::Completion | FigureName::CommentShare => "responses",
        _ => "answers",
    }
}

/// How a difference of this sign is called.
const fn kind(with: With, difference: f64) -> &'static str {
    match with {
        With::Rest => "a difference",
        With::Previous if difference < 0.0 => "a fall",
        With::Previous => "a rise",
    }
}

fn before(comparison: &Comparison) -> String {
    comparison
        .previous
        .map_or_else(|| "the period before".to_owned(), length)
}

fn length(stretch: Stretch) -> String {
    let hours = stretch.until.duration_since(stretch.since).as_hours();
    match (hours / 24, hours % 24) {
        (1, 0) => "the day before".to_owned(),
        (7, 0) => "the week before".to_owned(),
        (days, _) if days >= 2 => format!("the {days} days before"),
        _ => "the period before".to_owned(),
    }
}

/// An amount of a figure with its unit: `12 points`, `3.4 percentage points`, `0.62 points of 7`.
#[must_use]
pub fn amount(figure: FigureName, amount: f64) -> String {
    match figure {
        FigureName::Nps if amount.round() == 1.0 => "1 point".to_owned(),
        FigureName::Nps => format!("{amount:.0} points"),
        FigureName::CesMean => format!("{amount:.2} points of 7"),
        FigureName::CsatMean => format!("{amount:.2} points of 5"),
        FigureName::Csat
        | FigureName::CsatBottom2
        | FigureName::CesEasy
        | FigureName::ResponseRate
        | FigureName::Completion
        | FigureName::CommentShare => {
            format!("{amount:.1} percentage points")
        }
    }
}

const fn worth(figure: FigureName) -> &'static str {
    match figure {
        FigureName::CesMean | FigureName::CsatMean => "half a point",
        _ => "10 points",
    }
}

/// `p = 0.012`, or that it is smaller than anybody needs to know.
#[must_use]
pub fn p_value(p: f64) -> String {
    if p < 0.001 {
        "p < 0.001".to_owned()
    } else if p < 0.1 {
        format!("p = {p:.3}")
    } else {
        format!("p = {p:.2}")
    }
}

/// `12,345`.
#[must_use]
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        let rows = [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (12_345_678, "12,345,678"),
        ];
        for (number, expected) in rows {
            assert_eq!(thousands(number), expected);
        }
        let rows = [
            (0.0, "p < 0.001"),
            (0.012_34, "p = 0.012"),
            (0.5, "p = 0.50"),
        ];
        for (p, expected) in rows {
            assert_eq!(p_value(p), expected);
        }
        assert_eq!(amount(FigureName::Nps, 1.2), "1 point");
        assert_eq!(amount(FigureName::CesMean, 0.615), "0.61 points of 7");
    }
}
