//! Every recipe of `docs/data.md` and of the README, run as it stands there, beside `hark report` over the
//! same lines.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use e2e::guide::{self, Block};
use e2e::{Shop, until};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const SURVEYS: [(&str, &str, u64); 4] = [
    ("checkout-effort", "ces", 7),
    ("order-satisfaction", "csat", 5),
    ("recommend", "nps", 10),
    ("recommend-again", "nps", 10),
];
const IMPRESSIONS: u64 = 240;
const COMMENT: &str = "Trop long,\t\"vraiment\"\nà la fin";

/// What happens to one impression: some are answered twice over, some closed, some seen by a program.
fn lines(number: u64) -> Vec<Value> {
    let (survey, _, most) = SURVEYS[(number % 4) as usize];
    let device = ["desktop", "mobile", "tablet"][(number % 7 % 3) as usize];
    let event = |seq: u64, kind: &str, more: Value| {
        let mut event = json!({
            "type": kind, "id": format!("019aa5f0-4500-7000-8000-{number:012x}"), "seq": seq,
            "survey": survey, "at": "2026-11-21T10:00:00.000Z", "page": {"path": "/checkout"},
            "device": device, "language": "fr", "automated": number.is_multiple_of(20),
        });
        let more = more.as_object().unwrap().clone();
        event.as_object_mut().unwrap().extend(more);
        event
    };
    let score = most - number / 4 % 5;
    let mut lines = vec![event(1, "impression", json!({}))];
    match number / 4 % 6 {
        0 => lines.push(event(2, "dismissal", json!({}))),
        1 => {}
        2 => {
            lines.push(event(2, "response", json!({"score": 1, "complete": false})));
            let answers =
                json!({"score": score, "complete": true, "answers": {"comment": COMMENT}});
            lines.push(event(3, "response", answers));
        }
        3 => {
            lines.push(event(
                2,
                "response",
                json!({"score": score, "complete": false}),
            ));
            // Without the score: the one before must count.
            let answers = json!({"complete": true, "answers": {"comment": COMMENT}});
            lines.push(event(3, "response", answers));
        }
        _ => lines.push(event(
            2,
            "response",
            json!({"score": score, "complete": true}),
        )),
    }
    lines
}

/// A shop with a compressed segment that knows of no answer, another, and a plain one.
async fn shop() -> Shop {
    let files =
        SURVEYS.map(|(id, metric, _)| (id, format!("metric = \"{metric}\"\nstatus = \"live\"\n")));
    let files: Vec<(&str, &str)> = files.iter().map(|(id, text)| (*id, &text[..])).collect();
    let mut shop = Shop::open(&files).await;
    let all: Vec<Value> = (0..IMPRESSIONS).flat_map(lines).collect();
    let (first, rest) = all.split_at(1);
    let (second, third) = rest.split_at(rest.len() / 2);
    shop.hears(first).await;
    shop.goes_down().await;
    shop.comes_back().await;
    shop.hears(second).await;
    shop.goes_down().await;
    let events = shop.folder().join("data/events");
    let today = fs::read_dir(&events).unwrap().next().unwrap().unwrap();
    fs::rename(today.path(), events.join("date=2026-11-20")).unwrap();
    shop.comes_back().await;
    until("the day that is over is compressed", || async {
        let files = segments(&events);
        let packed = files.iter().filter(|file| file.ends_with(".zst"));
        (packed.count() == 2 && files.len() == 2)
            .then_some(())
            .ok_or(files)
    })
    .await;
    shop.hears(third).await;
    let cases = cases(&shop);
    let ids: Vec<&str> = cases
        .iter()
        .filter_map(|case| case["id"].as_str())
        .collect();
    for (verb, id) in DEEDS.iter().zip(&ids) {
        hark(&shop, &["cases", verb, id, "--note", "\"so\""]);
    }
    // The last word counts.
    hark(&shop, &["cases", "reopen", ids[1]]);
    shop
}

