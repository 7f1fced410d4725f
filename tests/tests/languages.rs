//! The card in all 16 languages: which one a page gets, whether its words fit, and the shop's own words.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use e2e::{Host, Shop, Visitor};
use serde_json::{Value, json};

const LANGUAGES: [&str; 16] = [
    "en", "fr", "de", "es", "it", "nl", "pt-BR", "pl", "sv", "zh-Hant", "zh-Hans", "ja", "ko",
    "ar", "he", "tr",
];

/// Every standard wording there is, and every kind of question after the score.
async fn shop_with_every_wording() -> Shop {
    let follow_ups = "[[follow_up]]\nkind = \"choices\"\nwording = \"abandon\"\n\
        [[follow_up]]\nkind = \"contact\"\n[[follow_up]]\nkind = \"text\"\nwording = \"reason\"\n\
        [[follow_up]]\nkind = \"text\"\nwording = \"improve\"\n[[follow_up]]\nkind = \"text\"\nwording = \"liked\"";
    let worded =
        |metric: &str, wording: &str| format!("metric = \"{metric}\"\nwording = \"{wording}\"");
    let surveys = [
        ("nps", format!("metric = \"nps\"\n{follow_ups}")),
        ("csat", worded("csat", "standard")),
        ("csat-purchase", worded("csat", "purchase")),
        ("ces", worded("ces", "standard")),
        ("ces-purchase", worded("ces", "purchase")),
        ("ces-find", worded("ces", "find")),
        (
            "tab",
            "metric = \"nps\"\n[appearance]\nposition = \"tab\"".to_owned(),
        ),
    ];
    let surveys = surveys.each_ref().map(|(id, text)| (*id, text.as_str()));
    Shop::open(&surveys).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_wording_fits_into_a_narrow_window_in_every_language_in_chromium() {
    let shop = shop_with_every_wording().await;
    let visitor = Visitor::new().await;
    visitor.looks_through(320, 640).await;
    let words: Value =
        serde_json::from_str(include_str!("../../survey/locales.json")).expect("JSON");
    let surveys = [
        "nps",
        "csat",
        "csat-purchase",
        "ces",
        "ces-purchase",
        "ces-find",
    ];
    for language in LANGUAGES {
        visitor.opens(&shop.page(&format!("/{language}/"))).await;
        visitor.card().await.part("tab").await;
        let misfits = visitor.misfits().await;
        assert!(misfits.is_empty(), "{language}, the button: {misfits:#?}");
        let word = |name: &str| {
            let word = words["locales"][language]["ui"][name].as_str();
            word.unwrap_or_else(|| panic!("{name} in {language}"))
        };
        let errors = ["error_choose", "error_email", "error_consent"].map(word);
        let thanks = ["thanks_title", "thanks_body"].map(word).join(" ");
        let misfits = visitor
            .misfits_of_every_step(&surveys, &errors, &thanks)
            .await;
        assert!(misfits.is_empty(), "{language}: {misfits:#?}");
    }
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_gets_the_nearest_language_with_western_digits() {
    let shop = shop_with_every_wording().await;
    let visitor = Visitor::new().await;
    for (page, expected) in [
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-SG", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("pt", "pt-BR"),
        ("pt-PT", "pt-BR"),
        ("iw", "he"),
        ("fr-CA", "fr"),
        ("ar-EG", "ar"),
        ("da", "en"),
    ] {
        visitor.opens(&shop.page(&format!("/{page}/"))).await;
        visitor
            .runs("await hark('explain'); hark('show', 'nps')")
            .await;
        visitor.card().await.part("scale").await;
        let seen = "const host = document.querySelector('hark-survey'); \
            return [host.lang, [...host.shadowRoot.querySelectorAll('[part=option]')].map((option) => option.innerText.trim().match(/^[0-9]+/)[0]).join()]";
        assert_eq!(
            visitor.runs(seen).await,
            json!([expected, "0,1,2,3,4,5,6,7,8,9,10"]),
            "{page}"
        );
    }
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_page_names_no_language_the_browsers_count_and_then_the_sites() {
    let ces = ("ces", "metric = \"ces\"");
    let shop = Shop::open_with(&[ces], "language = \"de\"", "").await;
    let visitor = Visitor::new().await;
    for (page, browser, expected) in [
        ("", "['da', 'fr-CH', 'en']", "fr"),
        ("", "['sv-FI', 'fr']", "sv"),
        ("", "['da']", "de"),
        ("it", "['fr']", "it"),
        ("da", "['fr']", "de"),
    ] {
        let languages = format!(
            "document.documentElement.lang = '{page}'; \
             Object.defineProperty(navigator, 'languages', {{ value: {browser} }})"
        );
        let host = Host::new().that_begins_with(&languages);
        visitor.opens(&host.with(&shop.tag("")).opens().await).await;
        visitor
            .runs("await hark('explain'); hark('show', 'ces')")
            .await;
        visitor.card().await.part("scale").await;
        let spoken = "return document.querySelector('hark-survey').lang";
        assert_eq!(
            visitor.runs(spoken).await,
            expected,
            "{page} page, {browser}"
        );
    }
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shops_own_words_go_language_by_language() {
    let own = "metric = \"csat\"\nquestion = { en = \"How was {brand}?\", fr = \"Que dites-vous de {brand} ?\" }\n\
        anchor_low = { en = \"Bad\", fr = \"Mal\" }\nanchor_high = { en = \"Good\", fr = \"Bien\" }\n\
        [thanks]\nmessage = { en = \"Cheers!\", fr = \"Merci bien !\" }";
    let shop = Shop::open(&[("own", own)]).await;
    let visitor = Visitor::new().await;
    for (language, question, low, thanks) in [
        ("en", "How was Fernlight?", "Bad", "Cheers!"),
        ("fr", "Que dites-vous de Fernlight ?", "Mal", "Merci bien !"),
        // What the shop has not worded falls back to its English; what is the card's own does not.
        ("de", "How was Fernlight?", "Bad", "Cheers!"),
    ] {
        visitor.opens(&shop.page(&format!("/{language}/"))).await;
        visitor
            .runs("await hark('explain'); hark('show', 'own')")
            .await;
        let card = visitor.card().await;
        assert_eq!(card.says("question").await, question, "{language}");
        assert_eq!(card.says("anchor-low").await, low, "{language}");
        card.chooses(4).await;
        assert_eq!(card.says("thanks").await, thanks, "{language}");
    }
    visitor.leaves().await;
}
