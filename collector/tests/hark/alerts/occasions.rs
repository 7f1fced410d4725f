//! What is told besides low scores, and in which form.

use super::{LOW, detractor, hears, remembers, shop_that_tells};
use crate::receiver::Receiver;
use crate::shop::Folder;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

/// The moment so many hours ago.
fn hours_ago(hours: i64) -> Timestamp {
    Timestamp::now()
        .checked_sub(hours.hours())
        .expect("a moment")
}

/// A line as if the collector had stored it then.
fn line(number: u32, received_at: Timestamp, score: u8) -> Value {
    let mut line = detractor(number);
    line["score"] = json!(score);
    line["answers"] = json!({"comment": format!("remark {number}")});
    line["contact"] = json!(true);
    line["metric"] = json!("nps");
    line["wording"] = json!("standard");
    line["site"] = json!("demo");
    line["attributes"] = json!({});
    line["automated"] = json!(false);
    line["received_at"] = json!(received_at.to_string());
    line["id"] = json!(format!(
        "{:08x}-{:04x}-7000-8000-{number:012x}",
        received_at.as_millisecond() >> 16,
        received_at.as_millisecond() & 0xffff
    ));
    line
}

/// Puts the lines of one day into a segment.
fn stored(folder: &Folder, segment: u32, lines: &[Value]) {
    let first = lines[0]["received_at"].as_str().expect("a moment");
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let name = format!("data/events/date={}/{segment:06}.jsonl", &first[..10]);
    folder.write(&name, text);
}

/// Waits for so many alerts; what each is about.
fn kinds(receiver: &Receiver, count: usize) -> Vec<Value> {
    let got = receiver.gets(count).into_iter();
    got.map(|got| got.json()["type"].clone()).collect()
}

/// What somebody did about the case of this line then.
fn turned(line: &Value, at: Timestamp, status: &str) -> Value {
    json!({
        "type": "case", "id": line["id"], "site": "demo", "survey": "reach",
        "received_at": at.to_string(), "status": status, "owner": "", "by": "kim",
    })
}

#[test]
fn slack_gets_a_text_in_which_nobody_is_mentioned() {
    let receiver = Receiver::new();
    let wants =
        format!("{LOW}\nformat = \"slack\"\nquotes = true\ndashboard = \"https://hark.example/\"");
    let shop = shop_that_tells(&[(&receiver, &wants)]).opens(&[]);
    let mut response = detractor(1);
    response["answers"]["comment"] = json!("<!channel> refused & gone");
    hears(&shop, &response);
    let got = receiver.gets(1).remove(0);
    let body = got.json();
    assert_eq!(
        body.as_object()
            .expect("an object")
            .keys()
            .collect::<Vec<_>>(),
        ["text"]
    );
    let text = got.text();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "*Low score with contact: 2 (0 to 10) on reach*");
    assert_eq!(lines[3], "> &lt;!channel&gt; refused &amp; gone");
    let id = response["id"].as_str().expect("an id");
    assert_eq!(
        lines[4],
        format!("<https://hark.example/dashboard/follow-up/{id}|Open it in Hark>")
    );
}

#[test]
fn a_digest_comes_once_a_day() {
    let receiver = Receiver::new();
    let due = hours_ago(1).to_zoned(TimeZone::UTC).strftime("%H:%M");
    let wants = format!("events = [\"digest\", \"low_score\"]\ndigest_at = \"{due}\"");
    let folder = shop_that_tells(&[(&receiver, &wants)]);
    let lines: Vec<Value> = (1..=40).map(|n| line(n, hours_ago(3), 9)).collect();
    stored(&folder, 1, &lines);
    let shop = folder.opens(&[]);
    let digest = receiver.gets(1).remove(0);
    assert!(digest.is_signed());
    assert_eq!(digest.json()["type"], "digest");
    let text = digest.text();
    for phrase in [
        "What shoppers said until",
        "reach on demo: NPS 100",
        "n = 40",
        "The last 24 hours",
    ] {
        assert!(text.contains(phrase), "`{phrase}` is not in\n{text}");
    }
    assert!(!text.contains("remark"), "nobody is quoted unasked");
    assert_eq!(digest.json()["data"]["surveys"][0]["responses"], 40);
    remembers(&shop.folder, "seen.json", "\"r0\":");
    let shop = shop.dies().opens(&[]);
    hears(&shop, &detractor(99));
    assert_eq!(kinds(&receiver, 2), ["digest", "low_score"]);
}

