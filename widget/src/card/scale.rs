//! The scale: native radio buttons in one row, low to high, nothing chosen beforehand.

use leptos::prelude::*;
use survey::conversation::Said;
use survey::offer::{CardWording, OfferedSurvey};

/// The question with its scale. A pointer's choice goes on at once; keys select, and `next` goes on.
#[component]
pub(super) fn Scale(
    survey: OfferedSurvey,
    words: CardWording,
    score: RwSignal<Option<u8>>,
    give: UnsyncCallback<u8>,
    hear: UnsyncCallback<Said>,
) -> impl IntoView {
    let is_missing = RwSignal::new(false);
    let go_on = move || match score.get_untracked() {
        Some(given) => give.run(given),
        None => is_missing.set(true),
    };
    let anchor = |label: Option<&String>| label.cloned().unwrap_or_default();
    let low = anchor(survey.labels.first());
    let high = anchor(survey.labels.last());
    let options = options(&survey, score, give, hear);
    let choose = words.choose;
    let error = move || is_missing.get().then(|| choose.clone());
    view! {
        <form
            novalidate
            on:submit=move |submit| {
                submit.prevent_default();
                go_on();
            }
        >
            <fieldset>
                <legend part="question">
                    {survey.intro.map(|intro| view! { <small>{intro}</small> })}
                    {survey.question}
                </legend>
                <div part="scale">{options}</div>
                <div class="anchors" aria-hidden="true">
                    <span part="anchor-low">{low}</span>
                    <span part="anchor-high">{high}</span>
                </div>
            </fieldset>
            <p part="error" role="alert">{error}</p>
            <button part="next" type="submit">{words.next}</button>
        </form>
    }
}

fn options(
    survey: &OfferedSurvey,
    score: RwSignal<Option<u8>>,
    give: UnsyncCallback<u8>,
    hear: UnsyncCallback<Said>,
) -> Vec<impl IntoView + use<>> {
    let select = move |given| {
        score.set(Some(given));
        hear.run(Said::Selected(given));
    };
    let option = |given: u8| {
        view! {
            <label part="option" data-score=given>
                <input
                    type="radio"
                    name="score"
                    value=given
                    on:change=move |_| select(given)
                    on:click=move |click| {
                        // A click that no pointer made (an arrow key's) has no detail.
                        if click.detail() > 0 {
                            select(given);
                            give.run(given);
                        }
                    }
                />
                <span>{given}</span>
                <span class="spoken">{spoken(survey, given)}</span>
            </label>
        }
    };
    survey.metric.scale().map(option).collect()
}

/// What a score means, for those who do not see where it stands.
fn spoken(survey: &OfferedSurvey, score: u8) -> Option<String> {
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
    label.map(|label| [" ", label.as_str()].concat())
}
