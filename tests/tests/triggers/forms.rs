//! `form_abandon`.

use crate::{is_asked, shop, visitor_of, was_not_asked};

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_begun_and_left_lying_is_given_up() {
    let shop = shop("on = \"form_abandon\"\nselector = \"#address\"\nseconds = 1").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.clicks("#street").await;
    visitor.types("Kiln Lane 7").await;
    let reason = visitor.reason_against("asked", "moment").await;
    assert_eq!(reason, "somebody is typing");
    visitor.has_looked_for(1_500.0).await;
    visitor.runs("document.activeElement.blur()").await;
    let shown = is_asked(&shop, &visitor, "form_abandon").await;
    assert!(!shown.to_string().contains("Kiln"), "{shown}");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_begun_and_left_behind_is_given_up() {
    let shop = shop("on = \"form_abandon\"\nseconds = 600").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.clicks("#street").await;
    visitor.types("Kiln Lane 7").await;
    visitor.runs("document.activeElement.blur()").await;
    visitor.leaves_through_the_top().await;
    is_asked(&shop, &visitor, "form_abandon").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_was_not_begun_cannot_be_given_up() {
    let shop = shop("on = \"form_abandon\"\nseconds = 1").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.has_looked_for(1_500.0).await;
    visitor.leaves_through_the_top().await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_was_sent_is_not_given_up() {
    let shop = shop("on = \"form_abandon\"\nseconds = 600").await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor.clicks("#mail").await;
    visitor.types("ada@example.com").await;
    visitor.clicks("#subscribe").await;
    visitor.leaves_through_the_top().await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}
