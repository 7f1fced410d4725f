//! On the way: signed, once, again after trouble with the same id, and never where nobody asked for it.

use super::{LOW, detractor, hears, outbox, remembers, shop_that_tells};
use crate::receiver::{Answer, Receiver, SECRET};
use crate::shop::{Folder, Shop, response};
use crate::wait::until;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

#[test]
fn a_low_score_with_a_contact_is_told_once_and_signed() {
    let receiver = Receiver::new();
    let shop = shop_that_tells(&[(&receiver, LOW)]).opens_with(&[], &[("HARK_LOG", "trace")]);
    hears(&shop, &detractor(1));
    // The same again, more of the same response, and others that nobody has to answer.
    assert_eq!(shop.hears(&detractor(1)).json()["duplicates"], 1);
    let mut more = detractor(1);
    more["seq"] = json!(2);
    hears(&shop, &more);
    let mut automated = detractor(2);
    automated["automated"] = json!(true);
    hears(&shop, &automated);
    let mut content = detractor(3);
    content["score"] = json!(9);
    hears(&shop, &content);
    hears(&shop, &response(4));
    let mut unreachable = detractor(5);
    unreachable["answers"] = json!({"comment": "no \"contact\":true here"});
    hears(&shop, &unreachable);
    hears(&shop, &detractor(6));
    let got = receiver.gets(2);
    let told: Vec<_> = got
        .iter()
        .map(|got| got.json()["data"]["id"].clone())
        .collect();
    assert_eq!(
        told,
        [detractor(1)["id"].clone(), detractor(6)["id"].clone()]
    );
    let first = &got[0];
    assert!(first.is_signed(), "{first:?}");
    assert_eq!(first.header("content-type"), "application/json");
    assert!(first.header("user-agent").starts_with("hark/"));
    let mut forged = first.clone();
    forged.body.push(b' ');
    assert!(!forged.is_signed(), "the signature covers the body");
    let mut data = first.json()["data"].clone();
    for moment in ["received_at", "due_at"] {
        let text = data[moment].take();
        assert!(
            text.as_str()
                .expect("a moment")
                .parse::<Timestamp>()
                .is_ok()
        );
    }
    let expected = json!({
        "id": detractor(1)["id"], "site": "demo", "survey": "reach", "metric": "nps", "score": 2,
        "page": "/checkout", "device": "mobile", "contact": true, "received_at": null, "due_at": null,
    });
    assert_eq!(data, expected, "no quote, no contact, no visitor");
    until("an empty outbox", || outbox(&shop.folder).is_empty());
    let metrics = shop.gets("/metrics", &[]).text();
    for line in [
        "hark_alerts_delivered_total{webhook=\"r0\"} 2\n",
        "hark_alerts_failed_attempts_total{webhook=\"r0\"} 0\n",
        "hark_alerts_waiting{webhook=\"r0\"} 0\n",
        "hark_alerts_oldest_timestamp_seconds{webhook=\"r0\"} 0\n",
    ] {
        assert!(metrics.contains(line), "`{line}` is not in\n{metrics}");
    }
    let (_, talk, _) = shop.closes();
    let said = talk.join("\n") + &metrics;
    assert!(said.contains("alerts   r0"), "{said}");
    for secret in [
        SECRET,
        &SECRET[6..],
        "very-secret-path",
        "ada@shop",
        "refused, I am",
    ] {
        assert!(!said.contains(secret), "`{secret}` is in\n{said}");
    }
    assert_eq!(receiver.got().len(), 2);
}

#[test]
fn what_failed_comes_again_after_a_kill_with_the_same_id() {
    let receiver = Receiver::that_says(&[Answer::Status(500)]);
    let shop = shop_that_tells(&[(&receiver, LOW)]).opens(&[]);
    hears(&shop, &detractor(1));
    until("the failure to be written down", || {
        outbox(&shop.folder)
            .iter()
            .any(|waiting| waiting["attempts"] == 1)
    });
    let waiting = outbox(&shop.folder).remove(0);
    assert_eq!(waiting["last"], "HTTP 500");
    let folder = shop.dies();
    receiver.says(Answer::Status(204));
    let before = receiver.got().len();
    let shop = folder.opens(&[]);
    let got = receiver.gets(before + 1);
    let (first, last) = (&got[0], &got[got.len() - 1]);
    assert_eq!(first.id(), last.id());
    assert_eq!(first.body, last.body);
    assert!(last.is_signed() && last.id() == waiting["id"]);
    until("an empty outbox", || outbox(&shop.folder).is_empty());
    remembers(&shop.folder, "heard.json", first.id());
    // What was told is not told again, though all of it is still in the journal.
    let shop = shop.dies().opens(&[]);
    hears(&shop, &detractor(2));
    let all = receiver.gets(before + 2);
    assert_ne!(all[before + 1].id(), first.id());
}

