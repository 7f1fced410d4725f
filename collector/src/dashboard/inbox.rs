//! `GET /dashboard/follow-up`: bad answers that wait, those that have waited for too long first.

mod act;
mod case;
mod figures;
mod forms;
mod reach;
mod row;
mod wish;

pub(super) use act::act;
pub(super) use case::page as case_page;

use super::desk::Reading;
use super::layout::{Frame, Place};
use super::{Asked, mistake};
use crate::dashboard::piece::{IntoPiece, Piece};
use crate::http::App;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use report::cases::{self, Cases, DUE_HOURS, Which};
use report::render::words::thousands;
use std::sync::Arc;
use wish::Wish;

const PATH: &str = "/dashboard/follow-up";
/// So many cases are on a page.
const LISTED: usize = 100;

pub(super) async fn page(State(app): State<Arc<App>>, wish: Wish) -> Response {
    let asked = wish.elsewhere();
    let mut frame = Frame::new("Follow-up", Place::FollowUp, &asked);
    let desk = &app.dashboard.desk;
    let wanted = match wish.wanted(desk.now(), LISTED) {
        Ok(wanted) => wanted,
        Err(error) => return mistake::of_time(frame, &error, PATH, "Show all cases".to_owned()),
    };
    frame.tools = Some(wish.filters(&app.site_keys()));
    let read = desk.read(&wish, move |means| {
        let wanted = cases::Wanted {
            now: means.now,
            ..wanted
        };
        cases::read(means.data, &wanted, &|_, _| {})
    });
    match read.await {
        Err(_) => mistake::unread(frame),
        Ok(reading) => {
            frame.footer = Some(footer(&reading));
            frame.around(contents(&reading, &wish))
        }
    }
}

fn contents(reading: &Reading<Cases>, wish: &Wish) -> Piece {
    let found = &reading.found;
    if found.figures.cases == 0 {
        return none(wish);
    }
    let rows: Vec<_> = found
        .cases
        .iter()
        .map(|case| row::row(case, reading.as_of))
        .collect();
    let list = if rows.is_empty() {
        let said = match wish.which {
            Which::Unsettled => {
                "Nobody waits. Everything among these has been answered and settled."
            }
            Which::Overdue => "Nobody has waited for longer than 48 hours.",
            _ => "None of the cases among these.",
        };
        view! { <section class="panel good"><p>{said}</p></section> }.piece()
    } else {
        view! { <ul class="cases">{rows}</ul> }.piece()
    };
    let hidden = found.total.saturating_sub(found.cases.len() as u64);
    let hidden = (hidden > 0).then(|| {
        let said = format!("and {} more: narrow it down, or see ", thousands(hidden));
        view! { <p class="soft">{said}<code>"hark cases --limit"</code></p> }
    });
    view! {
        <h1>"Follow-up"</h1>
        <p class="soft">
            {format!("Low scores with a comment or a contact. An answer is due within {DUE_HOURS} hours.")}
        </p>
        {figures::figures(&found.figures)}
        <h2>{wish.heading(found.total)}</h2>
        {list}
        {hidden}
    }
    .piece()
}

fn none(wish: &Wish) -> Piece {
    let said = if wish.is_narrow() {
        let all = view! { <a class="action" href=PATH>"Show all cases"</a> };
        view! { <p>"No low score with a comment or a contact is among these."</p><p>{all}</p> }
            .piece()
    } else {
        view! {
            <p>
                "A low score with a comment or a contact appears here by itself, with the time by which \
                 somebody should have answered. To ask for either, add "<code>"[[follow_up]]"</code>" to a survey."
            </p>
        }
        .piece()
    };
    view! { <section class="lead"><h1>"Nobody waits for an answer"</h1>{said}</section> }.piece()
}

fn footer(reading: &Reading<Cases>) -> Piece {
    let moment = reading
        .as_of
        .strftime("%-d %B %Y, %H:%M:%S UTC")
        .to_string();
    view! {
        <p class="numbers">"Everything stored until "{moment}"."</p>
        <details id="how">
            <summary>"How to read this"</summary>
            <p>
                "Times run from the receipt of the score. The first answer is the first time that somebody wrote down \
                 “answered”, “resolved” or “no action”; opening a case again does not change it. The share within 48 \
                 hours is of the cases that were opened longer ago than that. Ranges are 95 % intervals: by ranks \
                 for medians, by Wilson for the share. Under ten cases there is no figure."
            </p>
        </details>
    }
    .piece()
}

/// Where a case is.
fn address(case: &cases::Case) -> String {
    format!("{PATH}/{}", case.id())
}

/// When nothing of this id is there to be followed up.
fn absent(frame: Frame<'_>, heading: &'static str, said: String) -> Response {
    let mut frame = frame;
    frame.status = StatusCode::NOT_FOUND;
    frame.around(view! {
        <section class="lead">
            <h1>{heading}</h1>
            <p>{said}</p>
            <p><a class="action" href=PATH>"To the list"</a></p>
        </section>
    })
}

/// The navigation of a page that is about one site at most.
fn only_site(site: Option<&str>) -> Asked {
    Asked {
        site: site.map(str::to_owned),
        ..Asked::default()
    }
}
