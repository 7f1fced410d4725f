//! What `docs/alerts.md` tells receivers to do, done.

use super::{LOW, detractor, hears, shop_that_tells};
use crate::receiver::{Got, Receiver, SECRET};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// The first piece of code in this language.
fn code(language: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/alerts.md");
    let guide = std::fs::read_to_string(path).expect("the guide");
    let (_, code) = guide.split_once(&format!("```{language}\n")).expect("code");
    code.split("```").next().expect("an end").to_owned()
}

fn says(program: &str, option: &str, code: &str) -> String {
    let output = Command::new(program).args([option, code]).output();
    let output = output.expect(program);
    let trouble = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{trouble}");
    String::from_utf8(output.stdout)
        .expect("text")
        .trim()
        .to_lowercase()
}

fn headers(got: &Got) -> Value {
    let names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
    names
        .map(|name| (name.to_owned(), json!(got.header(name))))
        .into_iter()
        .collect()
}

#[test]
fn receivers_in_python_and_javascript_believe_what_is_sent_and_nothing_else() {
    let receiver = Receiver::new();
    let shop = shop_that_tells(&[(&receiver, LOW)]).opens(&[]);
    hears(&shop, &detractor(1));
    let got = receiver.gets(1).remove(0);
    let headers = headers(&got);
    let body = String::from_utf8(got.body).expect("text");
    for (body, expected) in [(body.clone(), "true"), (format!("{body} "), "false")] {
        let (headers, body) = (headers.to_string(), json!(body).to_string());
        let python = format!(
            "{}\nimport json\nprint(verified({SECRET:?}, json.loads({headers:?}), json.loads({:?}).encode()))",
            code("python"),
            body
        );
        assert_eq!(says("python3", "-c", &python), expected);
        let js = format!(
            "{}\nconsole.log(verified({SECRET:?}, {headers}, {body}))",
            code("js")
        );
        assert_eq!(says("node", "-e", &js), expected);
    }
}
