//! `click`, `rage_click` and `copy`.

use crate::{is_asked, shop, visitor_of, was_not_asked};

#[tokio::test(flavor = "multi_thread")]
async fn a_click_on_what_is_named_counts() {
    let shop = shop("on = \"click\"\nselector = \"#guide\"").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.hammers_on("#pay", 1).await;
    visitor.hammers_on("#guide", 1).await;
    is_asked(&shop, &visitor, "click").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_click_beside_it_does_not() {
    let shop = shop("on = \"click\"\nselector = \"#guide\"").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.hammers_on("#pay", 1).await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hammering_on_a_button_that_does_nothing_is_rage() {
    let shop = shop("on = \"rage_click\"\nwithin_ms = 10000").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.hammers_on("#pay", 3).await;
    is_asked(&shop, &visitor, "rage_click").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_double_click_is_none() {
    let shop = shop("on = \"rage_click\"\nwithin_ms = 10000").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.hammers_on("#pay", 2).await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ordering_five_of_a_thing_is_none() {
    let shop = shop("on = \"rage_click\"\nwithin_ms = 10000").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.hammers_on("#more", 5).await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn selecting_a_paragraph_is_none() {
    let shop = shop("on = \"rage_click\"\nwithin_ms = 10000").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.hammers_on("form ~ p", 3).await;
    let selected = visitor.sees("getSelection().toString()").await;
    assert!(
        selected
            .as_str()
            .is_some_and(|text| text.starts_with("Hand-thrown")),
        "{selected}"
    );
    visitor.runs("getSelection().removeAllRanges()").await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn copying_what_is_named_counts() {
    let shop = shop("on = \"copy\"\nselector = \"#coupon\"").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.hammers_on("#coupon", 2).await;
    visitor.copies().await;
    visitor.runs("getSelection().removeAllRanges()").await;
    is_asked(&shop, &visitor, "copy").await;
    visitor.leaves().await;
}
