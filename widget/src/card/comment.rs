//! The one question after the score, answered in the visitor's own words or not at all.

use super::{Deed, Tell};
use leptos::prelude::*;
use std::rc::Rc;
use survey::offer::CardWording;

/// As long as a comment may get here, in UTF-16 units, as browsers count.
const LONGEST: &str = "500";

/// The place of the question, a field and the button that sends.
pub(super) fn comment(words: &CardWording, tell: &Tell) -> impl IntoView + use<> {
    let (typing, send) = (Rc::clone(tell), Rc::clone(tell));
    view! {
        <form
            class="comment"
            on:submit=move |submit| {
                submit.prevent_default();
                send(Deed::Sent);
            }
        >
            <p part="question" id="question" tabindex="-1">
                <span></span>
                <small>{words.optional.clone()}</small>
            </p>
            <textarea
                part="comment"
                rows="3"
                maxlength=LONGEST
                dir="auto"
                aria-labelledby="question"
                aria-describedby="privacy"
                on:input=move |input| typing(Deed::Typed(event_target_value(&input)))
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
