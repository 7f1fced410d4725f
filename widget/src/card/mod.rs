//! What the visitor sees: a question, a scale, perhaps more questions, thanks.
//!
//! Markup and nothing else: every step is there from the start, and `stage` shows one after the other.
//! So it knows neither window nor network nor handlers, and the collector can render the very same
//! card; and views that are only ever built, with no signals in them, are half the Wasm. Names of parts
//! are constants, since Leptos would put markup of literals alone through `innerHTML`, which pages with
//! Trusted Types refuse.

mod follow_up;
pub(crate) mod part;
mod scale;

use follow_up::follow_up;
use leptos::prelude::*;
use scale::scale;
use survey::offer::{CardWording, OfferedSurvey};

/// The card of one survey.
pub(crate) fn card(survey: &OfferedSurvey, words: &CardWording) -> impl IntoView + use<> {
    let follow_ups: Vec<_> = survey
        .follow_up
        .iter()
        .map(|asked| follow_up(asked, words))
        .collect();
    let link = survey
        .thanks_link
        .as_ref()
        .map(|link| view! { <a href=link.url.clone()>{link.text.clone()}</a> });
    view! {
        <section
            part=part::CARD
            role="dialog"
            aria-label=words.region.clone()
            class=survey.position.name()
        >
            <button part=part::CLOSE type="button" aria-label=words.close.clone()>
                "×"
            </button>
            {scale(survey, &words.next)}
            {follow_ups}
            <p part=part::THANKS role="status" tabindex="-1"></p>
            {link}
            <p class=part::SPOKEN role="status"></p>
        </section>
    }
}

/// The button that opens a card which is always at hand.
pub(crate) fn tab(survey: &OfferedSurvey, words: &CardWording) -> impl IntoView + use<> {
    let label = if survey.tab_label.is_empty() {
        &words.region
    } else {
        &survey.tab_label
    };
    view! {
        <button part=part::TAB type="button">
            {label.clone()}
        </button>
    }
}
