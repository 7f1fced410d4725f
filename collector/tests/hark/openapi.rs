//! `hark openapi`: what is committed is what the program says of itself.

use crate::shop::Folder;
use serde_json::Value;

/// `HARK_GOLDEN=1` renews what is kept.
#[test]
fn the_committed_document_is_current() {
    let output = Folder::new()
        .hark(&["openapi"])
        .output()
        .expect("hark starts");
    assert!(output.status.success(), "{output:?}");
    let document = String::from_utf8(output.stdout).expect("text");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");
    if std::env::var_os("HARK_GOLDEN").is_some() {
        std::fs::write(path, &document).expect("written");
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == document,
        "`{path}` is not what `hark openapi` prints"
    );
    let document: Value = serde_json::from_str(&document).expect("JSON");
    assert_eq!(document["openapi"], "3.1.0");
}
