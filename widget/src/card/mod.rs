//! What the visitor sees: a question, a scale, perhaps more questions, thanks.
//!
//! Markup and nothing else: every step is there from the start, and `stage` shows one after the other.
//! So it knows neither window nor network nor handlers, and the collector can render the very same
//! card; and views that are only ever built, with no signals in them, are half the Wasm. Names of parts
//! are constants, since Leptos would put markup of literals alone through `innerHTML`, which pages with
//! Trusted Types refuse. Words are borrowed, and what looks alike is one function: each kind of view
//! costs the code that builds and drops it once more.

mod follow_up;
pub(crate) mod part;
mod piece;
mod scale;
mod step;

use leptos::prelude::*;
use piece::{button, line};
use step::step;
use survey::offer::{CardWording, OfferedSurvey};

/// The card of one survey.
pub(crate) fn card(
    survey: &'static OfferedSurvey,
    words: &'static CardWording,
) -> impl IntoView + use<> {
    let follow_ups = survey.follow_up.iter().map(Some);
    let steps: Vec<_> = std::iter::once(None)
        .chain(follow_ups)
        .map(|asked| step(survey, asked, words))
        .collect();
    let link = survey
        .thanks_link
        .as_ref()
        .map(|link| view! { <a href=link.url.as_str()>{link.text.as_str()}</a> });
    view! {
        <section
            part=part::CARD
            role="dialog"
            aria-label=words.region.as_str()
            class=survey.position.name()
            tabindex="-1"
        >
            {button(part::CLOSE, "button", "×", Some(&words.close))}
            {steps}
            {line(Some(part::THANKS), None, Some("status"), "")}
            {link}
            {line(None, Some(part::SPOKEN), Some("status"), "")}
        </section>
    }
}

/// The button that opens a card which is always at hand.
pub(crate) fn tab(
    survey: &'static OfferedSurvey,
    words: &'static CardWording,
) -> impl IntoView + use<> {
    let label = if survey.tab_label.is_empty() {
        &words.region
    } else {
        &survey.tab_label
    };
    button(part::TAB, "button", label, None)
}
