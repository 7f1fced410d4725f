//! Hears the lines that the journal stores, and tells at once of a low score whose giver left a contact.
//! It reads the journal's files behind the writer, which so has nothing to do with it; where it stopped,
//! it goes on after a restart.

use super::alert::Alert;
use super::case::Case;
use super::kind::Kind;
use super::memory::{self, Heard};
use super::rounds::Untold;
use super::turn::Turn;
use super::webhooks::Webhooks;
use jiff::{SignedDuration, Timestamp};
use memchr::memmem;
use report::Follower;
use serde::Deserialize;
use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};
use survey::metric::{Band, Metric};

/// Whoever leaves a bad answer is to hear within so long.
const DUE: SignedDuration = SignedDuration::from_hours(report::cases::DUE_HOURS);
const FILE: &str = "heard.json";

/// Hears one journal.
pub(super) struct Ear<'a> {
    webhooks: &'a Webhooks,
    folder: PathBuf,
    follower: Follower,
    heard: Heard,
}

impl<'a> Ear<'a> {
    /// Goes on where it was, or begins with what comes from now on.
    pub(super) fn open(webhooks: &'a Webhooks, data: &Path, folder: &Path) -> Result<Self, Untold> {
        let file = folder.join(FILE);
        let (follower, heard) = match memory::recall::<Heard>(&file)? {
            Some(heard) => (Follower::from(data, heard.position), heard),
            None => {
                let follower = Follower::from_now_on(data)?;
                let position = follower.position();
                let heard = Heard {
                    position,
                    ..Heard::default()
                };
                memory::keep(&file, &heard)?;
                (follower, heard)
            }
        };
        Ok(Self {
            webhooks,
            folder: folder.to_owned(),
            follower,
            heard,
        })
    }

    /// Hears what is new, all of it. After an error the same is heard again, and what was not told then is.
    pub(super) fn listen(&mut self, now: Timestamp) -> Result<(), Untold> {
        let _turn = Turn::to_tell(&self.folder)?;
        let (mut follower, mut heard) = (self.follower.clone(), self.heard.clone());
        let mut trouble = Ok(());
        let read = follower.read(|line| {
            let told = hear(line, self.webhooks, &mut heard, now);
            if trouble.is_ok() {
                trouble = told;
            }
        });
        let is_whole = read.is_ok() && trouble.is_ok();
        let is_news = heard.told != self.heard.told;
        if is_whole {
            heard.position = follower.position();
            self.follower = follower;
        }
        // Lines that made no alert are read again after a crash, which costs nothing but time.
        if is_news || far_apart(&heard, &self.heard) {
            memory::keep(&self.folder.join(FILE), &heard)?;
            self.heard = heard;
        }
        read?;
        Ok(trouble?)
    }
}

/// So many bytes are read again at most.
const READ_AGAIN: u64 = 4 << 20;

fn far_apart(now: &Heard, then: &Heard) -> bool {
    let (now, then) = (now.position, then.position);
    now.segment != then.segment || now.offset.abs_diff(then.offset) > READ_AGAIN
}

/// What of a line matters here.
#[derive(Deserialize)]
struct Line<'l> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'l, str>,
    #[serde(borrow, default)]
    id: Cow<'l, str>,
    #[serde(borrow, default)]
    site: Cow<'l, str>,
    #[serde(borrow, default)]
    survey: Cow<'l, str>,
    #[serde(borrow, default)]
    metric: Cow<'l, str>,
    #[serde(default)]
    score: Option<u8>,
    #[serde(default)]
    answers: Option<Answers>,
    #[serde(default)]
    contact: bool,
    #[serde(default)]
    automated: bool,
    #[serde(default)]
    page: Option<Page>,
    #[serde(borrow, default)]
    device: Cow<'l, str>,
    received_at: Timestamp,
}

#[derive(Deserialize)]
struct Answers {
    #[serde(default)]
    comment: Option<String>,
}

#[derive(Deserialize)]
struct Page {
    path: String,
}

fn hear(text: &[u8], webhooks: &Webhooks, heard: &mut Heard, now: Timestamp) -> io::Result<()> {
    if memmem::find(text, b"\"contact\":true").is_none() {
        return Ok(());
    }
    // What is no line of ours, others count and report.
    let Ok(line) = serde_json::from_slice::<Line<'_>>(text) else {
        return Ok(());
    };
    // By then it is overdue, and told as that: whoever was silent for long is not flooded with what was.
    let is_late = now.duration_since(line.received_at) > DUE;
    let Some(alert) = low_score(line).filter(|_| !is_late) else {
        return Ok(());
    };
    let id = alert.id();
    if !heard.told.knows(&id) {
        webhooks.tell(&alert, now)?;
        heard.told.remember(id);
    }
    Ok(())
}

fn low_score(line: Line<'_>) -> Option<Alert> {
    let metric = Metric::named(&line.metric)?;
    let score = line.score?;
    let is_low = metric.band(score) == Band::Low;
    if line.kind != "response" || !line.contact || line.automated || !is_low {
        return None;
    }
    let case = Case {
        id: line.id.into_owned(),
        site: line.site.into_owned(),
        survey: line.survey.into_owned(),
        metric,
        score,
        page: line.page.map(|page| page.path).unwrap_or_default(),
        device: line.device.into_owned(),
        contact: true,
        received_at: line.received_at,
        due_at: line.received_at.checked_add(DUE).ok()?,
        quote: line.answers.and_then(|answers| answers.comment),
        owner: None,
        link: None,
    };
    Some(Alert::of_case(Kind::LowScore, case, line.received_at))
}

#[cfg(test)]
mod tests;
