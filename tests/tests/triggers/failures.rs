//! `script_error`.

use crate::{shop, visitor_of, was_not_asked};
use serde_json::json;

const SURVEY: &str = "on = \"script_error\"";

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_fails_is_noticed() {
    for button in ["#throw", "#reject", "#refuse"] {
        let shop = shop(SURVEY).await;
        let visitor = visitor_of(&shop, "/counter").await;
        visitor.clicks(button).await;
        visitor.card().await;
        let shown = shop.journal().line(json!({ "type": "impression" })).await;
        assert_eq!(shown["trigger"], "script_error", "{button} {shown}");
        visitor.leaves().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_nothing_is_no_failure() {
    let shop = shop(SURVEY).await;
    let visitor = visitor_of(&shop, "/counter").await;
    visitor
        .runs("addEventListener('unhandledrejection', () => { window.wasRejected = true })")
        .await;
    visitor.clicks("#broken").await;
    visitor.clicks("#abort").await;
    e2e::until("the rejection", || async {
        let was_rejected = visitor.sees("window.wasRejected").await;
        if was_rejected == true {
            Ok(())
        } else {
            Err(was_rejected)
        }
    })
    .await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}
