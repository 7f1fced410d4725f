//! A start that cannot be: one sentence, what to do, the right exit code.

use crate::shop::{Folder, SETTINGS, Shop};
use std::fs;

/// What `hark` says when started so must hold each phrase.
fn assert_says(folder: &Folder, arguments: &[&str], code: i32, phrases: &[&str]) {
    let (found, out, talk) = folder.runs(arguments);
    assert_eq!(found, Some(code), "{arguments:?}: {talk}");
    for phrase in phrases {
        assert!(
            talk.contains(phrase),
            "{arguments:?}: `{phrase}` is not in\n{talk}"
        );
    }
    assert_eq!(out, "", "talk belongs on standard error");
    assert!(
        !talk.contains('\x1b'),
        "colour without a terminal: {talk:?}"
    );
}

const SERVE: [&str; 3] = ["serve", "--assets", "dist"];

#[test]
fn a_port_that_is_taken() {
    let shop = Shop::new();
    let taken = shop.address.to_string();
    let folder = Folder::new();
    let sentence = format!("error: cannot listen on {taken}: ");
    let hint = "hint: stop what listens there, or choose another port with --listen";
    assert_says(
        &folder,
        &[&SERVE[..], &["--listen", &taken]].concat(),
        69,
        &[&sentence, hint],
    );
}

#[test]
fn a_data_folder_that_cannot_be_written_to() {
    let folder = Folder::new();
    folder.write("data", "a file in its place");
    let hint = "or choose another with --data";
    assert_says(
        &folder,
        &SERVE,
        1,
        &["error: cannot use the data folder `data`: ", hint],
    );
    assert_eq!(
        fs::read(folder.path("data")).expect("untouched"),
        b"a file in its place"
    );
    let inside = [&SERVE[..], &["--data", "other"]].concat();
    folder.write("other/lock/a folder in its place", "");
    assert_says(
        &folder,
        &inside,
        1,
        &["error: cannot write to the data folder `other`: ", hint],
    );
}

#[test]
fn a_flag_or_value_that_is_not_known() {
    let folder = Folder::new();
    assert_says(
        &folder,
        &["serve", "--lisen", "x"],
        2,
        &["'--lisen'", "'--listen'"],
    );
    assert_says(
        &folder,
        &["serve", "--listen", "shop"],
        2,
        &["invalid value 'shop'", "--listen"],
    );
    assert_says(&folder, &["sreve"], 2, &["'sreve'", "'serve'"]);
    assert_says(
        &folder,
        &["report", "--since", "whenever"],
        2,
        &["`whenever` is not a time"],
    );
}

#[test]
fn settings_that_are_not_there() {
    let folder = Folder::new();
    fs::remove_file(folder.path("hark.toml")).expect("removed");
    let sentence = "error: there are no settings: `hark.toml` does not exist";
    assert_says(&folder, &SERVE, 1, &[sentence, "`hark serve --demo`"]);
    let named = [&SERVE[..], &["--config", "shop.toml"]].concat();
    assert_says(&folder, &named, 1, &["`shop.toml` does not exist"]);
    folder.write("hark.toml", SETTINGS);
    let surveys = [&SERVE[..], &["--surveys", "questions"]].concat();
    assert_says(
        &folder,
        &surveys,
        1,
        &["the folder `questions` does not exist"],
    );
}

#[test]
fn a_wrong_survey_file() {
    let folder = Folder::new();
    folder.write("surveys/wrong.toml", "metric = \"npss\"\n");
    folder.write("hark.toml", SETTINGS.replace("listen", "lisen"));
    let surveys = "surveys/wrong.toml:1:10: `metric` cannot be `npss`\n  hint: did you mean `nps`?";
    let settings = "hark.toml:2:1: unknown key `lisen`\n  hint: did you mean `listen`?";
    let count = "error: 2 faults in the settings or surveys";
    assert_says(&folder, &SERVE, 1, &[surveys, settings, count]);
    assert!(!folder.path("data").exists(), "nothing was begun");
}

#[test]
fn a_widget_that_is_not_built() {
    let folder = Folder::new();
    fs::remove_file(folder.path("dist/hark.js")).expect("removed");
    let sentence = "error: the widget is not built: `dist/hark.js` is missing";
    assert_says(&folder, &SERVE, 1, &[sentence, "run `cargo xtask build`"]);
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let folder = Folder::new();
    folder.write(
        "hark.toml",
        SETTINGS.replace("listen", "data = \"of-the-file\"\nlisten"),
    );
    let shop = folder.opens(&[]);
    let folder = shop.dies();
    assert!(folder.path("of-the-file/lock").exists());

    folder.write("taken", "");
    let mut hark = folder.hark(&SERVE);
    let output = hark.env("HARK_DATA", "taken").output().expect("hark runs");
    assert!(String::from_utf8_lossy(&output.stderr).contains("data folder `taken`"));

    let mut hark = folder.hark(&[&SERVE[..], &["--data", "hark.toml"]].concat());
    let output = hark.env("HARK_DATA", "taken").output().expect("hark runs");
    assert!(String::from_utf8_lossy(&output.stderr).contains("data folder `hark.toml`"));
}

#[test]
fn paths_in_the_file_are_meant_from_its_folder() {
    let folder = Folder::new();
    fs::create_dir(folder.path("elsewhere")).expect("a folder");
    let mut hark = folder.hark(&["check", "--config", "../hark.toml"]);
    let output = hark
        .current_dir(folder.path("elsewhere"))
        .output()
        .expect("hark runs");
    let talk = String::from_utf8_lossy(&output.stderr);
    // `surveys` is the default here and so the starter's own; written, it is the file's.
    assert!(
        talk.contains("the folder `surveys` does not exist"),
        "{talk}"
    );
    folder.write("hark.toml", format!("surveys = \"surveys\"{SETTINGS}"));
    let output = hark.output().expect("hark runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
