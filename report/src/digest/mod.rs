//! The digest: what moved, what people say, whom to answer, and how good the data is. For e-mail and
//! cron, as one page or as text; both are made of the same [`Digest`].

mod day;
mod follow_up;
mod html;
mod short;
mod text;
mod words;

use std::path::Path;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use survey::metric::Metric;

use crate::alert::Alert;
use crate::comments::{Lexicon, Said, SurveyComments, Voices};
use crate::comparison::Comparison;
use crate::distribution::Distribution;
use crate::figures::nps::Method;
use crate::figures::{self, Figure, Rate};
use crate::gather::Row;
use crate::headline::Headline;
use crate::make;
use crate::query::{Compare, Query};
use crate::read::{Progress, Reading};
use crate::segments::{self, ReadError};
use crate::summary::Lines;
use crate::survey_report::SurveyReport;
pub use day::Day;
pub use follow_up::{FollowUp, FollowUps};
pub(crate) use html::comments_as_html;
pub use html::html;
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
    /// What was asked for that no line is about, in words.
    #[serde(skip)]
    pub absent: Vec<String>,
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

    /// The same of what is already read.
    pub(crate) fn told(
        reading: &Reading,
        data_dir: &Path,
        wanted: &Wanted,
    ) -> Result<Self, ReadError> {
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
        let (report, rows) = make::report_and_rows(reading, &asked, data_dir)?;
        let headline = report.headline;
        let headline = headline.filter(|headline| headline.since >= first_day);
        let group = headline.as_ref().and_then(Headline::group);
        // Themes are heard in both stretches: a theme is new only beside what was said before.
        let said = Said::of(
            reading,
            &query,
            group.as_ref(),
            Some(since),
            &wanted.lexicon,
        )?;
        let surveys = report.surveys.into_iter().zip(&rows);
        let mut surveys: Vec<SurveyDigest> = surveys
            .map(|(survey, row)| {
                let comments = said.on(&survey.survey, &survey.site, survey.metric);
                SurveyDigest::of(survey, row, comments, [before, until], query.method)
            })
            .collect();
        surveys.sort_by_key(|survey| (!survey.has_fallen(), !survey.has_moved()));
        let responses = |survey: &str, site: &str| {
            let rows = surveys.iter();
            let rows = rows.filter(|row| row.survey == survey && row.site == site);
            rows.map(|row| row.responses).sum()
        };
        let follow_ups = FollowUps::of(reading, &asked, until, responses)?;
        Ok(Self {
            since,
            until,
            before,
            headline,
            voices: said.voices,
            surveys,
            follow_ups,
            lines: report.lines,
            absent: reading.names.absent(&wanted.query),
        })
    }
}

impl SurveyDigest {
    fn of(
        report: SurveyReport,
        row: &Row,
        comments: Option<&SurveyComments>,
        stretch: [Timestamp; 2],
        method: Method,
    ) -> Self {
        let (metric, now) = (report.metric, report.summary);
        let [_, earlier] = &row.compared;
        Self {
            survey: report.survey,
            site: report.site,
            metric,
            impressions: now.impressions,
            responses: now.responses,
            complete: now.complete,
            response_rate: now.response_rate,
            response_rate_before: figures::rate(
                earlier.responses,
                earlier.impressions,
                &Query::default(),
            ),
            figure: figures::headline(&now.distribution, method),
            figure_before: figures::headline(&earlier.distribution(metric), method),
            comparison: report.comparison,
            alert: report.alert,
            distribution: now.distribution,
            days: day::days(row, metric, stretch, method),
            comments: comments.cloned(),
        }
    }

    /// Is there a difference, after all tests of the digest were taken into account?
    fn has_moved(&self) -> bool {
        self.comparison.as_ref().is_some_and(Comparison::is_real)
    }

    /// Is there something to worry about?
    fn has_fallen(&self) -> bool {
        let comparison = self.comparison.as_ref();
        self.alert.is_some() || comparison.is_some_and(Comparison::is_real_fall)
    }
}
