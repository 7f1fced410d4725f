//! The one question after the score, answered in the visitor's own words or not at all.

use super::Steps;
use leptos::prelude::*;
use std::rc::Rc;
use survey::conversation::Said;
use survey::offer::CardWording;

/// As long as a comment may get here, in UTF-16 units, as browsers count.
const LONGEST: &str = "500";

/// The question, a field and the button that sends.
pub(super) fn comment(words: &CardWording, steps: &Rc<Steps>) -> impl IntoView + use<> {
    let (question, asked) = (steps.question, steps.asked);
    let typing = Rc::clone(steps);
    let steps = Rc::clone(steps);
    view! {
        <form
            class="comment"
            on:submit=move |submit| {
                submit.prevent_default();
                (steps.hear)(Said::Finished);
                steps.end();
            }
        >
            <p part="question" id="question" tabindex="-1" node_ref=asked>
                {question}
                <small>{words.optional.clone()}</small>
            </p>
            <textarea
                part="comment"
                rows="3"
                maxlength=LONGEST
                dir="auto"
                aria-labelledby="question"
                aria-describedby="privacy"
                on:input=move |input| (typing.hear)(Said::Typed(event_target_value(&input)))
            />
            <p class="privacy" id="privacy">
                {words.privacy.clone()}
            </p>
            <button part="submit" type="submit">
                {words.send.clone()}
            </button>
        </form>
    }
}
