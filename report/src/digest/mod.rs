//! The digest: what moved, what people say, whom to answer, and how good the data is. For e-mail and
//! cron, as one page or as text; both are made of the same [`Digest`].

mod follow_up;
mod html;
mod part;
mod short;
mod text;
mod words;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use survey::metric::Metric;

use crate::alert::Alert;
use crate::comments::{self, Lexicon, SurveyComments, Voices};
use crate::comparison::Comparison;
use crate::distribution::Distribution;
use crate::figures::nps::Method;
use crate::figures::{self, Figure, Rate};
use crate::headline::Headline;
use crate::make;
use crate::query::{Compare, Query};
use crate::read::{Progress, Reading};
use crate::response::Response;
use crate::segments::{self, ReadError};
use crate::summary::Lines;
use crate::survey_report::SurveyReport;
pub use follow_up::{FollowUp, FollowUps};
pub(crate) use html::comments_as_html;
pub use html::html;
pub use part::Day;
use part::{Part, Subject};
pub use short::short;
pub use text::text;
pub use words::topic as topic_in_words;

/// A stretch of time and what was heard in it, beside the stretch of the same length before.
#[derive(Debug, Serialize)]
pub struct Digest {
    /// The first moment that counts.
    pub since: Timestamp,
    /// The first moment that no longer counts.
    pub until: Timestamp,
    /// The first moment of the stretch before.
    pub before: Timestamp,
    /// What moved most of all, if it began within either stretch.
    pub headline: Option<Headline>,
    /// What the people behind it say.
    pub voices: Option<Voices>,
    /// Survey by survey: those that fell clearly first, then those that rose, then the others.
    pub surveys: Vec<SurveyDigest>,
    /// Cases that wait, and how well others were followed up.
    pub follow_ups: FollowUps,
    /// What was read.
    pub lines: Lines,
}

/// One survey in a digest.
#[derive(Clone, Debug, Serialize)]
pub struct SurveyDigest {
    /// Its id.
    pub survey: String,
    /// Where it was shown.
    pub site: String,
    /// What it measures.
    pub metric: Metric,
    /// Cards that became visible.
    pub impressions: u64,
    /// Answered, be it in part.
    pub responses: u64,
    /// Of these, those whose visitor went through to the end.
    pub complete: u64,
    /// Responses per impression, in percent.
    pub response_rate: Option<Rate>,
    /// The same in the stretch before.
    pub response_rate_before: Option<Rate>,
    /// The headline figure.
    pub figure: Figure,
    /// The same in the stretch before.
    pub figure_before: Figure,
    /// How it moved since the stretch before, as the report of this stretch says it.
    pub comparison: Option<Comparison>,
    /// A fall that the daily values show, likewise.
    pub alert: Option<Alert>,
    /// Answers by score.
    pub distribution: Distribution,
    /// Day by day, both stretches.
    pub days: Vec<Day>,
    /// What the comments are about.
    pub comments: Option<SurveyComments>,
}

/// What a digest is to be about.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Survey, site, `since` and `until` count; without `since` the last seven days do.
    pub query: Query,
    /// The moment it is asked for: the end of the stretch unless the query has one.
    pub now: Timestamp,
    /// The themes to listen for.
    pub lexicon: Lexicon,
}

const DAYS_USUAL: i64 = 7;

impl Digest {
    /// Reads the journal and says what a reader in a hurry should know; tells from time to time how far
    /// the reading is.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn of(data_dir: &Path, wanted: &Wanted, progress: Progress<'_>) -> Result<Self, ReadError> {
        segments::steadily(|| Self::told(&Reading::of(data_dir, progress)?, data_dir, wanted))
    }

    fn told(reading: &Reading, data_dir: &Path, wanted: &Wanted) -> Result<Self, ReadError> {
        let until = wanted.query.until.unwrap_or(wanted.now).min(wanted.now);
        let usual = until.checked_sub((DAYS_USUAL * 24).hours());
        let since = wanted
            .query
            .since
            .or(usual.ok())
            .unwrap_or(until)
            .min(until);
        let before = since
            .checked_sub(until.duration_since(since))
            .unwrap_or(since);
        let query = Query {
            since: Some(before),
            until: Some(until),
            now: Some(wanted.now),
            ..wanted.query.clone()
        };
        let first_day = before.to_zoned(TimeZone::UTC).date();
        let asked = Query {
            since: Some(since),
            compare: Compare::Previous,
            by: None,
            ..query.clone()
        };
        let mut report = make::report(reading, &asked, data_dir)?;
        let headline = report.headline.take();
        let headline = headline.filter(|headline| headline.since >= first_day);
        let mut gathering = Gathering::new(wanted, since, headline, report.surveys);
        let lines = crate::tell(reading, &query, |response| gathering.take(&response))?;
        let mut digest = gathering.finish(before, until, lines);
        let responses = |survey: &str, site: &str| {
            let rows = digest.surveys.iter();
            let rows = rows.filter(|row| row.survey == survey && row.site == site);
            rows.map(|row| row.responses).sum()
        };
        digest.follow_ups = FollowUps::of(reading, &asked, until, responses)?;
        Ok(digest)
    }
}

