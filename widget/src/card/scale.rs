//! The scale: native radio buttons in one row, low to high, nothing chosen beforehand.

use super::part;
use super::piece::{Choice, words};
use leptos::prelude::*;
use survey::offer::{OfferedSurvey, Style};

/// The scores of every scale, in Western digits, which all 16 languages read.
const DIGITS: [&str; 11] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"];

/// The five faces of CSAT, from very dissatisfied to very satisfied.
const SMILEYS: [&str; 5] = ["😞", "😕", "😐", "😊", "😀"];

/// A pointer's choice goes on at once; keys select, and `next` goes on.
pub(super) fn scale(survey: &'static OfferedSurvey) -> impl IntoView + use<> {
    let options: Vec<_> = survey
        .metric
        .scale()
        .map(|score| option(survey, score))
        .collect();
    let anchor = |part, label: Option<&'static String>| {
        words(Some(part), None, label.map_or("", String::as_str))
    };
    view! {
        <div part=part::SCALE class=survey.style.name()>
            {options}
        </div>
        <div class="anchors" aria-hidden="true">
            {anchor(part::ANCHOR_LOW, survey.labels.first())}
            {anchor(part::ANCHOR_HIGH, survey.labels.last())}
        </div>
    }
}

fn option(survey: &'static OfferedSurvey, score: u8) -> impl IntoView + use<> {
    let digits = DIGITS.get(usize::from(score)).copied().unwrap_or_default();
    let face = match survey.style {
        Style::Numbers => None,
        Style::Stars => Some("★"),
        Style::Smileys => SMILEYS.get(usize::from(score.wrapping_sub(1))).copied(),
    };
    Choice {
        part: part::OPTION,
        kind: "radio",
        name: "score",
        value: digits,
        score: Some(digits),
        shown: face.unwrap_or(digits),
        // What is no number is named by its number all the same.
        spoken: [face.map_or("", |_| digits), meaning(survey, score)],
    }
    .view()
}

/// What a score means, for those who do not see where it stands.
fn meaning(survey: &'static OfferedSurvey, score: u8) -> &'static str {
    let scale = survey.metric.scale();
    let every = survey.labels.len() == scale.clone().count();
    let label = if every {
        survey.labels.get(usize::from(score - scale.start()))
    } else if score == *scale.start() {
        survey.labels.first()
    } else if score == *scale.end() {
        survey.labels.last()
    } else {
        None
    };
    label.map_or("", String::as_str)
}
