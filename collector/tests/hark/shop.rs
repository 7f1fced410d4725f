//! A shop with its own collector: own folder, own surveys, own port.

use crate::client::{self, Answer};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use tempfile::TempDir;

/// A site whose pages are this machine's, so that its dashboard needs no password.
pub(crate) const SETTINGS: &str = r#"
listen = "127.0.0.1:0"

[[site]]
key = "demo"
brand = "Fernlight"
origins = ["http://localhost:8080", "http://127.0.0.1:*"]
"#;

const SURVEYS: [(&str, &str); 5] = [
    ("checkout-effort", "metric = \"ces\"\nstatus = \"live\"\n"),
    (
        "order-satisfaction",
        "metric = \"csat\"\nstatus = \"live\"\n",
    ),
    ("recommend", "metric = \"nps\"\nstatus = \"live\"\n"),
    ("being-written", "metric = \"nps\"\nstatus = \"draft\"\n"),
    (
        "long-over",
        "metric = \"nps\"\nstatus = \"live\"\n[target]\nuntil = 2020-01-01\n",
    ),
];

/// Everything a collector needs, in a folder of its own.
pub(crate) struct Folder(TempDir);

/// A running collector.
pub(crate) struct Shop {
    hark: Child,
    talk: Arc<Mutex<Vec<String>>>,
    listener: Option<JoinHandle<()>>,
    pub(crate) address: SocketAddr,
    pub(crate) folder: Folder,
}

impl Folder {
    pub(crate) fn new() -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        folder.write("hark.toml", SETTINGS);
        for (id, text) in SURVEYS {
            folder.write(&format!("surveys/{id}.toml"), text);
        }
        folder.write("dist/hark.js", "console.log('the loader')");
        folder
    }

    /// The same with pages on the net, at <https://shop.example>.
    pub(crate) fn on_the_net() -> Self {
        let folder = Self::new();
        let settings = SETTINGS.replace("http://localhost:8080", "https://shop.example");
        folder.write("hark.toml", settings);
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).expect("a folder");
        fs::write(path, content).expect("written");
    }

    /// `hark` with these arguments, in this folder, free of the tester's environment.
    pub(crate) fn hark(&self, arguments: &[&str]) -> Command {
        let mut hark = Command::new(env!("CARGO_BIN_EXE_hark"));
        hark.args(arguments).current_dir(self.0.path());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HARK_")) {
            hark.env_remove(name);
        }
        hark
    }

    /// Runs `hark` to its end: exit code, standard output, standard error. If it listens instead, it
    /// is killed, and there is no exit code to find.
    pub(crate) fn runs(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let mut hark = self.hark(arguments);
        let mut hark = hark
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("hark starts");
        let mut talk = String::new();
        for line in BufReader::new(hark.stderr.take().expect("its talk")).lines() {
            let line = line.expect("text");
            if line.starts_with("listening on") {
                hark.kill().expect("killed");
            }
            talk += &(line + "\n");
        }
        let output = hark.wait_with_output().expect("an end");
        (
            output.status.code(),
            String::from_utf8(output.stdout).expect("text"),
            talk,
        )
    }

    /// The stored lines, in the order of their segments.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut segments = self.segments();
        segments.sort_by_key(|path| path.file_name().map(ToOwned::to_owned));
        let read = |path: PathBuf| fs::read_to_string(path).expect("a segment");
        let text: String = segments.into_iter().map(read).collect();
        text.lines().map(str::to_owned).collect()
    }

    pub(crate) fn segments(&self) -> Vec<PathBuf> {
        self.files()
            .into_iter()
            .filter(|path| has_ending(path, "jsonl"))
            .collect()
    }

    pub(crate) fn torn(&self) -> Vec<PathBuf> {
        self.files()
            .into_iter()
            .filter(|path| has_ending(path, "torn"))
            .collect()
    }

    /// All text under `data`, compressed or not.
    pub(crate) fn everything(&self) -> String {
        let mut text = String::new();
        let mut folders = vec![self.path("data")];
        while let Some(path) = folders.pop() {
            for entry in fs::read_dir(path).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let bytes = fs::read(&path).expect("a file");
                    let is_packed = has_ending(&path, "zst");
                    let bytes = if is_packed {
                        zstd::decode_all(&bytes[..]).expect("a whole frame")
                    } else {
                        bytes
                    };
                    text += &String::from_utf8_lossy(&bytes);
                }
            }
        }
        text
    }

    fn files(&self) -> Vec<PathBuf> {
        let list = |folder: PathBuf| {
            let entries = fs::read_dir(folder).into_iter().flatten();
            entries
                .map(|entry| entry.expect("an entry").path())
                .collect::<Vec<_>>()
        };
        list(self.path("data/events"))
            .into_iter()
            .flat_map(list)
            .collect()
    }

    /// Starts the collector and waits until it listens.
    pub(crate) fn opens(self, more: &[&str]) -> Shop {
        self.opens_with(more, &[])
    }

    /// The same with these variables in its environment.
    pub(crate) fn opens_with(self, more: &[&str], environment: &[(&str, &str)]) -> Shop {
        let arguments = [&["serve", "--assets", "dist"], more].concat();
        let mut hark = self.hark(&arguments);
        hark.envs(environment.iter().copied());
        self.listens(hark)
    }

    /// Starts a collector in this folder and waits until it listens.
    pub(crate) fn listens(self, mut hark: Command) -> Shop {
        let mut hark = hark.stderr(Stdio::piped()).spawn().expect("hark starts");
        let mut talk = BufReader::new(hark.stderr.take().expect("its talk"));
        let mut heard = Vec::new();
        let address = loop {
            let mut line = String::new();
            let length = talk.read_line(&mut line).expect("its talk");
            assert!(length > 0, "hark ended before it listened: {heard:?}");
            heard.push(line.trim_end().to_owned());
            if let Some((_, listens)) = line.split_once("listening on http")
                && let Some((_, address)) = listens.split_once("://")
            {
                let end = |c: char| c.is_whitespace() || c == '"';
                let address = address.split(end).next().expect("an address");
                break address.parse().expect("an address");
            }
        };
        let heard = Arc::new(Mutex::new(heard));
        let hears = Arc::clone(&heard);
        let listener = thread::spawn(move || {
            for line in talk.lines().map_while(Result::ok) {
                hears.lock().expect("its talk").push(line);
            }
        });
        Shop {
            hark,
            talk: heard,
            listener: Some(listener),
            address,
            folder: self,
        }
    }
}

