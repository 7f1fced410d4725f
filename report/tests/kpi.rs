//! Shop figures of a journal written by hand: every figure can be counted on one's fingers.

#![cfg(test)]

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
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

#[test]
fn a_session_is_known_by_its_visit_and_counts_once() {
    let site = demo(&[
        asked(1, "v1", 3, "/checkout", Some(2)),
        bought(2, "v1", &euros(30.0)),
        bought(3, "v1", &euros(20.0)),
        asked(4, "v2", 4, "/cart", Some(6)),
        // Asked twice: the lower answer counts, and the session once.
        asked(5, "v2", 5, "/checkout", Some(1)),
        asked(6, "v3", 2, "/checkout", None),
        bought(7, "v3", &euros(10.0)),
    ]);
    let during = |band, measure| level(&site, Stage::During, band, measure);
    assert_eq!(during("low", Measure::Ordered), (2, Some(50.0), 2));
    assert_eq!(during("low", Measure::ValuePerSession), (2, Some(25.0), 2));
    assert_eq!(during("low", Measure::ValuePerPurchase), (2, Some(25.0), 2));
    assert_eq!(during("low", Measure::Pages), (2, Some(5.5), 2));
    assert_eq!(during("high", Measure::Ordered), (0, None, 0));
    assert_eq!(during("no_score", Measure::Ordered), (1, Some(100.0), 1));
    assert_eq!(site.purchases.n, 3);
    assert_eq!(site.purchases.mean.value, Some(20.0));
    assert_eq!(site.purchases.median.value, Some(20.0));
    assert_eq!(site.purchases.currency.as_deref(), Some("EUR"));
}

#[test]
fn another_visit_or_visitor_is_another_session() {
    let mut again = asked(2, "v1", 3, "/checkout", Some(2));
    again["session"]["visit"] = json!(2);
    let site = demo(&[
        asked(1, "v1", 3, "/checkout", Some(2)),
        again,
        asked(3, "v2", 3, "/checkout", Some(2)),
        bought(4, "v1", &euros(30.0)),
    ]);
    let found = level(&site, Stage::During, "low", Measure::ValuePerSession);
    assert_eq!(found, (3, Some(10.0), 3));
}

#[test]
fn what_is_told_oddly_is_counted_as_it_says() {
    let mut by_program = bought(20, "v1", &euros(500.0));
    by_program["automated"] = json!(true);
    // What comes beside two purchases of 30 EUR: how many there are then, and the sum of their values.
    let rows = [
        ("twice", bought(2, "v1", &euros(30.0)), 2, 60.0, 2.0),
        ("negative", bought(3, "v1", &euros(-30.0)), 2, 60.0, 2.0),
        ("automated", by_program, 2, 60.0, 2.0),
        ("without_value", bought(4, "v1", &json!({})), 3, 60.0, 2.0),
        (
            "without_value",
            bought(5, "v1", &json!({"value": "12,50"})),
            3,
            60.0,
            2.0,
        ),
        (
            "other_currencies",
            bought(6, "v1", &json!({"value": 9, "currency": "USD"})),
            3,
            60.0,
            2.0,
        ),
        (
            "other_currencies",
            bought(7, "v1", &json!({"value": 9})),
            3,
            60.0,
            2.0,
        ),
        (
            "without_session",
            bought(8, "", &euros(50.0)),
            3,
            110.0,
            3.0,
        ),
        ("", bought(9, "v9", &euros(50.0)), 3, 110.0, 3.0),
    ];
    for (named, odd, n, sum, valued) in rows {
        let site = demo(&[
            asked(1, "v1", 3, "/checkout", Some(2)),
            bought(30, "v1", &euros(30.0)),
            // A line that came twice is one.
            bought(31, "v7", &euros(30.0)),
            bought(31, "v7", &euros(30.0)),
            odd.clone(),
        ]);
        assert_eq!(site.purchases.n, n, "{odd}");
        assert_eq!(site.purchases.mean.value, Some(sum / valued), "{odd}");
        let told = serde_json::to_value(&site.purchases.told).unwrap();
        for (name, count) in told.as_object().unwrap() {
            let is_named =
                count.as_u64() == Some(1) || count.as_object().is_some_and(|of| !of.is_empty());
            assert_eq!(is_named, name == named, "{name} of {odd}: {told}");
        }
    }
}

