//! The demo shop as people see it, photographed: to be looked at, and for the README.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

mod own_page;

use e2e::{Host, Shop, Visitor};
use std::cell::Cell;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const LANGUAGES: [&str; 16] = [
    "en", "fr", "de", "es", "it", "nl", "pt-BR", "pl", "sv", "zh-Hant", "zh-Hans", "ja", "ko",
    "ar", "he", "tr",
];

/// `HARK_PICTURES=docs/pictures` renews those of the documentation.
fn pictures() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = std::env::var("HARK_PICTURES").unwrap_or_else(|_| "target/pictures".to_owned());
    root.join(folder)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_card_looks_finished_wherever_it_is_shown_in_chromium() {
    let shop = Shop::open_demo().await;
    let rows = [
        (
            "checkout",
            "/demo/checkout/",
            "checkout-effort",
            false,
            false,
        ),
        (
            "checkout-dark",
            "/demo/checkout/",
            "checkout-effort",
            false,
            true,
        ),
        (
            "checkout-french",
            "/demo/fr/checkout/",
            "checkout-effort",
            false,
            false,
        ),
        ("phone", "/demo/product/", "recommend", true, false),
        (
            "phone-dark",
            "/demo/checkout/done/",
            "order-satisfaction",
            true,
            true,
        ),
        ("phone-arabic", "/demo/ar/", "recommend", true, false),
    ];
    for (name, path, survey, phone, dark) in rows {
        let visitor = if phone {
            Visitor::with_phone().await
        } else {
            Visitor::new().await
        };
        if dark {
            visitor.prefers_dark().await;
        }
        visitor.opens(&format!("{}{path}", shop.collector)).await;
        visitor
            .runs(&format!("await hark('explain'); hark('show', '{survey}')"))
            .await;
        let card = visitor.card().await;
        card.part("scale").await;
        visitor.has_looked_for(300.0).await;
        visitor
            .photographs(&pictures().join(format!("{name}.png")))
            .await;
        card.chooses(2).await;
        card.part("comment").await;
        visitor
            .photographs(&pictures().join(format!("{name}-2.png")))
            .await;
        assert_eq!(visitor.console().await, Vec::<String>::new(), "{name}");
        visitor.leaves().await;
    }
}

const EVERYTHING: &str = r#"
metric = "csat"
[[follow_up]]
when = "low"
kind = "choices"
wording = "abandon"
[[follow_up]]
when = "low"
[[follow_up]]
when = "low"
kind = "contact"
[thanks]
link = { url = "https://shop.example/help", text = { en = "Help", fr = "Aide", ar = "مساعدة" } }
"#;

/// Every state of every kind of card, on a desk and on a phone, light and dark, French and Arabic.
#[tokio::test(flavor = "multi_thread")]
async fn every_state_of_the_card_looks_finished_in_chromium() {
    let nps = "metric = \"nps\"\n[[follow_up]]".to_owned();
    let ces = "metric = \"ces\"\n[appearance]\nposition = \"center\"".to_owned();
    let tab = "metric = \"nps\"\n[appearance]\nposition = \"tab\"".to_owned();
    let inline = "metric = \"ces\"\n[appearance]\ninline = \"h1\"".to_owned();
    let styled = |style: &str| format!("style = \"{style}\"\n{EVERYTHING}");
    let surveys = [
        ("nps", nps),
        ("ces", ces),
        ("inline", inline),
        ("stars", styled("stars")),
        ("smileys", styled("smileys")),
        ("tab", tab),
    ];
    let surveys = surveys.each_ref().map(|(id, text)| (*id, text.as_str()));
    let shop = Shop::open(&surveys).await;
    for (look, path, phone, dark) in [
        ("desk", "/", false, false),
        ("desk-dark-french", "/fr/", false, true),
        ("phone-french", "/fr/", true, false),
        ("phone-dark-arabic", "/ar/", true, true),
    ] {
        let visitor = if phone {
            Visitor::with_phone().await
        } else {
            Visitor::new().await
        };
        if dark {
            visitor.prefers_dark().await;
        }
        visitor.opens(&shop.page(path)).await;
        visitor.runs("await hark('explain')").await;
        visitor.card().await.part("tab").await;
        let photograph = async |state: &str| {
            visitor.has_looked_for(300.0).await;
            let file = format!("states/{look}-{state}.png");
            visitor.photographs(&pictures().join(file)).await;
        };
        photograph("tab").await;
        for survey in ["nps", "ces", "inline", "stars", "smileys"] {
            visitor.runs(&format!("hark('show', '{survey}')")).await;
            let card = visitor.card().await;
            card.part("scale").await;
            photograph(survey).await;
        }
        let card = visitor.card().await;
        card.clicks("next").await;
        photograph("error").await;
        card.chooses(1).await;
        card.picks("shipping").await;
        photograph("choices").await;
        card.clicks("submit").await;
        photograph("comment").await;
        card.clicks("submit").await;
        card.fills("contact", "ada").await;
        card.clicks("submit").await;
        photograph("contact").await;
        card.fills("contact", "").await;
        card.clicks("submit").await;
        card.part("thanks").await;
        photograph("thanks").await;
        assert_eq!(visitor.console().await, Vec::<String>::new(), "{look}");
        visitor.leaves().await;
    }
}