#[test]
fn a_receiver_that_asks_for_patience_is_left_alone_for_so_long() {
    let receiver = Receiver::that_says(&[Answer::With(429, "retry-after", "7200")]);
    let shop = shop_that_tells(&[(&receiver, LOW)]).opens(&[]);
    hears(&shop, &detractor(1));
    until("the failure to be written down", || {
        outbox(&shop.folder)
            .iter()
            .any(|waiting| waiting["attempts"] == 1)
    });
    let waiting = outbox(&shop.folder).remove(0);
    let moment = |name: &str| -> Timestamp {
        waiting[name]
            .as_str()
            .expect("a moment")
            .parse()
            .expect("a moment")
    };
    let pause = moment("next_at").duration_since(moment("made_at"));
    assert!(pause >= SignedDuration::from_hours(2), "{pause}");
    // Nor is it asked for another alert meanwhile.
    hears(&shop, &detractor(2));
    until("both to wait", || outbox(&shop.folder).len() == 2);
    let (code, said, _) = shop.folder.runs(&["alert", "list"]);
    assert_eq!(code, Some(0));
    assert!(said.starts_with("r0: 2 wait, the oldest since 2"), "{said}");
    assert!(said.contains("tried 1 times: HTTP 429; again 2"), "{said}");
    assert!(said.contains("not tried yet"), "{said}");
    assert_eq!(receiver.got().len(), 1);
}

#[test]
fn a_redirect_is_followed_nowhere() {
    let elsewhere = Receiver::new();
    let location: &'static str = elsewhere.url().leak();
    let receiver = Receiver::that_says(&[Answer::With(307, "location", location)]);
    let shop = shop_that_tells(&[(&receiver, LOW)]).opens(&[]);
    hears(&shop, &detractor(1));
    until("the failure to be written down", || {
        let refused = "HTTP 307, and redirects are not followed";
        outbox(&shop.folder)
            .iter()
            .any(|waiting| waiting["last"] == refused)
    });
    assert!(elsewhere.got().is_empty());
}

#[test]
fn a_receiver_that_is_gone_is_left_alone_until_a_test_arrives() {
    let (gone, other) = (Receiver::that_says(&[Answer::Status(410)]), Receiver::new());
    let shop = shop_that_tells(&[(&gone, LOW), (&other, LOW)]).opens(&[]);
    hears(&shop, &detractor(1));
    until("the end to be said", || {
        shop.has_said("wants no more alerts (410)")
    });
    hears(&shop, &detractor(2));
    other.gets(2);
    assert_eq!(gone.got().len(), 1);
    let (_, said, _) = shop.folder.runs(&["alert", "list"]);
    assert!(said.contains("r0: wants no more (410)"), "{said}");
    let shop = shop.dies().opens(&[]);
    gone.says(Answer::Status(200));
    let (code, said, talk) = shop.folder.runs(&["alert", "test", "--webhook", "r0"]);
    assert_eq!(code, Some(0), "{said}{talk}");
    hears(&shop, &detractor(3));
    let got = gone.gets(3);
    let told: Vec<_> = got.iter().map(|got| got.json()["type"].clone()).collect();
    assert_eq!(told, ["low_score", "test", "low_score"]);
}

#[test]
fn a_receiver_that_never_answers_slows_nobody() {
    let (silent, other) = (Receiver::that_says(&[Answer::Never]), Receiver::new());
    let shop = shop_that_tells(&[(&silent, LOW), (&other, LOW)]).opens(&[]);
    hears(&shop, &detractor(1));
    silent.gets(1);
    for number in 2..50 {
        hears(&shop, &response(number));
    }
    hears(&shop, &detractor(50));
    other.gets(2);
    let (status, _, _) = shop.closes();
    assert!(status.success(), "and it stops as ever");
}

#[test]
fn a_receiver_that_never_finishes_its_answer_has_the_alert_all_the_same() {
    let receiver = Receiver::that_says(&[Answer::Unfinished(200)]);
    let shop = shop_that_tells(&[(&receiver, LOW)]).opens(&[]);
    hears(&shop, &detractor(1));
    receiver.gets(1);
    let end = "hark_alerts_delivered_total{webhook=\"r0\"} 1\n";
    until("the delivery", || {
        let metrics = shop.gets("/metrics", &[]).text();
        let failed = "hark_alerts_failed_attempts_total{webhook=\"r0\"} 0\n";
        assert!(metrics.contains(failed), "{:?}", outbox(&shop.folder));
        metrics.contains(end)
    });
    until("an empty outbox", || outbox(&shop.folder).is_empty());
    assert_eq!(receiver.got().len(), 1);
}

#[test]
fn who_is_erased_is_in_no_outbox() {
    let receiver = Receiver::that_says(&[Answer::Status(503)]);
    let wants = format!("{LOW}\nquotes = true");
    let shop = shop_that_tells(&[(&receiver, &wants)]).opens(&[]);
    for number in 1..=3 {
        hears(&shop, &detractor(number));
    }
    until("three to wait", || outbox(&shop.folder).len() == 3);
    let id = detractor(1)["id"].as_str().expect("an id").to_owned();
    let asked = ["erase", "--response", &id, "--visitor", "ada2"];
    let (code, _, talk) = shop.folder.runs(&asked);
    assert_eq!(code, Some(0), "{talk}");
    until("one to wait", || outbox(&shop.folder).len() == 1);
    assert_eq!(
        outbox(&shop.folder)[0]["responses"],
        json!([detractor(3)["id"]])
    );
}

#[test]
fn without_a_webhook_nothing_is_made_for_alerts() {
    let shop = Shop::new();
    hears(&shop, &response(1));
    assert!(!shop.folder.path("data/alerts").exists());
    let metrics = shop.gets("/metrics", &[]).text();
    assert!(!metrics.contains("hark_alerts"), "{metrics}");
    let (_, talk, folder) = shop.closes();
    assert!(!talk.join("\n").contains("alerts"), "{talk:?}");
    assert!(!Folder::path(&folder, "data/alerts").exists());
}
