//! Periods and segments held against each other, over a journal with a known story: on the tenth
//! day of fourteen, phones begin to give low scores.

#![cfg(test)]

mod shop;

use report::{By, Compare, Query, Report};
use serde_json::{Value, json};
use shop::{Shop, answer, with};

const DAYS: u64 = 14;
const BROKE: u64 = 9;

/// Forty answers a day, half of them from phones; small carts and large ones.
fn month(broke: u64) -> Vec<Value> {
    let mut lines = Vec::new();
    for number in 0..DAYS * 40 {
        let day = number / 40;
        let is_phone = number % 2 == 0;
        let usual = [10, 9, 8, 9, 6, 10, 9, 7, 9, 10][(number as usize / 2 * 7) % 10];
        let score = if is_phone && day >= broke {
            usual / 3
        } else {
            usual
        };
        let mut line = answer(0, score);
        line["id"] = json!(format!("019aa5f0-4500-7000-8000-{number:012x}"));
        line["device"] = json!(if is_phone { "mobile" } else { "desktop" });
        line["attributes"] = json!({"cart_value": 10 + number % 90});
        line["received_at"] = json!(format!("2026-11-{:02}T12:00:00.000Z", day + 1));
        lines.push(line);
    }
    lines
}

fn report(lines: &[Value], query: &Query) -> Report {
    let shop = Shop::opens();
    shop.receives(lines);
    shop.reports(query)
}

fn by(text: &str) -> Query {
    Query {
        by: text.parse().ok(),
        ..Query::default()
    }
}

#[test]
fn the_headline_says_what_moved_where_since_when_and_how_sure() {
    let report = report(&month(BROKE), &Query::default());
    let headline = report.headline.clone().unwrap();
    let among = headline.segment.clone().unwrap();
    assert_eq!(
        (among.by.as_str(), among.value.as_str()),
        ("device", "mobile")
    );
    assert_eq!(headline.since.to_string(), "2026-11-10");
    assert!(
        headline.p < 0.001 && headline.difference < -50.0,
        "{headline:?}"
    );
    let elsewhere = headline.elsewhere.unwrap();
    assert!(
        elsewhere.starts_with("elsewhere no difference"),
        "{elsewhere}"
    );
    let table = report::render::table(&report);
    let first: String = table.lines().take(3).collect::<Vec<_>>().join(" ");
    assert!(
        first.starts_with("recommend on demo: NPS fell by "),
        "{table}"
    );
    assert!(
        first.contains("where device is mobile since Tuesday 10"),
        "{table}"
    );
    assert!(first.contains("p < 0.001"), "{table}");
}

#[test]
fn where_nothing_moved_there_is_no_headline_and_no_difference_is_claimed() {
    let report = report(&month(DAYS), &by("device"));
    assert_eq!(report.headline, None);
    let survey = &report.surveys[0];
    let comparison = survey.comparison.as_ref().unwrap();
    assert!(!comparison.is_real());
    assert!(
        comparison
            .verdict
            .starts_with("no difference that these 280 answers could show"),
        "{}",
        comparison.verdict
    );
    assert!(!report::render::table(&report).contains(['↓', '↑', '↘', '↗']));
}

#[test]
fn a_week_is_compared_with_the_week_before() {
    let report = report(&month(7), &Query::default());
    let comparison = report.surveys[0].comparison.clone().unwrap();
    assert_eq!((comparison.here.n, comparison.there.n), (280, 280));
    assert!(comparison.is_real());
    let verdict = comparison.verdict;
    assert!(
        verdict.starts_with("fell by ") && verdict.contains("since the week before; a fall"),
        "{verdict}"
    );
}

#[test]
fn nothing_is_compared_where_nothing_is_to_be() {
    let query = Query {
        compare: Compare::Nothing,
        ..Query::default()
    };
    assert_eq!(report(&month(BROKE), &query).surveys[0].comparison, None);
}

#[test]
fn a_segment_is_compared_with_the_rest_and_all_tests_are_corrected_for_each_other() {
    let report = report(&month(0), &by("device"));
    let segments = report.surveys[0].segments.as_ref().unwrap();
    let names: Vec<_> = segments.iter().map(report::SegmentReport::value).collect();
    assert_eq!(names, ["desktop", "mobile"]);
    for segment in segments {
        let comparison = segment.comparison.as_ref().unwrap();
        assert!(
            comparison.is_real() && comparison.p_adjusted >= comparison.p,
            "{comparison:?}"
        );
    }
    assert!(report::render::table(&report).contains("↓ p < 0.001"));
}

#[test]
fn days_that_were_searched_for_a_change_are_tests_too() {
    let mut lines = month(DAYS);
    lines.truncate(lines.len() - 37);
    let report = report(&lines, &Query::default());
    let comparison = report.surveys[0].comparison.as_ref().unwrap();
    assert!(comparison.p_adjusted > comparison.p, "{comparison:?}");
}

