//! `page_views`, `visit` and `event`: how often somebody has been here.

use crate::{arrives, is_asked, shop, survey, visitor_of, was_not_asked};
use e2e::Shop;

#[tokio::test(flavor = "multi_thread")]
async fn routes_count_as_pages() {
    let shop = shop("on = \"page_views\"\ncount = 3").await;
    let visitor = visitor_of(&shop, "/one").await;
    visitor.runs("history.pushState(null, '', '/two')").await;
    // Without the Navigation API a route is looked for twice a second.
    visitor.has_looked_for(1_000.0).await;
    visitor.runs("history.pushState(null, '', '/three')").await;
    let shown = is_asked(&shop, &visitor, "page_views").await;
    assert_eq!(shown["page"]["path"], "/three");
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_pages_are_not_three() {
    let shop = shop("on = \"page_views\"\ncount = 3").await;
    let visitor = visitor_of(&shop, "/one").await;
    visitor.runs("history.pushState(null, '', '/two')").await;
    was_not_asked(&shop, &visitor).await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_visit_is_known_with_consent_only_in_chromium() {
    let after_all = survey("on = \"event\"\nname = \"after_all\"");
    let again = survey("on = \"visit\"\ncount = 2");
    let surveys = [("asked", again.as_str()), ("after-all", after_all.as_str())];
    let agreed = Shop::open_with(&surveys, "consent = \"granted\"", "").await;
    let visitor = visitor_of(&agreed, "/").await;
    let visitor = visitor.comes_back_after(1).await;
    visitor.opens(&agreed.page("/")).await;
    is_asked(&agreed, &visitor, "visit").await;
    visitor.leaves().await;

    let not_asked = Shop::open_with(&surveys, "", "").await;
    let visitor = visitor_of(&not_asked, "/").await;
    let again = visitor.comes_back_after(1).await;
    let visitor = arrives(&not_asked, "/", again).await;
    was_not_asked(&not_asked, &visitor).await;
    visitor.leaves().await;
}
