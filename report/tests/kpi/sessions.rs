//! What a session is, and what is told of it.

use super::*;

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
