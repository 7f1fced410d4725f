//! What a crash left unfinished is completed or cleaned up by the next start.

use crate::shop::{Folder, Shop, response};
use serde_json::json;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use std::{fs, thread};

/// Waits until it holds; the collector does such work beside the answers.
fn eventually(what: &str, holds: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(60);
    while !holds() {
        assert!(Instant::now() < until, "not yet: {what}");
        thread::yield_now();
    }
}

#[test]
fn what_packing_left_is_removed_and_the_plain_lines_count() {
    let shop = Shop::new();
    assert_eq!(shop.hears(&response(1)).status, 200);
    let folder = shop.dies();
    let segment = folder.segments().remove(0);
    let beside = |ending: &str| {
        let mut path = segment.clone().into_os_string();
        path.push(ending);
        PathBuf::from(path)
    };
    let left = [".zst", ".zst.tmp", ".tmp"].map(beside);
    for left in &left {
        fs::write(left, "half of a frame").expect("left");
    }
    let shop = folder.opens(&[]);
    assert_eq!(shop.hears(&response(1)).json()["duplicates"], 1);
    eventually("cleaned up", || left.iter().all(|left| !left.exists()));
    assert_eq!(shop.folder.lines().len(), 1);
}

#[test]
fn an_erasure_that_was_asked_for_and_interrupted_is_done() {
    let said = |number, visitor| {
        let mut response = response(number);
        response["visitor"] = json!(visitor);
        response
    };
    let shop = Folder::new().opens(&[]);
    let both = json!([said(1, "ada"), said(2, "grace")]);
    assert_eq!(shop.hears(&both).json()["accepted"], 2);
    let folder = shop.dies();
    // As `hark erase` leaves it when it is killed at once.
    let request = "data/requests/1-1.request.json";
    let asked = json!({"erase": {"visitors": ["grace"], "responses": []}});
    folder.write(request, asked.to_string());
    let shop = folder.opens(&[]);
    eventually("done", || !shop.folder.path(request).exists());
    let lines = shop.folder.lines();
    assert!(
        lines.len() == 1 && lines[0].contains("ada"),
        "only hers is gone: {lines:?}"
    );
}
