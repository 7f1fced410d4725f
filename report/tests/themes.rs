//! What comments are about, as the table tells it: a month with a known story, word for word.
//! `HARK_GOLDEN=1` renews what is kept.

#![cfg(test)]

mod shop;

use report::comments::{Lexicon, Said};
use report::{By, Query, Report};
use serde_json::{Value, json};
use shop::{Shop, answer, line, with};

const DAYS: u64 = 28;
const BROKE: u64 = 21;

/// What is written on a day: how often, in which language, with which score, and what.
const WRITTEN: [(u64, &str, u8, &str); 8] = [
    (4, "en", 9, "Fast delivery, thank you"),
    (2, "fr", 10, "Livraison rapide, merci beaucoup"),
    (1, "de", 6, "Mir war der Preis zu hoch"),
    (1, "de", 9, "Schöne Tassen und ein fairer Preis"),
    (1, "zh-TW", 3, "運費太高了"),
    (1, "en", 7, "Lovely mugs, will come again"),
    (1, "es", 9, "Nadie responde a mis correos"),
    (1, "en", 8, "I like the colours of the teapots"),
];

const COMPLAINTS: [&str; 4] = [
    "The pay button does nothing",
    "Nothing happens when I pay",
    "Cannot pay on my phone at all",
    "Payment freezes every time",
];

fn month() -> Vec<Value> {
    let mut lines = Vec::new();
    let mut write = |day: u64, language: &str, device: &str, score: u8, comment: &str| {
        let number = lines.len();
        let mut line = answer(0, score);
        line["id"] = json!(format!("019aa5f0-4500-7000-8000-{number:012x}"));
        line["language"] = json!(language);
        line["device"] = json!(device);
        line["answers"] = json!({"comment": comment});
        line["received_at"] = json!(format!("2026-11-{:02}T12:00:00.000Z", day + 1));
        lines.push(line);
    };
    for day in 0..DAYS {
        for (times, language, score, comment) in WRITTEN {
            for time in 0..times {
                let device = if time % 2 == 0 { "mobile" } else { "desktop" };
                // Two of three are content that nobody answered: chance alone could make that.
                let score = if language == "es" && day % 3 == 0 {
                    5
                } else {
                    score
                };
                write(day, language, device, score, comment);
            }
        }
        if day % 4 == 0 {
            write(day, "en", "desktop", 8, "I could not find the search box");
        }
        for complaint in COMPLAINTS.iter().filter(|_| day >= BROKE) {
            write(day, "en", "mobile", 1, complaint);
        }
    }
    lines
}

fn read(query: Query) -> (Report, Said) {
    let shop = Shop::opens();
    shop.receives(&month());
    let query = Query {
        now: "2026-11-29T00:00:00Z".parse().ok(),
        ..query
    };
    report::read_with_comments(shop.data(), &query, &Lexicon::default(), &|_, _| {}).unwrap()
}

fn recommend() -> Query {
    Query {
        survey: Some("recommend".to_owned()),
        ..Query::default()
    }
}

fn of_languages() -> Query {
    Query {
        by: Some(By::Language),
        ..recommend()
    }
}

#[track_caller]
fn assert_golden(query: Query, golden: &str) -> String {
    let (report, said) = read(query);
    let table = report::render::table_and_comments(&report, &said);
    for line in table.lines() {
        // Letters of Chinese take two columns.
        let wide = line
            .chars()
            .filter(|letter| ('\u{3000}'..='\u{9fff}').contains(letter));
        assert!(line.chars().count() + wide.count() <= 80, "{line}");
    }
    let path = format!("tests/golden/{golden}");
    if std::env::var_os("HARK_GOLDEN").is_some() {
        std::fs::write(&path, &table).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        table == expected,
        "`{path}` says otherwise; found:\n{table}"
    );
    table
}

#[test]
fn every_theme_that_ten_mention_is_told_with_its_effect_and_how_sure_that_is() {
    let table = assert_golden(Query::default(), "themes.txt");
    for theme in ["payment", "delivery", "price", "customer service"] {
        let row = table.lines().find(|line| line.trim().starts_with(theme));
        assert!(row.is_some_and(|row| row.contains(" to ")), "{theme}");
    }
    assert!(table.contains("search and finding 7"), "{table}");
    let service = table.lines().find(|line| line.contains("customer service"));
    assert!(service.is_some_and(|row| row.contains('?')), "{table}");
    assert!(table.contains("? could be chance"), "{table}");
}

