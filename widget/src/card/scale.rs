//! The scale: native radio buttons in one row, low to high, nothing chosen beforehand.

use leptos::prelude::*;
use survey::conversation::Said;
use survey::offer::OfferedSurvey;

/// The question with its scale. A pointer's choice goes on at once; keys select, and `next` goes on.
#[component]
pub(super) fn Scale(
    survey: OfferedSurvey,
    next: String,
    choose: String,
    shown: Signal<bool>,
    give: UnsyncCallback<u8>,
    hear: UnsyncCallback<Said>,
) -> impl IntoView {
    let score = RwSignal::new(None::<u8>);
    let error = RwSignal::new(String::new());
    let go_on = move || match score.get_untracked() {
        Some(given) => give.run(given),
        None => error.set(choose.clone()),
    };
    let select = UnsyncCallback::new(move |given| {
        score.set(Some(given));
        hear.run(Said::Selected(given));
    });
    let anchor = |label: Option<&String>| label.cloned().unwrap_or_default();
    let low = anchor(survey.labels.first());
    let high = anchor(survey.labels.last());
    let scores = survey.metric.scale();
    let options: Vec<_> = scores
        .map(|score| option(score, spoken(&survey, score), select, give))
        .collect();
    view! {
        <form
            novalidate
            hidden=move || !shown.get()
            on:submit=move |submit| {
                submit.prevent_default();
                go_on();
            }
        >
            <fieldset>
                <legend part="question">
                    <small>{survey.intro.unwrap_or_default()}</small>
                    {survey.question}
                </legend>
                <div part="scale">{options}</div>
                <div class="anchors" aria-hidden="true">
                    <span part="anchor-low">{low}</span>
                    <span part="anchor-high">{high}</span>
                </div>
            </fieldset>
            <p part="error" role="alert">
                {error}
            </p>
            <button part="next" type="submit">
                {next}
            </button>
        </form>
    }
}

fn option(
    score: u8,
    spoken: String,
    select: UnsyncCallback<u8>,
    give: UnsyncCallback<u8>,
) -> impl IntoView {
    let digits = score.to_string();
    let (value, data) = (digits.clone(), digits.clone());
    view! {
        <label part="option" data-score=data>
            <input
                type="radio"
                name="score"
                value=value
                on:change=move |_| select.run(score)
                on:click=move |click| {
                    // A click that no pointer made (an arrow key's) has no detail.
                    if click.detail() > 0 {
                        select.run(score);
                        give.run(score);
                    }
                }
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
