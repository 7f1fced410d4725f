//! `GET /dashboard`: what is wrong, and how every survey does.

use super::card::card;
use super::desk::Reading;
use super::filters::filters;
use super::footing::footing;
use super::layout::{Frame, Place};
use super::picture::Picture;
use super::piece::{IntoPiece, Piece};
use super::{Asked, empty, headline, mistake, words};
use crate::http::App;
use axum::extract::State;
use axum::response::Response;
use leptos::prelude::*;
use std::sync::Arc;

const PATH: &str = "/dashboard";

pub(super) async fn page(State(app): State<Arc<App>>, asked: Asked) -> Response {
    let sites = app.site_keys();
    let mut frame = Frame::new("Overview", Place::Overview, &asked);
    frame.tools = Some(filters(PATH, &asked, &sites, false));
    match Picture::of(&app.dashboard.desk, &asked).await {
        Err(no) => mistake::answer(frame, &no, PATH),
        Ok(reading) => {
            frame.footer = Some(footing(&reading));
            let found = &reading.found;
            if found.report.lines.read == 0 {
                return frame.around(empty::no_answers(&app));
            }
            if found.report.surveys.is_empty() {
                return frame.around(empty::none_of_these(PATH, &asked));
            }
            let contents = contents(&reading, &asked);
            frame.around(contents)
        }
    }
}

fn contents(reading: &Reading<Picture>, asked: &Asked) -> Piece {
    let Picture { report, said } = &reading.found;
    let top = match &report.headline {
        Some(found) => headline::headline(found, said.voices.as_ref(), asked),
        None => headline::calm(report.surveys.len()),
    };
    let cards: Vec<_> = reading
        .found
        .most_urgent_first()
        .into_iter()
        .map(|survey| {
            let named = report.headline.as_ref();
            let named = named.filter(|headline| headline.is_of(survey));
            card(survey, asked, named.map(|headline| headline.since))
        })
        .collect();
    view! {
        <h1>{words::stretch(asked)}</h1>
        {top}
        <h2>"Surveys"</h2>
        <ul class="cards">{cards}</ul>
    }
    .piece()
}