impl Shop {
    pub(crate) fn new() -> Self {
        Folder::new().opens(&[])
    }

    pub(crate) fn gets(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        client::request(self.address, "GET", path, headers, b"")
    }

    /// Posts a body as a browser's `sendBeacon` does.
    pub(crate) fn hears(&self, body: &impl ToString) -> Answer {
        self.hears_as("text/plain;charset=UTF-8", body)
    }

    pub(crate) fn hears_as(&self, media_type: &str, body: &impl ToString) -> Answer {
        let headers = [("content-type", media_type)];
        let body = body.to_string();
        client::request(
            self.address,
            "POST",
            "/v1/sites/demo/events",
            &headers,
            body.as_bytes(),
        )
    }

    pub(crate) fn dies(mut self) -> Folder {
        self.hark.kill().expect("killed");
        self.hark.wait().expect("an end");
        self.folder()
    }

    /// Sends SIGTERM and waits for the end: how it ended, what it said, what it left.
    pub(crate) fn closes(mut self) -> (ExitStatus, Vec<String>, Folder) {
        self.gets_signal("-TERM");
        let status = self.hark.wait().expect("an end");
        let listener = self.listener.take().expect("a listener");
        listener.join().expect("its talk");
        let talk = std::mem::take(&mut *self.talk.lock().expect("its talk"));
        (status, talk, self.folder())
    }

    /// Sends SIGHUP.
    pub(crate) fn hangs_up(&self) {
        self.gets_signal("-HUP");
    }

    pub(crate) fn gets_signal(&self, signal: &str) {
        let id = self.hark.id().to_string();
        let kill = Command::new("kill").args([signal, &id]).status();
        assert!(kill.expect("kill runs").success());
    }

    /// The most memory that was resident at once so far, in bytes.
    pub(crate) fn most_memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.hark.id()));
        let status = status.expect("a process");
        let mut lines = status.lines();
        let line = lines.find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
        let kilobytes: u64 = kilobytes.expect("kilobytes").parse().expect("a number");
        kilobytes * 1024
    }

    /// Whether a line with this phrase has been said so far.
    pub(crate) fn has_said(&self, phrase: &str) -> bool {
        let talk = self.talk.lock().expect("its talk");
        talk.iter().any(|line| line.contains(phrase))
    }

    fn folder(mut self) -> Folder {
        let empty = Folder(tempfile::tempdir().expect("a folder"));
        std::mem::replace(&mut self.folder, empty)
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = self.hark.kill();
        let _ = self.hark.wait();
    }
}

/// A response to the effort survey; each number is an impression of its own.
pub(crate) fn response(number: u32) -> Value {
    json!({
        "type": "response",
        "id": format!("019aa5f0-4500-7000-8000-{number:012x}"),
        "seq": 1,
        "survey": "checkout-effort",
        "score": 6,
        "complete": true,
        "trigger": "exit_intent",
        "signal": "pointer",
        "at": "2026-11-21T10:00:00.000Z",
        "channel": "web",
        "page": {"path": "/checkout"},
        "device": "mobile",
        "language": "fr",
    })
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension()
        .is_some_and(|extension| extension == ending)
}
