//! Of whom surveys are asked, and the reasons a shop's developer reads for those who are not.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use e2e::{Shop, Visitor, until};
use serde_json::{Value, json};

/// Each asks of somebody else than the visitor at hand, but for the last.
const ASKED_OF: [(&str, &str, &str, &str); 9] = [
    (
        "elsewhere",
        "pages = [\"/cart\"]",
        "path",
        "the path is not in `pages`",
    ),
    (
        "excluded",
        "exclude = [\"/shop/**\"]",
        "path",
        "the path is in `exclude`",
    ),
    (
        "query",
        "pages = [\"?step=pay\"]",
        "path",
        "the path is not in `pages`",
    ),
    (
        "phones",
        "devices = [\"mobile\", \"tablet\"]",
        "device",
        "not asked on this kind of device",
    ),
    (
        "french",
        "languages = [\"fr\"]",
        "language",
        "not asked in this language",
    ),
    (
        "returning",
        "visitors = \"returning\"",
        "visitors",
        "who is new and who returns is not known without consent",
    ),
    (
        "spenders",
        "where = [{ attribute = \"cart_value\", op = \"gte\", value = 50 }]",
        "attributes",
        "a condition in `where` does not hold",
    ),
    (
        "nobody",
        "sample = 0.000001",
        "sample",
        "the draw is outside of `sample`",
    ),
    ("everybody", "", "", ""),
];

fn file(target: &str) -> String {
    format!("metric = \"nps\"\n[target]\n{target}\n[[trigger]]\non = \"event\"\nname = \"never\"")
}

async fn shows(visitor: &Visitor, survey: &str) -> Value {
    let rows = visitor.explanation().await;
    let rows = rows.as_array().expect("rows").clone();
    let row = rows.into_iter().find(|row| row["survey"] == survey);
    row.expect("a row for each survey")["shows"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn surveys_are_asked_of_whom_they_name() {
    let files = ASKED_OF.map(|(id, target, ..)| (id, file(target)));
    let surveys = files.each_ref().map(|(id, text)| (*id, text.as_str()));
    let shop = Shop::open(&surveys).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/shop/tea?step=payment")).await;
    for (id, _, gate, reason) in ASKED_OF {
        let shown = shows(&visitor, id).await;
        assert_eq!(shown, gate.is_empty(), "{id}");
        if !gate.is_empty() {
            assert_eq!(visitor.reason_against(id, gate).await, reason, "{id}");
        }
    }
    // What becomes known on the way arms a survey.
    visitor.runs("hark('set', { cart_value: 50 })").await;
    visitor.is_waited_for("spenders").await;
    visitor.runs("hark('set', { cart_value: 49.5 })").await;
    assert_eq!(shows(&visitor, "spenders").await, false);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_survey_that_has_not_begun_or_is_over_is_not_offered() {
    let began = file("from = 2020-01-01\nuntil = 2199-12-31");
    let begins = file("from = 2199-12-31");
    let ended = file("until = 2020-01-01");
    let shop = Shop::open(&[("now", &began), ("later", &begins), ("before", &ended)]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    let rows = visitor.explanation().await;
    let ids: Vec<&Value> = rows
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| &row["survey"])
        .collect();
    assert_eq!(ids, ["now"]);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_draw_of_a_visitor_stays_the_same() {
    let shop = Shop::open_with(
        &[("half", "metric = \"nps\"\n[target]\nsample = 0.999999\n[[trigger]]\non = \"event\"\nname = \"now\"")],
        "[site.frequency]\nafter_impression = \"0s\"\nafter_answer = \"0s\"\n",
        "data-consent=granted",
    )
    .await;
    let visitor = Visitor::new().await;
    for path in ["/one", "/two"] {
        visitor.opens(&shop.page(path)).await;
        visitor
            .runs("await hark('explain'); hark('show', 'half')")
            .await;
        visitor.card().await.part("scale").await;
        let shown = json!({ "type": "impression", "page": { "path": path } });
        shop.journal().line(shown).await;
    }
    let draws = until("two impressions", || async {
        let lines = shop.journal().lines();
        let shown = lines.iter().filter(|line| line["type"] == "impression");
        let draws: Vec<Value> = shown.map(|line| line["draw"].clone()).collect();
        if draws.len() == 2 {
            Ok(draws)
        } else {
            Err(lines)
        }
    })
    .await;
    assert!(draws[0].is_f64(), "{draws:?}");
    assert_eq!(draws[0], draws[1]);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_with_hark_debug_in_its_address_prints_every_gate_in_chromium() {
    let full = (
        "full",
        "metric = \"nps\"\n[target]\nquota = 1\n[[trigger]]\non = \"event\"\nname = \"never\"",
    );
    let shop = Shop::open_with(&[full], "", "data-consent=denied").await;
    let visitor = Visitor::new().await;
    let tables = "window.tables = []; const { table } = console; console.table = (rows) => { tables.push(rows); table(rows) }";
    visitor.brings(tables).await;
    visitor.opens(&shop.page("/?hark_debug")).await;
    let table = until("a table on the console", || async {
        let tables = visitor.runs("return tables").await;
        if tables[0].is_array() {
            Ok(tables[0].clone())
        } else {
            Err(tables)
        }
    })
    .await;
    assert_eq!(
        table,
        visitor.explanation().await,
        "the same as `explain` says"
    );
    let gates = table[0]["gates"].as_array().expect("gates");
    let names: Vec<&Value> = gates.iter().map(|gate| &gate["gate"]).collect();
    let expected = [
        "path",
        "device",
        "language",
        "visitors",
        "attributes",
        "sample",
        "quota",
        "frequency",
        "consent",
        "schedule",
        "place",
        "moment",
        "trigger",
    ];
    assert_eq!(names, expected);
    assert!(gates.iter().all(|gate| {
        gate["reason"]
            .as_str()
            .is_some_and(|reason| !reason.is_empty())
    }));

    // Once as many have answered as were wanted, the gate says so to the next visitor.
    let answered = json!({
        "type": "response", "id": "01990000-0000-7000-8000-000000000001", "seq": 1, "survey": "full", "score": 9,
        "complete": true, "at": "2026-11-21T10:00:00.000Z", "channel": "web", "page": { "path": "/" },
        "device": "desktop", "language": "en", "session": { "pages": 1, "seconds": 1 }, "automated": false
    });
    shop.hears(&[answered]).await;
    visitor.leaves().await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/?hark_debug")).await;
    let reason = visitor.reason_against("full", "quota").await;
    assert_eq!(reason, "as many have answered as were wanted");
    visitor.leaves().await;
}
