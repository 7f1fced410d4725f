//! A data folder whose journal is written by hand, and webhooks that are told of it.

use super::delivery::Delivery;
use super::outbox;
use super::webhook::{Webhook, tests::webhook};
use super::webhooks::Webhooks;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub(super) struct Bench {
    data: TempDir,
    pub(super) webhooks: Webhooks,
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

/// An NPS from somebody who left a contact.
pub(super) fn response(number: u32, received_at: Timestamp, score: u8) -> Value {
    json!({
        "type": "response", "id": id(number), "seq": 1, "survey": "reach", "metric": "nps", "score": score,
        "contact": true, "complete": true, "automated": false, "site": "demo", "device": "mobile",
        "page": {"path": "/checkout"}, "received_at": received_at,
    })
}

pub(super) fn id(number: u32) -> String {
    format!("019aa5f0-4500-7000-8000-{number:012x}")
}

impl Bench {
    /// Webhooks of these names want to hear everything.
    pub(super) fn telling(names: &[&str]) -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let wanting = names.iter().map(|name| Webhook {
            name: (*name).to_owned(),
            quotes: true,
            ..webhook("https://a.example/b")
        });
        let alerts = data.path().join("alerts");
        fs::create_dir_all(&alerts).expect("a folder");
        let webhooks = Webhooks::open(wanting.collect(), &alerts).expect("outboxes");
        Self { data, webhooks }
    }

    pub(super) fn data(&self) -> &Path {
        self.data.path()
    }

    pub(super) fn alerts(&self) -> PathBuf {
        self.data().join("alerts")
    }

    /// Writes these lines, and no others, into a segment.
    pub(super) fn stores(&self, segment: u32, lines: &[Value]) {
        let day = self.data().join("events/date=2026-11-27");
        fs::create_dir_all(&day).expect("a folder");
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        fs::write(day.join(format!("{segment:06}.jsonl")), text).expect("written");
    }

    /// From now on nothing can be written for this webhook.
    pub(super) fn breaks(&self, name: &str) {
        fs::remove_dir_all(self.alerts().join(name)).expect("removed");
    }

    pub(super) fn mends(&self, name: &str) {
        fs::create_dir(self.alerts().join(name)).expect("made");
    }

    /// What waits for this webhook.
    pub(super) fn told(&self, name: &str) -> Vec<Delivery> {
        outbox::read(&self.alerts().join(name)).expect("an outbox")
    }
}
