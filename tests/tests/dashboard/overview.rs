//! What somebody sees who opens the dashboard to know what is wrong.

use super::history::{BROKEN, SOUND, answer};
use super::{address, reads, shop_with_a_month, visitor_without_javascript};
use e2e::{Shop, Visitor};
use jiff::SignedDuration;

/// Everything an analyst wants from the first screen, as the reader of the page hears it.
const FIRST_SCREEN: &str = "\
    const lead = document.querySelector('.lead'); \
    const seen = (element) => element.getBoundingClientRect().top < innerHeight; \
    return [lead.querySelector('h2').innerText, \
      [...lead.querySelectorAll('dt, dd')].map((part) => part.innerText).join(' | '), \
      [...lead.querySelectorAll('blockquote')].filter(seen).map((quote) => quote.innerText)]";

async fn says_what_is_wrong(visitor: &Visitor, shop: &Shop) {
    visitor.opens(&address(shop, "")).await;
    let first = visitor.runs(FIRST_SCREEN).await;
    let heading = first[0].as_str().expect("a heading");
    assert!(heading.starts_with("Ease fell by"), "{first}");
    assert!(heading.ends_with("where device is mobile"), "{first}");
    let facts = first[1].as_str().expect("facts");
    for expected in [BROKEN, "device: mobile", "Since", "p < 0.001", "95 %"] {
        assert!(facts.contains(expected), "{expected} in {facts}");
    }
    assert_eq!(first[2].as_array().map(Vec::len), Some(3), "{first}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_screen_says_what_is_wrong_where_since_when_and_how_sure() {
    let shop = shop_with_a_month().await;
    let visitor = Visitor::new().await;
    says_what_is_wrong(&visitor, &shop).await;
    assert_eq!(visitor.console().await, Vec::<String>::new());
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_says_so_without_javascript_in_chromium() {
    let shop = shop_with_a_month().await;
    let visitor = visitor_without_javascript().await;
    says_what_is_wrong(&visitor, &shop).await;
    assert_eq!(
        visitor
            .runs("return document.getElementById('live').hidden")
            .await,
        true
    );
    visitor.clicks(".facts a").await;
    let heading = visitor
        .runs("return document.querySelector('h1').innerText")
        .await;
    assert_eq!(heading, BROKEN);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_chart_has_a_table_with_the_same_numbers() {
    let shop = shop_with_a_month().await;
    let visitor = Visitor::new().await;
    visitor
        .opens(&address(&shop, &format!("/surveys/{BROKEN}")))
        .await;
    // Shortly after midnight a day has too few answers for a figure, and so for a dot.
    let twins = "return [...document.querySelectorAll('figure')].map((figure) => { \
        const rows = [...figure.querySelectorAll('tbody tr')]; \
        const known = rows.filter((row) => !row.textContent.includes('too few answers')); \
        return [figure.querySelectorAll('.dot, .bar').length, known.length] })";
    let twins = visitor.runs(twins).await;
    let twins = twins.as_array().expect("figures");
    assert_eq!(twins.len(), 2, "{twins:?}");
    for twin in twins {
        assert_eq!(twin[0], twin[1], "{twins:?}");
        assert!(twin[1].as_u64() >= Some(7), "{twins:?}");
    }
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_dashboard_says_how_to_begin() {
    let shop = Shop::open(&super::SURVEYS).await;
    let visitor = Visitor::new().await;
    visitor.opens(&address(&shop, "")).await;
    let text = visitor.runs("return document.body.innerText").await;
    let text = text.as_str().expect("a text");
    assert!(
        text.contains("No answers yet") && text.contains("data-site=\"shop\""),
        "{text}"
    );
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn too_few_answers_say_how_many_it_would_take() {
    let lines: Vec<_> = (0..4)
        .map(|number| {
            answer(
                SOUND,
                "nps",
                9,
                SignedDuration::from_mins(number as i64),
                number,
            )
        })
        .collect();
    let shop = Shop::open_with_history(&super::SURVEYS, &lines).await;
    let visitor = Visitor::new().await;
    for path in ["", "/surveys/recommend"] {
        visitor.opens(&address(&shop, path)).await;
        reads(
            &visitor,
            "Too few answers: 4 of at least 10; about 231 make an interval of ± 10 points",
        )
        .await;
    }
    visitor.leaves().await;
}
