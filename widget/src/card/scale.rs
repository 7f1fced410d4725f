//! The scale: native radio buttons in one row, low to high, nothing chosen beforehand.

use super::{Deed, Tell};
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use survey::offer::OfferedSurvey;

/// The question with its scale. A pointer's choice goes on at once; keys select, and `next` goes on.
pub(super) fn scale(survey: &OfferedSurvey, next: &str, tell: &Tell) -> impl IntoView + use<> {
    let selected = Rc::new(Cell::new(None::<u8>));
    let options: Vec<_> = survey
        .metric
        .scale()
        .map(|score| option(score, spoken(survey, score), &selected, tell))
        .collect();
    let anchor = |label: Option<&String>| label.cloned().unwrap_or_default();
    let tell = Rc::clone(tell);
    view! {
        <form
            class="score"
            novalidate
            on:submit=move |submit| {
                submit.prevent_default();
                tell(Deed::WentOn(selected.get()));
            }
        >
            <fieldset>
                <legend part="question">
                    <small>{survey.intro.clone()}</small>
                    {survey.question.clone()}
                </legend>
                <div part="scale">{options}</div>
                <div class="anchors" aria-hidden="true">
                    <span part="anchor-low">{anchor(survey.labels.first())}</span>
                    <span part="anchor-high">{anchor(survey.labels.last())}</span>
                </div>
            </fieldset>
            <p part="error" role="alert"></p>
            <button part="next" type="submit">
                {next.to_owned()}
            </button>
        </form>
    }
}

fn option(
    score: u8,
    spoken: String,
    selected: &Rc<Cell<Option<u8>>>,
    tell: &Tell,
) -> impl IntoView + use<> {
    let digits = score.to_string();
    let (value, data) = (digits.clone(), digits.clone());
    let selected = Rc::clone(selected);
    let tell = Rc::clone(tell);
    // Arrow keys click as well, so this hears of every choice.
    let choose = move |by_pointer| {
        selected.set(Some(score));
        tell(Deed::Selected(score));
        if by_pointer {
            tell(Deed::WentOn(Some(score)));
        }
    };
    view! {
        <label part="option" data-score=data>
            <input
                type="radio"
                name="score"
                value=value
                // A click that no pointer made (an arrow key's) has no detail.
                on:click=move |click| choose(click.detail() > 0)
            />
            <span>{digits}</span>
            <span class="spoken">{spoken}</span>
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
