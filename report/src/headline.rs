//! What moved most: of all surveys, and of all segments looked at unasked, the change that chance
//! explains least, the day it began, and how sure that is.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use survey::metric::Metric;

use crate::by::By;
use crate::comments::Group;
use crate::comparison::{Comparison, Side, With};
use crate::figures::{FigureName, change, several};
use crate::gather::{Row, SEARCHED};
use crate::names::Subject;
use crate::period::Day;
use crate::query::Query;
use crate::survey_report::SurveyReport;
use crate::tally::Tally;
use crate::verdict;

/// The most important thing a report has to say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Headline {
    /// The survey's id.
    pub survey: String,
    /// Where it is shown.
    pub site: String,
    /// What it measures.
    pub metric: Metric,
    /// What moved.
    pub figure: FigureName,
    /// Among whom; `None` among everybody.
    pub segment: Option<Among>,
    /// The first day of the new level, in UTC.
    pub since: Date,
    /// The level before, within the days looked at.
    pub before: Side,
    /// The level since.
    pub after: Side,
    /// After less before, of the raw values.
    pub difference: f64,
    /// Lower end of its 95 % interval; the day was chosen for being the most different, so it leans
    /// outwards.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// For the choice of the day and of the segment corrected.
    pub p: f64,
    /// What the others did meanwhile, where only some moved.
    pub elsewhere: Option<String>,
    /// All of this in a sentence.
    pub verdict: String,
}

/// A segment, named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Among {
    /// `device`.
    pub by: String,
    /// `mobile`.
    pub value: String,
}

/// A change that was searched for and found, be it by chance.
pub(crate) struct Candidate<'r> {
    subject: &'r Subject,
    row: &'r Row,
    among: Option<(&'r By, &'r str)>,
    days: &'r BTreeMap<Day, Tally>,
    change: change::Change,
}

/// What parts the days best, for each survey and each of its segments that has answers enough.
pub(crate) fn candidates<'r>(rows: &'r BTreeMap<&'r Subject, Row>) -> Vec<Candidate<'r>> {
    rows.iter()
        .flat_map(|(subject, row)| of_survey(subject, row))
        .collect()
}

/// The candidate that chance explains least; `adjusted` are their p values, corrected for all `tests` of
/// the report.
pub(crate) fn of(
    candidates: &[Candidate<'_>],
    adjusted: &[Option<f64>],
    tests: usize,
    query: &Query,
) -> Option<Headline> {
    let (most, p) = candidates
        .iter()
        .zip(adjusted)
        .filter_map(|(candidate, p)| Some((candidate, (*p)?)))
        .filter(|(_, p)| *p <= several::FALSE_ALARMS)
        .max_by(|(one, _), (other, _)| one.change.z.total_cmp(&other.change.z))?;
    most.headline(p, tests, query)
}

fn of_survey<'r>(subject: &'r Subject, row: &'r Row) -> Vec<Candidate<'r>> {
    let all = std::iter::once((None, &row.days));
    let segments = SEARCHED.iter().zip(&row.searched).flat_map(|(by, values)| {
        // A segment that everybody belongs to is none.
        let values = (values.len() > 1).then_some(values).into_iter().flatten();
        values
            .filter(|(value, _)| !value.starts_with('('))
            .map(move |(value, days)| (Some((by, &**value)), days))
    });
    all.chain(segments)
        .filter_map(|(among, days)| {
            let values: Vec<_> = days
                .values()
                .map(|tally| tally.values(subject.metric))
                .collect();
            Some(Candidate {
                subject,
                row,
                among,
                days,
                change: change::point(&values)?,
            })
        })
        .collect()
}

impl Candidate<'_> {
    /// How often chance alone parts a row of days as well.
    pub(crate) const fn p(&self) -> f64 {
        self.change.p
    }

    fn headline(&self, p: f64, tests: usize, query: &Query) -> Option<Headline> {
        let metric = self.subject.metric;
        let (&since, _) = self.days.iter().nth(self.change.place)?;
        let (before, after) = split(self.days, since);
        let found = Comparison::of(&after, &before, metric, With::Previous, query);
        let headline = Headline {
            survey: self.subject.survey.clone(),
            site: self.subject.site.clone(),
            metric,
            figure: found.figure,
            segment: self.among.map(|(by, value)| Among {
                by: by.name().to_owned(),
                value: value.to_owned(),
            }),
            since: since.date()?,
            before: found.there,
            after: found.here,
            difference: found.difference?,
            low: found.low,
            high: found.high,
            p,
            elsewhere: self.elsewhere(since, tests, query),
            verdict: String::new(),
        };
        let verdict = headline.sentence();
        Some(Headline {
            verdict,
            ..headline
        })
    }

    /// What those who are not in the segment did. They are looked at because of what was found elsewhere, after
    /// all other tests were corrected, and so their p takes all of those into account as Bonferroni does.
    fn elsewhere(&self, since: Day, tests: usize, query: &Query) -> Option<String> {
        self.among?;
        let (all_before, all_after) = split(&self.row.days, since);
        let (before, after) = split(self.days, since);
        let (before, after) = (all_before.without(&before), all_after.without(&after));
        let found = Comparison::of(&after, &before, self.subject.metric, With::Previous, query);
        let (difference, p) = (found.difference?, found.p?);
        let p = (p * tests as f64).min(1.0);
        Some(if p <= several::FALSE_ALARMS {
            let by = verdict::amount(found.figure, difference.abs());
            let moved = if difference < 0.0 { "fell" } else { "rose" };
            format!("elsewhere it {moved} by {by}, {}", verdict::p_value(p))
        } else {
            format!(
                "elsewhere no difference that {} answers since could show",
                verdict::thousands(found.here.n)
            )
        })
    }
}

impl Headline {
    /// Did it fall? Else it rose.
    #[must_use]
    pub fn fell(&self) -> bool {
        self.difference < 0.0
    }

    /// Is it about this survey, as it is measured there?
    #[must_use]
    pub fn is_of(&self, survey: &SurveyReport) -> bool {
        (&self.survey, &self.site, self.metric) == (&survey.survey, &survey.site, survey.metric)
    }

    /// Whose comments tell why: everybody it is about, since it began.
    #[must_use]
    pub fn group(&self) -> Option<Group> {
        let since = self.since.to_zoned(TimeZone::UTC).ok()?.timestamp();
        let among = self.segment.as_ref().and_then(|among| {
            let by = among.by.parse().ok()?;
            Some((by, among.value.clone()))
        });
        Some(Group {
            survey: self.survey.clone(),
            site: self.site.clone(),
            among,
            since,
            fell: self.fell(),
        })
    }

    fn sentence(&self) -> String {
        let (moved, kind) = if self.fell() {
            ("fell", "a fall")
        } else {
            ("rose", "a rise")
        };
        let place = self.segment.as_ref().map_or_else(String::new, |among| {
            format!(" where {} is {}", among.by, among.value)
        });
        format!(
            "{moved} by {}{place} since {}; {kind} this large is unlikely to be chance, {}",
            verdict::amount(self.figure, self.difference.abs()),
            self.since.strftime("%A %-d %B %Y"),
            verdict::p_value(self.p)
        )
    }
}

fn split(days: &BTreeMap<Day, Tally>, since: Day) -> (Tally, Tally) {
    let mut parts = (Tally::default(), Tally::default());
    for (day, tally) in days {
        let part = if *day < since {
            &mut parts.0
        } else {
            &mut parts.1
        };
        part.merge(tally);
    }
    parts
}