/// What is done about the first few cases.
const DEEDS: [&str; 4] = ["answer", "resolve", "close", "answer"];

/// What `hark` prints, run beside the collector.
fn hark(shop: &Shop, arguments: &[&str]) -> String {
    let mut hark = Command::new(e2e::binary());
    let hark = hark
        .args(arguments)
        .arg("--data")
        .arg(shop.folder().join("data"));
    let output = hark.output().expect("hark runs");
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {talk}");
    String::from_utf8(output.stdout).unwrap()
}

fn cases(shop: &Shop) -> Vec<Value> {
    let text = hark(shop, &["cases", "--status", "all", "--format", "json"]);
    let found: Value = serde_json::from_str(&text).unwrap();
    found["cases"].as_array().unwrap().clone()
}

/// How many cases of each survey have each status, as the recipe says it.
fn standing(shop: &Shop) -> Vec<Value> {
    let mut counts: BTreeMap<(String, String), u64> = BTreeMap::new();
    for case in cases(shop) {
        let text = |field: &str| case[field].as_str().unwrap().to_owned();
        *counts.entry((text("survey"), text("status"))).or_default() += 1;
    }
    let row =
        |((survey, status), cases)| json!({"survey": survey, "status": status, "cases": cases});
    counts.into_iter().map(row).collect()
}

