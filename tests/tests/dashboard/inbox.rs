//! Following up as somebody at the shop does it: with JavaScript and without, on desk and phone.

use super::history::{self, BROKEN};
use super::{address, reads, visitor_without_javascript};
use e2e::{Shop, Visitor};
use jiff::SignedDuration;
use serde_json::{Value, json};
use std::process::Command;

/// What the page has of an answer that is nowhere else.
const SAID: &str = "Nobody answers my mails";

/// A shop with a month behind it, that asks for an address.
async fn shop_with_complaints() -> Shop {
    let asks =
        "metric = \"ces\"\n[[follow_up]]\nkind = \"text\"\n[[follow_up]]\nkind = \"contact\"";
    let surveys = [(BROKEN, asks), (history::SOUND, "metric = \"nps\"")];
    Shop::open_with_history(&surveys, &history::month()).await
}

/// Somebody complains now, and leaves an address.
async fn complains(shop: &Shop, number: usize) -> String {
    let mut line = history::answer(BROKEN, "ces", 1, SignedDuration::ZERO, 900_000 + number);
    let fields = line.as_object_mut().expect("an object");
    for ours in ["metric", "wording", "site", "received_at"] {
        fields.remove(ours);
    }
    line["answers"] = json!({ "comment": SAID, "contact": "ada@mail.example" });
    shop.hears(std::slice::from_ref(&line)).await;
    line["id"].as_str().expect("an id").to_owned()
}

/// Does something about a case by command, beside the collector.
fn cases(shop: &Shop, arguments: &[&str]) {
    let mut hark = Command::new(e2e::binary());
    let hark = hark.arg("cases").args(arguments);
    let output = hark.arg("--data").arg(shop.folder().join("data")).output();
    let output = output.expect("hark runs");
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {talk}");
}

/// Types into a field of the page.
async fn fills(visitor: &Visitor, field: &str, text: &str) {
    let script = format!("document.querySelector('{field}').value = {}", json!(text));
    visitor.runs(&script).await;
}

fn case(shop: &Shop, id: &str) -> String {
    address(shop, &format!("/follow-up/{id}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_answered_without_javascript_in_chromium() {
    let shop = shop_with_complaints().await;
    let visitor = visitor_without_javascript().await;
    visitor.opens(&address(&shop, "")).await;
    visitor.clicks("nav a[href='/dashboard/follow-up']").await;
    reads(&visitor, "To do (48)").await;
    let first = visitor
        .runs("const first = document.querySelector('.cases li'); return [first.innerText, first.querySelector('a').href]")
        .await;
    let (said, there) = (
        first[0].as_str().expect("a case"),
        first[1].as_str().expect("its page"),
    );
    assert!(said.contains("Overdue") && said.contains("late"), "{said}");
    visitor.clicks(".cases li a").await;
    reads(&visitor, "Who takes care of it").await;
    fills(&visitor, "[name=owner]", "anna").await;
    visitor.clicks("[value=assign]").await;
    reads(&visitor, "Written down.").await;
    fills(&visitor, "textarea", "Sent her a voucher").await;
    visitor.clicks("[value=answered]").await;
    reads(&visitor, "Sent her a voucher").await;
    reads(&visitor, "anna takes care of it").await;
    // Going back and forth sends nothing again.
    visitor.opens(there).await;
    let deeds = shop
        .journal()
        .lines()
        .into_iter()
        .filter(|line| line["type"] == "case");
    assert_eq!(deeds.count(), 2);
    visitor
        .opens(&address(&shop, "/follow-up?owner=anna"))
        .await;
    reads(&visitor, "To do (1)").await;
    visitor
        .opens(&address(&shop, "/follow-up?status=open"))
        .await;
    reads(&visitor, "Open (47)").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_filtered_by_hand_stands_in_the_address_in_chromium() {
    let shop = shop_with_complaints().await;
    let visitor = visitor_without_javascript().await;
    visitor
        .opens(&address(&shop, "/follow-up?status=all"))
        .await;
    visitor.clicks("#filters summary").await;
    fills(&visitor, "[name=survey]", BROKEN).await;
    fills(&visitor, "[name=since]", "1d").await;
    visitor.clicks("[name=nobody]").await;
    visitor.clicks("#filters button").await;
    reads(&visitor, "All (12)").await;
    let query = visitor
        .runs("return new URLSearchParams(location.search).toString()")
        .await;
    let query = query.as_str().expect("a query");
    for expected in [
        "status=all",
        "survey=checkout-effort",
        "since=1d",
        "nobody=yes",
    ] {
        assert!(query.contains(expected), "{expected} in {query}");
    }
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_appears_by_itself_and_what_is_being_typed_stays() {
    let shop = shop_with_complaints().await;
    let visitor = Visitor::new().await;
    visitor
        .opens(&address(&shop, "/follow-up?since=1d&status=open"))
        .await;
    reads(&visitor, "Live").await;
    let id = complains(&shop, 1).await;
    reads(&visitor, SAID).await;
    visitor.opens(&case(&shop, &id)).await;
    let contact = "return document.querySelector('main a[href^=mailto]').href";
    assert_eq!(
        visitor.runs(contact).await,
        json!("mailto:ada@mail.example")
    );
    reads(&visitor, "Live").await;
    fills(&visitor, "textarea", "half a sen").await;
    cases(&shop, &["assign", &id, "anna"]);
    reads(&visitor, "anna takes care of it").await;
    let typed = "return document.querySelector('textarea').value";
    assert_eq!(visitor.runs(typed).await, json!("half a sen"));
    // A mistake stays until it is mended, whatever comes meanwhile.
    fills(&visitor, "textarea", "").await;
    visitor.clicks("[value=note]").await;
    reads(&visitor, "There is nothing to write down").await;
    reads(&visitor, "Live").await;
    cases(&shop, &["note", &id, "rang"]);
    shop.journal().counts("case", 2).await;
    reads(&visitor, "There is nothing to write down").await;
    visitor.leaves().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_wrong_with_following_up_in_chromium() {
    let shop = shop_with_complaints().await;
    let id = complains(&shop, 1).await;
    cases(
        &shop,
        &[
            "answer",
            &id,
            "--note",
            "rang\nnobody there",
            "--by",
            "anna",
        ],
    );
    let pages = [
        address(&shop, "/follow-up"),
        address(&shop, "/follow-up?owner=unheard"),
        case(&shop, &id),
        case(&shop, "ffff"),
    ];
    for is_phone in [false, true] {
        let visitor = if is_phone {
            Visitor::with_phone().await
        } else {
            Visitor::new().await
        };
        for scheme in ["light", "dark"] {
            visitor.prefers(&[("prefers-color-scheme", scheme)]).await;
            for page in &pages {
                visitor.opens(page).await;
                visitor
                    .runs("document.querySelectorAll('details').forEach((details) => { details.open = true })")
                    .await;
                let verdict = visitor.asks_axe_about_the_page().await;
                assert_eq!(
                    verdict.faults,
                    Vec::<Value>::new(),
                    "{page} {scheme} phone: {is_phone}"
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
