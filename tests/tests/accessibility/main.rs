//! The rows of `docs/accessibility.md`, held by tests in a real browser.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

mod contrast;
mod focus;
mod keyboard;
mod looks;
mod perception;
mod rows;
mod sizes;
mod telling;

use e2e::{Shop, Visitor};
use thirtyfour::Key;

const EVERYTHING: &str = r#"
[[follow_up]]
when = "low"
kind = "choices"
wording = "abandon"
[[follow_up]]
when = "low"
[[follow_up]]
when = "low"
kind = "contact"
[[follow_up]]
when = "high"
kind = "choice"
wording = "abandon"
[thanks]
link = { url = "https://shop.example/help", text = "Help" }
"#;

/// A shop with a survey of every kind, none of which comes by itself but for the button at the edge.
async fn shop_with_every_kind() -> Shop {
    let csat = |style: &str| format!("metric = \"csat\"\nstyle = \"{style}\"\n{EVERYTHING}");
    let placed =
        |metric: &str, place: &str| format!("metric = \"{metric}\"\n[appearance]\n{place}");
    let surveys = [
        ("nps", "metric = \"nps\"\n[[follow_up]]".to_owned()),
        ("ces", placed("ces", "position = \"center\"")),
        ("inline", placed("ces", "inline = \"h1\"")),
        ("numbers", csat("numbers")),
        ("stars", csat("stars")),
        ("smileys", csat("smileys")),
        ("left", placed("csat", "position = \"bottom-left\"")),
        ("tab", placed("nps", "position = \"tab\"")),
    ];
    let surveys = surveys.each_ref().map(|(id, text)| (*id, text.as_str()));
    Shop::open(&surveys).await
}

/// A shop that asks at once, and nothing more.
async fn shop_that_asks() -> Shop {
    Shop::open(&[(
        "asked",
        "metric = \"nps\"\n[[follow_up]]\n[[trigger]]\non = \"load\"",
    )])
    .await
}

/// A shop that asks when its page says so, and a visitor who has not been asked yet.
async fn somebody_who_will_be_asked(path: &str) -> (Shop, Visitor) {
    let shop = Shop::open(&[(
        "asked",
        "metric = \"nps\"\n[[follow_up]]\n[[trigger]]\non = \"event\"\nname = \"now\"",
    )])
    .await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page(path)).await;
    visitor.is_waited_for("asked").await;
    (shop, visitor)
}

/// The page says so: the card comes by itself.
const ASK: &str = "hark('event', 'now')";

/// Goes through every state of every kind of card, and has a look at each.
async fn goes_through_every_state(visitor: &Visitor, look: impl AsyncFn(&str)) {
    visitor.runs("await hark('explain')").await;
    visitor.card().await.part("tab").await;
    look("tab").await;
    visitor.card().await.clicks("tab").await;
    visitor.card().await.part("scale").await;
    look("behind the tab").await;
    for survey in [
        "nps", "ces", "left", "inline", "numbers", "stars", "smileys",
    ] {
        visitor.runs(&format!("hark('show', '{survey}')")).await;
        let card = visitor.card().await;
        card.part("scale").await;
        look(survey).await;
        card.focuses_the_scale().await;
        visitor.presses(Key::Space).await;
        look(&format!("{survey}, with a score")).await;
    }
    visitor.runs("hark('show', 'smileys')").await;
    let card = visitor.card().await;
    card.clicks("next").await;
    card.part("error").await;
    look("score, error").await;
    card.chooses(1).await;
    card.part("choice").await;
    look("choices").await;
    card.clicks("submit").await;
    card.part("comment").await;
    look("comment").await;
    card.clicks("submit").await;
    card.fills("contact", "ada").await;
    look("contact").await;
    card.clicks("submit").await;
    card.part("error").await;
    look("contact, error").await;
    card.fills("contact", "").await;
    card.clicks("submit").await;
    card.part("thanks").await;
    look("thanks").await;
    visitor.runs("hark('show', 'stars')").await;
    let card = visitor.card().await;
    card.chooses(5).await;
    card.part("choice").await;
    look("choice").await;
    visitor.runs("hark('close')").await;
}
