//! Alerts: somebody is told, by signed webhooks, of what should not wait for the next look at a report.
//!
//! An [`ear`] hears the lines that are stored and a [`calendar`] looks at the clock, each on a thread of its
//! own; what they find is written into the [`outbox`] of each webhook that wants it, and a third thread
//! sends from there. The path of an answer never waits for any of them. Without a webhook there is no
//! thread, no folder, and no address is ever contacted.

mod address;
mod alert;
#[cfg(test)]
mod bench;
mod calendar;
mod case;
mod counts;
mod daily;
mod delivery;
mod ear;
mod fall;
mod fingerprint;
mod kind;
mod memory;
mod orphans;
mod outbox;
mod overdue;
mod post;
mod rounds;
mod schedule;
mod secret;
mod sender;
mod text;
mod turn;
mod webhook;
mod webhooks;

pub(crate) use address::{Address, NotAnAddress};
pub(crate) use alert::{Alert, Story};
pub(crate) use counts::Counts;
pub(crate) use delivery::Delivery;
pub(crate) use kind::{Format, KINDS, Kind};
pub(crate) use outbox::{is_closed, outboxes, read as waiting, reopen};
pub(crate) use post::{Answer, Post, PostError};
pub(crate) use rounds::Untold;
pub(crate) use secret::Secret;
pub(crate) use webhook::Webhook;
pub(crate) use webhooks::Webhooks;

use crate::catalog::Catalog;
use crate::http::App;
use crate::journal::{self, Erasure};
use crate::random;
use calendar::Calendar;
use ear::Ear;
use jiff::Timestamp;
use report::comments::Lexicon;
use rounds::rounds;
use sender::Sender;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;
use tokio::runtime;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

/// How long a line may lie unheard.
const BETWEEN_LINES: Duration = Duration::from_millis(500);
/// How long a moment may pass unseen.
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);

/// Why there are no alerts.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AlertsError {
    #[error(transparent)]
    Post(#[from] PostError),
    #[error(transparent)]
    Untold(#[from] Untold),
    #[error("cannot use `{}`: {source}", folder.display())]
    Folder { folder: PathBuf, source: io::Error },
    #[error("cannot start: {0}")]
    Thread(io::Error),
}

/// The threads at work; they end when this is dropped.
pub(crate) struct Running {
    _ear: mpsc::Sender<()>,
    _calendar: mpsc::Sender<()>,
    _sender: oneshot::Sender<()>,
}

/// Where everything about alerts lies within the data folder.
pub(crate) fn folder(data: &Path) -> PathBuf {
    data.join("alerts")
}

/// Opens the outbox of each webhook, and looks after those of webhooks that were.
pub(crate) fn open(
    webhooks: Vec<Webhook>,
    data: &Path,
    now: Timestamp,
) -> Result<Webhooks, AlertsError> {
    let folder = folder(data);
    let names: Vec<&str> = webhooks.iter().map(|webhook| &webhook.name[..]).collect();
    let tidied = orphans::tidy(&folder, &names, now);
    let opened = tidied.and_then(|()| {
        if !webhooks.is_empty() {
            journal::create_folder(&folder)?;
        }
        Webhooks::open(webhooks, &folder)
    });
    opened.map_err(|source| AlertsError::Folder { folder, source })
}

/// Takes back what waits to be told and is about responses that are erased.
pub(crate) fn hold_back(data: &Path, erasure: &Erasure) -> io::Result<()> {
    let ids = erasure.responses.iter().filter_map(|id| id.parse().ok());
    outbox::hold_back(&folder(data), &ids.collect())
}

/// Says in the log where a webhook asks about a survey that is not there: it may come, or be a slip.
pub(crate) fn doubt(webhooks: &[Webhook], catalog: &Catalog) {
    let edition = catalog.current();
    for webhook in webhooks {
        let unknown = webhook
            .surveys
            .iter()
            .filter(|id| edition.find(id).is_none());
        for survey in unknown {
            let name = &webhook.name;
            tracing::warn!(
                "the webhook `{name}` asks about a survey `{survey}`, and there is none"
            );
        }
    }
}

/// Begins to tell; `None` if nobody wants to hear.
pub(crate) fn start(
    app: &Arc<App>,
    data: &Path,
    lexicon: Lexicon,
) -> Result<Option<Running>, AlertsError> {
    let webhooks = &app.webhooks;
    if webhooks.0.is_empty() {
        return Ok(None);
    }
    // Before the first answer can come: what is stored from now on is heard.
    Ear::open(webhooks, data, &folder(data))?;
    let post = Arc::new(Post::new(webhooks.0.iter().map(|(webhook, _)| webhook))?);
    let senders = webhooks.0.iter().map(|(webhook, outbox)| Sender {
        webhook: webhook.clone(),
        outbox: Arc::clone(outbox),
        post: Arc::clone(&post),
        clock: app.clock,
        luck,
    });
    let senders: Vec<Sender> = senders.collect();
    let (sender, stop) = oneshot::channel();
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(AlertsError::Thread)?;
    on_a_thread("alerts-send", move || runtime.block_on(send(senders, stop)))?;

    let (ear, stop) = mpsc::channel();
    let (hearing, at) = (Arc::clone(app), data.to_owned());
    on_a_thread("alerts-ear", move || hear(&hearing, &at, &stop))?;

    let (calendar, stop) = mpsc::channel();
    let (looking, at) = (Arc::clone(app), data.to_owned());
    on_a_thread("alerts-calendar", move || {
        look(&looking, &at, &lexicon, &stop);
    })?;
    Ok(Some(Running {
        _ear: ear,
        _calendar: calendar,
        _sender: sender,
    }))
}

fn on_a_thread(name: &str, run: impl FnOnce() + Send + 'static) -> Result<(), AlertsError> {
    let thread = thread::Builder::new().name(name.to_owned()).spawn(run);
    thread.map(drop).map_err(AlertsError::Thread)
}

async fn send(senders: Vec<Sender>, stop: oneshot::Receiver<()>) {
    let mut sending: JoinSet<()> = senders.into_iter().map(Sender::goes_on).collect();
    tokio::select! {
        _ = stop => {}
        _ = sending.join_next() => {}
    }
}

fn hear(app: &App, data: &Path, stop: &Receiver<()>) {
    let (mut ear, mut known) = (None, None);
    rounds(stop, BETWEEN_LINES, "low scores", || {
        let stored = app.journal.gauges().lines.get();
        if known == Some(stored) {
            return Ok(());
        }
        let ear = match &mut ear {
            Some(ear) => ear,
            none => none.insert(Ear::open(&app.webhooks, data, &folder(data))?),
        };
        ear.listen((app.clock)())?;
        known = Some(stored);
        Ok(())
    });
}

fn look(app: &App, data: &Path, lexicon: &Lexicon, stop: &Receiver<()>) {
    let mut calendar = None;
    let what = "digests, alarms and overdue cases";
    rounds(stop, BETWEEN_LOOKS, what, || {
        let lexicon = lexicon.clone();
        let calendar = match &mut calendar {
            Some(calendar) => calendar,
            none => none.insert(Calendar::open(&app.webhooks, data, &folder(data), lexicon)?),
        };
        calendar.look((app.clock)())
    });
}

/// A number from 0 to 1; where the system gives none, no luck.
fn luck() -> f64 {
    random::bytes().map_or(0.0, |bytes| {
        f64::from(u32::from_ne_bytes(bytes)) / f64::from(u32::MAX)
    })
}