#[test]
fn a_survey_that_is_asked_for_has_three_quotes_a_theme() {
    let table = assert_golden(recommend(), "themes_of_one_survey.txt");
    let after = table.split("    payment").nth(1).unwrap();
    let quotes = after.lines().skip(1);
    let quotes = quotes.take_while(|line| line.contains('“')).count();
    assert_eq!(quotes, 3, "{table}");
}

#[test]
fn themes_are_told_language_by_language_with_count_effect_trend_and_quotes() {
    let table = assert_golden(of_languages(), "themes_by_language.txt");
    assert!(table.contains("comments in fr, themes cover"), "{table}");
    let (report, said) = read(of_languages());
    let json: Value = serde_json::from_str(&report::render::json(&report, &said).unwrap()).unwrap();
    let languages = json["comments_by_language"].as_array().unwrap();
    let english = languages
        .iter()
        .find(|one| one["language"] == "en")
        .unwrap();
    let theme = |of: &Value, id: &str| {
        let themes = of["themes"].as_array().unwrap();
        themes.iter().find(|theme| theme["id"] == id).cloned()
    };
    let delivery = theme(english, "delivery").unwrap();
    let of_all = theme(&json["comments"][0], "delivery").unwrap();
    assert_eq!(delivery["n"], of_all["languages"]["en"]);
    assert_eq!(delivery["n"], 4 * DAYS);
    assert!(delivery["effect"]["value"].is_number(), "{delivery}");
    assert!(delivery["recent"]["share"].is_number(), "{delivery}");
    assert_eq!(delivery["days"].as_array().map(Vec::len), Some(28));
    let quotes = delivery["quotes"].as_array().unwrap();
    assert!(!quotes.is_empty() && quotes.iter().all(|quote| quote["language"] == "en"));
    let page = report::render::html(&report, &said);
    assert!(
        page.contains("What comments in zh-Hant are about"),
        "{page}"
    );
    let (report, said) = read(recommend());
    assert!(
        !report::render::json(&report, &said)
            .unwrap()
            .contains("by_language")
    );
}

/// The longest names a survey, a site and a segment may have.
#[test]
fn the_longest_names_fit_eighty_columns() {
    let long = |letter: &str| letter.repeat(64);
    let mut lines = month();
    for line in &mut lines {
        line["survey"] = json!(long("s"));
        line["site"] = json!(long("k"));
        line["page"] = json!({"path": format!("/{}", long("p"))});
    }
    let shop = Shop::opens();
    shop.receives(&lines);
    for (survey, by) in [
        (None, None),
        (Some(long("s")), Some(By::Page)),
        (Some(long("s") + "x"), None),
    ] {
        let query = Query {
            site: survey.as_ref().map(|_| long("k")),
            survey,
            by,
            now: "2026-11-29T00:00:00Z".parse().ok(),
            ..Query::default()
        };
        let lexicon = Lexicon::default();
        let (report, said) =
            report::read_with_comments(shop.data(), &query, &lexicon, &|_, _| {}).unwrap();
        let table = report::render::table_and_comments(&report, &said);
        let folder = shop.data().display().to_string();
        for line in table.lines().filter(|line| !line.contains(&folder)) {
            let wide = line
                .chars()
                .filter(|letter| ('\u{3000}'..='\u{9fff}').contains(letter));
            assert!(line.chars().count() + wide.count() <= 80, "{line}");
        }
    }
}

/// A day that is not over yet is no day without answers.
#[test]
fn the_day_of_a_digest_that_is_not_over_is_not_called_silent() {
    let shop = Shop::opens();
    let lines: Vec<Value> = (0..14 * 12_u32)
        .map(|number| {
            let mut line = with(line(0, "response", 1), "score", 9);
            line["id"] = json!(format!("019aa5f0-4500-7000-8000-{number:012x}"));
            let day = 7 + number / 12;
            line["received_at"] = json!(format!("2026-11-{day:02}T12:00:00.000Z"));
            line
        })
        .collect();
    shop.receives(&lines);
    let answered = shop.reports(&Query::default()).surveys[0].summary.n;
    assert_eq!(answered, lines.len() as u64);
    let digest = |now: &str| {
        let wanted = report::digest::Wanted {
            query: Query::default(),
            now: now.parse().unwrap(),
            lexicon: Lexicon::default(),
        };
        let digest = report::digest::Digest::of(shop.data(), &wanted, &|_, _| {}).unwrap();
        report::digest::text(&digest)
    };
    let early = digest("2026-11-21T01:00:00Z");
    assert!(!early.contains("no answer on"), "{early}");
    let later = digest("2026-11-22T01:00:00Z");
    assert!(later.contains("no answer on 1 of 13 days"), "{later}");
}
