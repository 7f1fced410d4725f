//! Shop figures of a journal written by hand: every figure can be counted on one's fingers.

#![cfg(test)]

mod any_order;
mod bands;
mod left_out;
mod sessions;

use report::Query;
use report::kpi::{Kpi, Measure, Shops, SiteKpi, Stage, StageKpi, Stages};
use serde_json::{Value, json};

/// A session: `v1` of a visitor who consented, or `load:a` of one page.
fn of_session(mut line: Value, session: &str, pages: u32) -> Value {
    match session.strip_prefix("load:") {
        Some(load) => line["session"] = json!({"pages": pages, "seconds": 1, "id": load}),
        None if session.is_empty() => {}
        None => {
            line["visitor"] = json!(session);
            line["session"] = json!({"pages": pages, "seconds": 1, "visit": 1});
        }
    }
    line
}

fn line(number: u32, session: &str, pages: u32, more: &Value) -> Value {
    let mut line = json!({
        "id": format!("019aa5f0-4500-7000-8000-{number:012x}"), "seq": 1, "site": "demo",
        "device": "mobile", "page": {"path": "/checkout"}, "automated": false,
        "received_at": "2026-11-21T12:00:00.000Z",
    });
    line.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    of_session(line, session, pages)
}

fn asked(number: u32, session: &str, pages: u32, path: &str, score: Option<u8>) -> Value {
    let kind = if score.is_some() {
        "response"
    } else {
        "impression"
    };
    let mut more =
        json!({"type": kind, "survey": "effort", "metric": "ces", "page": {"path": path}});
    if let Some(score) = score {
        more["score"] = json!(score);
        more["complete"] = json!(true);
    }
    line(number, session, pages, &more)
}

fn bought(number: u32, session: &str, props: &Value) -> Value {
    line(
        number,
        session,
        6,
        &json!({"type": "event", "name": "purchase", "props": props, "page": {"path": "/checkout/done"}}),
    )
}

fn euros(value: f64) -> Value {
    json!({"value": value, "currency": "EUR"})
}

fn all() -> Query {
    Query {
        all: true,
        ..Query::default()
    }
}

fn kpi(lines: &[Value], query: &Query, shops: &Shops) -> Kpi {
    kpi_of_segments(&[lines], query, shops)
}

fn kpi_of_segments(segments: &[&[Value]], query: &Query, shops: &Shops) -> Kpi {
    let data = tempfile::tempdir().unwrap();
    let day = data.path().join("events/date=2026-11-21");
    std::fs::create_dir_all(&day).unwrap();
    for (number, lines) in segments.iter().enumerate() {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        std::fs::write(day.join(format!("{number:06}.jsonl")), text).unwrap();
    }
    // All sessions are over by then.
    let now = query.now.or("2026-11-23T00:00:00Z".parse().ok());
    let query = Query {
        now,
        ..query.clone()
    };
    report::kpi::read(data.path(), &query, shops, &|_, _| {}).unwrap()
}

fn demo(lines: &[Value]) -> SiteKpi {
    let mut kpi = kpi(lines, &all(), &Shops::default());
    assert_eq!(kpi.sites.len(), 1);
    kpi.sites.remove(0)
}

fn stage(site: &SiteKpi, stage: Stage) -> &StageKpi {
    site.stages.iter().find(|one| one.stage == stage).unwrap()
}

/// The sessions of a band, and their value and n of a measure.
fn level(site: &SiteKpi, of: Stage, band: &str, measure: Measure) -> (u64, Option<f64>, u64) {
    let bands = &stage(site, of).bands;
    let band = bands.iter().find(|one| one.band == band).unwrap();
    let level = band.levels[&measure];
    (band.sessions, level.value, level.n)
}

/// Told at this time of the day, by the visitor's clock.
fn at(mut line: Value, time: &str) -> Value {
    line["at"] = json!(format!("2026-11-21T{time}.000Z"));
    line
}

/// Sessions of which some ordered, from this number on.
fn sessions(first: u32, count: u32, ordered: u32, score: u8) -> Vec<Value> {
    (first..first + count)
        .flat_map(|number| {
            let session = format!("v{number}");
            let mut lines = vec![asked(2 * number, &session, 4, "/checkout", Some(score))];
            if number < first + ordered {
                lines.push(bought(2 * number + 1, &session, &euros(f64::from(number))));
            }
            lines
        })
        .collect()
}
