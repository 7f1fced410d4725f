//! `delay`, `all`, and several surveys at once.

use crate::{is_asked, shop, survey, visitor_of, was_not_asked};
use e2e::{Shop, Visitor};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn all_of_them_must_have_come() {
    let trigger =
        "on = \"click\"\nselector = \"#pay\"\nall = [{ on = \"event\", name = \"full\" }]";
    let shop = shop(trigger).await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.hammers_on("#pay", 1).await;
    visitor.runs("hark('event', 'empty')").await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_them_fire_in_any_order() {
    let trigger =
        "on = \"click\"\nselector = \"#pay\"\nall = [{ on = \"event\", name = \"full\" }]";
    let shop = shop(trigger).await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.runs("hark('event', 'full')").await;
    visitor.hammers_on("#pay", 1).await;
    is_asked(&shop, &visitor, "click").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_gone_out_of_sight_within_the_delay_is_not_asked_about() {
    let shop = shop("on = \"visible\"\nselector = \"#coupon\"\ndelay = 600").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.turns_the_wheel(2_000).await;
    visitor.comes_to_rest().await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn targeting_is_asked_again_when_the_delay_is_over() {
    let file = "metric = \"csat\"\n[target]\nwhere = [{ attribute = \"paid\", op = \"ne\", value = true }]\n\
                [[trigger]]\non = \"click\"\nselector = \"#pay\"\ndelay = 1";
    let after_all = survey("on = \"event\"\nname = \"after_all\"");
    let shop = Shop::open(&[("asked", file), ("after-all", &after_all)]).await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.hammers_on("#pay", 1).await;
    visitor.runs("hark('set', { paid: true })").await;
    visitor.has_looked_for(1_500.0).await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_that_fire_at_once_the_most_important_is_asked() {
    let plain = survey("on = \"event\"\nname = \"now\"");
    let urgent = format!("priority = 1\n{plain}");
    let shop = Shop::open(&[("a", &plain), ("b", &plain), ("c", &urgent)]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    visitor.is_waited_for("a").await;
    visitor.runs("hark('event', 'now')").await;
    visitor.card().await;
    let shown = shop.journal().line(json!({ "type": "impression" })).await;
    assert_eq!(shown["survey"], "c");
    assert_eq!(shop.journal().count("impression"), 1);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn among_those_that_wait_the_most_important_is_asked() {
    let first = survey("on = \"event\"\nname = \"first\"");
    let second = format!(
        "priority = 1\n{}",
        survey("on = \"event\"\nname = \"second\"")
    );
    let shop = Shop::open(&[("first", &first), ("second", &second)]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/counter")).await;
    visitor.is_waited_for("first").await;
    visitor.clicks("#street").await;
    visitor
        .runs("hark('event', 'first'); hark('event', 'second')")
        .await;
    let reason = visitor.reason_against("first", "moment").await;
    assert_eq!(reason, "somebody is typing");
    visitor.runs("document.activeElement.blur()").await;
    visitor.card().await;
    let shown = shop.journal().line(json!({ "type": "impression" })).await;
    assert_eq!(shown["survey"], "second");
    visitor.leaves().await;
}