#[test]
fn a_fall_is_told_with_how_often_chance_does_that() {
    let receiver = Receiver::new();
    let folder = shop_that_tells(&[(&receiver, "events = [\"alarm\", \"low_score\"]")]);
    // Forty days of ten answers; the last three are bad.
    for day in 1..=40_u32 {
        let noon = hours_ago(i64::from(day) * 24);
        let scores = if day <= 3 {
            [0, 0, 2, 0, 9, 0, 0, 3, 0, 0]
        } else {
            [9, 10, 8, 9, 3, 10, 9, 7, 10, 9]
        };
        let lines: Vec<Value> = (0..10)
            .map(|n| line(day * 100 + n, noon, scores[n as usize]))
            .collect();
        stored(&folder, 41 - day, &lines);
    }
    let shop = folder.opens(&[]);
    let alarm = receiver.gets(1).remove(0);
    assert_eq!(alarm.json()["type"], "alarm");
    let text = alarm.text();
    for phrase in [
        "reach on demo has fallen",
        "Below NPS",
        "by chance about once in 500 days",
    ] {
        assert!(text.contains(phrase), "`{phrase}` is not in\n{text}");
    }
    remembers(&shop.folder, "seen.json", "demo/reach");
    let shop = shop.dies().opens(&[]);
    hears(&shop, &detractor(9_999));
    assert_eq!(
        kinds(&receiver, 2),
        ["alarm", "low_score"],
        "old low scores are history, and an alarm is told once"
    );
}

#[test]
fn an_overdue_case_is_told_once_and_an_answered_one_never() {
    let receiver = Receiver::new();
    let folder = shop_that_tells(&[(
        &receiver,
        "events = [\"overdue\", \"low_score\"]\nquotes = true",
    )]);
    // Due an hour ago, answered in time, due a week ago, not due yet.
    let lines = [line(1, hours_ago(49), 2), line(2, hours_ago(49), 1)];
    let answered = turned(&lines[1], hours_ago(40), "answered");
    stored(&folder, 1, &[line(3, hours_ago(9 * 24), 0)]);
    stored(&folder, 2, &lines);
    stored(&folder, 3, &[answered]);
    stored(&folder, 4, &[line(4, hours_ago(2), 0)]);
    let shop = folder.opens(&[]);
    let overdue = receiver.gets(1).remove(0);
    assert!(overdue.is_signed());
    assert_eq!(overdue.json()["type"], "overdue");
    assert_eq!(overdue.json()["data"]["id"], lines[0]["id"]);
    let text = overdue.text();
    assert!(
        text.starts_with("Overdue: 2 (0 to 10) on reach waits for an answer\n"),
        "{text}"
    );
    assert!(text.contains("“remark 1”"), "{text}");
    remembers(&shop.folder, "seen.json", "\"overdue_until\":\"");
    let shop = shop.dies().opens(&[]);
    hears(&shop, &detractor(99));
    assert_eq!(kinds(&receiver, 2), ["overdue", "low_score"]);
}

#[test]
fn a_case_of_long_ago_that_was_opened_again_is_overdue_once_more() {
    let receiver = Receiver::new();
    let folder = shop_that_tells(&[(&receiver, "events = [\"overdue\"]")]);
    let line = line(1, hours_ago(40 * 24), 2);
    let settled = turned(&line, hours_ago(39 * 24), "resolved");
    let reopened = turned(&line, hours_ago(49), "open");
    stored(&folder, 1, std::slice::from_ref(&line));
    stored(&folder, 2, &[settled]);
    stored(&folder, 3, &[reopened]);
    let _shop = folder.opens(&[]);
    let overdue = receiver.gets(1).remove(0);
    assert_eq!(overdue.json()["data"]["id"], line["id"]);
}
