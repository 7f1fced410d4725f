//! All webhooks with their outboxes: an alert is put into each that wants it.

use super::alert::Alert;
use super::counts::Counts;
use super::outbox::{Outbox, Put};
use super::webhook::Webhook;
use jiff::Timestamp;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Webhooks, each with what waits for it.
pub(crate) struct Webhooks(pub(super) Vec<(Webhook, Arc<Outbox>)>);

impl Webhooks {
    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What each has counted, by its name.
    pub(crate) fn counts(&self) -> impl Iterator<Item = (&str, &Counts)> {
        let all = self.0.iter();
        all.map(|(webhook, outbox)| (&webhook.name[..], &outbox.counts))
    }

    /// Opens the outbox of each, in folders under `folder`.
    pub(super) fn open(webhooks: Vec<Webhook>, folder: &Path) -> io::Result<Self> {
        let open = |webhook: Webhook| {
            let address = webhook.address.whole();
            let outbox = Outbox::open(folder.join(&webhook.name), &address)?;
            Ok((webhook, Arc::new(outbox)))
        };
        webhooks
            .into_iter()
            .map(open)
            .collect::<io::Result<_>>()
            .map(Self)
    }

    /// Keeps an alert for everyone who wants it; once this returns well it survives whatever happens. Trouble
    /// with one of them keeps it from no other.
    pub(super) fn tell(&self, alert: &Alert, now: Timestamp) -> io::Result<()> {
        let wanting = self.0.iter().filter(|(webhook, _)| alert.is_for(webhook));
        let told = wanting.map(|(webhook, outbox)| put(webhook, outbox, alert, now));
        told.fold(Ok(()), io::Result::and)
    }

    /// Whether any wants alerts of this kind.
    pub(super) fn want(&self, kind: super::kind::Kind) -> bool {
        self.0.iter().any(|(webhook, _)| webhook.wants(kind))
    }
}

/// Keeps an alert for one webhook.
pub(super) fn put(
    webhook: &Webhook,
    outbox: &Outbox,
    alert: &Alert,
    now: Timestamp,
) -> io::Result<()> {
    let (name, kind) = (&webhook.name, alert.kind.word());
    let dropped = match outbox.put(alert.delivery(webhook, now))? {
        Put::Kept | Put::Known => return Ok(()),
        Put::Full => "too many wait for this receiver",
        Put::Gone => "this receiver wants no more (410)",
    };
    tracing::error!(webhook = name, kind, "alert dropped: {dropped}");
    Ok(())
}
