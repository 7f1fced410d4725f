//! `hark report --watch`, on a terminal of its own made by `script`.

use crate::shop::{Folder, Shop, response};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(60);

/// What a terminal is told when it is given back: leave the second screen, show the cursor.
const GIVEN_BACK: [&str; 2] = ["\x1b[?1049l", "\x1b[?25h"];

struct Terminal {
    script: Child,
    output: Receiver<u8>,
    shown: Vec<u8>,
}

impl Terminal {
    fn runs(folder: &Folder, arguments: &str) -> Self {
        let line = format!(
            "stty rows 40 cols 100; {} {arguments}",
            env!("CARGO_BIN_EXE_hark")
        );
        let mut script = Command::new("script")
            .args([
                "--quiet",
                "--flush",
                "--return",
                "--command",
                &line,
                "/dev/null",
            ])
            .current_dir(folder.path("."))
            .env("TERM", "xterm")
            .env("SHELL", "/bin/sh")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("script, of util-linux");
        let mut out = script.stdout.take().expect("its output");
        let (bytes, output) = channel();
        std::thread::spawn(move || {
            let mut byte = [0];
            while matches!(out.read(&mut byte), Ok(1)) {
                if bytes.send(byte[0]).is_err() {
                    return;
                }
            }
        });
        Self {
            script,
            output,
            shown: Vec::new(),
        }
    }

    /// Waits until the terminal was told this.
    fn shows(&mut self, text: &str) {
        let end = Instant::now() + PATIENCE;
        while !String::from_utf8_lossy(&self.shown).contains(text) {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(byte) = self.output.recv_timeout(left) else {
                panic!(
                    "`{text}` was not shown:\n{}",
                    String::from_utf8_lossy(&self.shown)
                );
            };
            self.shown.push(byte);
        }
    }

    fn types(&mut self, keys: &str) {
        let input = self.script.stdin.as_mut().expect("its input");
        input.write_all(keys.as_bytes()).expect("typed");
        input.flush().expect("typed");
    }

    /// Waits for its end; its exit code, and everything that was shown since the start.
    fn ends(mut self) -> (Option<i32>, String) {
        for told in GIVEN_BACK {
            self.shows(told);
        }
        let code = self.script.wait().expect("its end").code();
        (code, String::from_utf8_lossy(&self.shown).into_owned())
    }
}

fn shop_with_answers(number: u32) -> Folder {
    let shop = Shop::new();
    let responses: Vec<Value> = (0..number).map(response).collect();
    assert_eq!(shop.hears(&json!(responses)).json()["accepted"], number);
    shop.dies()
}

#[test]
fn the_table_is_drawn_anew_when_an_answer_comes_in_and_the_terminal_given_back() {
    let folder = shop_with_answers(14);
    let mut terminal = Terminal::runs(&folder, "report --watch");
    terminal.shows("14");
    terminal.shows("q quits");
    let line = |number: u32| {
        let mut line = response(number);
        line["metric"] = json!("ces");
        line["site"] = json!("demo");
        line["received_at"] = json!("2026-11-21T10:00:00.000Z");
        format!("{line}\n")
    };
    let lines: String = (100..177).map(line).collect();
    folder.write("data/events/date=2026-11-21/000099.jsonl", &lines);
    terminal.shows("91");
    // Whoever looks all the time is shown intervals that may be looked at all the time.
    let said = |more: &[&str]| folder.runs(&[&["report"], more].concat()).1;
    let (usual, live) = (said(&[]), said(&["--live"]));
    let intervals = live.lines().filter(|line| line.contains("95 % interval"));
    let wider: Vec<&str> = intervals.filter(|line| !usual.contains(line)).collect();
    assert!(!wider.is_empty(), "{live}");
    terminal.shows(wider[0]);
    terminal.types("q");
    let (code, shown) = terminal.ends();
    assert_eq!(code, Some(0));
    assert!(!shown.contains("\x1b[3"), "it needs no colour");
}

#[test]
fn a_long_reading_says_on_a_terminal_how_far_it_is() {
    let folder = Folder::new();
    let line = |number: u32| {
        let mut line = response(number);
        line["metric"] = json!("ces");
        line["site"] = json!("demo");
        line["received_at"] = json!("2026-11-21T10:00:00.000Z");
        format!("{line}\n")
    };
    let lines: String = (0..50_000).map(line).collect();
    let path = |number| format!("data/events/date=2026-11-21/{number:06}.jsonl");
    folder.write(&path(1), &lines);
    for number in 2..=40 {
        std::fs::hard_link(folder.path(&path(1)), folder.path(&path(number))).expect("linked");
    }
    let mut terminal = Terminal::runs(&folder, "report");
    terminal.shows("reading ");
    terminal.shows(" left");
    terminal.types("\x03");
    terminal.script.wait().expect("its end");
}

#[test]
fn without_a_terminal_there_is_nothing_to_watch() {
    let folder = shop_with_answers(1);
    let (code, out, talk) = folder.runs(&["report", "--watch"]);
    assert_eq!((code, &out[..]), (Some(2), ""));
    assert!(talk.contains("hint: run it in a terminal"), "{talk}");
}