#[test]
fn without_consent_a_session_is_followed_only_where_one_page_is_the_whole_shop() {
    let lines = [
        asked(1, "load:a", 1, "/checkout", Some(2)),
        bought(2, "load:a", &euros(30.0)),
        asked(3, "v1", 4, "/checkout", Some(2)),
    ];
    let site = demo(&lines);
    assert_eq!(site.left_out.unfollowed, 1);
    assert_eq!(
        level(&site, Stage::During, "low", Measure::Ordered),
        (1, Some(0.0), 1)
    );
    let mut shops = Shops::default();
    let stages = Stages::new(None, None, true).unwrap();
    shops.named.insert("demo".to_owned(), stages);
    let kpi = kpi(&lines, &all(), &shops);
    let site = &kpi.sites[0];
    assert_eq!(site.left_out.unfollowed, 0);
    assert_eq!(
        level(site, Stage::During, "low", Measure::Ordered),
        (2, Some(50.0), 2)
    );
}

#[test]
fn after_the_purchase_the_page_itself_tells_what_was_bought() {
    let site = demo(&[
        bought(1, "load:a", &euros(30.0)),
        asked(2, "load:a", 1, "/checkout/done", Some(7)),
        bought(3, "v1", &euros(50.0)),
        asked(4, "v1", 1, "/checkout/done", Some(7)),
    ]);
    let after = stage(&site, Stage::After);
    let high = &after.bands[2];
    assert_eq!((high.band, high.sessions), ("high", 2));
    assert_eq!(high.levels[&Measure::ValuePerPurchase].value, Some(40.0));
    assert!(!high.levels.contains_key(&Measure::Ordered));
}

fn at(mut line: Value, time: &str) -> Value {
    line["at"] = json!(format!("2026-11-21T{time}.000Z"));
    line
}

#[test]
fn what_was_bought_before_the_question_does_not_follow_from_it() {
    // When somebody bought who was asked at noon: how many ordered in that stage, and how many purchases have
    // a value there.
    let rows = [
        ("/", Stage::Before, "11:59:59", Some(0.0), 0),
        ("/", Stage::Before, "12:00:00", Some(100.0), 1),
        ("/checkout", Stage::During, "11:59:59", Some(0.0), 0),
        ("/checkout", Stage::During, "12:00:01", Some(100.0), 1),
        ("/checkout/done", Stage::After, "11:59:59", None, 1),
        ("/checkout/done", Stage::After, "12:00:01", None, 1),
    ];
    for (page, of, bought_at, ordered, valued) in rows {
        let site = demo(&[
            at(bought(1, "v1", &euros(30.0)), bought_at),
            at(asked(2, "v1", 4, page, Some(2)), "12:00:00"),
            // Asked once more later: the first question counts.
            at(asked(3, "v1", 5, page, Some(2)), "12:30:00"),
        ]);
        let low = &stage(&site, of).bands[0];
        let found = low.levels.get(&Measure::Ordered);
        assert_eq!(
            found.and_then(|level| level.value),
            ordered,
            "{page} {bought_at}"
        );
        let found = low.levels[&Measure::ValuePerPurchase].n;
        assert_eq!(found, valued, "{page} {bought_at}");
        assert_eq!(site.purchases.n, 1, "{page} {bought_at}");
    }
}

