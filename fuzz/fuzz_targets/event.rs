//! What a browser, or anybody, sends: bytes → JSON → a believed event → its line.
//!
//! Whatever is believed makes one line of JSON that holds the same key, and nothing panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::Value;
use std::sync::LazyLock;
use survey::accept;
use survey::definition::Survey;

static SURVEYS: LazyLock<Vec<Survey>> = LazyLock::new(|| {
    let files = [
        (
            "effort",
            "metric = \"ces\"\n[[follow_up]]\nkind = \"text\"\n",
        ),
        (
            "recommend",
            "metric = \"nps\"\n[[follow_up]]\nkind = \"contact\"\n",
        ),
        (
            "satisfaction",
            "metric = \"csat\"\n[[follow_up]]\nkind = \"choices\"\nquestion = \"Why?\"\n\
             options = [{ key = \"price\", text = \"Price\" }, { key = \"other\", text = \"Other\" }]\n",
        ),
    ];
    files
        .map(|(id, text)| survey::file::parse(id, text).expect("a survey"))
        .into()
});

fuzz_target!(|body: &[u8]| {
    let Ok(submission) = serde_json::from_slice::<accept::Json<'_>>(body) else {
        return;
    };
    let find = |id: &str| SURVEYS.iter().find(|survey| survey.id == id);
    let Ok(event) = accept::accept(submission, &find) else {
        return;
    };
    let line = event.line("demo", "2026-11-21T10:00:00.000Z");
    assert!(!line.contains(['\n', '\r']), "two lines: {line}");
    let stored: Value = serde_json::from_str(&line).expect("a line is JSON");
    assert_eq!(stored["seq"], event.key().seq);
    assert_eq!(stored["site"], "demo");
    assert_eq!(stored["received_at"], "2026-11-21T10:00:00.000Z");
    let id: survey::id::EventId = stored["id"]
        .as_str()
        .expect("an id")
        .parse()
        .expect("an id");
    assert_eq!(id.as_u128(), event.key().id);
});
