//! What is kept, for how long, and what is forgotten: beside a running collector and on a stopped one.

use crate::shop::{Folder, Shop, response};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);

fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < PATIENCE, "{what} does not come");
        thread::yield_now();
    }
}

fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

/// A response of a visitor who left an address.
fn left_by(visitor: &str, number: u32) -> Value {
    let mut response = response(number);
    response["survey"] = json!("reach");
    response["score"] = json!(3);
    response["visitor"] = json!(visitor);
    response["answers"] = json!({"contact": format!("{visitor}{number}@shop.example")});
    response
}

fn shop_with_contacts() -> Folder {
    let folder = Folder::new();
    let survey = "metric = \"nps\"\nstatus = \"live\"\n[[follow_up]]\nkind = \"contact\"\n";
    folder.write("surveys/reach.toml", survey);
    folder
}

/// The one folder of events moved to another day, as if its lines had come then.
fn moved_to(folder: &Folder, series: &str, day: Date) -> PathBuf {
    let now = folder.path(&format!("data/{series}/date={}", today()));
    let then = folder.path(&format!("data/{series}/date={day}"));
    fs::rename(now, &then).expect("moved");
    then
}

#[test]
fn a_contact_is_stored_apart_from_the_answers() {
    let shop = shop_with_contacts().opens(&[]);
    assert_eq!(shop.hears(&left_by("ada", 1)).json()["accepted"], 1);
    assert_eq!(shop.hears(&left_by("ada", 1)).json()["duplicates"], 1);
    let folder = shop.dies();
    let [line] = &folder.lines()[..] else {
        panic!("one line")
    };
    assert!(
        line.contains("\"contact\":true") && !line.contains("shop.example\""),
        "{line}"
    );
    let path = folder.path(&format!("data/contacts/date={}/000001.jsonl", today()));
    let text = fs::read_to_string(path).expect("a segment");
    let mut contact: Value = serde_json::from_str(&text).expect("one line");
    contact["received_at"].take();
    let expected = json!({
        "id": left_by("ada", 1)["id"], "site": "demo", "survey": "reach",
        "contact": "ada1@shop.example", "visitor": "ada", "received_at": null
    });
    assert_eq!(contact, expected);
}

#[test]
fn who_is_erased_while_the_collector_runs_is_nowhere_and_it_goes_on() {
    let shop = shop_with_contacts().opens(&[]);
    for number in 1..=3 {
        assert_eq!(shop.hears(&left_by("ada", number)).status, 200);
    }
    for number in 4..=6 {
        assert_eq!(shop.hears(&left_by("bob", number)).status, 200);
    }
    let one = left_by("bob", 5)["id"].as_str().expect("an id").to_owned();
    let (_, said, _) = shop.folder.runs(&["report", "--all"]);
    assert!(said.contains("reach"), "{said}");
    let asked = ["erase", "--visitor", "ada", "--response", &one];
    let (code, said, talk) = shop.folder.runs(&asked);
    assert_eq!((code, &said[..]), (Some(0), "lines removed: 8\n"), "{talk}");
    let text = shop.folder.everything();
    assert!(!text.contains("ada") && !text.contains(&one), "{text}");
    assert_eq!(
        text.matches("\"bob\"").count(),
        4,
        "two lines, two contacts: {text}"
    );
    assert!(
        !shop.folder.path("data/cache").exists(),
        "reports keep nothing of it"
    );
    assert_eq!(shop.hears(&left_by("bob", 4)).json()["duplicates"], 1);
    assert_eq!(shop.hears(&left_by("bob", 7)).json()["accepted"], 1);
    let (status, talk, folder) = shop.closes();
    assert!(status.success(), "{talk:?}");
    assert_eq!(folder.lines().len(), 3);
}

#[test]
fn who_is_erased_on_a_stopped_collector_is_nowhere_in_compressed_segments_either() {
    let shop = shop_with_contacts().opens(&[]);
    for number in 1..=4 {
        let visitor = if number % 2 == 0 { "ada" } else { "bob" };
        assert_eq!(shop.hears(&left_by(visitor, number)).status, 200);
    }
    let folder = shop.dies();
    let day = moved_to(&folder, "events", today() - 1.day());
    let packed = day.join("000001.jsonl.zst");
    let shop = folder.opens(&[]);
    wait_until("compression", || {
        packed.exists() && !day.join("000001.jsonl").exists()
    });
    assert_eq!(shop.hears(&left_by("ada", 2)).json()["duplicates"], 1);
    let folder = shop.dies();
    // A crash in the middle of an unfinished write of hers.
    folder.write(
        &format!("data/events/date={}/000001.jsonl.torn", today()),
        "{\"visitor\":\"ada",
    );
    let (code, said, talk) = folder.runs(&["erase", "--visitor", "ada"]);
    assert_eq!(code, Some(0), "{talk}");
    assert_eq!(said, "lines removed: 4\n", "two lines, two contacts");
    let text = folder.everything();
    assert!(!text.contains("ada"), "{text}");
    assert_eq!(text.matches("\"bob\"").count(), 4, "{text}");
    let (_, said, _) = folder.runs(&["erase", "--visitor", "ada"]);
    assert_eq!(said, "lines removed: 0\n");
    let shop = folder.opens(&[]);
    assert_eq!(shop.hears(&left_by("bob", 1)).json()["duplicates"], 1);
}

