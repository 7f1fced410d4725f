//! The scale: native radio buttons in one row, low to high, nothing chosen beforehand.

use super::part;
use leptos::prelude::*;
use survey::offer::{OfferedSurvey, Style};

/// The five faces of CSAT, from very dissatisfied to very satisfied.
const SMILEYS: [&str; 5] = ["😞", "😕", "😐", "😊", "😀"];

/// The question with its scale. A pointer's choice goes on at once; keys select, and `next` goes on.
pub(super) fn scale(survey: &OfferedSurvey, next: &str) -> impl IntoView + use<> {
    let options: Vec<_> = survey
        .metric
        .scale()
        .map(|score| option(survey, score))
        .collect();
    let anchor = |label: Option<&String>| label.cloned().unwrap_or_default();
    view! {
        <form novalidate=true>
            <fieldset>
                <legend part=part::QUESTION tabindex="-1">
                    <small>{survey.intro.clone()}</small>
                    {survey.question.clone()}
                </legend>
                <div part=part::SCALE class=survey.style.name()>
                    {options}
                </div>
                <div class="anchors" aria-hidden="true">
                    <span part=part::ANCHOR_LOW>{anchor(survey.labels.first())}</span>
                    <span part=part::ANCHOR_HIGH>{anchor(survey.labels.last())}</span>
                </div>
            </fieldset>
            <p part=part::ERROR role="alert"></p>
            <button part=part::NEXT type="submit">
                {next.to_owned()}
            </button>
        </form>
    }
}

fn option(survey: &OfferedSurvey, score: u8) -> impl IntoView + use<> {
    let digits = u32::from(score).to_string();
    let (data, value) = (digits.clone(), digits.clone());
    let seen = match survey.style {
        Style::Numbers => None,
        Style::Stars => Some("★"),
        Style::Smileys => SMILEYS.get(usize::from(score.wrapping_sub(1))).copied(),
    };
    // What is no number is named by its number all the same.
    let face = seen.map(|face| view! { <span aria-hidden="true">{face}</span> });
    let class = if seen.is_some() { part::SPOKEN } else { "" };
    view! {
        <label part=part::OPTION data-score=data>
            <input type="radio" name="score" value=value />
            {face}
            <span class=class>{digits}</span>
            <span class=part::SPOKEN>{spoken(survey, score)}</span>
        </label>
    }
}

/// What a score means, for those who do not see where it stands.
fn spoken(survey: &OfferedSurvey, score: u8) -> String {
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
    label.map_or_else(String::new, |label| [" ", label.as_str()].concat())
}
