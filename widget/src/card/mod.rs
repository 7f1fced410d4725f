//! What the visitor sees: a question, a scale, perhaps one more question, thanks.
//!
//! Markup and nothing else: every step is there from the start, and `stage` shows one after the other.
//! So it knows neither window nor network, and the collector can render the very same card; and views
//! that are only ever built, with no signals in them, are half the Wasm.

mod comment;
mod scale;

use comment::comment;
use leptos::prelude::*;
use scale::scale;
use std::rc::Rc;
use survey::offer::{CardWording, OfferedSurvey};

/// What the visitor did to the card.
#[derive(Clone, Debug)]
pub(crate) enum Deed {
    /// Selected a score.
    Selected(u8),
    /// Went on, with a score or without one.
    WentOn(Option<u8>),
    /// Typed: the comment as it now stands.
    Typed(String),
    /// Sent the comment.
    Sent,
    /// Closed the card.
    Closed,
}

/// Told everything the visitor does.
pub(crate) type Tell = Rc<dyn Fn(Deed)>;

/// The card of one survey.
pub(crate) fn card(
    survey: &OfferedSurvey,
    words: &CardWording,
    tell: &Tell,
) -> impl IntoView + use<> {
    let (escape, close) = (Rc::clone(tell), Rc::clone(tell));
    view! {
        <section
            part="card"
            role="dialog"
            aria-label=words.region.clone()
            on:keydown=move |key| {
                if key.key() == "Escape" {
                    escape(Deed::Closed);
                }
            }
        >
            <button
                part="close"
                type="button"
                aria-label=words.close.clone()
                on:click=move |_| close(Deed::Closed)
            >
                "×"
            </button>
            {scale(survey, &words.next, tell)}
            {comment(words, tell)}
            <p part="thanks" role="status" tabindex="-1"></p>
            <p class="spoken" role="status"></p>
        </section>
    }
}
