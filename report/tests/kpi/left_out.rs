//! Whom and what figures leave out, since they would get it wrong, and that it is said.

use super::*;

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
