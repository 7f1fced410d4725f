//! `hark check`: every fault at once.

use crate::shop::Folder;
use std::fs;

#[test]
fn a_folder_in_order_is_said_to_be() {
    let (code, out, talk) = Folder::new().runs(&["check"]);
    assert_eq!(
        (code, &out[..], &talk[..]),
        (Some(0), "", "no fault: 5 surveys, 4 live\n")
    );
}

#[test]
fn every_fault_of_every_file_is_named() {
    let folder = Folder::new();
    folder.write(
        "surveys/a.toml",
        "metric = 7\nstatus = \"live\"\n[[trigger]]\non = \"exitintent\"\n",
    );
    folder.write("surveys/b.toml", "[target\n");
    folder.write("surveys/notes.txt", "not a survey");
    let (code, _, talk) = folder.runs(&["check"]);
    assert_eq!(code, Some(1));
    for phrase in [
        "surveys/a.toml:1:10: `metric` must be a string, not integer\n",
        "surveys/a.toml:4:6: `on` cannot be `exitintent`\n  hint: did you mean `exit_intent`?\n",
        "surveys/b.toml:1:",
        "error: 3 faults in the settings or surveys\n",
    ] {
        assert!(talk.contains(phrase), "`{phrase}` is not in\n{talk}");
    }
}

#[test]
fn surveys_alone_can_be_checked_without_settings() {
    let folder = Folder::new();
    fs::remove_file(folder.path("hark.toml")).expect("removed");
    assert_eq!(folder.runs(&["check"]).0, Some(1));
    assert_eq!(folder.runs(&["check", "--surveys", "surveys"]).0, Some(0));
}
