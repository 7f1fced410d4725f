//! What a question after the score is answered with: words, options, or an address.

use super::part;
use super::piece::{Choice, line, words};
use leptos::prelude::*;
use survey::offer::{CardWording, FollowUp, FollowUpKind};

/// As long as a comment may get here, in UTF-16 units, as browsers count.
const LONGEST: &str = "500";

const CHECKBOX: &str = "checkbox";

/// A comment.
pub(super) fn comment(question: &'static str, card: &'static CardWording) -> impl IntoView + use<> {
    view! {
        <textarea part=part::COMMENT rows="3" maxlength=LONGEST dir="auto" aria-label=question />
        {line(None, Some(part::NOTE), None, &card.privacy)}
    }
}

/// One or several of the options.
pub(super) fn choices(asked: &'static FollowUp) -> Vec<impl IntoView + use<>> {
    let kind = if asked.kind == FollowUpKind::Choices {
        CHECKBOX
    } else {
        "radio"
    };
    let options = asked.options.iter();
    options
        .map(|one| choice(kind, &one.key, &one.text))
        .collect()
}

fn choice(kind: &'static str, value: &'static str, text: &'static str) -> impl IntoView + use<> {
    Choice {
        part: part::CHOICE,
        kind,
        name: "choice",
        value,
        score: None,
        shown: text,
        spoken: ["", ""],
    }
    .view()
}

/// An address counts only together with the consent beside it, which nobody has given beforehand.
pub(super) fn contact(question: &'static str, card: &'static CardWording) -> impl IntoView + use<> {
    // The standard question is the field's name, and need not be read twice.
    let class = (question == card.contact).then_some(part::SPOKEN);
    view! {
        <label>
            {words(None, class, &card.contact)}
            <input part=part::CONTACT type="email" autocomplete="email" dir="ltr" />
        </label>
        {line(None, Some(part::NOTE), None, &card.contact_help)}
        {choice(CHECKBOX, "", &card.contact_consent)}
    }
}
