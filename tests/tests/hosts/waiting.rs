//! A card that is made before its moment waits on the page, where nobody may notice it.

use super::is_quiet;
use e2e::{Host, Shop, Visitor};
use serde_json::json;

const WAITS: &str =
    "metric = \"ces\"\n[target]\npages = [\"/\"]\n[[trigger]]\non = \"event\"\nname = \"now\"";

/// What of a waiting card can be seen, has room on the page, can be focused or clicked.
const NOTICED: &str = "const host = document.querySelector('hark-survey'), { shadowRoot } = host; \
     const card = shadowRoot.querySelector('section'), { left, top, width, height } = card.getBoundingClientRect(); \
     shadowRoot.querySelector('input').focus(); \
     return [width > 0 && getComputedStyle(card).visibility, document.activeElement == host, \
       document.elementFromPoint(left + width / 2, top + height / 2) == host, \
       document.documentElement.scrollHeight - window.before, document.querySelector('#place').offsetHeight]";

const HOSTS: &str = "document.querySelectorAll('hark-survey').length";

/// Opens a page on which a card waits.
async fn somebody_on_a_page(appearance: &str) -> (Shop, Visitor) {
    let survey = [WAITS, appearance].concat();
    let shop = Shop::open(&[("waits", &survey)]).await;
    let visitor = Visitor::new().await;
    let body =
        "<div id=place></div><script>before = document.documentElement.scrollHeight</script>";
    let host = Host::new().with(body).with(&shop.tag(""));
    visitor.opens(&host.opens().await).await;
    visitor.waits_until(&format!("{HOSTS} == 1")).await;
    (shop, visitor)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_waits_is_noticed_by_nobody() {
    for appearance in ["", "\n[appearance]\ninline = \"#place\""] {
        let (shop, visitor) = somebody_on_a_page(appearance).await;
        let noticed = visitor.runs(NOTICED).await;
        assert_eq!(
            noticed,
            json!(["hidden", false, false, 0, 0]),
            "{appearance}"
        );
        visitor.runs("hark('event', 'now')").await;
        visitor.card().await.chooses(3).await;
        shop.journal().line(json!({ "score": 3 })).await;
        is_quiet(&visitor.console().await);
        visitor.leaves().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_waits_goes_when_it_may_not_be_shown_any_more() {
    for goes in ["hark('close')", "history.pushState(null, '', '/elsewhere')"] {
        let (_shop, visitor) = somebody_on_a_page("").await;
        visitor.runs(goes).await;
        visitor.waits_until(&format!("{HOSTS} == 0")).await;
        visitor.leaves().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_the_page_has_thrown_away_while_it_waited_is_shown_all_the_same() {
    let (_shop, visitor) = somebody_on_a_page("").await;
    visitor
        .runs("document.querySelector('hark-survey').remove(); hark('event', 'now')")
        .await;
    visitor.card().await.part("scale").await;
    assert_eq!(visitor.runs(&format!("return {HOSTS}")).await, 1);
    visitor.leaves().await;
}
