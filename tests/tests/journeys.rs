//! From a trigger to a figure: one shopper for each metric, the whole way.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use e2e::{Shop, Visitor};
use serde_json::{Value, json};

fn figure<'r>(report: &'r Value, name: &str) -> &'r Value {
    let figures = report["figures"].as_array().expect("figures");
    let found = figures.iter().find(|figure| figure["name"] == name);
    found.unwrap_or_else(|| panic!("{name} in {report}"))
}

async fn nothing_was_disturbed(visitor: &Visitor) {
    assert_eq!(visitor.console().await, Vec::<String>::new());
    assert_eq!(visitor.layout_shift().await.to_string(), "0");
    assert_eq!(visitor.runs("return document.cookie").await, "");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shopper_on_the_way_out_says_how_hard_it_was() {
    let shop = Shop::open(&[(
        "checkout-effort",
        "metric = \"ces\"\nwording = \"purchase\"\n[[follow_up]]\nwhen = \"low\"\nquestion = \"What got in the way?\"\n[target]\npages = [\"/checkout/**\"]\n[[trigger]]\non = \"exit_intent\"\narmed_after = 0",
    )])
    .await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/checkout/pay")).await;
    visitor.is_waited_for("checkout-effort").await;
    visitor.leaves_through_the_top().await;

    let card = visitor.card().await;
    assert_eq!(
        card.says("question").await,
        "To what extent do you agree with this statement?\nFernlight made it easy for me to complete my purchase."
    );
    card.chooses(2).await;
    assert_eq!(
        card.says("question").await,
        "What got in the way?\noptional"
    );
    card.types("The voucher field").await;
    card.clicks("submit").await;
    assert_eq!(card.says("thanks").await, "Thank you!");

    let shown = shop.journal().line(json!({ "type": "impression" })).await;
    assert_eq!(shown["survey"], "checkout-effort");
    assert_eq!(shown["trigger"], "exit_intent");
    assert_eq!(shown["signal"], "pointer");
    assert_eq!(shown["page"], json!({ "path": "/checkout/pay" }));
    assert_eq!(shown["device"], "desktop");
    assert_eq!(shown["site"], "shop");
    let scored = shop.journal().line(json!({ "complete": false })).await;
    assert_eq!(scored["score"], 2);
    assert_eq!(scored["id"], shown["id"]);
    let finished = shop.journal().line(json!({ "complete": true })).await;
    assert_eq!(finished["score"], 2);
    assert_eq!(
        finished["answers"],
        json!({ "comment": "The voucher field" })
    );
    assert_eq!(finished["id"], shown["id"]);
    assert_eq!(finished["automated"], true);

    let report = shop.report("checkout-effort").await;
    assert_eq!(report["impressions"], 1);
    assert_eq!(report["responses"], 1);
    assert_eq!(figure(&report, "ces_mean")["value"], 2.0);
    assert_eq!(figure(&report, "ces_easy")["value"], 0.0);
    nothing_was_disturbed(&visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shopper_after_the_order_says_how_satisfied_they_are() {
    let shop = Shop::open(&[(
        "order-satisfaction",
        "metric = \"csat\"\nwording = \"purchase\"\n[[trigger]]\non = \"event\"\nname = \"order_placed\"\nwhere = [{ attribute = \"value\", op = \"gte\", value = 50 }]",
    )])
    .await;
    let visitor = Visitor::with_phone().await;
    visitor.opens(&shop.page("/fr/done")).await;
    visitor.is_waited_for("order-satisfaction").await;
    visitor
        .runs("hark('set', { plan: 'gold' }); hark('event', 'order_placed', { value: 49 })")
        .await;
    assert!(visitor.card_now().await.is_none());
    visitor
        .runs("hark('event', 'order_placed', { value: 84.5 })")
        .await;

    let card = visitor.card().await;
    assert_eq!(
        card.says("question").await,
        "Dans quelle mesure êtes-vous satisfait(e) du processus de commande\u{202f}?"
    );
    assert_eq!(card.says("anchor-high").await, "Très satisfait(e)");
    card.chooses(5).await;
    assert_eq!(card.says("thanks").await, "Merci\u{202f}!");

    let finished = shop
        .journal()
        .line(json!({ "type": "response", "complete": true }))
        .await;
    assert_eq!(finished["score"], 5);
    assert_eq!(finished["metric"], "csat");
    assert_eq!(finished["wording"], "purchase");
    assert_eq!(finished["language"], "fr");
    assert_eq!(finished["device"], visitor.kind_of_phone());
    assert_eq!(finished["attributes"], json!({ "plan": "gold" }));
    let told = shop
        .journal()
        .line(json!({ "type": "event", "props": { "value": 84.5 } }))
        .await;
    assert_eq!(told["name"], "order_placed");

    let report = shop.report("order-satisfaction").await;
    assert_eq!(figure(&report, "csat")["value"], 100.0);
    assert_eq!(figure(&report, "csat")["n"], 1);
    nothing_was_disturbed(&visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_reader_says_whether_they_would_recommend_the_shop() {
    let shop = Shop::open(&[(
        "recommend",
        "metric = \"nps\"\n[[follow_up]]\n[[trigger]]\non = \"scroll\"\npercent = 60\nall = [{ on = \"dwell\", seconds = 0.2 }]",
    )])
    .await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor.is_waited_for("recommend").await;
    visitor.scrolls_to(70).await;

    let card = visitor.card().await;
    assert_eq!(
        card.says("question").await,
        "How likely is it that you would recommend Fernlight to a friend or colleague?"
    );
    card.chooses(0).await;
    card.clicks("submit").await;

    let finished = shop.journal().line(json!({ "complete": true })).await;
    assert_eq!(finished["score"], 0);
    assert_eq!(finished["trigger"], "scroll");
    let report = shop.report("recommend").await;
    assert_eq!(figure(&report, "nps")["value"], -100.0);
    assert_eq!(report["distribution"]["0"], 1);
    nothing_was_disturbed(&visitor).await;
    visitor.leaves().await;
}
