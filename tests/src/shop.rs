//! A shop: its storefront, its surveys, and the collector it runs, each on a port of its own.

use crate::front::Front;
use crate::journal::Journal;
use crate::storefront::{self, Tag};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};

/// A shop that is open until it is dropped.
pub struct Shop {
    folder: TempDir,
    /// Address of the collector.
    pub collector: String,
    /// Address of the storefront.
    pub storefront: String,
    /// In front of the collector, where there is one.
    pub front: Option<Front>,
    arguments: Vec<OsString>,
    process: Child,
}

impl Shop {
    /// Opens a shop with these surveys: each an id and the text of its file.
    pub async fn open(surveys: &[(&str, &str)]) -> Self {
        Self::open_with(surveys, "", "").await
    }

    /// The same with more settings of its site and more attributes on its script tag.
    ///
    /// # Panics
    /// When the collector does not start.
    pub async fn open_with(surveys: &[(&str, &str)], settings: &str, attributes: &str) -> Self {
        let (folder, arguments) = Self::furnished(surveys, settings);
        Self::serving(folder, arguments, attributes, None).await
    }

    /// The same with a server in front of the collector, so that the collector may go down and come back.
    pub async fn open_behind_a_front(surveys: &[(&str, &str)], attributes: &str) -> Self {
        let (folder, arguments) = Self::furnished(surveys, "");
        Self::serving(folder, arguments, attributes, Some(Front::open().await)).await
    }

    /// A shop that has had answers before: lines as a collector writes them, each with its `received_at`.
    ///
    /// # Panics
    /// When they cannot be written.
    pub async fn open_with_history(surveys: &[(&str, &str)], lines: &[Value]) -> Self {
        let (folder, arguments) = Self::furnished(surveys, "");
        let mut days: BTreeMap<&str, String> = BTreeMap::new();
        for line in lines {
            let received = line["received_at"].as_str().expect("a moment");
            let day = days.entry(&received[..10]).or_default();
            *day += &format!("{line}\n");
        }
        for (day, text) in days {
            let path = folder.path().join(format!("data/events/date={day}"));
            std::fs::create_dir_all(&path).expect("a folder");
            std::fs::write(path.join("000001.jsonl"), text).expect("a segment");
        }
        Self::serving(folder, arguments, "", None).await
    }

    /// A shop whose dashboard has this password, and whose collector has these flags.
    ///
    /// # Panics
    /// When it cannot be set.
    pub async fn open_locked(surveys: &[(&str, &str)], password: &str, flags: &[&str]) -> Self {
        let (folder, mut arguments) = Self::furnished(surveys, "");
        let mut hark = Command::new(binary());
        let hark = hark.arg("password").arg("--data");
        let hark = hark.arg(folder.path().join("data")).stdin(Stdio::piped());
        let mut hark = hark.spawn().expect("hark starts");
        let mut heard = hark.stdin.take().expect("its input");
        let typed = format!("{password}\n");
        heard.write_all(typed.as_bytes()).await.expect("typed");
        drop(heard);
        assert!(hark.wait().await.expect("an end").success());
        arguments.extend(flags.iter().map(OsString::from));
        Self::serving(folder, arguments, "", None).await
    }

