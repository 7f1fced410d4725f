//! The digest, word for word, and that its page loads nothing and obeys nobody.

#![cfg(test)]

mod shop;

use std::path::Path;

use report::Query;
use report::comments::Lexicon;
use report::digest::{Digest, Wanted, html, text};
use serde_json::{Value, json};
use shop::{Shop, answer, line, with};

fn wanted(now: &str) -> Wanted {
    Wanted {
        query: Query::default(),
        now: now.parse().unwrap(),
        lexicon: Lexicon::default(),
    }
}

/// So many answers of one kind on one day of November.
fn answers(shop: &mut Vec<Value>, day: u8, count: u8, score: u8, comment: Option<&str>) {
    for _ in 0..count {
        let number = shop.len();
        let mut answer = answer(0, score);
        answer["id"] = json!(format!("019aa5f0-4500-7000-8000-{number:012x}"));
        answer["language"] = json!("en");
        answer["received_at"] = json!(format!("2026-11-{day:02}T12:00:00.000Z"));
        if let Some(comment) = comment {
            answer["answers"] = json!({"comment": comment});
        }
        shop.push(answer);
    }
}

/// Two weeks; in the second one the pay button is dead.
fn shop() -> Shop {
    let mut lines = Vec::new();
    for day in 7..=13 {
        answers(&mut lines, day, 12, 9, None);
        answers(&mut lines, day, 2, 3, Some("Parcel came late"));
    }
    for day in 14..=20 {
        answers(&mut lines, day, 6, 9, Some("Lovely mugs"));
        answers(
            &mut lines,
            day,
            6,
            2,
            Some("The pay button <b>does</b> nothing"),
        );
    }
    let last = lines.pop().unwrap();
    lines.push(with(last, "contact", true));
    lines.push(with(
        line(255, "impression", 1),
        "received_at",
        "2026-11-15T12:00:00.000Z",
    ));
    let shop = Shop::opens();
    shop.receives(&lines);
    shop
}

fn digest(shop: &Shop) -> Digest {
    Digest::of(shop.data(), &wanted("2026-11-21T00:00:00Z"), &|_, _| {}).unwrap()
}

/// `HARK_GOLDEN=1` renews what is kept.
#[track_caller]
fn assert_golden(found: &str, golden: &str) {
    let path = Path::new("tests/golden").join(golden);
    if std::env::var_os("HARK_GOLDEN").is_some() {
        std::fs::write(&path, found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "`{}` says otherwise; found:\n{found}",
        path.display()
    );
}

#[test]
fn the_text_is_as_kept() {
    assert_golden(&text(&digest(&shop())), "digest.txt");
}

#[test]
fn the_page_is_as_kept() {
    assert_golden(&html(&digest(&shop())), "digest.html");
}

#[test]
fn the_text_fits_an_e_mail() {
    for line in text(&digest(&shop())).lines() {
        assert!(line.chars().count() <= 76, "{line}");
    }
}

#[test]
fn the_page_loads_nothing_runs_nothing_and_shows_markup_as_text() {
    let page = html(&digest(&shop()));
    for forbidden in [
        "http:", "https:", "//", "src=", "url(", "@import", "<script", "<b>", "onclick",
    ] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert!(page.contains("&lt;b&gt;does&lt;/b&gt;"));
}

#[test]
fn every_chart_has_its_numbers_as_a_table() {
    let page = html(&digest(&shop()));
    let twins =
        page.matches("</svg>\n<details><summary>Numbers</summary>\n<div class=\"wide\"><table>");
    assert_eq!(twins.count(), page.matches("<svg").count());
    assert_eq!(page.matches("<svg").count(), 2);
}

#[test]
fn a_fall_comes_first_with_what_is_new_and_whom_to_answer() {
    let digest = digest(&shop());
    let survey = &digest.surveys[0];
    let found = survey.comparison.as_ref().unwrap();
    assert!(found.is_real() && found.difference.unwrap() < 0.0);
    assert_eq!((found.here.n, found.there.n), (84, 98));
    let comments = survey.comments.as_ref().unwrap();
    assert_eq!(comments.themes[0].id, "payment");
    assert!(comments.themes[0].is_new());
    let follow_ups = &digest.follow_ups;
    // Those of the week before wait as well, and longest.
    assert_eq!((follow_ups.total, follow_ups.with_contact), (56, 1));
    assert_eq!(follow_ups.figures.cases, 42);
    assert_eq!(follow_ups.first.len(), 20);
    assert!(follow_ups.overdue > 20 && follow_ups.first.iter().all(|one| one.overdue));
    assert!(follow_ups.first.is_sorted_by_key(|one| one.due_at));
}

/// Four weeks of ease, and two days that are worse.
#[test]
fn the_digest_says_of_a_survey_what_the_report_says() {
    let mut lines = Vec::new();
    for day in 1..=30 {
        let score = if day > 28 { 4 } else { 6 };
        answers(&mut lines, day, 10, score, None);
        answers(&mut lines, day, 4, score + 1, None);
        answers(&mut lines, day, 2, 2, None);
    }
    for line in &mut lines {
        line["metric"] = json!("ces");
    }
    let shop = Shop::opens();
    shop.receives(&lines);
    let now = "2026-12-01T00:00:00Z";
    let since = "2026-11-29T00:00:00Z".parse().ok();
    let mut wanted = wanted(now);
    wanted.query.since = since;
    let digest = Digest::of(shop.data(), &wanted, &|_, _| {}).unwrap();
    let report = shop.reports(&Query {
        since,
        now: now.parse().ok(),
        ..Query::default()
    });
    let (told, row) = (&digest.surveys[0], &report.surveys[0]);
    assert!(
        told.comparison.is_some() && told.alert.is_some(),
        "{told:?}"
    );
    assert_eq!(
        (&told.comparison, &told.alert),
        (&row.comparison, &row.alert)
    );
    assert_eq!(told.figure, row.summary.figures[0]);
    let text = text(&digest);
    for phrase in [
        "ease fell by 1.7",
        "points of 7 since the 2 days before",
        "Alert: below mean ease 5.7",
    ] {
        assert!(text.contains(phrase), "`{phrase}` is not in\n{text}");
    }
    assert!(html(&digest).contains("Alert: below mean ease"));
}

#[test]
fn of_a_survey_that_fewer_than_five_answered_no_comment_is_shown() {
    let mut lines = Vec::new();
    answers(&mut lines, 18, 4, 0, Some("my name is on it"));
    let shop = Shop::opens();
    shop.receives(&lines);
    let digest = digest(&shop);
    assert_eq!(digest.follow_ups.total, 4);
    let (text, page) = (text(&digest), html(&digest));
    assert!(!text.contains("my name") && !page.contains("my name"));
}

#[test]
fn a_digest_of_nothing_says_so() {
    let shop = Shop::opens();
    shop.receives(&[]);
    let text = text(&digest(&shop));
    assert!(text.contains("Nothing was asked in this time."), "{text}");
    assert!(shop.reports(&Query::default()).surveys.is_empty());
}
