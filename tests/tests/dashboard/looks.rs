//! Desk and phone, light and dark, on screen and on paper: nothing is wrong, nothing sticks out.

use super::history::BROKEN;
use super::{address, shop_with_a_month};
use e2e::{Shop, Visitor};
use serde_json::{Value, json};

async fn pages(shop: &Shop) -> [String; 5] {
    [
        address(shop, ""),
        address(shop, &format!("/surveys/{BROKEN}")),
        address(shop, "?since=90d&site=other"),
        address(shop, "?since=yesterday"),
        address(shop, "/surveys/unheard"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_wrong_and_nothing_sticks_out_in_chromium() {
    let shop = shop_with_a_month().await;
    for is_phone in [false, true] {
        let visitor = if is_phone {
            Visitor::with_phone().await
        } else {
            Visitor::new().await
        };
        for scheme in ["light", "dark"] {
            visitor.prefers(&[("prefers-color-scheme", scheme)]).await;
            for page in pages(&shop).await {
                visitor.opens(&page).await;
                visitor
                    .runs("document.querySelectorAll('details').forEach((details) => { details.open = true })")
                    .await;
                let verdict = visitor.asks_axe_about_the_page().await;
                assert_eq!(
                    verdict.faults,
                    Vec::<Value>::new(),
                    "{page} {scheme} phone: {is_phone}"
                );
                assert!(
                    verdict.held.contains(
                        &json!("color-contrast")
                            .as_str()
                            .unwrap_or_default()
                            .to_owned()
                    )
                );
                let too_wide = visitor
                    .runs("return document.documentElement.scrollWidth - innerWidth")
                    .await;
                assert!(
                    too_wide.as_f64() <= Some(0.0),
                    "{page} is too wide by {too_wide}"
                );
            }
        }
        visitor.leaves().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_paper_are_the_findings_and_not_the_controls_in_chromium() {
    let shop = shop_with_a_month().await;
    let visitor = Visitor::new().await;
    let media = json!({ "media": "print" });
    visitor
        .tell_browser("Emulation.setEmulatedMedia", media)
        .await;
    visitor.opens(&address(&shop, "")).await;
    let shown = "return ['nav', '.tools', '#live', '.lead h2', '.card .value', 'svg.trend'].map((selector) => \
        document.querySelector(selector).getClientRects().length > 0)";
    let expected = json!([false, false, false, true, true, true]);
    assert_eq!(visitor.runs(shown).await, expected);
    visitor.leaves().await;
}
