//! `exit_intent` where nothing hovers: guesses that a survey has to ask for.

use crate::{arrives, is_asked, shop, was_not_asked};
use e2e::Visitor;

#[tokio::test(flavor = "multi_thread")]
async fn a_fast_way_up_is_taken_for_leaving_in_chromium() {
    let shop = shop("on = \"exit_intent\"\narmed_after = 0\ntouch = [\"scroll_up\"]").await;
    let visitor = arrives(&shop, "/counter", Visitor::with_phone().await).await;
    for _ in 0..3 {
        visitor.flicks_down().await;
    }
    visitor.flicks_up().await;
    let shown = is_asked(&shop, &visitor, "exit_intent").await;
    assert_eq!(shown["signal"], "scroll_up");
    assert_eq!(shown["device"], "mobile");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fast_way_up_to_the_top_is_a_way_to_the_menu_in_chromium() {
    let shop = shop("on = \"exit_intent\"\narmed_after = 0\ntouch = [\"scroll_up\"]").await;
    let visitor = arrives(&shop, "/counter", Visitor::with_phone().await).await;
    visitor.flicks_down().await;
    let deepest = visitor.sees("scrollY").await;
    assert!(deepest.as_f64().expect("pixels") > 800.0, "{deepest}");
    // All the way at once, as the finger that holds on to the bar of a browser does.
    visitor.runs("scrollTo(0, 0)").await;
    visitor.comes_to_rest().await;
    assert_eq!(visitor.sees("scrollY").await, 0);
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

// In WebKitGTK every pointer hovers, also that of a phone.
#[tokio::test(flavor = "multi_thread")]
async fn coming_back_to_the_tab_is_taken_for_having_left_not_in_webkit() {
    let shop = shop("on = \"exit_intent\"\narmed_after = 0\ntouch = [\"return\"]").await;
    let visitor = arrives(&shop, "/counter", Visitor::with_phone().await).await;
    visitor.is_away_for(10_500.0).await;
    let shown = is_asked(&shop, &visitor, "exit_intent").await;
    assert_eq!(shown["signal"], "return");
    visitor.leaves().await;
}
