//! Following up over HTTP: pages, forms, and what is said where something is wrong.

use crate::client::{self, Answer};
use crate::shop::{Folder, Shop, response};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Barrier;
use std::thread;

const LIST: &str = "/dashboard/follow-up";

fn id(number: u32) -> String {
    format!("019aa5f0-4500-7000-8000-{number:012x}")
}

fn page(number: u32) -> String {
    format!("{LIST}/{}", id(number))
}

/// A shop to which so many have complained, each with an address.
fn shop_with_complaints(count: u32) -> Shop {
    let folder = Folder::new();
    let survey = "metric = \"ces\"\nstatus = \"live\"\n[[follow_up]]\nkind = \"text\"\n[[follow_up]]\n\
                  kind = \"contact\"\n";
    folder.write("surveys/reach.toml", survey);
    let shop = folder.opens(&[]);
    for number in 1..=count {
        let mut complaint = response(number);
        complaint["survey"] = json!("reach");
        complaint["score"] = json!(2);
        complaint["answers"] = json!({
            "comment": "<b onclick=x>refused</b>", "contact": format!("shopper{number}@mail.example"),
        });
        assert_eq!(shop.hears(&complaint).status, 200);
    }
    shop
}

/// The value of the first hidden field of this name.
fn hidden(page: &str, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let value = page
        .split_once(&field)
        .and_then(|(_, rest)| rest.split_once('"'));
    value.map_or_else(String::new, |(value, _)| value.to_owned())
}

/// Posts a form as its page would, filled in like this.
fn posts(shop: &Shop, number: u32, fields: &[(&str, &str)]) -> Answer {
    sends(shop.address, number, &filled(shop, number, fields))
}

/// The form of a case's page, filled in like this.
fn filled(shop: &Shop, number: u32, fields: &[(&str, &str)]) -> String {
    let text = shop.gets(&page(number), &[]).text();
    let token = hidden(&text, "token");
    let seen = hidden(&text, "seen");
    let own = [("token", &token[..]), ("seen", &seen)];
    let named = |wanted: &&(&str, &str)| !fields.iter().any(|(name, _)| *name == wanted.0);
    let fields = own.iter().filter(named).chain(fields);
    let encode = |text: &str| {
        let bytes = text.bytes().map(|byte| format!("%{byte:02x}"));
        bytes.collect::<String>()
    };
    let body: Vec<String> = fields
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    body.join("&")
}

fn sends(address: SocketAddr, number: u32, body: &str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    client::request(address, "POST", &page(number), &headers, body.as_bytes())
}

/// What was written down so far, without the time.
fn deeds(shop: &Shop) -> Vec<Value> {
    let lines = shop.folder.lines();
    let lines = lines
        .iter()
        .filter(|line| line.starts_with("{\"type\":\"case\""));
    lines
        .map(|line| {
            let mut line: Value = serde_json::from_str(line).expect("JSON");
            let line = line.as_object_mut().expect("an object");
            for known in ["type", "site", "survey", "received_at"] {
                assert!(line.remove(known).is_some(), "{known}");
            }
            Value::Object(std::mem::take(line))
        })
        .collect()
}

#[test]
fn without_cases_the_list_says_how_one_comes() {
    let shop = shop_with_complaints(0);
    let answer = shop.gets(LIST, &[]);
    assert_eq!(answer.status, 200);
    let text = answer.text();
    assert!(
        text.contains("Nobody waits for an answer") && text.contains("[[follow_up]]"),
        "{text}"
    );
    let narrow = shop.gets(&format!("{LIST}?owner=anna"), &[]).text();
    assert!(narrow.contains("Show all cases"), "{narrow}");
}