    fn furnished(surveys: &[(&str, &str)], settings: &str) -> (TempDir, Vec<OsString>) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name);
        std::fs::create_dir(path("surveys")).expect("a folder");
        for (id, text) in surveys {
            std::fs::write(path("surveys").join(format!("{id}.toml")), text).expect("a survey");
        }
        let config = format!(
            "[[site]]\nkey = \"shop\"\nbrand = \"Fernlight\"\norigins = [\"http://127.0.0.1:*\"]\n{settings}"
        );
        std::fs::write(path("hark.toml"), config).expect("settings");
        let arguments = vec![
            "--config".into(),
            path("hark.toml").into(),
            "--surveys".into(),
            path("surveys").into(),
        ];
        (folder, arguments)
    }

    /// The demo shop, as `hark serve --demo` serves it.
    ///
    /// # Panics
    /// When the collector does not start.
    pub async fn open_demo() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self::serving(folder, vec!["--demo".into()], "", None).await
    }

    /// The same on lines that are there.
    ///
    /// # Panics
    /// When the collector does not start.
    pub async fn open_demo_on(data: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data = data.canonicalize().expect("a data folder");
        std::os::unix::fs::symlink(data, folder.path().join("data")).expect("a link");
        Self::serving(folder, vec!["--demo".into()], "", None).await
    }

    async fn serving(
        folder: TempDir,
        arguments: Vec<OsString>,
        attributes: &str,
        front: Option<Front>,
    ) -> Self {
        let (process, address) = started(&folder, &arguments).await;
        let collector = front.as_ref().map_or(&address, |front| &front.address);
        let tag = Tag {
            collector: collector.clone(),
            attributes: attributes.to_owned(),
        };
        if let Some(front) = &front {
            front.leads_to(Some(address.clone()));
        }
        Self {
            collector: collector.clone(),
            storefront: storefront::open(tag).await,
            folder,
            front,
            arguments,
            process,
        }
    }

    /// The collector goes down, at once.
    ///
    /// # Panics
    /// When it does not.
    pub async fn goes_down(&mut self) {
        if let Some(front) = &self.front {
            front.leads_to(None);
        }
        self.process.kill().await.expect("an end");
    }

    /// The collector comes back.
    pub async fn comes_back(&mut self) {
        let (process, address) = started(&self.folder, &self.arguments).await;
        self.process = process;
        match &self.front {
            Some(front) => front.leads_to(Some(address)),
            None => self.collector = address,
        }
    }

    /// Sends these events to the collector, without a browser.
    ///
    /// # Panics
    /// When one of them is not accepted.
    pub async fn hears(&self, events: &[Value]) {
        let address = format!("{}/v1/sites/shop/events", self.collector);
        for some in events.chunks(100) {
            let request = reqwest::Client::new().post(&address).json(some);
            let answer = request.send().await.expect("an answer");
            let verdict: Value = answer.json().await.expect("JSON");
            assert_eq!(verdict["accepted"], some.len(), "{verdict}");
        }
    }

    /// Its folder: `hark.toml`, `surveys` and `data`.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The script tag of the shop with more attributes, for a page that is not the storefront's.
    #[must_use]
    pub fn tag(&self, attributes: &str) -> String {
        format!(
            "<script async src='{}/hark.js' data-site=shop {attributes}></script>",
            self.collector
        )
    }

    /// The collector's address and port.
    ///
    /// # Panics
    /// Never: it listens on plain HTTP.
    #[must_use]
    pub fn address(&self) -> &str {
        self.collector.strip_prefix("http://").expect("plain HTTP")
    }

    /// The address of a page of the shop.
    #[must_use]
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.storefront)
    }

    /// What is on disk.
    #[must_use]
    pub fn journal(&self) -> Journal {
        Journal::new(&self.folder.path().join("data"))
    }

    /// What `hark report` says about a survey.
    ///
    /// # Panics
    /// When it fails, or knows nothing of the survey.
    pub async fn report(&self, survey: &str) -> Value {
        self.report_with(survey, &["--all", "--include-automated"])
            .await
    }

    /// The same with other flags.
    ///
    /// # Panics
    /// When it fails, or knows nothing of the survey.
    pub async fn report_with(&self, survey: &str, flags: &[&str]) -> Value {
        let output = Command::new(binary())
            .args(["report", "--format", "json"])
            .args(flags)
            .arg("--data")
            .arg(self.folder.path().join("data"))
            .output()
            .await
            .expect("the report");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let surveys = report["surveys"].as_array().expect("a list");
        let found = surveys.iter().find(|row| row["survey"] == survey);
        found
            .unwrap_or_else(|| panic!("{survey} in {report}"))
            .clone()
    }
}

async fn started(folder: &TempDir, arguments: &[OsString]) -> (Child, String) {
    let mut process = Command::new(binary())
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path().join("data"))
        .args(arguments)
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("the collector; `cargo xtask build` builds it");
    let address = listening(&mut process).await;
    (process, address)
}

/// The binary as it is released, built by `cargo xtask build`.
#[must_use]
pub fn binary() -> PathBuf {
    let released = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/release/hark");
    std::env::var_os("HARK_BIN").map_or_else(|| released.into(), PathBuf::from)
}

async fn listening(process: &mut Child) -> String {
    let talk = process.stderr.take().expect("standard error");
    let mut lines = BufReader::new(talk).lines();
    let mut said = Vec::new();
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some((_, address)) = line.split_once("listening on ") {
            let address = address.trim().to_owned();
            // Whatever it says later must not fill the pipe.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return address;
        }
        said.push(line);
    }
    panic!("the collector did not start: {said:#?}");
}