#[test]
fn a_session_that_may_go_on_is_left_out() {
    let mut late = bought(2, "v1", &euros(30.0));
    late["received_at"] = json!("2026-11-21T12:20:00.000Z");
    let lines = [
        asked(1, "v1", 3, "/checkout", Some(2)),
        late,
        asked(3, "v2", 3, "/checkout", Some(2)),
        asked(4, "v3", 1, "/checkout/done", Some(2)),
    ];
    // Lines are of noon, but for one at twenty past: a session is over half an hour after its last.
    let rows = [
        ("12:25:00", 3, 0),
        ("12:29:59", 3, 0),
        ("12:30:00", 1, 1),
        ("12:50:00", 0, 2),
    ];
    for (now, running, whole) in rows {
        let now = format!("2026-11-21T{now}Z").parse().ok();
        let found = kpi(&lines, &Query { now, ..all() }, &Shops::default());
        let site = &found.sites[0];
        assert_eq!(site.left_out.running, running, "{now:?}");
        let (sessions, ..) = level(site, Stage::During, "low", Measure::Ordered);
        assert_eq!(sessions, whole, "{now:?}");
        let is_said = site
            .unknown
            .iter()
            .any(|said| said.contains("half an hour"));
        assert_eq!(is_said, running > 0, "{now:?}");
        assert_eq!(site.purchases.n, 1, "{now:?}");
    }
}

#[test]
fn who_may_still_order_makes_no_fall() {
    let day = |day: u32, ordered: u32| {
        let mut lines = sessions(1_000 * day, 40, ordered, 6);
        for line in &mut lines {
            line["received_at"] = json!(format!("2026-11-{day:02}T12:00:00.000Z"));
        }
        lines
    };
    let lines: Vec<Value> = (1..=21)
        .flat_map(|of| day(of, if of < 21 { 20 } else { 0 }))
        .collect();
    let at = |now: &str| {
        let now = format!("2026-11-21T{now}Z").parse().ok();
        kpi(
            &lines,
            &Query {
                now,
                ..Query::default()
            },
            &Shops::default(),
        )
    };
    let fell = at("12:30:00").sites.remove(0).moved.unwrap();
    assert_eq!(fell.since.to_string(), "2026-11-21");
    assert!(at("12:29:00").sites[0].moved.is_none());
}

#[test]
fn who_is_left_out_is_counted_once_and_said() {
    let site = demo(&[
        // One page load, asked in two stages.
        asked(1, "load:a", 1, "/", Some(2)),
        asked(2, "load:a", 1, "/checkout", Some(2)),
        asked(3, "", 0, "/checkout", Some(2)),
        asked(4, "", 0, "/checkout", None),
    ]);
    assert_eq!(site.left_out.unfollowed, 1);
    assert_eq!(site.left_out.without_session, 2);
    for expected in [
        "What came of 1 session without consent",
        "What came of 2 questions without a session",
    ] {
        assert!(
            site.unknown.iter().any(|said| said.starts_with(expected)),
            "{expected}: {:?}",
            site.unknown
        );
    }
    // The page that asks after the purchase says itself what was bought.
    let site = demo(&[asked(1, "load:a", 1, "/checkout/done", Some(2))]);
    assert_eq!(site.left_out.unfollowed, 0);
}

#[test]
fn pages_nobody_counted_are_no_page() {
    let site = demo(&[
        asked(1, "v1", 0, "/checkout", Some(2)),
        asked(2, "v2", 3, "/checkout", Some(2)),
    ]);
    let during = |measure| level(&site, Stage::During, "low", measure);
    assert_eq!(during(Measure::Pages), (2, Some(3.0), 1));
    assert_eq!(during(Measure::OnePage), (2, Some(0.0), 1));
}

