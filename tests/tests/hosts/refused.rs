//! A device that keeps nothing, a collector that cannot be reached.

use super::{ASKED, answers, is_quiet, works_as_before};
use e2e::{Engine, Host, Shop, Visitor};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn where_the_device_keeps_nothing_it_asks_all_the_same() {
    let shop = Shop::open(&[ASKED]).await;
    let visitor = Visitor::new().await;
    let refused = "<script>for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) \
         Object.defineProperty(window, name, { configurable: true, get() { throw new DOMException('no', 'SecurityError') } })</script>";
    works_as_before(
        &visitor,
        &Host::new().with_head(refused),
        &shop.tag("data-consent=granted"),
    )
    .await;
    answers(&shop, &visitor).await;
    assert_eq!(visitor.console().await, Vec::<String>::new());
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_events_that_are_refused_one_line_tells() {
    let shop = Shop::open(&[ASKED]).await;
    let visitor = Visitor::new().await;
    visitor.opens(&shop.page("/")).await;
    let card = visitor.card().await;
    shop.journal().counts("impression", 1).await;
    // No collector takes a name that long.
    visitor.runs("hark('event', 'x'.repeat(5000))").await;
    visitor.console_with("Hark: an event was refused: ").await;
    visitor.runs("hark('event', 'y'.repeat(5000))").await;
    card.chooses(4).await;
    shop.journal().counts("response", 1).await;
    // What comes next is sent once the answer to what was before has been read.
    visitor.runs("hark('event', 'next')").await;
    let next = json!({ "type": "event", "name": "next" });
    shop.journal().line(next).await;
    let more = visitor.console().await;
    assert!(
        !more.iter().any(|line| line.contains("Hark: ")),
        "{more:#?}"
    );
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_cannot_be_reached_costs_the_page_nothing() {
    let mut shop = Shop::open_behind_a_front(&[ASKED], "").await;
    let visitor = Visitor::new().await;
    let early = "<script>window.hark=window.hark||function(){(hark.q=hark.q||[]).push(arguments)}; \
                 hark('event', 'order_placed')</script>";
    // Nobody listens there.
    let gone = "<script async src='http://127.0.0.1:1/hark.js' data-site=shop></script>";
    let host = Host::new().with_head(early);
    visitor.opens(&host.clone().with(gone).opens().await).await;
    visitor.runs("return document.readyState").await;
    is_quiet(&visitor.console().await);

    // It goes down between the loader and the surveys, or between the surveys and the widget.
    // Of a module that cannot be had the browsers tell, each in its own words; WebKit's have no address.
    let module = match Engine::of_this_run() {
        Engine::Chromium | Engine::Firefox => format!("module: {}/assets/hark", shop.collector),
        Engine::WebKit => "Hark: TypeError: Cross-origin script load denied".to_owned(),
    };
    for (part, says) in [("/v1/", "Hark: no surveys: "), ("/assets/", &module)] {
        let front = shop.front.clone().expect("a front");
        front.loses(part);
        visitor
            .opens(&host.clone().with(&shop.tag("")).opens().await)
            .await;
        let console = visitor.console_with("Hark: ").await;
        is_quiet(&console);
        assert!(
            console
                .iter()
                .any(|line| line.contains("Hark: ") && line.contains(says)),
            "{console:#?}"
        );
        assert!(visitor.card_now().await.is_none());
        assert_eq!(
            visitor
                .runs("document.querySelector('#pay').click(); return hark.length")
                .await,
            Value::from(0)
        );
    }
    shop.goes_down().await;
    visitor.leaves().await;
}
