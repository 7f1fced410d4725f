//! What the steps are made of. One function a kind, however it is dressed: every kind of view costs the
//! code that builds and drops it.

use super::part;
use leptos::prelude::*;
use survey::offer::{NAME_BEGINS, NAME_ENDS};

/// A question, in which the shop's name keeps a direction of its own.
pub(super) fn question(text: &'static str) -> impl IntoView + use<> {
    let (before, rest) = parted(text, NAME_BEGINS);
    let (name, after) = parted(rest, NAME_ENDS);
    view! {
        {before}
        <bdi>{name}</bdi>
        {after}
    }
}

/// What stands before a mark, and after it. The standard library's search would be four times the Wasm.
fn parted(text: &'static str, mark: &str) -> (&'static str, &'static str) {
    let mut places = text.as_bytes().windows(mark.len());
    let place = places.position(|place| place == mark.as_bytes());
    let parts = place.and_then(|place| Some((text.get(..place)?, text.get(place + mark.len()..)?)));
    parts.unwrap_or((text, ""))
}

/// A button with its part, its type, what it shows, and its name where that says less.
pub(super) fn button(
    part: &'static str,
    kind: &'static str,
    text: &'static str,
    name: Option<&'static str>,
) -> impl IntoView + use<> {
    view! {
        <button part=part type=kind aria-label=name>
            {text}
        </button>
    }
}

/// A control that is chosen, and what it is called.
pub(super) struct Choice {
    pub(super) part: &'static str,
    /// `radio` or `checkbox`.
    pub(super) kind: &'static str,
    /// Of the control and those it belongs to.
    pub(super) name: &'static str,
    pub(super) value: &'static str,
    pub(super) score: Option<&'static str>,
    pub(super) shown: &'static str,
    /// What is said after it and not seen, where there is something to say.
    pub(super) spoken: [&'static str; 2],
}

impl Choice {
    pub(super) fn view(self) -> impl IntoView + use<> {
        // Eleven options are most of a card, so that nothing is made for nothing.
        let spoken = self.spoken.into_iter().filter(|text| !text.is_empty());
        let spoken: Vec<_> = spoken
            .map(|text| words(None, Some(part::SPOKEN), text))
            .collect();
        view! {
            <label part=self.part data-score=self.score>
                <input type=self.kind name=self.name value=self.value />
                {self.shown}
                {spoken}
            </label>
        }
    }
}

/// A few words of a part or a class of its own.
pub(super) fn words(
    part: Option<&'static str>,
    class: Option<&'static str>,
    text: &'static str,
) -> impl IntoView + use<> {
    view! {
        <span part=part class=class>
            {text}
        </span>
    }
}

/// A line of its own, and the role in which assistive technology tells it.
pub(super) fn line(
    part: Option<&'static str>,
    class: Option<&'static str>,
    role: Option<&'static str>,
    text: &'static str,
) -> impl IntoView + use<> {
    view! {
        <p part=part class=class role=role>
            {text}
        </p>
    }
}
