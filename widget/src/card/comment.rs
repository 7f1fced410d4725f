//! The one question after the score, answered in the visitor's own words or not at all.

use leptos::prelude::*;
use survey::conversation::Said;
use survey::offer::CardWording;

/// As long as a comment may get here, in UTF-16 units, as browsers count.
const LONGEST: &str = "500";

/// The question, a field and the button that sends.
#[component]
pub(super) fn Comment(
    question: String,
    words: CardWording,
    hear: UnsyncCallback<Said>,
    finish: UnsyncCallback<()>,
) -> impl IntoView {
    // The question takes the focus that the chosen score had.
    let heading = NodeRef::<leptos::html::Label>::new();
    heading.on_load(|heading| {
        let _ = heading.focus();
    });
    view! {
        <form on:submit=move |submit| {
            submit.prevent_default();
            finish.run(());
        }>
            <label part="question" for="comment" tabindex="-1" node_ref=heading>
                {question}
                <small>{words.optional}</small>
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
            <p class="privacy" id="privacy">{words.privacy}</p>
            <button part="submit" type="submit">{words.send}</button>
        </form>
    }
}
