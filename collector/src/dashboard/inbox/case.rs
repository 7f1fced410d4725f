//! `GET /dashboard/follow-up/{id}`: all of one case, how to reach its sender, and what to do about it.

use super::forms::{self, Typed};
use super::row::{place, score, standing};
use super::{PATH, absent, only_site, reach};
use crate::dashboard::desk::{Desk, Reading, Unread};
use crate::dashboard::layout::{Frame, Place};
use crate::dashboard::piece::{IntoPiece, Piece};
use crate::dashboard::{Asked, mistake};
use crate::http::App;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use report::cases::{self, Case, Done, Found, Lookup};
use report::render::case_status;
use std::sync::Arc;

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let is_written = query.as_deref() == Some(forms::WRITTEN);
    answer(&app, &id, Typed::default(), is_written).await
}

/// The page, with what was typed and is wrong, if that is so.
pub(super) async fn answer(app: &App, id: &str, typed: Typed, is_written: bool) -> Response {
    let asked = Asked::default();
    let frame = Frame::new("Follow-up", Place::FollowUp, &asked);
    match look_up(&app.dashboard.desk, id).await {
        None => no_case(frame, id),
        Some(Err(_)) => mistake::unread(frame),
        Some(Ok(reading)) => match &reading.found {
            Lookup::One(found) => whole(&reading, found, &typed, is_written),
            Lookup::Nothing => no_case(frame, id),
            Lookup::NoCase(_) => absent(
                frame,
                "That is no case",
                "The score of this response is not low, or it has neither a comment nor a contact."
                    .to_owned(),
            ),
            Lookup::Several { total, .. } => absent(
                frame,
                "Which one?",
                format!("{total} cases have an id that begins with “{id}”."),
            ),
        },
    }
}

/// What is there of this id; `None` where it is none.
pub(super) async fn look_up(desk: &Desk, id: &str) -> Option<Result<Arc<Reading<Lookup>>, Unread>> {
    let idea: cases::Idea = id.parse().ok()?;
    let asked = idea.clone();
    let read = desk.read(&asked, move |means| {
        cases::find(means.data, &idea, means.now, &|_, _| {})
    });
    Some(read.await)
}

fn no_case(frame: Frame<'_>, id: &str) -> Response {
    let said = format!(
        "Nothing is known of “{id}”. It may have been erased, or it was too old to be kept."
    );
    absent(frame, "No such case", said)
}

fn whole(reading: &Reading<Lookup>, found: &Found, typed: &Typed, is_written: bool) -> Response {
    let case = &found.case;
    let response = &case.response;
    let asked = only_site(Some(&response.site));
    let title = format!("{} · Follow-up", response.survey);
    let mut frame = Frame::new(&title, Place::FollowUp, &asked);
    if typed.mistake.is_some() {
        frame.status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    let written =
        is_written.then(|| view! { <p class="panel good" role="status">"Written down."</p> });
    let comment = match &response.comment {
        Some(text) => view! {
            <blockquote class="said" lang=response.language.clone() dir="auto">{text.clone()}</blockquote>
        }
        .piece(),
        None => view! { <p class="soft">"No comment was written."</p> }.piece(),
    };
    let done: Vec<_> = found.history.iter().map(deed).collect();
    let opened = case.opened_at.strftime("%-d %b %Y, %H:%M UTC").to_string();
    let contents = view! {
        <p class="path"><a href=PATH>"Follow-up"</a></p>
        <h1>{response.survey.clone()}</h1>
        {written}
        <section class="panel case" aria-label="The answer">
            {score(case)}
            <div>
                <p>{standing(case, reading.as_of)}</p>
                {comment}
                {facts(case)}
            </div>
        </section>
        <div class="split">
            <section class="panel">
                <h2>"Contact"</h2>
                {reach::reach(&found.reach)}
                <h2>"Who takes care of it"</h2>
                {forms::assign(case, typed)}
            </section>
            <section class="panel">
                <h2>"What was done"</h2>
                {forms::done(case, typed)}
            </section>
        </div>
        <h2>"History"</h2>
        <ol class="panel history">
            <li><span class="soft numbers">{opened}</span>" opened"</li>
            {done}
        </ol>
    };
    frame.around(contents.piece())
}

fn facts(case: &Case) -> Piece {
    let response = &case.response;
    let chosen: Vec<&str> = response
        .choice
        .iter()
        .chain(&response.choices)
        .map(String::as_str)
        .collect();
    let set = response
        .attributes
        .iter()
        .map(|(name, value)| match value.as_str() {
            Some(text) => format!("{name}: {text}"),
            None => format!("{name}: {value}"),
        });
    let rows = [
        ("Where", place(case)),
        (
            "Due",
            case.due_at.strftime("%a %-d %b %Y, %H:%M UTC").to_string(),
        ),
        ("Chosen", chosen.join(", ")),
        ("The page had set", set.collect::<Vec<_>>().join(", ")),
        ("Asked by", response.trigger.clone()),
        ("Id", case.id()),
    ];
    let rows: Vec<_> = rows
        .into_iter()
        .filter(|(_, said)| !said.is_empty())
        .map(|(name, said)| view! { <div><dt>{name}</dt><dd>{said}</dd></div> })
        .collect();
    view! { <dl class="facts">{rows}</dl> }.piece()
}

fn deed(done: &Done) -> Piece {
    let moment = done.at.strftime("%-d %b %Y, %H:%M UTC").to_string();
    let turned = done
        .deed
        .status
        .map(|turned| case_status(turned).to_owned());
    let owner = done.deed.owner.as_deref().map(|owner| match owner {
        "" => "nobody takes care of it any more".to_owned(),
        owner => format!("{owner} takes care of it"),
    });
    let mut said: Vec<String> = turned.into_iter().chain(owner).collect();
    if said.is_empty() {
        said.push("note".to_owned());
    }
    said.extend(done.deed.by.as_deref().map(|by| format!("by {by}")));
    let note = done.deed.note.clone();
    let note = note.map(|note| view! { <p class="lines note" dir="auto">{note}</p> });
    view! {
        <li><span class="soft numbers">{moment}</span>" "{said.join(", ")}{note}</li>
    }
    .piece()
}