struct Gathering {
    since: Timestamp,
    now: BTreeMap<Subject, Part>,
    earlier: BTreeMap<Subject, Part>,
    comments: comments::Tally,
    headline: Option<Headline>,
    reported: Vec<SurveyReport>,
    voices: Option<comments::Listener>,
    method: Method,
}

impl Gathering {
    fn new(
        wanted: &Wanted,
        since: Timestamp,
        headline: Option<Headline>,
        reported: Vec<SurveyReport>,
    ) -> Self {
        let group = headline.as_ref().and_then(Headline::group);
        Self {
            headline,
            reported,
            voices: group.map(|group| comments::Listener::new(group, wanted.lexicon.clone())),
            since,
            now: BTreeMap::new(),
            earlier: BTreeMap::new(),
            comments: comments::Tally::new(wanted.lexicon.clone()),
            method: wanted.query.method,
        }
    }

    fn take(&mut self, response: &Response) {
        let subject = Subject::of(response);
        // Themes are heard in both stretches: a theme is new only beside what was said before.
        self.comments.hear(response);
        if let Some(voices) = &mut self.voices {
            voices.hear(response);
        }
        if response.received_at < self.since {
            self.earlier.entry(subject).or_default().add(response);
        } else {
            self.now.entry(subject).or_default().add(response);
        }
    }

    fn finish(mut self, before: Timestamp, until: Timestamp, lines: Lines) -> Digest {
        let comments = self.comments.findings_since(self.method, self.since);
        let mut surveys: Vec<SurveyDigest> = std::mem::take(&mut self.now)
            .into_iter()
            .map(|(subject, now)| {
                let earlier = self.earlier.remove(&subject).unwrap_or_default();
                let days = part::days(&subject, [&earlier, &now], before, until, self.method);
                let said = Said {
                    report: self.reported.iter().find(|row| subject.is_of_report(row)),
                    comments: comments.iter().find(|comments| subject.is_of(comments)),
                };
                survey(subject.clone(), [&now, &earlier], days, &said, self.method)
            })
            .collect();
        surveys.sort_by_key(|survey| (!survey.has_fallen(), !survey.has_moved()));
        Digest {
            headline: self.headline,
            voices: self.voices.map(comments::Listener::finish),
            since: self.since,
            until,
            before,
            follow_ups: FollowUps::default(),
            surveys,
            lines,
        }
    }
}

/// What the report and the comments say of one survey.
struct Said<'s> {
    report: Option<&'s SurveyReport>,
    comments: Option<&'s SurveyComments>,
}

fn survey(
    subject: Subject,
    [now, earlier]: [&Part; 2],
    days: Vec<Day>,
    said: &Said<'_>,
    method: Method,
) -> SurveyDigest {
    let metric = subject.metric;
    let (scores, scores_before) = (now.distribution(metric), earlier.distribution(metric));
    SurveyDigest {
        survey: subject.survey,
        site: subject.site,
        metric,
        impressions: now.impressions,
        responses: now.responses,
        complete: now.complete,
        response_rate: figures::rate(now.responses, now.impressions),
        response_rate_before: figures::rate(earlier.responses, earlier.impressions),
        figure: figures::headline(&scores, method),
        figure_before: figures::headline(&scores_before, method),
        comparison: said.report.and_then(|row| row.comparison.clone()),
        alert: said.report.and_then(|row| row.alert.clone()),
        distribution: scores,
        days,
        comments: said.comments.cloned(),
    }
}

impl SurveyDigest {
    /// Is there a difference, after all tests of the digest were taken into account?
    fn has_moved(&self) -> bool {
        self.comparison.as_ref().is_some_and(Comparison::is_real)
    }

    /// Is there something to worry about?
    fn has_fallen(&self) -> bool {
        let difference = self.comparison.as_ref().and_then(|found| found.difference);
        let fell = difference.is_some_and(|difference| difference < 0.0);
        self.alert.is_some() || (self.has_moved() && fell)
    }
}
