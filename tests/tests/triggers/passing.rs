//! `return` and `idle`: nobody is there, and somebody comes back.

use crate::{is_asked, shop, visitor_of, was_not_asked};

#[tokio::test(flavor = "multi_thread")]
async fn coming_back_after_a_while_is_a_return() {
    let shop = shop("on = \"return\"\nseconds = 1").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.is_away_for(1_200.0).await;
    is_asked(&shop, &visitor, "return").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_glance_at_another_tab_is_none() {
    let shop = shop("on = \"return\"\nseconds = 600").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.is_away_for(200.0).await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn doing_nothing_for_a_while_is_idle() {
    let shop = shop("on = \"idle\"\nseconds = 1").await;
    let visitor = visitor_of(&shop, "/counter").await;
    is_asked(&shop, &visitor, "idle").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_acts_before_the_delay_is_over_is_idle_no_more() {
    let shop = shop("on = \"idle\"\nseconds = 1\ndelay = 600").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.has_looked_for(1_500.0).await;
    visitor.moves_along(&[(300, 300), (320, 310)]).await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn idle_again_counts_again() {
    let shop = shop("on = \"idle\"\nseconds = 1\ndelay = 2").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.has_looked_for(1_500.0).await;
    visitor.moves_along(&[(300, 300), (320, 310)]).await;
    is_asked(&shop, &visitor, "idle").await;
    visitor.leaves().await;
}