/// Forty answers a day for five weeks, worse from the last week on.
fn five_weeks() -> Vec<Value> {
    let mut lines = Vec::new();
    for number in 0..35 * 40_u64 {
        let day = number / 40;
        let usual = [10, 9, 8, 9, 6, 10, 9, 7, 9, 10][(number as usize * 7) % 10];
        let score = if day >= 28 { usual - 4 } else { usual };
        let mut line = answer(0, score);
        line["id"] = json!(format!("019aa5f0-4500-7000-8000-{number:012x}"));
        let (month, day) = (10 + day / 31, day % 31 + 1);
        line["received_at"] = json!(format!("2026-{month}-{day:02}T12:00:00.000Z"));
        lines.push(line);
    }
    lines
}

#[test]
fn a_fall_is_told_by_the_charts_however_short_the_period() {
    let lines = five_weeks();
    for since in [
        None,
        Some("2026-10-29T00:00:00Z"),
        Some("2026-10-28T06:00:00Z"),
    ] {
        for chart in [report::Chart::Ewma, report::Chart::Cusum] {
            let query = Query {
                since: since.map(|since| since.parse().unwrap()),
                now: "2026-11-05T00:00:00Z".parse().ok(),
                chart,
                ..Query::default()
            };
            let report = report(&lines, &query);
            let alert = report.surveys[0].alert.as_ref().unwrap();
            assert!(
                alert.since.to_string().as_str() >= "2026-10-29",
                "{alert:?}"
            );
            let table = report::render::table(&report);
            assert!(
                table.contains("  alert           below NPS 60 since"),
                "{table}"
            );
            assert!(
                report::render::html(&report, &Default::default()).contains("below NPS 60 since")
            );
        }
    }
}

#[test]
fn numbers_are_told_in_bands_and_time_in_its_order() {
    let lines = month(BROKE);
    let values = |query: &Query| -> Vec<String> {
        let report = report(&lines, query);
        let segments = report.surveys[0].segments.as_ref().unwrap();
        segments
            .iter()
            .map(|segment| segment.value().to_owned())
            .collect()
    };
    assert_eq!(
        values(&by("cart_value")),
        ["10 to 20", "20 to 50", "50 to 100"]
    );
    assert_eq!(values(&by("week")), ["2026-W44", "2026-W45", "2026-W46"]);
    assert_eq!(values(&by("month")), ["2026-11"]);
    assert_eq!(values(&by("day")).len(), DAYS as usize);
    assert_eq!(values(&by("page")), ["(unknown)"]);
}

#[test]
fn segments_add_up_to_the_whole() {
    for by in ["device", "week", "cart_value", "visitors"] {
        let report = report(&month(BROKE), &self::by(by));
        let survey = &report.surveys[0];
        let segments = survey.segments.as_ref().unwrap();
        let sum: u64 = segments.iter().map(|segment| segment.summary.n).sum();
        assert_eq!(sum, survey.summary.n, "{by}");
    }
}

#[test]
fn a_segment_of_nine_answers_has_no_figure() {
    let mut lines = month(DAYS);
    lines.truncate(19);
    let report = report(&lines, &by("device"));
    let segments = report.surveys[0].segments.as_ref().unwrap();
    let shown: Vec<_> = segments
        .iter()
        .map(|segment| (segment.summary.n, segment.summary.headline().is_some()))
        .collect();
    assert_eq!(shown, [(10, true), (9, false)]);
    let comparison = segments[0].comparison.as_ref().unwrap();
    assert_eq!((comparison.difference, comparison.p), (None, None));
    let table = report::render::table(&report);
    assert!(table.contains("fewer than 10 answers"), "{table}");
}

#[test]
fn the_json_of_a_segment_is_named_by_what_it_is() {
    let report = report(&month(BROKE), &by("device"));
    let json = serde_json::to_value(&report).unwrap();
    let segment = &json["surveys"][0]["segments"][0];
    assert_eq!(
        (&segment["device"], &segment["n"]),
        (&json!("desktop"), &json!(280))
    );
    assert_eq!(segment["figures"][0]["name"], "nps");
    assert_eq!(
        json["headline"]["segment"],
        json!({"by": "device", "value": "mobile"})
    );
}

#[test]
fn every_line_of_every_table_fits_eighty_columns() {
    for (name, _) in By::NAMED {
        let table = report::render::table(&report(&month(BROKE), &by(name)));
        for line in table.lines() {
            assert!(line.chars().count() <= 80, "{name}: {line}");
        }
    }
}

