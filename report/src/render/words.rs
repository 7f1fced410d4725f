//! How metrics, figures and their values are called and written.

use survey::metric::Metric;

use crate::alert::Alert;
use crate::comments::Topic;
use crate::comparison::Comparison;
use crate::figures::{ANSWERS_FIRM, ANSWERS_MIN, FigureName};
use crate::survey_report::Summary;
pub use crate::verdict::{amount, p_value, thousands};

/// What a metric is called.
#[must_use]
pub const fn metric(metric: Metric) -> &'static str {
    match metric {
        Metric::Csat => "CSAT (satisfaction)",
        Metric::Ces => "CES (ease)",
        Metric::Nps => "NPS (recommendation)",
    }
}

/// What a figure is called.
#[must_use]
pub const fn figure(name: FigureName) -> &'static str {
    match name {
        FigureName::Nps => "NPS",
        FigureName::Csat => "satisfied",
        FigureName::CsatMean => "mean of 1 to 5",
        FigureName::CsatBottom2 => "dissatisfied",
        FigureName::CesEasy => "found it easy",
        FigureName::CesMean => "mean of 1 to 7",
        FigureName::ResponseRate => "response rate",
        FigureName::Completion => "completion",
        FigureName::CommentShare => "share with a comment",
    }
}

/// What moved or did not, as the subject of a verdict.
#[must_use]
pub fn moved(name: FigureName, verdict: &str) -> String {
    let subject = match name {
        FigureName::Nps => "NPS",
        FigureName::Csat | FigureName::CsatMean => "satisfaction",
        FigureName::CsatBottom2 => "dissatisfaction",
        FigureName::ResponseRate | FigureName::Completion | FigureName::CommentShare => {
            figure(name)
        }
        FigureName::CesEasy | FigureName::CesMean => "ease",
    };
    let is_verb = verdict.starts_with("fell") || verdict.starts_with("rose");
    let colon = if is_verb { "" } else { ":" };
    format!("{subject}{colon} {verdict}")
}

/// Rates that moved by more than chance, each as a sentence.
#[must_use]
pub fn moved_rates(changes: &[Comparison]) -> Vec<String> {
    let moved_by_more = changes.iter().filter(|change| change.is_real());
    moved_by_more
        .map(|change| moved(change.figure, &change.verdict))
        .collect()
}

/// Themes that too few mention to say more of them.
#[must_use]
pub fn seldom(themes: &[&Topic]) -> String {
    let themes: Vec<String> = themes
        .iter()
        .map(|theme| format!("{} {}", theme.name, theme.n))
        .collect();
    format!(
        "fewer than {ANSWERS_MIN} comments each: {}",
        themes.join(", ")
    )
}

/// With a capital letter.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + characters.as_str()
    })
}

/// A figure as a level, within a sentence.
#[must_use]
pub fn level(name: FigureName, level: f64) -> String {
    let subject = match name {
        FigureName::CsatMean => "mean satisfaction",
        FigureName::CesMean => "mean ease",
        _ => figure(name),
    };
    format!("{subject} {}", value(name, level))
}

/// What is added to a figure from so many answers, where they are few.
#[must_use]
pub const fn preliminary(n: u64) -> &'static str {
    if n < ANSWERS_FIRM {
        ", preliminary"
    } else {
        ""
    }
}

/// Why there is no figure, and how many answers would make a useful one.
#[must_use]
pub fn too_few(summary: &Summary, metric: Metric) -> String {
    format!(
        "too few answers: {} of at least {ANSWERS_MIN}; about {} make an interval of ± {}",
        summary.n,
        thousands(summary.answers_needed),
        worth(metric)
    )
}

/// What a chart of daily values says.
#[must_use]
pub fn fallen(alert: &Alert) -> String {
    format!(
        "below {} since {}; {}",
        level(alert.figure, alert.baseline),
        alert.since.strftime("%-d %B"),
        alert.verdict
    )
}

/// What somebody would act on.
#[must_use]
pub const fn worth(metric: Metric) -> &'static str {
    match metric {
        Metric::Nps => "10 points",
        Metric::Csat => "10 percentage points",
        Metric::Ces => "half a point",
    }
}

/// With its unit. An NPS is written in whole points and without one.
#[must_use]
pub fn value(name: FigureName, value: f64) -> String {
    let number = number(name, value);
    match name {
        FigureName::Csat
        | FigureName::CsatBottom2
        | FigureName::CesEasy
        | FigureName::ResponseRate
        | FigureName::Completion
        | FigureName::CommentShare => format!("{number} %"),
        FigureName::Nps | FigureName::CsatMean | FigureName::CesMean => number,
    }
}

/// Rounded to what people read; the full precision is in the JSON.
#[must_use]
pub fn number(name: FigureName, value: f64) -> String {
    let written = match name {
        FigureName::Nps => format!("{:.0}", value.round()),
        FigureName::Csat
        | FigureName::CsatBottom2
        | FigureName::CesEasy
        | FigureName::ResponseRate
        | FigureName::Completion
        | FigureName::CommentShare => format!("{value:.1}"),
        FigureName::CsatMean | FigureName::CesMean => format!("{value:.2}"),
    };
    with_minus(written)
}

/// A written number for people, with a minus sign in the place of the hyphen; zero has none, however it was
/// rounded.
#[must_use]
pub fn with_minus(number: String) -> String {
    match number.strip_prefix('-') {
        Some(digits) if digits.contains(|digit| matches!(digit, '1'..='9')) => format!("−{digits}"),
        Some(zero) => zero.to_owned(),
        None => number,
    }
}

/// The same of a difference, with its sign.
#[must_use]
pub fn signed(name: FigureName, value: f64) -> String {
    let number = number(name, value);
    if number.starts_with('−') {
        number
    } else {
        format!("+{number}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_people_read_them() {
        let rows = [
            (FigureName::Nps, -0.4, "0"),
            (FigureName::Nps, -3.716, "−4"),
            (FigureName::CesEasy, -3.04, "−3.0 %"),
            (FigureName::CesMean, -0.004, "0.00"),
            (FigureName::Nps, 100.0, "100"),
            (FigureName::Csat, 71.84, "71.8 %"),
            (FigureName::CsatBottom2, 0.0, "0.0 %"),
            (FigureName::CesEasy, 100.0, "100.0 %"),
            (FigureName::CesMean, 5.306, "5.31"),
        ];
        for (name, given, written) in rows {
            assert_eq!(value(name, given), written);
        }
        let rows = [(-12.4, "−12"), (0.3, "+0"), (-0.3, "+0"), (12.4, "+12")];
        for (given, written) in rows {
            assert_eq!(signed(FigureName::Nps, given), written);
        }
    }
}