/// The longest questions on a phone, in every language, for eyes that can read them.
#[tokio::test(flavor = "multi_thread")]
async fn every_language_looks_finished_in_chromium() {
    let nps = "metric = \"nps\"\n[[follow_up]]\nkind = \"choices\"\nwording = \"abandon\"\n[[follow_up]]\nkind = \"contact\"";
    let ces = "metric = \"ces\"\nwording = \"find\"";
    let csat = "metric = \"csat\"\nstyle = \"smileys\"\n[[follow_up]]";
    let shop = Shop::open(&[("nps", nps), ("ces", ces), ("csat", csat)]).await;
    let visitor = Visitor::with_phone().await;
    for language in LANGUAGES {
        visitor.opens(&shop.page(&format!("/{language}/"))).await;
        visitor.runs("await hark('explain')").await;
        let photograph = async |state: &str| {
            visitor.has_looked_for(300.0).await;
            let file = format!("languages/{language}-{state}.png");
            visitor.photographs(&pictures().join(file)).await;
        };
        for survey in ["ces", "csat", "nps"] {
            visitor.runs(&format!("hark('show', '{survey}')")).await;
            visitor.card().await.part("scale").await;
            photograph(survey).await;
        }
        let card = visitor.card().await;
        card.chooses(3).await;
        card.part("choice").await;
        photograph("choices").await;
        card.clicks("submit").await;
        card.part("contact").await;
        photograph("contact").await;
    }
    visitor.leaves().await;
}

/// Errors, thanks and the button at the edge in the narrowest window, in every language.
#[tokio::test(flavor = "multi_thread")]
async fn every_language_looks_finished_in_the_narrowest_window_in_chromium() {
    let asked = "metric = \"csat\"\n[[follow_up]]\nkind = \"contact\"";
    let tab = "metric = \"nps\"\n[appearance]\nposition = \"tab\"";
    let shop = Shop::open(&[("asked", asked), ("tab", tab)]).await;
    let visitor = Visitor::new().await;
    visitor.looks_through(320, 640).await;
    for language in LANGUAGES {
        visitor.opens(&shop.page(&format!("/{language}/"))).await;
        let photograph = async |state: &str| {
            visitor.card().await.part(state).await;
            visitor.has_looked_for(300.0).await;
            let file = format!("narrow/{language}-{state}.png");
            visitor.photographs(&pictures().join(file)).await;
        };
        photograph("tab").await;
        visitor.runs("hark('show', 'asked')").await;
        let card = visitor.card().await;
        card.chooses(5).await;
        card.fills("contact", "ada@shop.example").await;
        card.clicks("submit").await;
        photograph("error").await;
        card.ticks_the_box().await;
        card.clicks("submit").await;
        photograph("thanks").await;
    }
    visitor.leaves().await;
}

/// The heading, the facts and the quotes of what is said first, as far as they are seen without scrolling.
const FIRST_SCREEN: &str = "\
    const seen = (element) => element.getBoundingClientRect().top < innerHeight; \
    const text = (parts) => [...parts].filter(seen).map((part) => part.innerText); \
    const lead = document.querySelector('.lead'); \
    return [text(lead.querySelectorAll('h2')).join(), text(lead.querySelectorAll('dt, dd')).join(' | '), \
      text(lead.querySelectorAll('blockquote'))]";

/// The month's story is on the first screen: what broke, where, since when, how sure, with three quotes.
async fn says_what_is_wrong(visitor: &Visitor) {
    let first = visitor.runs(FIRST_SCREEN).await;
    let heading = first[0].as_str().unwrap_or_default();
    assert!(heading.starts_with("Ease fell by"), "{first}");
    assert!(heading.ends_with("where device is mobile"), "{first}");
    let facts = first[1].as_str().unwrap_or_default();
    for expected in [
        "checkout-effort",
        "device: mobile",
        "Since",
        "p < 0.001",
        "95 %",
    ] {
        assert!(facts.contains(expected), "{expected} in {facts}");
    }
    assert_eq!(first[2].as_array().map(Vec::len), Some(3), "{first}");
}

/// The dashboard over the month of `cargo xtask demo --seeded`: the overview is in the README.
#[tokio::test(flavor = "multi_thread")]
async fn the_dashboard_of_a_seeded_month_looks_finished_in_chromium() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    let seeded = std::process::Command::new(env!("CARGO"))
        .args([
            "run",
            "--quiet",
            "--locked",
            "--package",
            "xtask",
            "--",
            "seed",
        ])
        .arg(&data)
        .status();
    assert!(
        seeded.is_ok_and(|status| status.success()),
        "a month of answers"
    );
    let shop = Shop::open_demo_on(&data).await;
    let looks = [
        ("", false, false),
        ("-dark", false, true),
        ("-phone", true, false),
        ("-phone-dark", true, true),
    ];
    for (look, phone, dark) in looks {
        let visitor = if phone {
            Visitor::with_phone().await
        } else {
            Visitor::new().await
        };
        if dark {
            visitor.prefers_dark().await;
        }
        for (name, path) in [
            ("dashboard", ""),
            ("dashboard-survey", "/surveys/checkout-effort?site=demo"),
        ] {
            visitor
                .opens(&format!("{}/dashboard{path}", shop.collector))
                .await;
            if path.is_empty() {
                says_what_is_wrong(&visitor).await;
            }
            if !phone {
                let height = visitor
                    .runs("return document.documentElement.scrollHeight")
                    .await;
                let height = height.as_u64().expect("pixels");
                visitor.looks_through(1_280, height as u32).await;
            }
            visitor
                .photographs(&pictures().join(format!("{name}{look}.png")))
                .await;
        }
        visitor.leaves().await;
    }
}
