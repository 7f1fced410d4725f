//! Figures by band of the score, their intervals, and how they are printed.

use super::*;

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