fn segments(events: &Path) -> Vec<String> {
    let list = |folder: PathBuf| {
        fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
    };
    let days = list(events.to_owned());
    days.flat_map(list)
        .map(|file| file.display().to_string())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_recipe_says_what_the_report_says() {
    let shop = shop().await;
    let nps = vec![
        figures(&shop, "recommend").await,
        figures(&shop, "recommend-again").await,
    ];
    let rates = rates(&shop).await;
    let days = days(&shop);
    let standing = standing(&shop);
    assert!(standing.len() > 4, "{standing:?}");
    let comments = (0..IMPRESSIONS)
        .filter(|number| matches!(number / 4 % 6, 2 | 3))
        .count();
    let mut recipes = guide::blocks("data.md").unwrap();
    recipes.retain(|block| block.kind != "json" && !block.kind.is_empty());
    assert_eq!(recipes.len(), 13);
    let mut first = guide::blocks("../README.md").unwrap();
    first.retain(|block| block.heading == "Read the answers" && !block.kind.is_empty());
    assert_eq!(first.len(), 2);
    recipes.extend(first);
    for recipe in recipes {
        let said = run(&recipe, shop.folder());
        let place = format!("{} by {}", recipe.heading, recipe.kind);
        match &recipe.heading[..] {
            "The NPS of each survey" => assert_same(&said, &nps, &place),
            "The response rate by device" => assert_same(&said, &rates, &place),
            "How far the cases are" => assert_same(&said, &standing, &place),
            "Lines by day" => assert_same(&said, &days, &place),
            "Read the answers" if recipe.kind == "sql duckdb" => assert_same(&said, &nps, &place),
            "What people wrote" | "Read the answers" if recipe.kind == "sh jq" => {
                assert_eq!(said.len(), comments, "{place}");
            }
            "What people wrote" => {
                let file = fs::read_to_string(shop.folder().join("comments.csv")).unwrap();
                assert_eq!(file.matches("Trop long").count(), comments, "{place}");
            }
            _ => panic!("nothing is known of {place}"),
        }
    }
}

/// What the report says of an NPS survey, as the recipes say it.
async fn figures(shop: &Shop, survey: &str) -> Value {
    let report = shop.report_with(survey, &[]).await;
    json!({"survey": survey, "n": report["n"], "nps": report["figures"][0]["value"]})
}

/// What the report says of devices, in their order.
async fn rates(shop: &Shop) -> Vec<Value> {
    let report = shop
        .report_with("checkout-effort", &["--by", "device"])
        .await;
    let row = |segment: &Value| {
        let percent = &segment["response_rate"]["value"];
        json!({"device": segment["device"], "impressions": segment["impressions"],
            "responses": segment["responses"], "percent": percent})
    };
    let mut rows: Vec<Value> = report["segments"]
        .as_array()
        .unwrap()
        .iter()
        .map(row)
        .collect();
    rows.sort_by_key(|row| row["device"].to_string());
    assert_eq!(rows.len(), 3);
    rows
}

/// How many lines of each type the two days have.
fn days(shop: &Shop) -> Vec<Value> {
    let all: Vec<Value> = (0..IMPRESSIONS).flat_map(lines).collect();
    let today = fs::read_dir(shop.folder().join("data/events")).unwrap();
    let days = today.map(|day| day.unwrap().file_name().into_string().unwrap());
    let mut days: Vec<String> = days.collect();
    days.sort();
    let half = 1 + (all.len() - 1) / 2;
    let mut rows = Vec::new();
    for (day, lines) in days.iter().zip([&all[..half], &all[half..]]) {
        let mut types: BTreeMap<&str, u64> = BTreeMap::new();
        for line in lines {
            *types.entry(line["type"].as_str().unwrap()).or_default() += 1;
        }
        if rows.iter().any(|row: &Value| row["type"] == "response") {
            types.insert("case", DEEDS.len() as u64 + 1);
        }
        let day = day.trim_start_matches("date=");
        rows.extend(
            types
                .iter()
                .map(|(kind, count)| json!({"date": day, "type": kind, "lines": count})),
        );
    }
    rows
}

/// Runs a recipe in the shop's folder: the rows it gives, however it prints them.
fn run(recipe: &Block, folder: &Path) -> Vec<Value> {
    let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/tools");
    let python = |environment: &str, program: &str| {
        let mut python = Command::new(tools.join(environment).join("bin/python"));
        python.args(["-c", program]).arg(&recipe.text);
        python
    };
    let mut command = match &recipe.kind[..] {
        "sh jq" => {
            let mut shell = Command::new("sh");
            shell.args(["-c", &recipe.text]);
            shell
        }
        "sql duckdb" => python("duckdb", DUCKDB),
        "sql clickhouse" => python("engines", CLICKHOUSE),
        "python polars" => python("engines", POLARS),
        unknown => panic!("nobody runs a recipe of kind `{unknown}`"),
    };
    let output = command.current_dir(folder).output();
    let output = output.expect("its engine; `cargo xtask setup --tests` installs it");
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{recipe:#?}\n{talk}");
    let said = String::from_utf8(output.stdout).unwrap();
    let row = |line: &str| serde_json::from_str(line).unwrap_or_else(|_| json!(line));
    said.lines().map(row).collect()
}

const DUCKDB: &str = "import duckdb, json, sys
rows = duckdb.sql(sys.argv[1])
for row in rows.fetchall() if rows else []:
    print(json.dumps(dict(zip(rows.columns, row)), default=str))";

const CLICKHOUSE: &str = "import chdb, sys
print(chdb.query(sys.argv[1], 'JSONEachRow').bytes().decode(), end='')";

const POLARS: &str = "import contextlib, sys
with contextlib.redirect_stdout(None):
    exec(sys.argv[1])
print(rows.write_ndjson(), end='')";

/// The same rows; figures may differ in the last digits, which engines add up in another order.
fn assert_same(said: &[Value], expected: &[Value], place: &str) {
    assert_eq!(said.len(), expected.len(), "{place}: {said:#?}");
    for (said, expected) in said.iter().zip(expected) {
        for (name, value) in expected.as_object().unwrap() {
            let is_same = match (said[name].as_f64(), value.as_f64()) {
                (Some(said), Some(value)) => (said - value).abs() < 1e-9,
                _ => said[name] == *value,
            };
            assert!(
                is_same,
                "{place}: `{name}` of {said} is not as in {expected}"
            );
        }
    }
}
