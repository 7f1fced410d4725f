//! `hark report`: what was heard is what is reported.

use crate::shop::{Folder, Shop, response};
use serde_json::{Value, json};

fn shop_with_answers() -> Folder {
    let shop = Shop::new();
    let scored = |number| {
        let mut response = response(number);
        response["score"] = json!(1 + number % 7);
        response
    };
    let responses: Vec<Value> = (0..14).map(scored).collect();
    assert_eq!(shop.hears(&json!(responses)).json()["accepted"], 14);
    shop.dies()
}

#[test]
fn the_figures_are_those_of_the_answers_heard() {
    let folder = shop_with_answers();
    let (code, out, talk) = folder.runs(&["report", "--format", "json"]);
    assert_eq!((code, &talk[..]), (Some(0), ""));
    let report: Value = serde_json::from_str(&out).expect("JSON");
    let survey = &report["surveys"][0];
    assert_eq!(
        (&survey["survey"], &survey["n"]),
        (&json!("checkout-effort"), &json!(14))
    );
    let means = survey["figures"].as_array().expect("figures");
    let mean = means
        .iter()
        .find(|figure| figure["name"] == "ces_mean")
        .expect("a mean");
    assert_eq!(mean["value"], 4.0);
    let (_, table, _) = folder.runs(&["report"]);
    assert!(
        table.contains("checkout-effort") && table.contains("n = 14"),
        "{table}"
    );
}

#[test]
fn a_report_can_be_narrowed_down() {
    let folder = shop_with_answers();
    for arguments in [
        ["--survey", "recommend"],
        ["--site", "other"],
        ["--until", "2020-01-01"],
    ] {
        let (code, out, _) =
            folder.runs(&[&["report", "--format", "json"], &arguments[..]].concat());
        let report: Value = serde_json::from_str(&out).expect("JSON");
        assert_eq!(
            (code, &report["surveys"]),
            (Some(0), &json!([])),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_report_needs_no_settings() {
    let folder = shop_with_answers();
    std::fs::remove_file(folder.path("hark.toml")).expect("removed");
    assert_eq!(folder.runs(&["report"]).0, Some(0));
    assert_eq!(folder.runs(&["report", "--data", "data"]).0, Some(0));
    assert_eq!(
        folder.runs(&["report", "--config", "missing.toml"]).0,
        Some(1)
    );
}
