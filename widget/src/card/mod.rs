//! What the visitor sees: a question, a scale, perhaps one more question, thanks.
//!
//! It knows neither window nor network, so that the collector can render the very same card.

mod comment;
mod scale;

use comment::Comment;
use leptos::prelude::*;
use scale::Scale;
use survey::conversation::Said;
use survey::offer::{CardWording, OfferedSurvey};

/// Where the visitor is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Score,
    Comment,
    Thanks,
}

/// The card of one survey; `hear` is told everything the visitor does.
#[component]
pub(crate) fn Card(
    survey: OfferedSurvey,
    words: CardWording,
    hear: UnsyncCallback<Said>,
) -> impl IntoView {
    let step = RwSignal::new(Step::Score);
    let score = RwSignal::new(None::<u8>);
    let position = survey.position.name();
    let close = words.close.clone();
    let region = words.region.clone();
    let thanks = survey.thanks.clone();
    let status = move || {
        if step.get() == Step::Thanks {
            thanks.clone()
        } else {
            String::new()
        }
    };
    let give_score = UnsyncCallback::new({
        let survey = survey.clone();
        move |given| {
            let more_follows = survey.follow_up(given).is_some();
            hear.run(Said::Scored(given, more_follows));
            step.set(if more_follows {
                Step::Comment
            } else {
                Step::Thanks
            });
        }
    });
    let body = move || match (step.get(), score.get_untracked()) {
        (Step::Score, _) => {
            let (survey, words) = (survey.clone(), words.clone());
            view! { <Scale survey words score give=give_score hear /> }.into_any()
        }
        (Step::Comment, Some(given)) => {
            let question = survey.follow_up(given).map(|asked| asked.question.clone());
            let finish = UnsyncCallback::new(move |()| {
                hear.run(Said::Finished);
                step.set(Step::Thanks);
            });
            let words = words.clone();
            let question = question.unwrap_or_default();
            view! { <Comment question words hear finish /> }.into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <section
            part="card"
            class=position
            role="dialog"
            aria-label=region
            on:keydown=move |key| {
                if key.key() == "Escape" {
                    hear.run(Said::Closed);
                }
            }
        >
            <button
                part="close"
                type="button"
                aria-label=close
                on:click=move |_| hear.run(Said::Closed)
            >
                "×"
            </button>
            {body}
            <p part="thanks" role="status">{status}</p>
        </section>
    }
}
