//! `exit_intent` with a pointer.

use crate::{is_asked, shop, visitor_of, was_not_asked};
use e2e::Visitor;

const AT_ONCE: &str = "on = \"exit_intent\"\narmed_after = 0";

/// From the middle of the page to its upper edge, and out.
const UP_AND_OUT: [(i32, i32); 5] = [(640, 500), (645, 350), (648, 180), (650, 15), (651, -1)];

#[tokio::test(flavor = "multi_thread")]
async fn a_quick_way_out_through_the_top_is_an_intent() {
    let shop = shop(AT_ONCE).await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.moves_along(&UP_AND_OUT).await;
    let shown = is_asked(&shop, &visitor, "exit_intent").await;
    assert_eq!(shown["signal"], "pointer");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn strolling_out_is_none() {
    let shop = shop(AT_ONCE).await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.moves_slowly_along(&UP_AND_OUT, 0.5).await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_by_the_side_is_none() {
    let shop = shop(AT_ONCE).await;
    let visitor = visitor_of(&shop, "/counter").await;
    let to_the_left = [(640, 500), (420, 480), (200, 460), (10, 440), (-1, 435)];
    visitor.moves_along(&to_the_left).await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn overshooting_and_coming_back_is_none() {
    let shop = shop(AT_ONCE).await;
    let visitor = visitor_of(&shop, "/counter").await;
    let there_and_back = [(645, 350), (650, 15), (651, -1), (651, 30), (651, 90)];
    visitor.moves_along(&there_and_back).await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn dragging_something_out_is_none() {
    let shop = shop(AT_ONCE).await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.drags_along(&UP_AND_OUT, 0.016, 1).await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_while_typing_is_none() {
    let shop = shop(AT_ONCE).await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.clicks("#street").await;
    visitor.moves_along(&UP_AND_OUT).await;
    visitor.moves_along(&[(640, 300)]).await;
    visitor.runs("document.activeElement.blur()").await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn leaving_before_it_is_armed_is_none() {
    let shop = shop("on = \"exit_intent\"\narmed_after = 600").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.moves_along(&UP_AND_OUT).await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finger_leaves_through_no_edge_in_chromium() {
    let shop = shop(AT_ONCE).await;
    let visitor = crate::arrives(&shop, "/counter", Visitor::with_phone().await).await;
    visitor.flicks_down().await;
    visitor.flicks_down().await;
    visitor.flicks_up().await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}
