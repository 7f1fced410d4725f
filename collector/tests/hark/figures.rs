//! Numbers from end to end: answers sent over HTTP, figures printed, both held against vectors that
//! were computed elsewhere.

use crate::shop::{Folder, Shop, response};
use serde_json::{Value, json};
use std::fs::OpenOptions;
use std::io::Write;

const NPS: &str = include_str!("../../../report/vectors/nps_ci.json");
const CSAT: &str = include_str!("../../../report/vectors/csat_ci.json");
const CES: &str = include_str!("../../../report/vectors/ces_ci.json");

/// Cases that make a figure and are few enough to be sent in a moment.
fn cases(file: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(file).expect("vectors");
    let cases = file["cases"].as_array().expect("cases").iter();
    let fits = |case: &&Value| (10..=100).contains(&case["n"].as_u64().expect("n"));
    let cases: Vec<Value> = cases.filter(fits).cloned().collect();
    assert!(cases.len() >= 5);
    cases
}

fn scored(survey: &str, number: usize, score: u64) -> Value {
    let mut response = response(u32::try_from(number).expect("few"));
    response["survey"] = json!(survey);
    response["score"] = json!(score);
    response
}

/// A shop that has heard so many answers of each score, from `lowest` up.
fn shop_that_heard(survey: &str, lowest: u64, counts: &[u64]) -> Folder {
    let scores = (lowest..).zip(counts);
    let scores = scores.flat_map(|(score, &count)| (0..count).map(move |_| score));
    let responses: Vec<Value> = scores
        .enumerate()
        .map(|(number, score)| scored(survey, number, score))
        .collect();
    let shop = Shop::new();
    let answer = shop.hears(&json!(responses)).json();
    assert_eq!(answer["accepted"], responses.len(), "{answer}");
    shop.dies()
}

fn report(folder: &Folder, more: &[&str]) -> Value {
    let (code, out, talk) = folder.runs(&[&["report", "--format", "json"], more].concat());
    assert_eq!(code, Some(0), "{talk}");
    serde_json::from_str(&out).expect("JSON")
}

fn figure(report: &Value, name: &str) -> Value {
    let figures = report["surveys"][0]["figures"].as_array().expect("figures");
    let found = figures.iter().find(|figure| figure["name"] == name);
    found.expect("the figure").clone()
}

/// The vectors have six decimals on the scale from −1 to 1.
#[track_caller]
fn assert_close(found: &Value, expected: &Value, unit: f64, case: &Value) {
    match (found.as_f64(), expected.as_f64()) {
        (Some(found), Some(expected)) => {
            let distance = (found - expected * unit).abs();
            assert!(
                distance <= 1e-6 * unit,
                "{found} instead of {expected} in {case}"
            );
        }
        (found, expected) => assert_eq!(found, expected, "{case}"),
    }
}

#[test]
fn the_printed_nps_is_that_of_the_vectors() {
    for case in cases(NPS) {
        let count = |band: &str| case[band].as_u64().expect("a count");
        let counts = [
            count("detractors"),
            0,
            0,
            0,
            0,
            0,
            0,
            count("passives"),
            0,
            0,
            count("promoters"),
        ];
        let folder = shop_that_heard("recommend", 0, &counts);
        for method in ["adjusted_wald", "bonett_price"] {
            let found = figure(&report(&folder, &["--method", method]), "nps");
            assert_eq!(found["n"], case["n"]);
            assert_close(&found["value"], &case["estimate"], 100.0, &case);
            assert_close(&found["low"], &case["ci"][method]["lower"], 100.0, &case);
            assert_close(&found["high"], &case["ci"][method]["upper"], 100.0, &case);
        }
    }
}

fn counts(case: &Value, key: &str) -> Vec<u64> {
    let counts = case[key].as_array().expect("counts").iter();
    counts
        .map(|count| count.as_u64().expect("a count"))
        .collect()
}

#[test]
fn the_printed_satisfaction_is_that_of_the_vectors() {
    for case in cases(CSAT) {
        let folder = shop_that_heard("order-satisfaction", 1, &counts(&case, "counts_1_to_5"));
        let found = figure(&report(&folder, &[]), "csat");
        assert_close(&found["value"], &case["estimate"], 100.0, &case);
        assert_close(&found["low"], &case["ci_wilson"]["lower"], 100.0, &case);
        assert_close(&found["high"], &case["ci_wilson"]["upper"], 100.0, &case);
    }
}

