//! Whatever was stored, or stands in an address, is text on the page: nothing of it is run.

use super::history::answer;
use super::{SURVEYS, address};
use e2e::{Shop, Visitor};
use jiff::SignedDuration;
use serde_json::{Value, json};

/// Each would set `window.ran` somewhere.
const STRANGE: [&str; 6] = [
    "<script>window.ran = 1</script>",
    "\"><img src=x onerror=\"window.ran = 2\">",
    "'><svg onload=\"window.ran = 3\">",
    "</title></script><script>window.ran = 4</script>",
    "javascript:window.ran=5//",
    "<!--><script>window.ran = 6</script>{{7*7}}",
];

fn lines() -> Vec<Value> {
    let mut lines = Vec::new();
    for number in 0..36 {
        let text = STRANGE[number % STRANGE.len()];
        let ago = SignedDuration::from_hours(number as i64);
        let mut line = answer(text, "ces", (number % 7 + 1) as u64, ago, number);
        line["site"] = json!(text);
        line["answers"] = json!({ "comment": text });
        line["attributes"] = json!({ "plan": text });
        for field in ["trigger", "device", "language"] {
            line[field] = json!(text);
        }
        line["page"] = json!({ "path": format!("/{text}") });
        if number < STRANGE.len() {
            line["score"] = json!(1);
            lines.push(json!({ "type": "case", "id": line["id"], "site": text, "survey": text, "status": "answered",
                "owner": text, "note": text, "by": text, "received_at": line["received_at"] }));
        }
        lines.push(line);
        // Enough on one survey that everything is said of it.
        let mut line = answer(
            "recommend",
            "nps",
            (number % 11) as u64,
            ago,
            1_000 + number,
        );
        line["answers"] = json!({ "comment": format!("{text} payment") });
        line["attributes"] = json!({ "plan": text });
        line["page"] = json!({ "path": format!("/{text}") });
        lines.push(line);
    }
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_was_stored_or_asked_is_run() {
    let lines = lines();
    let shop = Shop::open_with_history(&SURVEYS, &lines).await;
    let visitor = Visitor::new().await;
    let mut paths = vec![
        String::new(),
        "/surveys/recommend?by=page&since=all".to_owned(),
        "/surveys/recommend?by=plan&since=all".to_owned(),
        "/shop?since=all".to_owned(),
        "/follow-up?status=all".to_owned(),
    ];
    let cases = lines.iter().filter(|line| line["type"] == "case");
    let ids = cases.filter_map(|case| case["id"].as_str());
    paths.extend(ids.map(|id| format!("/follow-up/{id}")));
    for text in STRANGE {
        let text: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
        for by in ["page", "plan", "trigger"] {
            paths.push(format!("/surveys/{text}?since=all&by={by}"));
        }
        paths.push(format!("/surveys/recommend?by={text}&since=all"));
        paths.push(format!("?site={text}&since={text}&until={text}"));
        paths.push(format!("?site={text}&{text}={text}"));
    }
    let mut texts = 0;
    for path in paths {
        visitor.opens(&address(&shop, &path)).await;
        let seen = "return [window.ran ?? null, document.querySelectorAll('[onerror], [onload]').length, \
            [...document.querySelectorAll('script')].length, document.body.innerText.includes('window.ran')]";
        let seen = visitor.runs(seen).await;
        assert_eq!(
            (&seen[0], &seen[1], &seen[2]),
            (&json!(null), &json!(0), &json!(1)),
            "{path}"
        );
        texts += u32::from(seen[3] == true);
    }
    assert!(texts > 20, "only {texts} pages show any of it");
    visitor.leaves().await;
}
