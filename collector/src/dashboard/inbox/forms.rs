//! What can be done about a case: plain forms that are posted and lead back to its page.

use super::address;
use crate::dashboard::piece::{IntoPiece, Piece};
use crate::doorway::forms::token_field;
use leptos::prelude::*;
use report::cases::Case;
use survey::case::{NAME_CHARACTERS_MAX, NOTE_CHARACTERS_MAX, Status};

/// The query of the page that one is led back to.
pub(super) const WRITTEN: &str = "written";

/// What was typed, to be shown again beside what is wrong with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) verb: String,
    pub(super) owner: Option<String>,
    pub(super) note: String,
    pub(super) by: String,
    /// The case as it was when the form was made.
    pub(super) seen: String,
    pub(super) mistake: Option<String>,
}

impl Typed {
    fn mistake(&self, is_about: impl Fn(&str) -> bool) -> Option<Piece> {
        let said = self.mistake.clone().filter(|_| is_about(&self.verb))?;
        Some(view! { <p class="mistake warn" role="alert" id="mistake">{said}</p> }.piece())
    }
}

pub(super) const ASSIGN: &str = "assign";
pub(super) const RELEASE: &str = "release";
pub(super) const NOTE: &str = "note";

fn is_about_owners(verb: &str) -> bool {
    matches!(verb, ASSIGN | RELEASE)
}

/// Tells whether somebody else was quicker.
pub(super) fn seen(case: &Case) -> String {
    case.changed_at
        .map_or_else(String::new, |at| at.to_string())
}

fn hidden(case: &Case) -> impl IntoView + use<> {
    view! { {token_field()}<input type="hidden" name="seen" value=seen(case)/> }
}

pub(super) fn assign(case: &Case, typed: &Typed) -> Piece {
    let owner = typed
        .owner
        .clone()
        .or_else(|| case.owner.clone())
        .unwrap_or_default();
    let release = case
        .owner
        .as_ref()
        .map(|_| view! { <button class="second" name="do" value=RELEASE>"Nobody"</button> });
    let most = NAME_CHARACTERS_MAX.to_string();
    view! {
        <form class="deed" method="post" action=address(case)>
            {typed.mistake(is_about_owners)}
            {hidden(case)}
            <label>"Owner"<input name="owner" value=owner maxlength=most autocomplete="off"/></label>
            <p class="buttons"><button name="do" value=ASSIGN>"Assign"</button>{release}</p>
        </form>
    }
    .piece()
}

/// The first button is what a press of Enter does: it changes no status.
pub(super) fn done(case: &Case, typed: &Typed) -> Piece {
    let turns: &[(Status, &str)] = match case.status {
        Status::Open => &[
            (Status::Answered, "Answered"),
            (Status::Resolved, "Resolved"),
            (Status::NoAction, "No action"),
        ],
        Status::Answered => &[
            (Status::Resolved, "Resolved"),
            (Status::NoAction, "No action"),
        ],
        Status::Resolved | Status::NoAction => &[(Status::Open, "Open again")],
    };
    let turns: Vec<_> = turns
        .iter()
        .map(|(status, said)| view! { <button name="do" value=status.name()>{*said}</button> })
        .collect();
    let most = NOTE_CHARACTERS_MAX.to_string();
    let names = NAME_CHARACTERS_MAX.to_string();
    view! {
        <form class="deed" method="post" action=address(case)>
            {typed.mistake(|verb| !is_about_owners(verb))}
            {hidden(case)}
            <label>
                "Note"
                <textarea name="note" rows="4" maxlength=most>{typed.note.clone()}</textarea>
            </label>
            <p class="soft">"Personal data in it is masked."</p>
            <label>
                "Your name, if the history should have it"
                <input name="by" value=typed.by.clone() maxlength=names autocomplete="name"/>
            </label>
            <p class="buttons"><button class="second" name="do" value=NOTE>"Add the note"</button>{turns}</p>
        </form>
    }
    .piece()
}
