//! Two tags on one page, and tags in frames.

use super::{ASKED, answers, is_quiet, works_as_before};
use e2e::{Host, Shop, Visitor, until};

#[tokio::test(flavor = "multi_thread")]
async fn of_two_tags_one_asks() {
    let shop = Shop::open(&[ASKED]).await;
    let visitor = Visitor::new().await;
    works_as_before(&visitor, &Host::new(), &shop.tag("").repeat(2)).await;
    answers(&shop, &visitor).await;
    let cards = visitor
        .runs("return document.querySelectorAll('hark-survey').length")
        .await;
    assert_eq!(cards, 1);
    shop.journal().counts("impression", 1).await;
    is_quiet(&visitor.console().await);
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_frame_it_is_a_guest_of_the_frame() {
    let shop = Shop::open(&[ASKED]).await;
    let visitor = Visitor::new().await;
    let elsewhere = Host::new().with(&shop.tag("")).opens().await;
    for (at, address) in ["/frame", &elsewhere].into_iter().enumerate() {
        let frame = format!("<iframe width=900 height=700 src='{address}'></iframe>");
        let host = Host::new().with(&frame).with_frame(&shop.tag(""));
        visitor.opens(&host.opens().await).await;
        assert!(
            visitor.card_now().await.is_none(),
            "nothing around the frame"
        );
        visitor.enters_the_frame().await;
        let card = visitor.card().await;
        card.chooses(4).await;
        shop.journal().counts("impression", at + 1).await;
        is_quiet(&visitor.console().await);
    }
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_sandbox_without_an_origin_it_says_why_not_once() {
    let shop = Shop::open(&[ASKED]).await;
    let visitor = Visitor::new().await;
    let tells = "<script>const { error } = console; console.error = (...said) => { \
         error(...said); parent.postMessage(said.join(' '), '*') }; \
         onerror = (message) => { console.error(message) }</script>";
    let hears = "<script>said = []; onmessage = ({ data }) => said.push(data)</script>";
    let frame = "<iframe sandbox=allow-scripts src=/frame></iframe>";
    let host = Host::new().with_head(hears).with(frame);
    let framed = [tells, &shop.tag("")].concat();
    visitor.opens(&host.with_frame(&framed).opens().await).await;
    let said = until("a word from the frame", || async {
        let said = visitor.runs("return said").await;
        if said[0].is_string() {
            Ok(said)
        } else {
            Err(said)
        }
    })
    .await;
    let why = "Hark: no surveys: ";
    assert!(
        said[0].as_str().is_some_and(|line| line.starts_with(why)),
        "{said}"
    );
    assert_eq!(said.as_array().map(Vec::len), Some(1), "{said}");
    is_quiet(&visitor.console().await);
    visitor.leaves().await;
}
