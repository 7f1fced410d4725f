//! `hark new`: a survey to begin with is one that can be checked, and what is there is never lost.

use crate::shop::Folder;
use std::fs;

const METRICS: [&str; 3] = ["csat", "ces", "nps"];

/// The file with every key that it keeps as a remark set.
fn with_all_keys_set(text: &str) -> String {
    let set = |line: &str| match line.strip_prefix("# ") {
        Some(rest) if rest.split(' ').nth(1) == Some("=") => rest.to_owned(),
        _ => line.to_owned(),
    };
    text.lines().map(set).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_metric_has_a_draft_without_a_fault_and_so_has_every_key_it_speaks_of() {
    for metric in METRICS {
        let folder = Folder::new();
        let (code, out, talk) = folder.runs(&["new", metric, "begun-here"]);
        assert_eq!((code, &out[..]), (Some(0), "surveys/begun-here.toml\n"));
        assert!(talk.contains("It is a draft.") && talk.contains("`hark check`"));
        let checked = |summary: &str| {
            let (code, _, talk) = folder.runs(&["check"]);
            assert_eq!((code, &talk[..]), (Some(0), summary), "{metric}");
        };
        checked("no fault: 6 surveys, 4 live\n");
        let path = folder.path("surveys/begun-here.toml");
        let text = fs::read_to_string(&path).expect("the survey");
        assert!(text.contains(&format!("metric = \"{metric}\"\n")), "{text}");
        for line in text.lines() {
            assert!(line.chars().count() <= 110, "{line}");
        }
        let whole = with_all_keys_set(&text);
        assert!(whole.lines().count() == text.lines().count() && whole != text);
        fs::write(path, whole.replace("\"draft\"", "\"live\"")).expect("written");
        checked("no fault: 6 surveys, 5 live\n");
    }
}

#[test]
fn what_is_there_stays_as_it_is() {
    let folder = Folder::new();
    let before = fs::read(folder.path("surveys/recommend.toml")).expect("a survey");
    let (code, out, talk) = folder.runs(&["new", "nps", "recommend"]);
    assert_eq!((code, &out[..]), (Some(1), ""));
    let sentence = "error: there is a survey `surveys/recommend.toml` already\n  hint: ";
    assert!(talk.contains(sentence), "{talk}");
    assert_eq!(
        fs::read(folder.path("surveys/recommend.toml")).expect("the survey"),
        before
    );
}

#[test]
fn a_folder_is_named_by_flag_or_file_and_made_where_there_is_none() {
    let folder = Folder::new();
    let (code, out, talk) = folder.runs(&["new", "csat", "a", "--surveys", "new/questions"]);
    assert_eq!(
        (code, &out[..]),
        (Some(0), "new/questions/a.toml\n"),
        "{talk}"
    );
    let settings = fs::read_to_string(folder.path("hark.toml")).expect("settings");
    folder.write("hark.toml", format!("surveys = \"asked\"\n{settings}"));
    let (_, out, _) = folder.runs(&["new", "csat", "a"]);
    assert_eq!(out, "asked/a.toml\n");
    fs::remove_file(folder.path("hark.toml")).expect("removed");
    let (code, out, talk) = folder.runs(&["new", "csat", "a"]);
    assert_eq!((code, &out[..]), (Some(0), "surveys/a.toml\n"), "{talk}");
    folder.write("a file in its place", "");
    let (code, _, talk) = folder.runs(&["new", "csat", "a", "--surveys", "a file in its place"]);
    assert_eq!(code, Some(1));
    assert!(
        talk.contains("error: cannot write `a file in its place/a.toml`: "),
        "{talk}"
    );
}

#[test]
fn wrong_use_is_said_and_writes_nothing() {
    let folder = Folder::new();
    for id in ["../elsewhere", "a b", "", "a/b", &"a".repeat(65)] {
        let (code, out, talk) = folder.runs(&["new", "nps", id]);
        assert_eq!((code, &out[..]), (Some(2), ""), "{talk}");
        assert!(talk.contains("cannot be a survey's id"), "{talk}");
    }
    let (code, _, talk) = folder.runs(&["new", "npss", "a"]);
    assert_eq!(code, Some(2));
    assert!(talk.contains("'npss'") && talk.contains("'nps'"), "{talk}");
    assert_eq!(folder.runs(&["new", "nps"]).0, Some(2));
    let files = fs::read_dir(folder.path("surveys")).expect("the folder");
    assert_eq!(files.count(), 5);
    assert!(!folder.path("elsewhere.toml").exists());
}
