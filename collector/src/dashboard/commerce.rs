//! `GET /dashboard/shop`: what scores and orders have to do with each other.

use super::chart::{self, Scale, range};
use super::desk::{Means, Reading};
use super::filters::filters;
use super::footing::lines_read;
use super::layout::{Frame, Place};
use super::picture::{LOOK_BACK_DAYS, NoPicture};
use super::piece::{IntoPiece, Piece};
use super::{Asked, Desk, empty, mistake, words};
use crate::http::App;
use axum::extract::State;
use axum::response::Response;
use leptos::prelude::*;
use report::kpi::{BandKpi, Kpi, Level, Measure, Moved, Shops, SiteKpi, StageKpi};
use report::render::kpi::{METHODS, head, interval, measures, purchases, sentence, value};
use report::render::words::thousands;
use std::sync::Arc;

const PATH: &str = "/dashboard/shop";

pub(super) async fn page(State(app): State<Arc<App>>, asked: Asked) -> Response {
    let mut frame = Frame::new("Shop figures", Place::Shop, &asked);
    frame.tools = Some(filters(PATH, &asked, &app.site_keys(), false));
    let shops = Arc::clone(&app.dashboard.shops);
    match read(&app.dashboard.desk, &asked, shops).await {
        Err(no) => mistake::answer(frame, &no, PATH),
        Ok(reading) => {
            frame.footer = Some(footing(&reading));
            let kpi = &reading.found;
            if kpi.lines.read == 0 {
                return frame.around(empty::no_answers(&app));
            }
            if kpi.sites.iter().all(is_empty) {
                return frame.around(empty::none_of_these(PATH, &asked));
            }
            let contents = contents(kpi, &asked);
            frame.around(contents)
        }
    }
}

/// What the journal says now of what is asked for.
async fn read(
    desk: &Desk,
    asked: &Asked,
    shops: Arc<Shops>,
) -> Result<Arc<Reading<Kpi>>, NoPicture> {
    asked.question(desk.now()).map_err(NoPicture::Asked)?;
    let mine = asked.clone();
    let read = move |means: &Means<'_>| {
        let question = mine
            .question(means.now)
            .map_err(|error| error.to_string())?;
        let question = report::Query {
            look_back_days: LOOK_BACK_DAYS,
            ..question
        };
        report::kpi::read(means.data, &question, &shops, &|_, _| {})
            .map_err(|error| error.to_string())
    };
    Ok(desk.read(asked, read).await?)
}

fn is_empty(site: &SiteKpi) -> bool {
    site.stages.is_empty() && site.purchases.n == 0
}

fn contents(kpi: &Kpi, asked: &Asked) -> Piece {
    let several = kpi.sites.len() > 1;
    let sites: Vec<_> = kpi
        .sites
        .iter()
        .filter(|site| !is_empty(site))
        .map(|found| site(found, several))
        .collect();
    view! {
        <h1>"Shop figures"</h1>
        <p class="soft">{words::stretch(asked)}</p>
        {sites}
    }
    .piece()
}

fn site(site: &SiteKpi, several: bool) -> Piece {
    let name = several.then(|| view! { <h2>{site.site.clone()}</h2> });
    let stages: Vec<_> = site
        .stages
        .iter()
        .map(|found| stage(found, &site.site))
        .collect();
    let unknown: Vec<_> = site
        .unknown
        .iter()
        .map(|said| view! { <li>{said.clone()}</li> })
        .collect();
    let class = if several { "site" } else { "" };
    view! {
        <section class=class aria-label=site.site.clone()>
            {name}
            {site.moved.as_ref().map(moved)}
            <p>{purchases(&site.purchases)}"."</p>
            {stages}
            <h2>"What cannot be known from these events"</h2>
            <ul>{unknown}</ul>
        </section>
    }
    .piece()
}

