//! What the clock brings: cases that are overdue, a digest each day, and once a day is over, whether a
//! survey's figure has fallen.
//! What was told is remembered, so that neither a restart nor a long silence tells it twice.

use super::alert::{Alert, Story};
use super::daily::Daily;
use super::fall::Fall;
use super::kind::Kind;
use super::memory::{self, Seen};
use super::outbox::Outbox;
use super::overdue;
use super::rounds::Untold;
use super::turn::Turn;
use super::webhook::Webhook;
use super::webhooks::{self, Webhooks};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use report::cases::{self, Figures, Which};
use report::comments::Lexicon;
use report::digest::Wanted;
use report::{Journal, Query, ReadError};
use std::io;
use std::path::{Path, PathBuf};

const FILE: &str = "seen.json";
/// Farther ahead nothing is planned; what seems to be was planned by a clock that has been set back.
const LONGEST: SignedDuration = SignedDuration::from_hours(72);
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// A digest that could not be sent for so long is not news any more.
const STALE: SignedDuration = SignedDuration::from_hours(12);
/// So long after midnight the last lines of the day are on disk.
const SETTLED: SignedDuration = SignedDuration::from_secs(60);
/// So many days are held against the four weeks before them; a fall that lasts is told again after as many.
const WATCHED_DAYS: i64 = 7;

/// Looks at the clock for all webhooks.
pub(super) struct Calendar<'a> {
    webhooks: &'a Webhooks,
    data: PathBuf,
    folder: PathBuf,
    lexicon: Lexicon,
    seen: Seen,
    /// When cases can have become overdue since one looked.
    overdue_again_at: Option<Timestamp>,
}

impl<'a> Calendar<'a> {
    /// Goes on from what was told last.
    pub(super) fn open(
        webhooks: &'a Webhooks,
        data: &Path,
        folder: &Path,
        lexicon: Lexicon,
    ) -> io::Result<Self> {
        Ok(Self {
            webhooks,
            data: data.to_owned(),
            folder: folder.to_owned(),
            lexicon,
            seen: memory::recall(&folder.join(FILE))?.unwrap_or_default(),
            overdue_again_at: None,
        })
    }

    /// Tells what is due, all of it; after trouble with something, that is told the next time.
    pub(super) fn look(&mut self, now: Timestamp) -> Result<(), Untold> {
        let _turn = Turn::to_tell(&self.folder)?;
        let mut seen = self.seen.clone();
        let told = self.tell(&mut seen, now);
        // What was told before something failed is not told again.
        if seen != self.seen {
            memory::keep(&self.folder.join(FILE), &seen)?;
            self.seen = seen;
        }
        told
    }

    fn tell(&mut self, seen: &mut Seen, now: Timestamp) -> Result<(), Untold> {
        let mut told = Ok(());
        if self.webhooks.want(Kind::Overdue) {
            told = told.and(self.overdue(seen, now));
        }
        if self.webhooks.want(Kind::Alarm) {
            told = told.and(self.falls(seen, now));
        }
        for (webhook, outbox) in &self.webhooks.0 {
            if webhook.wants(Kind::Digest) {
                told = told.and(self.digest(webhook, outbox, seen, now));
            }
        }
        told
    }

    fn overdue(&mut self, seen: &mut Seen, now: Timestamp) -> Result<(), Untold> {
        let is_early = |again: Timestamp| now < again && again.duration_since(now) < LONGEST;
        if self.overdue_again_at.is_some_and(is_early) {
            return Ok(());
        }
        let found = overdue::since(seen.overdue_until, &self.data, now)?;
        let alerts = found.alerts.iter();
        let told = alerts.map(|alert| self.webhooks.tell(alert, now));
        told.fold(Ok(()), io::Result::and)?;
        seen.overdue_until = Some(now);
        self.overdue_again_at = Some(found.again_at);
        Ok(())
    }

    fn falls(&self, seen: &mut Seen, now: Timestamp) -> Result<(), Untold> {
        let today = first_open(now);
        if seen.looked_on == Some(today) {
            return Ok(());
        }
        let mut told = Ok(());
        let fallen = report::once(&self.data, &|_, _| {}, |journal| {
            fallen_until(today, journal)
        });
        for fall in fallen? {
            let subject = format!("{}/{}", fall.site, fall.survey);
            if is_told(seen.falls.get(&subject).copied(), today) {
                continue;
            }
            match self.webhooks.tell(&alarm(fall, now), now) {
                // Not before it is in the outbox: what is remembered is never told again.
                Ok(()) => drop(seen.falls.insert(subject, today)),
                trouble => told = told.and(trouble),
            }
        }
        told?;
        seen.looked_on = Some(today);
        Ok(())
    }

