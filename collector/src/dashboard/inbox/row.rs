//! One case in the list.

use super::address;
use crate::dashboard::piece::{IntoPiece, Piece};
use jiff::Timestamp;
use leptos::prelude::*;
use report::cases::Case;
use report::render::words::capitalised;
use report::render::{case_due, case_status};
use survey::case::Status;

/// A status as a label.
pub(super) fn status(status: Status) -> String {
    capitalised(case_status(status))
}

pub(super) fn row(case: &Case, now: Timestamp) -> Piece {
    let response = &case.response;
    let class = if case.overdue {
        "card case alarm"
    } else {
        "card case"
    };
    let owner = case.owner.as_deref().unwrap_or("nobody");
    let about = format!("{} · {owner} takes care of it", place(case));
    let contact = response
        .contact
        .then(|| view! { " "<span class="chip">"left a contact"</span> });
    let comment = response.comment.clone().map(|text| {
        view! { <blockquote lang=response.language.clone() dir="auto">{text}</blockquote> }
    });
    view! {
        <li class=class id=format!("case-{}", case.id())>
            {score(case)}
            <div>
                <h3><a href=address(case)>{title(case)}</a></h3>
                <p>{standing(case, now)}{contact}</p>
                {comment}
                <p class="soft">{about}</p>
            </div>
        </li>
    }
    .piece()
}

/// The score as a badge.
pub(super) fn score(case: &Case) -> impl IntoView + use<> {
    let score = case.response.score.unwrap_or_default().to_string();
    view! { <span class="score low"><span class="spoken">"Score "</span>{score}</span> }
}

/// What tells it from others, within a link.
fn title(case: &Case) -> String {
    let moment = case.opened_at.strftime("%-d %b, %H:%M UTC");
    format!("{}, {moment}", case.response.survey)
}

/// How far it is, and how much time is left.
pub(super) fn standing(case: &Case, now: Timestamp) -> Piece {
    let due = case_due(case, now);
    match (case.status, case.overdue) {
        (Status::Open, true) => {
            view! { <span class="chip warn">"Overdue"</span>" "<span class="warn">{due}</span> }
                .piece()
        }
        (Status::Open, false) => view! { <span class="chip">"Open"</span>" due "{due} }.piece(),
        (settled, _) => view! { <span class="chip">{status(settled)}</span> }.piece(),
    }
}

/// Where it was said.
pub(super) fn place(case: &Case) -> String {
    let response = &case.response;
    let parts = [
        &response.site,
        &response.page,
        &response.device,
        &response.language,
    ];
    let parts: Vec<&str> = parts
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" · ")
}
