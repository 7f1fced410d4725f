//! `dwell`, `scroll` and `visible`: how long, how far, and what was seen.

use crate::{arrives, is_asked, shop, visitor_of, was_not_asked};
use e2e::Visitor;

#[tokio::test(flavor = "multi_thread")]
async fn time_on_a_page_counts() {
    let shop = shop("on = \"dwell\"\nseconds = 0.5").await;
    let visitor = visitor_of(&shop, "/counter").await;
    is_asked(&shop, &visitor, "dwell").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn time_in_another_tab_does_not_count() {
    let shop = shop("on = \"dwell\"\nseconds = 6").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.is_away_for(6_000.0).await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wheel_takes_a_reader_down_the_page() {
    let shop = shop("on = \"scroll\"\npercent = 60").await;
    let visitor = visitor_of(&shop, "/counter").await;
    let down = visitor
        .sees("document.documentElement.scrollHeight * 0.62 - innerHeight")
        .await;
    let pixels = down.as_f64().expect("a height") as i32;
    visitor.turns_the_wheel(pixels / 2).await;
    visitor.turns_the_wheel(pixels / 2 + 2).await;
    is_asked(&shop, &visitor, "scroll").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn half_the_way_is_not_the_whole() {
    let shop = shop("on = \"scroll\"\npercent = 90").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.turns_the_wheel(800).await;
    visitor.comes_to_rest().await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finger_takes_a_reader_down_the_page_in_chromium() {
    let shop = shop("on = \"scroll\"\npercent = 40").await;
    let visitor = arrives(&shop, "/counter", Visitor::with_phone().await).await;
    for _ in 0..3 {
        visitor.flicks_down().await;
    }
    let shown = is_asked(&shop, &visitor, "scroll").await;
    assert_eq!(shown["device"], "mobile");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_fits_was_seen_whole() {
    let shop = shop("on = \"scroll\"\npercent = 100").await;
    let visitor = visitor_of(&shop, "/short").await;
    is_asked(&shop, &visitor, "scroll").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_scrolls_in_place_of_the_page_is_measured() {
    let shop = shop("on = \"scroll\"\npercent = 60").await;
    let visitor = visitor_of(&shop, "/panel").await;
    visitor.turns_the_wheel(100).await;
    visitor.comes_to_rest().await;
    assert!(visitor.card_now().await.is_none());
    visitor.turns_the_wheel(3_000).await;
    is_asked(&shop, &visitor, "scroll").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_grows_is_measured_anew() {
    let shop = shop("on = \"scroll\"\npercent = 80").await;
    let visitor = visitor_of(&shop, "/counter").await;
    // Twice as long before anybody gets far: what was 80 % is 40 % now.
    let grow = "const more = document.createElement('p'); more.style.height = \
                document.documentElement.scrollHeight + 'px'; document.body.append(more)";
    visitor.turns_the_wheel(100).await;
    visitor.comes_to_rest().await;
    visitor.runs(grow).await;
    visitor.scrolls_to(35).await;
    visitor.comes_to_rest().await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_element_that_comes_into_view_is_seen() {
    let shop = shop("on = \"visible\"\nselector = \"#foot\"").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.turns_the_wheel(100_000).await;
    is_asked(&shop, &visitor, "visible").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_element_below_the_screen_is_not_seen() {
    let shop = shop("on = \"visible\"\nselector = \"#foot\"\npercent = 0").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.turns_the_wheel(800).await;
    visitor.comes_to_rest().await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}