#[test]
fn many_are_erased_by_name_from_standard_input() {
    let shop = shop_with_contacts().opens(&[]);
    for number in 1..=4 {
        assert_eq!(
            shop.hears(&left_by(&format!("visitor-{number}"), number))
                .status,
            200
        );
    }
    shop.folder
        .write("gone.txt", "visitor-1\n\nvisitor-3\nvisitor-9\n");
    let input = fs::File::open(shop.folder.path("gone.txt")).expect("names");
    let mut hark = shop.folder.hark(&["erase", "--visitor", "-"]);
    let output = hark.stdin(input).output().expect("hark runs");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "lines removed: 4\n"
    );
    let text = shop.folder.everything();
    for (number, is_left) in [(1, false), (2, true), (3, false), (4, true)] {
        assert_eq!(
            text.contains(&format!("visitor-{number}\"")),
            is_left,
            "{number}"
        );
    }
}

#[test]
fn what_cannot_be_erased_is_said() {
    let folder = Folder::new();
    let (code, _, talk) = folder.runs(&["erase", "--response", "7"]);
    assert_eq!(code, Some(2));
    assert!(talk.contains("`7` is not the id of a response"), "{talk}");
    let (code, _, talk) = folder.runs(&["erase", "--visitor", "ada"]);
    assert_eq!(code, Some(1));
    assert!(
        talk.contains("there are no answers in the data folder `data`"),
        "{talk}"
    );
    assert_eq!(folder.runs(&["erase"]).0, Some(2));
    assert!(!folder.path("data").exists());
}

#[test]
fn old_lines_and_contacts_go_by_their_own_age() {
    let shop = shop_with_contacts().opens(&[]);
    assert_eq!(shop.hears(&left_by("ada", 1)).status, 200);
    let folder = shop.dies();
    let old = moved_to(&folder, "events", today() - 20.days());
    let contacts = moved_to(&folder, "contacts", today() - 20.days());
    // What is stored today shows that the clock is right.
    let shop = folder.opens(&[]);
    assert_eq!(shop.hears(&left_by("ada", 2)).status, 200);
    let shop = shop.dies().opens(&["--contact-retain-days", "19"]);
    wait_until("the contact's end", || !contacts.exists());
    assert!(old.exists(), "lines are kept for 395 days");
    let (code, said, talk) = shop.folder.runs(&["retain", "--days", "20"]);
    assert_eq!(
        (code, &said[..]),
        (Some(0), "segments removed: 0\n"),
        "{talk}"
    );
    let (code, said, talk) = shop.folder.runs(&["retain", "--days", "19"]);
    assert_eq!(
        (code, &said[..]),
        (Some(0), "segments removed: 1\n"),
        "{talk}"
    );
    assert!(!old.exists());
    let folder = shop.dies();
    assert_eq!(folder.lines().len(), 1);
    let (code, said, talk) = folder.runs(&["retain", "--days", "1"]);
    assert_eq!(
        (code, &said[..]),
        (Some(0), "segments removed: 0\n"),
        "{talk}"
    );
}

/// A clock that jumps by so much and a shop that was quiet for so long look the same.
#[test]
fn lines_before_a_long_pause_are_kept_and_said_to_be_until_somebody_asks() {
    let shop = shop_with_contacts().opens(&[]);
    assert_eq!(shop.hears(&left_by("ada", 1)).status, 200);
    let folder = shop.dies();
    let old = moved_to(&folder, "events", today() - 1000.days());
    let contacts = moved_to(&folder, "contacts", today() - 1000.days());
    let shop = folder.opens(&[]);
    assert_eq!(shop.hears(&left_by("ada", 2)).status, 200);
    let shop = shop.dies().opens(&[]);
    wait_until("what is said of them", || {
        shop.has_said("segments kept though the clock calls them too old: 2;")
    });
    assert!(old.exists() && contacts.exists());
    let asked = ["retain", "--days", "395"];
    let (code, said, talk) = shop.folder.runs(&asked);
    assert_eq!(
        (code, &said[..]),
        (Some(0), "segments removed: 2\n"),
        "{talk}"
    );
    assert!(!old.exists() && !contacts.exists());
}

#[test]
fn a_setting_says_how_long_lines_are_kept() {
    let shop = Shop::new();
    assert_eq!(shop.hears(&response(1)).status, 200);
    let folder = shop.dies();
    let old = moved_to(&folder, "events", today() - 10.days());
    let shop = folder.opens(&[]);
    assert_eq!(shop.hears(&response(2)).status, 200);
    let shop = shop.dies().opens(&["--retain-days", "9"]);
    wait_until("the end of old lines", || !old.exists());
    assert_eq!(shop.folder.lines().len(), 1);
}

#[test]
fn an_index_that_is_gone_or_of_another_segment_is_made_again() {
    let shop = Shop::new();
    assert_eq!(shop.hears(&response(1)).status, 200);
    let mut shop = shop.dies().opens(&[]);
    let index = shop.folder.path("data/index/000001.ids");
    for change in ["gone", "torn", "of another"] {
        wait_until("the index", || index.exists());
        let folder = shop.dies();
        match change {
            "gone" => fs::remove_file(&index).expect("removed"),
            "torn" => fs::write(&index, [0; 7]).expect("written"),
            _ => {
                // A backup is restored in which another answer stands.
                let segment = folder.segments().remove(0);
                let other = fs::read_to_string(&segment).expect("a segment");
                let other = other
                    .replace("000000000001\"", "0000000000ff\"")
                    .replace("fr", "f");
                fs::write(&segment, other).expect("written");
            }
        }
        let number = if change == "of another" { 255 } else { 1 };
        shop = folder.opens(&[]);
        assert_eq!(
            shop.hears(&response(number)).json()["duplicates"],
            1,
            "{change}"
        );
    }
    assert_eq!(
        shop.hears(&response(1)).json()["accepted"],
        1,
        "it is not there any more"
    );
}