#[test]
fn the_printed_ease_is_that_of_the_vectors() {
    for case in cases(CES) {
        let folder = shop_that_heard("checkout-effort", 1, &counts(&case, "counts_1_to_7"));
        let report = report(&folder, &[]);
        let easy = figure(&report, "ces_easy");
        assert_close(&easy["value"], &case["easy_share"], 100.0, &case);
        assert_close(&easy["low"], &case["easy_ci_wilson"]["lower"], 100.0, &case);
        let mean = figure(&report, "ces_mean");
        assert_close(&mean["value"], &case["mean"], 1.0, &case);
        assert_close(&mean["low"], &case["ci_t"]["lower"], 1.0, &case);
        assert_close(&mean["high"], &case["ci_t"]["upper"], 1.0, &case);
    }
}

/// Twelve answers of nine and what else is said.
fn shop_that_also_heard(more: &[Value]) -> Folder {
    let usual = (0..12).map(|number| scored("recommend", number, 9));
    let all: Vec<Value> = usual.chain(more.iter().cloned()).collect();
    let shop = Shop::new();
    let answer = shop.hears(&json!(all)).json();
    assert_eq!(answer["rejected"], json!([]), "{answer}");
    shop.dies()
}

/// Puts text at the end of the newest segment, as an editor, a bug or a crash might.
fn append(folder: &Folder, text: &str) {
    let segment = folder.segments().pop().expect("a segment");
    let file = OpenOptions::new().append(true).open(segment);
    file.expect("opened")
        .write_all(text.as_bytes())
        .expect("written");
}

#[test]
fn a_skipped_question_is_in_no_figure() {
    let mut skipped = scored("recommend", 50, 0);
    skipped.as_object_mut().expect("an object").remove("score");
    skipped["answers"] = json!({"comment": "I would rather write"});
    let report = report(&shop_that_also_heard(&[skipped]), &[]);
    let survey = &report["surveys"][0];
    assert_eq!(
        (&survey["responses"], &survey["n"]),
        (&json!(13), &json!(12))
    );
    assert_eq!(figure(&report, "nps")["value"], 100.0);
}

#[test]
fn a_score_of_zero_is_a_score() {
    let report = report(&shop_that_also_heard(&[scored("recommend", 50, 0)]), &[]);
    assert_eq!(report["surveys"][0]["distribution"]["0"], 1);
    let nps = figure(&report, "nps");
    assert_eq!(nps["n"], 13);
    assert_close(&nps["value"], &json!(11.0 / 13.0), 100.0, &nps);
}

#[test]
fn a_late_duplicate_is_counted_once() {
    let folder = shop_that_also_heard(&[]);
    let first = folder.lines().remove(0);
    append(&folder, &format!("{first}\n"));
    let report = report(&folder, &[]);
    assert_eq!(report["surveys"][0]["n"], 12);
    assert_eq!(report["lines"]["duplicate"], 1);
}

#[test]
fn an_erased_visitor_is_in_no_figure() {
    let mut remembered = scored("recommend", 50, 0);
    remembered["visitor"] = json!("6f0c");
    let folder = shop_that_also_heard(&[remembered]);
    let erase = json!({"type": "erase", "visitor": "6f0c", "site": "demo",
        "received_at": "2026-11-22T00:00:00.000Z"});
    append(&folder, &format!("{erase}\n"));
    let report = report(&folder, &[]);
    assert_eq!(report["surveys"][0]["impressions"], 12);
    assert_eq!(figure(&report, "nps")["value"], 100.0);
}

/// As many as wanted have answered; a few more had the card open, and one scores and leaves.
#[test]
fn a_full_quota_leaves_the_figure_of_those_wanted() {
    let case = &cases(NPS)[0];
    let count = |band: &str| case[band].as_u64().expect("a count");
    let wanted = [
        (0, count("detractors")),
        (7, count("passives")),
        (10, count("promoters")),
    ];
    let scores = wanted
        .iter()
        .flat_map(|&(score, number)| (0..number).map(move |_| score));
    let mut responses: Vec<Value> = scores
        .enumerate()
        .map(|(number, score)| scored("recommend", number, score))
        .collect();
    let folder = Folder::new();
    folder.write(
        "surveys/recommend.toml",
        format!(
            "metric = \"nps\"\nstatus = \"live\"\n[target]\nquota = {}\n",
            responses.len()
        ),
    );
    let shop = folder.opens(&[]);
    responses.extend((500..503).map(|number| scored("recommend", number, 0)));
    let answer = shop.hears(&json!(responses)).json();
    assert_eq!(answer["accepted"], responses.len(), "{answer}");
    // The card was shown before the quota was full, and is answered by nobody.
    let mut shown = scored("recommend", 600, 0);
    shown["type"] = json!("impression");
    for unsaid in ["score", "complete"] {
        shown.as_object_mut().expect("an object").remove(unsaid);
    }
    assert_eq!(shop.hears(&shown).json()["accepted"], 1);
    let folder = shop.dies();
    let report = report(&folder, &[]);
    let found = figure(&report, "nps");
    assert_eq!(found["n"], case["n"]);
    assert_close(&found["value"], &case["estimate"], 100.0, case);
    let low = &case["ci"]["adjusted_wald"]["lower"];
    assert_close(&found["low"], low, 100.0, case);
    let survey = &report["surveys"][0];
    assert_eq!(survey["responses"], case["n"]);
    assert_eq!(survey["impressions"], case["n"].as_u64().expect("n") + 1);
    assert_eq!(report["lines"]["over_quota"], 3);
    let (_, table, _) = folder.runs(&["report"]);
    assert!(table.contains("3 over a quota"), "{table}");
}