    fn digest(
        &self,
        webhook: &Webhook,
        outbox: &Outbox,
        seen: &mut Seen,
        now: Timestamp,
    ) -> Result<(), Untold> {
        let Some((day, due)) = webhook.last_digest(now) else {
            return Ok(());
        };
        if seen.digests.get(&webhook.name) == Some(&day) {
            return Ok(());
        }
        if now.duration_since(due) < STALE {
            let query = Query {
                since: due.checked_sub(DAY).ok(),
                until: Some(due),
                ..about(webhook)
            };
            let wanted = Wanted {
                query,
                now: due,
                lexicon: self.lexicon.clone(),
            };
            let daily = report::once(&self.data, &|_, _| {}, |journal| {
                let digest = journal.digest(&wanted)?;
                let fallen = fallen_until(first_open(due), journal)?;
                Ok(Daily::of(
                    &digest,
                    fallen,
                    waiting(webhook, due, journal)?,
                    webhook,
                ))
            })?;
            let alert = Alert {
                kind: Kind::Digest,
                key: vec![webhook.name.clone(), day.to_string()],
                at: due,
                story: Story::Daily(Box::new(daily)),
            };
            webhooks::put(webhook, outbox, &alert, now)?;
        }
        seen.digests.insert(webhook.name.clone(), day);
        Ok(())
    }
}

/// What has fallen in the week before this day.
fn fallen_until(day: Date, journal: &Journal<'_>) -> Result<Vec<Fall>, ReadError> {
    let midnight = |day: Date| {
        day.to_zoned(TimeZone::UTC)
            .map(|midnight| midnight.timestamp())
    };
    let first = day.checked_sub(WATCHED_DAYS.days()).and_then(midnight);
    let (Ok(since), Ok(until)) = (first, midnight(day)) else {
        return Ok(Vec::new());
    };
    let query = Query {
        since: Some(since),
        until: Some(until),
        now: Some(until),
        ..Query::default()
    };
    Ok(Fall::all_of(&journal.report(&query)?))
}

/// How many cases wait, where that can be said of just what concerns the webhook.
fn waiting(
    webhook: &Webhook,
    now: Timestamp,
    journal: &Journal<'_>,
) -> Result<Option<Figures>, ReadError> {
    if webhook.surveys.len() > 1 || webhook.sites.len() > 1 {
        return Ok(None);
    }
    let wanted = cases::Wanted {
        query: Query {
            until: Some(now),
            ..about(webhook)
        },
        owner: None,
        now,
        which: Which::Overdue,
        most: 0,
    };
    Ok(Some(journal.cases(&wanted)?.figures))
}

/// The first day that is not over, as far as the journal knows.
fn first_open(now: Timestamp) -> Date {
    let settled = now.checked_sub(SETTLED).unwrap_or(now);
    settled.to_zoned(TimeZone::UTC).date()
}

/// What concerns a webhook, as far as a query can say it: one site, one survey.
fn about(webhook: &Webhook) -> Query {
    let only = |some: &[String]| match some {
        [one] => Some(one.clone()),
        _ => None,
    };
    Query {
        survey: only(&webhook.surveys),
        site: only(&webhook.sites),
        ..Query::default()
    }
}

/// Whether a fall of this survey was told less than a week before `today`; one told in the future was told by
/// a clock that has been set back.
fn is_told(on: Option<Date>, today: Date) -> bool {
    on.is_some_and(|on| {
        let again = on.checked_add(WATCHED_DAYS.days());
        on <= today && again.is_ok_and(|again| today < again)
    })
}

fn alarm(fall: Fall, at: Timestamp) -> Alert {
    Alert {
        kind: Kind::Alarm,
        key: vec![
            fall.site.clone(),
            fall.survey.clone(),
            fall.since.to_string(),
        ],
        at,
        story: Story::Fall(Box::new(fall)),
    }
}

#[cfg(test)]
mod tests;
