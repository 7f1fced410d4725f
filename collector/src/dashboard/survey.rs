//! `GET /dashboard/surveys/{survey}`: one survey, as deep as its answers go.

use super::card::{alert, change, change_class, days, shown};
use super::chart::{self, bar_rows, bars};
use super::comments::{latest, themes};
use super::desk::Reading;
use super::differing::differing;
use super::filters::filters;
use super::footing::footing;
use super::layout::{Frame, Place};
use super::picture::Picture;
use super::piece::{IntoPiece, Piece};
use super::segments::segments;
use super::{Asked, empty, mistake, words};
use crate::http::App;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use report::SurveyReport;
use report::render::words::{capitalised, metric, moved_rates, preliminary, thousands};
use std::sync::Arc;

/// What a survey is split by where nothing else is asked for.
const USUAL_SEGMENTS: &str = "device";

pub(super) async fn page(
    State(app): State<Arc<App>>,
    Path(survey): Path<String>,
    asked: Asked,
) -> Response {
    let path = Asked::path_of(&survey);
    let mut frame = Frame::new(&survey, Place::Overview, &asked);
    frame.tools = Some(filters(&path, &asked, &app.site_keys(), true));
    let wanted = Asked {
        survey: Some(survey.clone()),
        by: Some(
            asked
                .by
                .clone()
                .unwrap_or_else(|| USUAL_SEGMENTS.to_owned()),
        ),
        ..asked.clone()
    };
    match Picture::of(&app.dashboard.desk, &wanted).await {
        Err(no) => mistake::answer(frame, &no, &path),
        Ok(reading) => {
            frame.footer = Some(footing(&reading));
            let report = &reading.found.report;
            if report.surveys.is_empty() {
                frame.status = StatusCode::NOT_FOUND;
                let nearest = report.nearest.clone();
                return frame.around(empty::none_of_survey(&survey, nearest, &asked));
            }
            let contents = contents(&reading, &wanted, &survey);
            frame.around(contents)
        }
    }
}

fn contents(reading: &Reading<Picture>, asked: &Asked, name: &str) -> Piece {
    let found = &reading.found;
    let several = found.report.surveys.len() > 1;
    let parts: Vec<_> = found
        .report
        .surveys
        .iter()
        .map(|survey| one(survey, asked, found, several))
        .collect();
    let overview = Asked {
        by: None,
        ..asked.clone()
    };
    let overview = overview.address("/dashboard");
    view! {
        <p class="path"><a href=overview>"Overview"</a></p>
        <h1>{name.to_owned()}</h1>
        <p class="soft">{words::stretch(asked)}</p>
        {parts}
    }
    .piece()
}

fn one(survey: &SurveyReport, asked: &Asked, found: &Picture, several: bool) -> Piece {
    let id = format!("{}-{}", survey.metric.name(), survey.site);
    let headline = found.report.headline.as_ref();
    let headline = headline.filter(|headline| headline.is_of(survey));
    let moved = headline.map(|headline| {
        let class = change_class(headline.fell());
        let since = headline.since.strftime("%A %-d %B").to_string();
        let elsewhere = headline
            .elsewhere
            .clone()
            .map(|elsewhere| format!("; {elsewhere}"));
        view! { <p class=class>{words::moved(headline)}" since "{since}{elsewhere}</p> }
    });
    let since = headline.map(|headline| headline.since);
    let title = format!("{} on {}", metric(survey.metric), survey.site);
    let label = title.clone();
    let class = if several { "site" } else { "" };
    view! {
        <section class=class aria-label=label>
            <p class="soft">{title}</p>
            <div class="split">
                <div class="panel">
                    {survey.summary.figures.first().map(|figure| shown(figure, survey))}
                    {moved}
                    {change(survey)}
                    {rate_changes(survey)}
                    {alert(survey)}
                </div>
                <div class="panel">{counts(survey)}</div>
            </div>
            <div class="charts">
                {over_time(days(survey, &id, since, 250.0))}
                {scores(survey, &id)}
            </div>
            {differing(survey, asked)}
            {segments(survey, asked, &id)}
            {themes(found.said.on(&survey.survey, &survey.site, survey.metric), &id)}
            {latest(found.said.latest.on(&survey.survey, &survey.site, survey.metric))}
        </section>
    }
    .piece()
}

fn over_time(figure: Option<Piece>) -> Piece {
    let figure = figure.unwrap_or_else(|| {
        view! { <p>"A line needs two days with answers enough for a figure."</p> }.piece()
    });
    view! { <div><h2>"Day by day"</h2><div class="panel">{figure}</div></div> }.piece()
}

/// Shares that moved by more than chance.
fn rate_changes(survey: &SurveyReport) -> Vec<Piece> {
    let moved = moved_rates(&survey.rate_changes).into_iter();
    moved
        .map(|moved| view! { <p class="change">{capitalised(&moved)}</p> }.piece())
        .collect()
}

/// How many saw it, answered, went through, wrote, and how long they took.
fn counts(survey: &SurveyReport) -> Piece {
    let summary = &survey.summary;
    let rate = |rate: Option<report::Rate>| {
        rate.map(|rate| {
            let report::Rate {
                value,
                low,
                high,
                n,
            } = rate;
            format!("{value:.1} % ({low:.1} to {high:.1}{})", preliminary(n))
        })
    };
    let time = &summary.seconds_to_answer;
    let time = time.value.map(|value| {
        let range = time.low.zip(time.high);
        let range = range.map_or_else(String::new, |(low, high)| format!("{low:.1} to {high:.1}"));
        let range = range + preliminary(time.n);
        (
            "Time to answer (median)",
            format!("{value:.1} s"),
            Some(range),
        )
    });
    let rows = [
        Some(("Saw it", thousands(summary.impressions), None)),
        Some((
            "Answered",
            thousands(summary.responses),
            rate(summary.response_rate),
        )),
        Some((
            "Went through to the end",
            thousands(summary.complete),
            rate(summary.completion),
        )),
        Some((
            "Wrote something",
            thousands(summary.comments),
            rate(summary.comment_share),
        )),
        Some(("Closed it", thousands(summary.dismissals), None)),
        time,
    ];
    let rows: Vec<_> = rows
        .into_iter()
        .flatten()
        .map(|(name, count, rate)| {
            view! { <div><dt>{name}</dt><dd>{count}" "<span class="soft">{rate}</span></dd></div> }
        })
        .collect();
    view! { <dl class="counts numbers">{rows}</dl> }.piece()
}

fn scores(survey: &SurveyReport, id: &str) -> Piece {
    let answers = &survey.summary.distribution;
    let title = format!("{}: answers by score", survey.survey);
    let numbers = chart::table(&title, &["Score", "Answers", "Share"], bar_rows(answers));
    let figure = chart::figure(
        &format!("scores-{id}"),
        "Answers by score",
        bars(&title, answers),
        numbers,
    );
    view! { <div><h2>"How scores are spread"</h2><div class="panel">{figure}</div></div> }.piece()
}