#[test]
fn a_corrupt_segment_is_named_and_hides_nothing_else() {
    let folder = shop_that_also_heard(&[]);
    append(&folder, "{\"type\":\"response\",\"id\":\n\u{0}\u{0}\u{0}\n");
    let report = report(&folder, &[]);
    assert_eq!(report["surveys"][0]["n"], 12);
    assert_eq!(report["lines"]["unreadable"], 2);
    let (_, table, _) = folder.runs(&["report"]);
    assert!(table.contains("000001.jsonl:13"), "{table}");
}

#[test]
fn fewer_than_ten_answers_make_no_figure_unless_all_are_wanted() {
    let folder = shop_that_heard("recommend", 9, &[9]);
    assert_eq!(figure(&report(&folder, &[]), "nps")["value"], Value::Null);
    assert_eq!(figure(&report(&folder, &["--all"]), "nps")["value"], 100.0);
}

#[test]
fn a_word_that_is_no_segment_is_refused_with_the_nearest() {
    let folder = shop_that_also_heard(&[]);
    let (code, out, talk) = folder.runs(&["report", "--by", "devise"]);
    assert_eq!((code, &out[..]), (Some(2), ""));
    assert!(talk.contains("did you mean `device`?"), "{talk}");
    let (code, _, talk) = folder.runs(&["report", "--format", "tabel"]);
    assert_eq!(code, Some(2));
    assert!(talk.contains("'table'"), "{talk}");
}

#[test]
fn a_survey_or_a_span_that_is_none_is_told_with_what_was_meant() {
    let folder = shop_that_also_heard(&[]);
    let (_, table, _) = folder.runs(&["report", "--survey", "recomend"]);
    assert!(table.contains("did you mean `recommend`?"), "{table}");
    let (_, table, _) = folder.runs(&["report", "--survey", "checkout-effort"]);
    assert!(!table.contains("did you mean"), "{table}");
    let (code, table, _) = folder.runs(&["report", "--site", "dmo"]);
    assert!(table.contains("did you mean `demo`?"), "{table}");
    assert_eq!(code, Some(0));
    let commands = [
        &["digest"][..],
        &["cases"],
        &["cases", "--format", "json"],
        &["export", "--format", "csv"],
        &["export", "--format", "jsonl", "--output", "rows.jsonl"],
        &["report", "--format", "json"],
        &["report", "--format", "csv"],
        &["report", "--format", "html"],
        &["report", "--kpi"],
        &["report", "--kpi", "--format", "json"],
    ];
    for command in commands {
        for (asked, hint) in [
            (
                ["--survey", "recomend"],
                "no line is about survey `recomend`\n  did you mean `recommend`?\n",
            ),
            (
                ["--site", "dmo"],
                "no line is about site `dmo`\n  did you mean `demo`?\n",
            ),
            (
                ["--survey", "nothing-alike"],
                "no line is about survey `nothing-alike`\n",
            ),
            (["--survey", "recommend"], ""),
        ] {
            let (code, _, talk) = folder.runs(&[command, &asked].concat());
            assert_eq!(code, Some(0), "{command:?} {talk}");
            let hinted = talk.starts_with(hint) && talk.contains("no line") != hint.is_empty();
            assert!(hinted, "{command:?} {asked:?}: {talk}");
        }
    }
    for command in [&["report"][..], &["digest"], &["export", "--format", "csv"]] {
        let span = ["--since", "7d", "--until", "30d"];
        let (code, out, talk) = folder.runs(&[command, &span].concat());
        assert_eq!((code, &out[..]), (Some(2), ""), "{command:?}");
        assert!(
            talk.contains("`--until 30d` is not after `--since 7d`"),
            "{talk}"
        );
    }
}

#[test]
fn a_report_by_segment_names_its_segments() {
    let mut from_desktop = scored("recommend", 50, 10);
    from_desktop["device"] = json!("desktop");
    let report = report(&shop_that_also_heard(&[from_desktop]), &["--by", "device"]);
    let segments = report["surveys"][0]["segments"]
        .as_array()
        .expect("segments");
    let named: Vec<_> = segments
        .iter()
        .map(|segment| (segment["device"].as_str().expect("a name"), &segment["n"]))
        .collect();
    assert_eq!(named, [("mobile", &json!(12)), ("desktop", &json!(1))]);
}
