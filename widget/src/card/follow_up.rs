//! One question after the score, answered in words, by choosing, by an address, or not at all.

use super::part;
use leptos::prelude::*;
use survey::offer::{CardWording, Choice, FollowUp, FollowUpKind};

/// As long as a comment may get here, in UTF-16 units, as browsers count.
const LONGEST: &str = "500";

const CHECKBOX: &str = "checkbox";

/// The question, what it is answered with, and the buttons that go back and on.
pub(super) fn follow_up(asked: &FollowUp, words: &CardWording) -> impl IntoView + use<> {
    let field = match asked.kind {
        FollowUpKind::Text => Some(comment(asked, words).into_view()),
        _ => None,
    };
    let address = (asked.kind == FollowUpKind::Contact).then(|| contact(asked, words));
    let kind = if asked.kind == FollowUpKind::Choices {
        CHECKBOX
    } else {
        "radio"
    };
    let choices: Vec<_> = asked.options.iter().map(|one| choice(one, kind)).collect();
    view! {
        <form hidden=true novalidate=true>
            <fieldset>
                <legend part=part::QUESTION tabindex="-1">
                    {asked.question.clone()}
                    <small>{words.optional.clone()}</small>
                </legend>
                {choices}
                {field}
                {address}
            </fieldset>
            <p part=part::ERROR role="alert"></p>
            <button part=part::BACK type="button">
                {words.back.clone()}
            </button>
            <button part=part::SUBMIT type="submit">
                {words.send.clone()}
            </button>
        </form>
    }
}

fn comment(asked: &FollowUp, words: &CardWording) -> impl IntoView + use<> {
    view! {
        <textarea
            part=part::COMMENT
            rows="3"
            maxlength=LONGEST
            dir="auto"
            aria-label=asked.question.clone()
        />
        <p class="note">{words.privacy.clone()}</p>
    }
}

fn choice(choice: &Choice, kind: &'static str) -> impl IntoView + use<> {
    view! {
        <label part=part::CHOICE>
            <input type=kind name="choice" value=choice.key.clone() />
            <span>{choice.text.clone()}</span>
        </label>
    }
}

/// An address counts only together with the consent beside it, which nobody has given beforehand.
fn contact(asked: &FollowUp, words: &CardWording) -> impl IntoView + use<> {
    // The standard question is the field's name, and need not be read twice.
    let class = if asked.question == words.contact {
        part::SPOKEN
    } else {
        ""
    };
    view! {
        <label>
            <span class=class>{words.contact.clone()}</span>
            <input part=part::CONTACT type="email" autocomplete="email" dir="ltr" />
        </label>
        <p class="note">{words.contact_help.clone()}</p>
        <label part=part::CHOICE>
            <input type=CHECKBOX />
            <span>{words.contact_consent.clone()}</span>
        </label>
    }
}