#[test]
fn a_session_is_worth_nothing_certain_where_purchases_have_no_value_in_the_currency() {
    let rows = [
        (euros(30.0), Some(20.0), 3),
        (json!({"value": 30, "currency": "USD"}), None, 0),
        (json!({"value": 30}), None, 0),
        (json!({"currency": "EUR"}), None, 0),
    ];
    for (props, worth, n) in rows {
        let site = demo(&[
            asked(1, "v1", 3, "/checkout", Some(2)),
            bought(2, "v1", &euros(10.0)),
            bought(3, "v1", &euros(20.0)),
            asked(4, "v2", 3, "/checkout", Some(2)),
            bought(5, "v2", &props),
            asked(6, "v3", 3, "/checkout", Some(2)),
            // The others are not concerned.
            asked(7, "v4", 3, "/checkout", Some(7)),
        ]);
        let low = level(&site, Stage::During, "low", Measure::ValuePerSession);
        assert_eq!(low, (3, worth, n), "{props}");
        let high = level(&site, Stage::During, "high", Measure::ValuePerSession);
        assert_eq!(high, (1, Some(0.0), 1), "{props}");
        let is_said = site
            .unknown
            .iter()
            .any(|said| said.starts_with("What a session is worth"));
        assert_eq!(is_said, worth.is_none(), "{props}");
    }
}

