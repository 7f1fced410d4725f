//! What commands ask of a running collector, where something is in the way.

use crate::shop::{Shop, response};
use crate::wait::until;
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;

/// The requests that nobody has answered yet.
fn waiting(shop: &Shop) -> Vec<PathBuf> {
    let entries = fs::read_dir(shop.folder.path("data/requests")).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .filter(|path| path.to_string_lossy().ends_with(".request.json"))
        .collect()
}

#[test]
fn a_request_that_fails_keeps_no_other_waiting_and_is_done_once_it_can_be() {
    let shop = Shop::new();
    let mut by_ada = response(1);
    by_ada["visitor"] = "ada".into();
    assert_eq!(shop.hears(&by_ada).json()["accepted"], 1);
    // What reports have kept cannot be removed as a folder.
    shop.folder.write("data/cache", "in the way");
    let mut erase = shop.folder.hark(&["erase", "--visitor", "ada"]);
    let mut erase = erase.spawn().expect("hark runs");
    until("the failure", || {
        shop.has_said("cannot do what was asked for")
    });
    let (code, said, talk) = shop.folder.runs(&["retain", "--days", "30"]);
    assert_eq!(
        (code, &said[..]),
        (Some(0), "segments removed: 0\n"),
        "{talk}"
    );
    assert_eq!(waiting(&shop).len(), 1, "it waits");
    erase.kill().expect("killed");
    erase.wait().expect("an end");
    let folder = shop.dies();
    fs::remove_file(folder.path("data/cache")).expect("removed");
    let shop = folder.opens(&[]);
    until("the end of the request", || waiting(&shop).is_empty());
    assert!(!shop.folder.everything().contains("ada\""));
}

#[test]
fn who_asks_for_what_the_collector_cannot_read_is_told_so() {
    let shop = Shop::new();
    shop.gets_signal("-STOP");
    let mut erase = shop.folder.hark(&["erase", "--visitor", "ada"]);
    let erase = erase.stderr(Stdio::piped()).spawn().expect("hark runs");
    until("the request", || !waiting(&shop).is_empty());
    for path in waiting(&shop) {
        fs::write(path, "{\"forget\": \"ada\"}").expect("written");
    }
    shop.gets_signal("-CONT");
    let ended = erase.wait_with_output().expect("an end");
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
    let talk = String::from_utf8(ended.stderr).expect("text");
    for phrase in [
        "error: the running collector cannot read what was asked for, and has done nothing: unknown variant `forget`",
        ".request.json.refused`\n  hint: let collector and command be the same version",
    ] {
        assert!(talk.contains(phrase), "`{phrase}`\n{talk}");
    }
}