fn moved(moved: &Moved) -> Piece {
    let (class, label) = if moved.difference < 0.0 {
        ("lead alarm", "What is wrong")
    } else {
        ("lead good", "What changed")
    };
    view! {
        <section class=class>
            <p class="label">{label}</p>
            <p class="lines">{sentence(&moved.verdict())}"."</p>
        </section>
    }
    .piece()
}

fn stage(stage: &StageKpi, site: &str) -> Piece {
    let title = stage.stage.title();
    let label = format!("{title}, {site}");
    let verdict = stage.verdict().map(|verdict| view! { <p>{verdict}"."</p> });
    let drawn = ranges(stage).map(|drawn| {
        let id = format!("{}-{site}", stage.stage.name());
        let share = |band: &BandKpi| {
            let level = band
                .levels
                .get(&Measure::Ordered)
                .copied()
                .unwrap_or_default();
            vec![head(band).to_owned(), shown(Measure::Ordered, &level, true)]
        };
        let rows = stage.bands.iter().map(share).collect();
        let numbers = chart::table(&format!("Ordered, {label}"), &["Score", "Ordered"], rows);
        chart::figure(
            &id,
            "Share of sessions that ordered, by score",
            drawn,
            numbers,
        )
    });
    let mut heads = vec!["Score"];
    heads.extend(stage.bands.iter().map(head));
    view! {
        <h2>{title}</h2>
        <div class="panel">
            {verdict}
            {drawn}
            {chart::table(&label, &heads, rows(stage))}
        </div>
    }
    .piece()
}

/// The shares that ordered, each on the same scale; none where too few did anything.
fn ranges(stage: &StageKpi) -> Option<Piece> {
    let drawn: Vec<_> = stage
        .bands
        .iter()
        .filter_map(|band| {
            let level = band.levels.get(&Measure::Ordered)?;
            let drawing = range(level.value?, [level.low, level.high], Scale::PERCENT, None);
            let said = value(Measure::Ordered, level);
            Some(view! { <div><dt>{head(band)}" "{said}</dt><dd>{drawing}</dd></div> })
        })
        .collect();
    (!drawn.is_empty()).then(|| view! { <dl class="counts numbers">{drawn}</dl> }.piece())
}

fn rows(stage: &StageKpi) -> Vec<Vec<String>> {
    let sessions = stage.bands.iter().map(|band| thousands(band.sessions));
    let mut rows = vec![row("sessions", sessions)];
    for measure in measures(stage) {
        let cell = |band: &BandKpi| {
            let level = band.levels.get(&measure).copied().unwrap_or_default();
            shown(measure, &level, level.n != band.sessions)
        };
        rows.push(row(measure.label(), stage.bands.iter().map(cell)));
    }
    rows
}

fn row(label: &str, cells: impl Iterator<Item = String>) -> Vec<String> {
    [label.to_owned()].into_iter().chain(cells).collect()
}

/// The value, its interval, and of how many where that is not known from elsewhere.
fn shown(measure: Measure, level: &Level, with_n: bool) -> String {
    let interval = interval(measure, level);
    let interval = (!interval.is_empty()).then(|| format!(" ({interval})"));
    let n = (with_n && level.n > 0).then(|| format!(", n = {}", thousands(level.n)));
    [
        value(measure, level),
        interval.unwrap_or_default(),
        n.unwrap_or_default(),
    ]
    .concat()
}

fn footing(reading: &Reading<Kpi>) -> Piece {
    let read = lines_read(reading, &reading.found.lines);
    view! {
        {read}
        <details id="how">
            <summary>"How to read this"</summary>
            <p>
                "Of sessions in which a survey was shown: who ordered, by the score that was given. In brackets, \
                 95 % intervals for one look ("{METHODS}"). Fewer than 10 sessions make no figure; "<code>"~"</code>
                " marks those of fewer than 30. Differences are said only where chance is an unlikely reason, after \
                 correction for everything that was tested."
            </p>
        </details>
    }
    .piece()
}