#[test]
fn who_asks_for_help_or_leaves_an_address_is_in_contact() {
    let help = |number, session| {
        line(
            number,
            session,
            3,
            &json!({"type": "event", "name": "contact"}),
        )
    };
    let mut with_address = asked(3, "v2", 2, "/cart", Some(1));
    with_address["contact"] = json!(true);
    let lines = [
        asked(1, "v1", 3, "/checkout", Some(2)),
        with_address,
        asked(4, "v3", 2, "/cart", Some(1)),
        asked(5, "v4", 1, "/cart", Some(1)),
    ];
    let site = demo(&lines);
    assert_eq!(
        level(&site, Stage::During, "low", Measure::Contact),
        (4, Some(25.0), 4)
    );
    // One page and nothing bought.
    assert_eq!(
        level(&site, Stage::During, "low", Measure::OnePage),
        (4, Some(25.0), 4)
    );
    assert!(
        site.unknown
            .iter()
            .any(|said| said.contains("no `contact` event"))
    );
    let site = demo(&[&lines[..], &[help(9, "v1"), help(10, "v9")]].concat());
    assert_eq!(
        level(&site, Stage::During, "low", Measure::Contact),
        (4, Some(50.0), 4)
    );
    assert!(
        !site
            .unknown
            .iter()
            .any(|said| said.contains("no `contact` event"))
    );
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

#[test]
fn fewer_than_ten_sessions_make_no_figure() {
    let few = kpi(&sessions(1, 9, 4, 2), &Query::default(), &Shops::default());
    let ordered = |kpi: &Kpi| level(&kpi.sites[0], Stage::During, "low", Measure::Ordered);
    assert_eq!(ordered(&few), (9, None, 9));
    let enough = kpi(&sessions(1, 10, 4, 2), &Query::default(), &Shops::default());
    assert_eq!(ordered(&enough), (10, Some(40.0), 10));
}

#[test]
fn low_scores_are_held_against_all_others_with_an_interval() {
    let lines = [sessions(1, 40, 4, 2), sessions(100, 60, 36, 6)].concat();
    let kpi = kpi(&lines, &Query::default(), &Shops::default());
    let stage = stage(&kpi.sites[0], Stage::During);
    let ordered = stage.low_less_rest[0];
    assert_eq!((ordered.measure, ordered.value), (Measure::Ordered, -50.0));
    // Newcombe 1998, method 10: Wilson's 3.96 to 23.05 and 47.37 to 71.43.
    assert!((ordered.low.unwrap() - -62.93).abs() < 0.1, "{ordered:?}");
    assert!((ordered.high.unwrap() - -31.84).abs() < 0.1, "{ordered:?}");
    assert!(ordered.differs && ordered.p_adjusted.unwrap() < 0.001);
    // How many pages there were is known as a bound: nothing that two kinds of sessions could differ in.
    let compared: Vec<Measure> = stage.low_less_rest.iter().map(|one| one.measure).collect();
    let tested = [Measure::Ordered, Measure::ValuePerSession, Measure::Contact];
    assert_eq!(compared, tested);
    let said = stage.verdict().unwrap();
    assert!(
        said.starts_with("10.0 % order after a low score, 50.0 percentage points less"),
        "{said}"
    );
}

#[test]
fn erased_visitors_have_bought_nothing() {
    let mut lines = sessions(1, 2, 2, 2);
    lines.push(json!({"type": "erase", "visitor": "v1", "site": "demo",
        "received_at": "2026-11-22T12:00:00.000Z"}));
    let site = demo(&lines);
    assert_eq!(
        (site.purchases.n, site.purchases.mean.value),
        (1, Some(2.0))
    );
    assert_eq!(
        level(&site, Stage::During, "low", Measure::Ordered),
        (1, Some(100.0), 1)
    );
}

#[test]
fn only_the_site_the_survey_and_the_days_asked_for_count() {
    let mut elsewhere = sessions(50, 3, 3, 2);
    for line in &mut elsewhere {
        line["site"] = json!("other");
    }
    let lines = [sessions(1, 2, 1, 2), elsewhere].concat();
    let asked_for = |query| kpi(&lines, &query, &Shops::default()).sites.len();
    assert_eq!(asked_for(all()), 2);
    let site = Some("demo".to_owned());
    assert_eq!(asked_for(Query { site, ..all() }), 1);
    let since = Some("2026-11-22T00:00:00Z".parse().unwrap());
    let late = kpi(&lines, &Query { since, ..all() }, &Shops::default());
    assert!(
        late.sites
            .iter()
            .all(|site| site.purchases.n == 0 && site.stages.is_empty())
    );
}

#[test]
fn the_table_fits_eighty_columns_and_begins_with_the_most_important() {
    let lines = [
        sessions(1, 40, 4, 2),
        sessions(100, 60, 36, 6),
        sessions(200, 12, 6, 4),
    ]
    .concat();
    let kpi = kpi(&lines, &Query::default(), &Shops::default());
    let table = report::render::kpi::table(&kpi);
    for line in table.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let golden = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/kpi.txt");
    if std::env::var_os("HARK_GOLDEN").is_some() {
        std::fs::write(&golden, &table).unwrap();
    }
    assert_eq!(table, std::fs::read_to_string(&golden).unwrap_or_default());
    let csv = report::render::kpi::csv(&kpi).unwrap();
    assert!(csv.contains("demo,during,low,ordered,10,"), "{csv}");
    let html = report::render::kpi::html(&kpi);
    assert!(
        html.contains("During the purchase") && !html.contains("<script"),
        "{html}"
    );
}

/// Something of one of three sessions, or of none. A few share an id, as nothing but a fault makes them do.
fn any_line() -> impl Strategy<Value = Value> {
    let session = select(vec!["v1", "v2", "load:a", ""]);
    let page = select(vec!["/", "/checkout", "/checkout/done"]);
    let told = (1..40_u32, session, 0..4_u32, 0..60_u32);
    (told, page, proptest::option::of(1..8_u8), 0..4_u8).prop_map(
        |((number, session, pages, second), page, score, kind)| {
            let line = match kind {
                0 => bought(number, session, &euros(f64::from(number % 3))),
                1 => line(
                    number,
                    session,
                    pages,
                    &json!({"type": "event", "name": "contact"}),
                ),
                _ => asked(number, session, pages, page, score),
            };
            at(line, &format!("12:00:{second:02}"))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn order_repetition_and_segments_make_no_difference(
        (lines, again, cut) in proptest::collection::vec(any_line(), 1..12).prop_flat_map(|lines| {
            let again = subsequence(lines.clone(), 0..=lines.len());
            let told = again.prop_flat_map({
                let lines = lines.clone();
                move |again| Just([lines.clone(), again].concat()).prop_shuffle()
            });
            (Just(lines), told, 0..24_usize)
        })
    ) {
        let (query, shops) = (all(), Shops::default());
        let once = kpi(&lines, &query, &shops);
        let (some, rest) = again.split_at(cut.min(again.len()));
        let otherwise = kpi_of_segments(&[some, rest], &query, &shops);
        let sites = |kpi: &Kpi| serde_json::to_value(&kpi.sites).unwrap();
        prop_assert_eq!(sites(&once), sites(&otherwise));
    }
}
