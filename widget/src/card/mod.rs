//! What the visitor sees: a question, a scale, perhaps one more question, thanks.
//!
//! It knows neither window nor network, so that the collector can render the very same card. Every
//! step is there from the start and hidden until its turn: a view that is only ever built, never
//! exchanged, is a third of the Wasm.

mod comment;
mod scale;

use comment::Comment;
use leptos::html;
use leptos::prelude::*;
use scale::Scale;
use std::time::Duration;
use survey::conversation::Said;
use survey::offer::{CardWording, OfferedSurvey};

/// Assistive technology has settled on the page by then.
const ANNOUNCED_AFTER: Duration = Duration::from_secs(1);

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
    let question = RwSignal::new(String::new());
    let status = RwSignal::new(String::new());
    let announcement = announcement(words.announce);
    let end = NodeRef::<html::P>::new();
    let asked = NodeRef::<html::Label>::new();

    let thanks = survey.thanks.clone();
    let finish = UnsyncCallback::new(move |()| {
        step.set(Step::Thanks);
        status.set(thanks.clone());
        // The button that had the focus is hidden now.
        if let Some(end) = end.get_untracked() {
            let _ = end.focus();
        }
    });
    let follow_ups = survey.clone();
    let give = UnsyncCallback::new(move |given| {
        let follow_up = follow_ups.follow_up(given);
        hear.run(Said::Scored(given, follow_up.is_some()));
        let Some(follow_up) = follow_up else {
            return finish.run(());
        };
        question.set(follow_up.question.clone());
        step.set(Step::Comment);
        if let Some(asked) = asked.get_untracked() {
            let _ = asked.focus();
        }
    });
    let on_scale = Signal::derive(move || step.get() == Step::Score);
    let on_comment = Signal::derive(move || step.get() == Step::Comment);
    let position = survey.position.name();
    let close = words.close;
    let region = words.region;
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
            <Scale survey next=words.next choose=words.choose shown=on_scale give hear />
            <Comment
                question
                optional=words.optional
                privacy=words.privacy
                send=words.send
                shown=on_comment
                asked
                hear
                finish
            />
            <p part="thanks" role="status" tabindex="-1" node_ref=end>
                {status}
            </p>
            <p class="spoken" role="status">
                {announcement}
            </p>
        </section>
    }
}

/// Empty at first: only what comes into a live region is read out.
fn announcement(text: String) -> RwSignal<String> {
    let announcement = RwSignal::new(String::new());
    let announce = move || {
        // The card may be gone by now.
        let _ = announcement.try_set(text);
    };
    set_timeout(announce, ANNOUNCED_AFTER);
    announcement
}
