//! One step of the card: a question, what it is answered with, and the buttons that go back and on.

use super::follow_up::{choices, comment, contact};
use super::part;
use super::piece::{self, button, line};
use super::scale::scale;
use leptos::prelude::*;
use survey::offer::{CardWording, FollowUp, FollowUpKind, OfferedSurvey};

/// The score, or what is asked after it.
pub(super) fn step(
    survey: &'static OfferedSurvey,
    asked: Option<&'static FollowUp>,
    card: &'static CardWording,
) -> impl IntoView + use<> {
    let is_score = asked.is_none();
    let kind = asked.map(|asked| asked.kind);
    let (intro, question, note) = match asked {
        None => (survey.intro.as_str(), &survey.question, ""),
        Some(asked) => ("", &asked.question, card.optional.as_str()),
    };
    let comment = (kind == Some(FollowUpKind::Text)).then(|| comment(question, card));
    let contact = (kind == Some(FollowUpKind::Contact)).then(|| contact(question, card));
    let (onward, text) = if is_score {
        (part::NEXT, &card.next)
    } else {
        (part::SUBMIT, &card.send)
    };
    view! {
        <form hidden=!is_score novalidate=true>
            <fieldset tabindex="-1">
                <legend part=part::QUESTION>
                    <small>{intro}</small>
                    {piece::question(question)}
                    <small>{note}</small>
                </legend>
                {is_score.then(|| scale(survey))}
                {asked.map(choices)}
                {comment}
                {contact}
            </fieldset>
            {line(Some(part::ERROR), None, Some("alert"), "")}
            {(!is_score).then(|| button(part::BACK, "button", &card.back, None))}
            {button(onward, "submit", text, None)}
        </form>
    }
}
