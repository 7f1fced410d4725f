//! The one question after the score, answered in the visitor's own words or not at all.

use super::{Step, Steps};
use leptos::prelude::*;
use std::rc::Rc;
use survey::conversation::Said;
use survey::offer::CardWording;

/// As long as a comment may get here, in UTF-16 units, as browsers count.
const LONGEST: &str = "500";

/// The question, a field and the button that sends.
pub(super) fn comment(words: &CardWording, steps: &Rc<Steps>) -> impl IntoView + use<> {
    let (step, question, asked) = (steps.step, steps.question, steps.asked);
    let typing = Rc::clone(steps);
    let steps = Rc::clone(steps);
    view! {
        <form
            hidden=move || step.get() != Step::Comment
            on:submit=move |submit| {
                submit.prevent_default();
                (steps.hear)(Said::Finished);
                steps.end();
            }
        >
            <label part="question" for="comment" tabindex="-1" node_ref=asked>
                {question}
                <small>{words.optional.clone()}</small>
            </label>
            <textarea
                part="comment"
                id="comment"
                rows="3"
                maxlength=LONGEST
                dir="auto"
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
