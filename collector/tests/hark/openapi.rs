//! `hark openapi`: the document, as it is committed.

use crate::shop::Folder;
use serde_json::Value;

#[test]
fn the_program_prints_the_committed_document() {
    let output = Folder::new()
        .hark(&["openapi"])
        .output()
        .expect("hark starts");
    assert!(output.status.success(), "{output:?}");
    let document = String::from_utf8(output.stdout).expect("text");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");
    assert_eq!(document, std::fs::read_to_string(path).expect("a document"));
    let document: Value = serde_json::from_str(&document).expect("JSON");
    assert_eq!(document["openapi"], "3.1.0");
}