#[test]
fn a_form_is_written_down_and_leads_back_to_the_case() {
    let shop = shop_with_complaints(2);
    let case = shop.gets(&page(1), &[]).text();
    assert!(
        case.contains("href=\"mailto:shopper1@mail.example\""),
        "{case}"
    );
    assert!(
        case.contains("&lt;b onclick=x&gt;refused&lt;/b&gt;"),
        "{case}"
    );
    let answer = posts(&shop, 1, &[("do", "assign"), ("owner", " anna ")]);
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, format!("{}?written", page(1)))
    );
    let note = "rang\r\nshe writes to ada@mail.example";
    let answer = posts(
        &shop,
        1,
        &[("do", "answered"), ("note", note), ("by", "ben")],
    );
    assert_eq!(answer.status, 303);
    // Pressed twice.
    assert_eq!(posts(&shop, 1, &[("do", "answered")]).status, 303);
    assert_eq!(posts(&shop, 1, &[("do", "release")]).status, 303);
    let expected = json!([
        {"id": id(1), "owner": "anna"},
        {"id": id(1), "status": "answered", "note": "rang\nshe writes to [email]", "by": "ben"},
        {"id": id(1), "owner": ""},
    ]);
    assert_eq!(json!(deeds(&shop)), expected);
    let case = shop.gets(&format!("{}?written", page(1)), &[]).text();
    for expected in [
        "Written down.",
        "anna takes care of it",
        "answered, by ben",
        "she writes to [email]",
    ] {
        assert!(case.contains(expected), "{expected}: {case}");
    }
    let open = shop.gets(&format!("{LIST}?status=open"), &[]).text();
    assert!(open.contains(&id(2)) && !open.contains(&id(1)), "{open}");
    let said = shop
        .folder
        .runs(&["cases", "--status", "answered", "--format", "csv"])
        .1;
    assert!(said.contains(&id(1)), "{said}");
}

#[test]
fn of_two_people_who_act_at_once_one_is_told_of_the_other() {
    let shop = shop_with_complaints(4);
    for number in 1..=4 {
        let bodies =
            ["anna", "ben"].map(|name| filled(&shop, number, &[("do", "assign"), ("owner", name)]));
        let both = Barrier::new(2);
        let mut statuses = thread::scope(|scope| {
            let acting = bodies.each_ref().map(|body| {
                scope.spawn(|| {
                    both.wait();
                    sends(shop.address, number, body).status
                })
            });
            acting.map(|one| one.join().expect("an answer"))
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 422], "{:?}", deeds(&shop));
    }
    assert_eq!(deeds(&shop).len(), 4);
}

#[test]
fn what_is_wrong_with_a_form_is_said_beside_it_and_nothing_is_written() {
    let shop = shop_with_complaints(1);
    let long = "x".repeat(2_001);
    let rows: [(&[(&str, &str)], &str); 6] = [
        (&[("do", "note")], "There is nothing to write down"),
        (
            &[("do", "note"), ("note", &long)],
            "The note has 2001 characters, and 2000 are kept at most.",
        ),
        (
            &[("do", "assign"), ("owner", " ")],
            "Write a name, or press “Nobody”.",
        ),
        (
            &[("do", "assign"), ("owner", "a\u{202e}b")],
            "The owner has the invisible character U+202E",
        ),
        (
            &[("do", "explode"), ("note", "kept as typed")],
            "Press one of the buttons.",
        ),
        (
            &[
                ("do", "resolved"),
                ("note", "kept as typed"),
                ("seen", "2026-11-21T10:00:00Z"),
            ],
            "Somebody did something",
        ),
    ];
    for (fields, sentence) in rows {
        let answer = posts(&shop, 1, fields);
        let text = answer.text();
        assert_eq!(answer.status, 422, "{fields:?}: {text}");
        assert!(
            text.contains(sentence) && text.contains("role=\"alert\""),
            "{fields:?}: {text}"
        );
        let is_kept = !fields.contains(&("note", "kept as typed"))
            || text.contains(">kept as typed</textarea>");
        assert!(is_kept, "{fields:?}: {text}");
    }
    assert_eq!(deeds(&shop), [Value::Null; 0]);
}

#[test]
fn what_is_no_case_has_its_status_and_a_way_back() {
    let shop = shop_with_complaints(2);
    assert_eq!(shop.hears(&response(9)).status, 200);
    let rows = [
        (page(77), 404, "No such case"),
        (format!("{LIST}/nonsense"), 404, "No such case"),
        (page(9), 404, "That is no case"),
        (format!("{LIST}/019aa5f0"), 404, "Which one?"),
        (format!("{LIST}?since=yesterday"), 400, "That is not a time"),
        (
            format!("{LIST}?status=nonsense&owner=%ff"),
            200,
            "Follow-up",
        ),
        (
            format!("{LIST}?status=overdue"),
            200,
            "Nobody has waited for longer than 48 hours",
        ),
    ];
    for (path, status, sentence) in rows {
        let answer = shop.gets(&path, &[]);
        let text = answer.text();
        assert_eq!(answer.status, status, "{path}: {text}");
        assert!(text.contains(sentence), "{path}: {text}");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
    }
    let gone = shop.folder.runs(&["erase", "--response", &id(1)]);
    assert_eq!(gone.0, Some(0), "{}", gone.2);
    let answer = shop.gets(&page(1), &[]);
    assert_eq!(answer.status, 404, "{}", answer.text());
}
