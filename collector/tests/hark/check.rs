//! `hark check`: every fault at once.

use crate::shop::Folder;
use std::fs;

const LOADER: &str = "sha384-VyBcVGgWpxeRcxY/X1Ifi8biJuv7gRmD57c03gcAsTlqoFrQe5a5pW5W2QHc6Diq";
const WASM: &str = "sha384-YEecHYiETEhXOS4QEG6OPoaDh+wFLyS6UCrUH7/tGdvwG3oqMSIXKlt2yqAvzfPr";

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

#[test]
fn the_tag_is_printed_as_it_is_pasted() {
    let folder = Folder::new();
    folder.write("dist/hark.js.br", "packed");
    folder.write("dist/assets/hark-0123.wasm", "\0asm");
    let check = ["check", "--tag", "--assets", "dist"];
    let url = ["--url", "https://feedback.example.com/"];
    let (code, out, talk) = folder.runs(&[&check[..], &url].concat());
    // `openssl dgst -sha384 -binary | base64`, of each file.
    let expected = r#"<script async src="https://feedback.example.com/hark.js" data-site="demo" integrity="LOADER" crossorigin="anonymous"></script>

Content-Security-Policy: script-src https://feedback.example.com 'wasm-unsafe-eval'; connect-src https://feedback.example.com

WASM  assets/hark-0123.wasm
LOADER  hark.js
"#;
    let expected = expected.replace("LOADER", LOADER).replace("WASM", WASM);
    assert_eq!((code, out), (Some(0), expected), "{talk}");
    assert!(talk.contains("paste the new tag with each new"), "{talk}");
    let (_, out, _) = folder.runs(&check);
    assert!(out.contains("src=\"http://127.0.0.1:0/hark.js\""), "{out}");
}

#[test]
fn a_tag_wants_an_origin() {
    let folder = Folder::new();
    let check = ["check", "--tag", "--assets", "dist", "--url"];
    for url in [
        "feedback.example.com",
        "https://x.example/hark",
        "http://127.0.0.1:*",
    ] {
        let (code, out, talk) = folder.runs(&[&check[..], &[url]].concat());
        assert_eq!((code, &out[..]), (Some(2), ""), "{url}: {talk}");
        assert!(
            talk.contains("`--url https://feedback.example.com`"),
            "{talk}"
        );
    }
    assert_eq!(
        folder.runs(&["check", "--url", "https://x.example"]).0,
        Some(2)
    );
}
