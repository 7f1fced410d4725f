//! What is asked for stands in the address, and whatever stands there is answered kindly.

use super::history::BROKEN;
use super::{address, reads, shop_with_a_month, visitor_without_javascript};
use e2e::Visitor;

#[tokio::test(flavor = "multi_thread")]
async fn a_plain_form_puts_filters_into_the_address_in_chromium() {
    let shop = shop_with_a_month().await;
    let visitor = visitor_without_javascript().await;
    visitor
        .opens(&address(&shop, &format!("/surveys/{BROKEN}")))
        .await;
    visitor.clicks("#filters summary").await;
    visitor
        .runs(
            "document.querySelector('[name=since]').value = '14d'; \
               document.querySelector('[name=by]').value = 'trigger'",
        )
        .await;
    visitor.clicks("#filters button").await;
    reads(&visitor, "By trigger").await;
    let query = visitor
        .runs("return new URLSearchParams(location.search).toString()")
        .await;
    let query = query.as_str().expect("a query");
    assert!(
        query.contains("since=14d") && query.contains("by=trigger"),
        "{query}"
    );
    reads(&visitor, "The last 14 days").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_value_is_answered_with_what_to_write() {
    let shop = shop_with_a_month().await;
    let visitor = Visitor::new().await;
    let rows = [
        ("?since=yesterday", "`yesterday` is not a time"),
        ("?since=7d&until=30d", "ends before it begins"),
        ("?site=other", "No answers among these"),
        (
            "/surveys/checkout-efort?since=all",
            "Did you mean checkout-effort?",
        ),
        (&format!("/surveys/{BROKEN}?by=colour"), "(unknown)"),
        ("?since=%FF%00&until=%C3%28&by=%2e%2e%2f", "not a time"),
    ];
    for (path, expected) in rows {
        visitor.opens(&address(&shop, path)).await;
        reads(&visitor, expected).await;
    }
    visitor.leaves().await;
}
