//! The one question after the score, answered in the visitor's own words or not at all.

use leptos::html;
use leptos::prelude::*;
use survey::conversation::Said;

/// As long as a comment may get here, in UTF-16 units, as browsers count.
const LONGEST: &str = "500";

/// The question, a field and the button that sends.
#[component]
pub(super) fn Comment(
    question: RwSignal<String>,
    optional: String,
    privacy: String,
    send: String,
    shown: Signal<bool>,
    asked: NodeRef<html::Label>,
    hear: UnsyncCallback<Said>,
    finish: UnsyncCallback<()>,
) -> impl IntoView {
    view! {
        <form
            hidden=move || !shown.get()
            on:submit=move |submit| {
                submit.prevent_default();
                hear.run(Said::Finished);
                finish.run(());
            }
        >
            <label part="question" for="comment" tabindex="-1" node_ref=asked>
                {question}
                <small>{optional}</small>
            </label>
            <textarea
                part="comment"
                id="comment"
                rows="3"
                maxlength=LONGEST
                dir="auto"
                aria-describedby="privacy"
                on:input=move |input| hear.run(Said::Typed(event_target_value(&input)))
            />
            <p class="privacy" id="privacy">
                {privacy}
            </p>
            <button part="submit" type="submit">
                {send}
            </button>
        </form>
    }
}