/// The story, with all that a line can say of where somebody was asked.
fn told_month() -> Vec<Value> {
    let of = |words: &[&str], number: usize| words[number % words.len()].to_owned();
    let mut lines = month(BROKE);
    for (number, line) in lines.iter_mut().enumerate() {
        line["page"] = json!({"path": of(&["/cart", "/checkout", "/checkout/pay"], number)});
        line["language"] = json!(of(&["en", "fr", "de", "zh-TW", "en"], number));
        line["trigger"] = json!(of(&["exit_intent", "dwell"], number / 3));
        line["signal"] = json!(of(&["pointer", "return"], number / 5));
        line["channel"] = json!("web");
        if number % 4 > 0 {
            line["session"] = json!({"visit": number % 4});
        }
        line["answers"] = json!({"comment": of(&["Nice", "Too slow"], number)});
        line["complete"] = json!(number % 5 > 0);
    }
    lines
}

/// Every way to ask and the table it gives. `HARK_GOLDEN=1` renews what is kept.
#[test]
fn every_table_is_as_kept() {
    let lines = told_month();
    let query = Query::default;
    let names = By::NAMED.iter().map(|(name, _)| *name);
    let split = names.chain(["cart_value", "attribute:day"]);
    let mut asked: Vec<(String, Query)> = split
        .map(|name| (format!("--by {name}"), by(name)))
        .collect();
    let since = "2026-11-12T00:00:00Z".parse().ok();
    let now = "2026-11-15T00:00:00Z".parse().ok();
    asked.push((
        "--since 2026-11-12".to_owned(),
        Query {
            since,
            now,
            ..query()
        },
    ));
    asked.push((
        "--live".to_owned(),
        Query {
            live: true,
            ..query()
        },
    ));
    let nothing = Query {
        compare: Compare::Nothing,
        ..query()
    };
    asked.push(("--compare nothing".to_owned(), nothing));
    asked.push((
        "--all".to_owned(),
        Query {
            all: true,
            ..by("language")
        },
    ));
    let mut kept = String::new();
    for (name, query) in asked {
        let table = report::render::table(&report(&lines, &query));
        // The folder is another one each time.
        kept += &format!("$ hark report {name}\n{table}\n\n");
    }
    for chart in [report::Chart::Ewma, report::Chart::Cusum] {
        let query = Query {
            chart,
            now: "2026-11-05T00:00:00Z".parse().ok(),
            ..query()
        };
        let table = report::render::table(&report(&five_weeks(), &query));
        kept += &format!("$ hark report --alert {chart:?}\n{table}\n\n");
    }
    for (name, number) in [("nine answers", 9), ("preliminary", 24)] {
        let table = report::render::table(&report(&lines[..number], &query()));
        kept += &format!("{name}\n{table}\n\n");
    }
    let path = "tests/golden/tables.txt";
    if std::env::var_os("HARK_GOLDEN").is_some() {
        std::fs::write(path, &kept).unwrap();
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    for (found, expected) in kept.lines().zip(expected.lines()) {
        assert_eq!(found, expected, "`{path}` says otherwise");
    }
    assert!(kept == expected, "`{path}` has another length");
}

#[test]
fn a_survey_that_stopped_before_the_period_is_no_row() {
    let query = Query {
        since: "2026-11-10T00:00:00Z".parse().ok(),
        now: "2026-11-20T00:00:00Z".parse().ok(),
        ..Query::default()
    };
    let old = month(DAYS)
        .into_iter()
        .take(100)
        .map(|line| with(line, "survey", "over"));
    assert!(report(&old.collect::<Vec<_>>(), &query).surveys.is_empty());
}

/// From one day on as many see the card as before and only every third of them answers, as well as ever.
#[test]
fn a_response_rate_that_collapses_is_said_though_no_score_moved() {
    let mut lines = month(DAYS);
    for (number, line) in lines.iter_mut().enumerate() {
        if number >= 7 * 40 && number % 3 > 0 {
            *line = with(line.clone(), "type", json!("impression"));
            line.as_object_mut().unwrap().remove("score");
        }
    }
    let report = report(&lines, &by("device"));
    let survey = &report.surveys[0];
    assert!(!survey.comparison.as_ref().unwrap().is_real());
    let [rate, completion, comments] = &survey.rate_changes[..] else {
        panic!("{:?}", survey.rate_changes)
    };
    assert_eq!((rate.here.n, rate.there.n), (280, 280));
    assert!(rate.is_real() && rate.p_adjusted > rate.p, "{rate:?}");
    assert!((rate.difference.unwrap() + 100.0 * 187.0 / 280.0).abs() < 1e-9);
    assert!(!completion.is_real() && !comments.is_real());
    let table = report::render::table(&report);
    assert!(
        table.contains("since before    response rate fell by 66.8 percentage points"),
        "{table}"
    );
    let segment = &survey.segments.as_ref().unwrap()[0];
    assert_eq!(segment.rate_changes.len(), 3);
    assert!(!segment.rate_changes.iter().any(report::Comparison::is_real));
}
