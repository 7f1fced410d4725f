//! What `hark export` writes, read by DuckDB, which shares no line of code with it.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, missing_docs)]

use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// DuckDB's Python, installed by `cargo xtask setup --tests`.
const PYTHON: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../target/tools/duckdb/bin/python"
);

/// Prints the rows of a query as JSON.
const ASK: &str = "import duckdb, json, sys
rows = duckdb.sql(sys.argv[1])
print(json.dumps([dict(zip(rows.columns, row)) for row in rows.fetchall()], default=str))";

fn ask(query: &str) -> Value {
    let output = Command::new(PYTHON).args(["-c", ASK, query]).output();
    let output = output.expect("DuckDB; `cargo xtask setup --tests` installs it");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Three answers as lines on disk: all there is to say, hardly anything, and a zero with a formula.
fn journal(data: &Path) {
    let lines = [
        json!({"type": "response", "id": "019aa5f0-4500-7000-8000-000000000001", "seq": 2,
            "survey": "checkout", "metric": "ces", "wording": "standard", "score": 3,
            "answers": {"comment": "slow, \"very\"\nslow", "choices": ["a", "b; c"]},
            "contact": true, "complete": true, "trigger": "exit_intent", "signal": "pointer",
            "at": "2026-11-21T11:59:30.250Z", "channel": "web", "page": {"path": "/checkout"},
            "device": "mobile", "language": "fr", "session": {"pages": 4, "seconds": 9, "visit": 2},
            "attributes": {"cart_value": 99.5}, "automated": false, "site": "demo",
            "received_at": "2026-11-21T12:00:00.123Z"}),
        json!({"type": "response", "id": "019aa5f0-4500-7000-8000-000000000002", "seq": 2,
            "survey": "recommend", "metric": "nps", "site": "demo",
            "received_at": "2026-11-21T12:00:01.000Z"}),
        json!({"type": "response", "id": "019aa5f0-4500-7000-8000-000000000003", "seq": 2,
            "survey": "recommend", "metric": "nps", "site": "demo", "score": 0,
            "answers": {"comment": "=1+1"}, "received_at": "2026-11-21T12:00:02.000Z"}),
    ];
    let day = data.join("events/date=2026-11-21");
    std::fs::create_dir_all(&day).unwrap();
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    std::fs::write(day.join("000001.jsonl"), text).unwrap();
}

fn export(data: &Path, format: &str) -> String {
    let released = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/release/hark");
    let hark = std::env::var("HARK_BIN").unwrap_or_else(|_| released.to_owned());
    let file = data.join(format!("answers.{format}"));
    let status = Command::new(hark)
        .args(["export", "--format", format, "--data"])
        .arg(data)
        .arg("--output")
        .arg(&file)
        .status()
        .expect("the program; `cargo xtask build` builds it");
    assert!(status.success());
    file.display().to_string()
}

#[test]
fn duckdb_reads_the_parquet_with_its_types() {
    let folder = tempfile::tempdir().unwrap();
    journal(folder.path());
    let file = export(folder.path(), "parquet");
    let types = ask(&format!(
        "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '{file}')
         WHERE column_name IN ('comment', 'score', 'choices', 'contact', 'attributes',
           'received_at', 'seconds_to_answer')"
    ));
    let expected = [
        ("score", "INTEGER"),
        ("comment", "VARCHAR"),
        ("choices", "VARCHAR[]"),
        ("contact", "BOOLEAN"),
        ("attributes", "JSON"),
        ("received_at", "TIMESTAMP WITH TIME ZONE"),
        ("seconds_to_answer", "DOUBLE"),
    ]
    .map(|(name, kind)| json!({"column_name": name, "column_type": kind}));
    assert_eq!(types, json!(expected));
    let rows = ask(&format!(
        "SELECT score, comment, choices, contact, epoch_ms(received_at) AS received,
           CAST(attributes->>'cart_value' AS DOUBLE) AS cart FROM '{file}' ORDER BY id"
    ));
    assert_eq!(
        rows,
        json!([
            {"score": 3, "comment": "slow, \"very\"\nslow", "choices": ["a", "b; c"], "contact": true,
                "received": 1_795_262_400_123_u64, "cart": 99.5},
            {"score": null, "comment": null, "choices": [], "contact": false,
                "received": 1_795_262_401_000_u64, "cart": null},
            {"score": 0, "comment": "=1+1", "choices": [], "contact": false,
                "received": 1_795_262_402_000_u64, "cart": null},
        ])
    );
}

#[test]
fn duckdb_reads_the_csv_and_the_json_lines_alike() {
    let folder = tempfile::tempdir().unwrap();
    journal(folder.path());
    let (csv, jsonl) = (export(folder.path(), "csv"), export(folder.path(), "jsonl"));
    let query = |source: &str| {
        ask(&format!(
            "SELECT id, survey, score, device, complete FROM {source} ORDER BY id"
        ))
    };
    let rows = query(&format!("read_csv('{csv}', nullstr = '')"));
    assert_eq!(rows.as_array().unwrap().len(), 3);
    assert_eq!(
        rows,
        query(&format!(
            "(SELECT * REPLACE (nullif(device, '') AS device) FROM read_json('{jsonl}'))"
        ))
    );
    let comments = ask(&format!(
        "SELECT comment FROM read_csv('{csv}') WHERE score = 0"
    ));
    assert_eq!(comments, json!([{"comment": "'=1+1"}]));
}
