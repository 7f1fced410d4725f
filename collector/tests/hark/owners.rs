//! A collector that runs as a user of its own, as under systemd, and commands that root runs beside it.

use crate::shop::{Folder, Shop, response};
use serde_json::json;
use std::fs;
use std::io::{Write, stderr};
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

const NOBODY: u32 = 65_534;

/// Only root can be two users; a test that was not run must not look like one that passed.
fn is_root() -> bool {
    let own = tempfile::tempfile().expect("a file");
    let is_root = own.metadata().expect("its owner").uid() == 0;
    if !is_root {
        writeln!(stderr(), "\nNOT RUN, nothing is proved: this takes root").expect("said");
    }
    is_root
}

/// Everything in a folder, itself included.
fn all(folder: &Path) -> Vec<PathBuf> {
    let mut all = vec![folder.to_owned()];
    let mut looked_at = 0;
    while let Some(path) = all.get(looked_at).cloned() {
        if path.is_dir() {
            let entries = fs::read_dir(path).expect("a folder");
            all.extend(entries.map(|entry| entry.expect("an entry").path()));
        }
        looked_at += 1;
    }
    all
}

fn is_all_nobodys(folder: &Folder) {
    for path in all(&folder.path("data")) {
        let owner = fs::metadata(&path).expect("there");
        assert_eq!(
            (owner.uid(), owner.gid()),
            (NOBODY, NOBODY),
            "{}",
            path.display()
        );
    }
}

/// A folder whose data are of a user who may not even look where this test was built.
fn of_nobody() -> Folder {
    let folder = Folder::new();
    let survey = "metric = \"nps\"\nstatus = \"live\"\n[[follow_up]]\nkind = \"contact\"\n";
    folder.write("surveys/reach.toml", survey);
    fs::copy(env!("CARGO_BIN_EXE_hark"), folder.path("hark")).expect("copied");
    fs::create_dir(folder.path("data")).expect("a folder");
    for path in [folder.path("."), folder.path("data")] {
        chown(path, Some(NOBODY), Some(NOBODY)).expect("given");
    }
    folder
}

fn opens(folder: Folder) -> Shop {
    let mut hark = Command::new(folder.path("hark"));
    hark.args(["serve", "--assets", "dist"]);
    hark.current_dir(folder.path(".")).uid(NOBODY).gid(NOBODY);
    folder.listens(hark)
}

/// A response of somebody who left an address, which makes a case of it.
fn left_by(visitor: &str, number: u32) -> serde_json::Value {
    let mut response = response(number);
    response["survey"] = json!("reach");
    response["score"] = json!(3);
    response["visitor"] = json!(visitor);
    response["answers"] = json!({"contact": format!("{visitor}@shop.example")});
    response
}

#[test]
fn what_root_does_beside_a_collector_of_another_user_is_that_users() {
    if !is_root() {
        return;
    }
    let shop = opens(of_nobody());
    for (visitor, number) in [("ada", 1), ("bob", 2)] {
        assert_eq!(shop.hears(&left_by(visitor, number)).json()["accepted"], 1);
    }
    // Reports keep what they have read of sealed segments, and not of small ones.
    for hundred in 1..=8 {
        let many: Vec<_> = (0..100).map(|one| response(100 * hundred + one)).collect();
        assert_eq!(shop.hears(&json!(many)).json()["accepted"], 100);
    }
    let shop = opens(shop.dies());
    assert_eq!(shop.hears(&left_by("bob", 3)).json()["accepted"], 1);
    let bobs = left_by("bob", 2)["id"].as_str().expect("an id").to_owned();
    let rows: [&[&str]; 6] = [
        &["report", "--all"],
        &["report", "--kpi"],
        &["cases", "note", &bobs, "called"],
        &["erase", "--visitor", "ada"],
        &["token", "new", "shop"],
        &["retain", "--days", "30"],
    ];
    for row in rows {
        let (code, _, talk) = shop.folder.runs(row);
        assert_eq!(code, Some(0), "{row:?}: {talk}");
        is_all_nobodys(&shop.folder);
        let keeps = shop.folder.path("data/cache").exists();
        assert!(keeps || row[0] != "report", "{row:?}");
    }
}

#[test]
fn a_collector_of_another_user_starts_on_what_root_has_rewritten() {
    if !is_root() {
        return;
    }
    let shop = opens(of_nobody());
    for (visitor, number) in [("ada", 1), ("bob", 2)] {
        assert_eq!(shop.hears(&left_by(visitor, number)).json()["accepted"], 1);
    }
    let folder = shop.dies();
    let (code, said, talk) = folder.runs(&["erase", "--visitor", "ada"]);
    assert_eq!((code, &said[..]), (Some(0), "lines removed: 2\n"), "{talk}");
    is_all_nobodys(&folder);
    let shop = opens(folder);
    assert_eq!(shop.hears(&left_by("bob", 2)).json()["duplicates"], 1);
}
