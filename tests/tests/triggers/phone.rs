//! Every other trigger on a phone, one page after the other.

use e2e::{Shop, Visitor};
use serde_json::json;

/// Triggers, and what each page is called.
const TRIGGERS: [(&str, &str); 12] = [
    ("load", ""),
    ("dwell", "seconds = 0.3"),
    ("scroll", "percent = 30"),
    ("return", "seconds = 0.5"),
    ("idle", "seconds = 1"),
    ("click", "selector = \"#guide\""),
    ("visible", "selector = \"#foot\""),
    ("rage_click", "within_ms = 10000"),
    ("event", "name = \"order_placed\""),
    ("page_views", "count = 2"),
    ("form_abandon", "seconds = 1"),
    ("script_error", ""),
];

async fn acts(visitor: &Visitor, trigger: &str) {
    match trigger {
        "scroll" => {
            visitor.flicks_down().await;
            visitor.flicks_down().await;
        }
        "return" => visitor.is_away_for(700.0).await,
        "click" => visitor.taps_on("#guide", 1).await,
        "visible" => visitor.scrolls_to(100).await,
        "rage_click" => visitor.taps_on("#pay", 3).await,
        "event" => drop(visitor.runs("hark('event', 'order_placed')").await),
        "page_views" => {
            let route = "history.pushState(null, '', '/two?try=page_views')";
            visitor.runs(route).await;
        }
        "form_abandon" => {
            visitor.taps_on("#street", 1).await;
            visitor.types("Kiln Lane 7").await;
            visitor.runs("document.activeElement.blur()").await;
        }
        "script_error" => visitor.taps_on("#throw", 1).await,
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_sees_every_moment_in_chromium() {
    let files = TRIGGERS.map(|(trigger, keys)| {
        format!(
            "metric = \"csat\"\n[target]\npages = [\"?try={trigger}\"]\n[[trigger]]\non = \"{trigger}\"\n{keys}"
        )
    });
    let surveys = TRIGGERS.iter().zip(&files);
    let surveys: Vec<(&str, &str)> = surveys
        .map(|((trigger, _), file)| (*trigger, file.as_str()))
        .collect();
    let shop = Shop::open(&surveys).await;
    let visitor = Visitor::with_phone().await;
    for (trigger, _) in TRIGGERS {
        let page = shop.page(&format!("/counter?try={trigger}"));
        visitor.opens(&page).await;
        // What fires by itself may have fired by then, and is not waited for any more.
        if !matches!(trigger, "load" | "dwell" | "idle") {
            visitor.is_waited_for(trigger).await;
        }
        acts(&visitor, trigger).await;
        visitor.card().await;
        let shown = json!({ "type": "impression", "survey": trigger });
        let shown = shop.journal().line(shown).await;
        assert_eq!(shown["trigger"], trigger);
        assert_eq!(shown["device"], "mobile");
    }
    assert_eq!(shop.journal().count("impression"), TRIGGERS.len());
    visitor.leaves().await;
}
