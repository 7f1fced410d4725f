//! What the answers to one survey say: figures, segments, what they are compared with.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use survey::metric::Metric;

use crate::alert::{self, Alert};
use crate::comparison::{Comparison, With};
use crate::differing::{self, Differing};
use crate::distribution::Distribution;
use crate::figures::weighting::{self, Cell, Weighted};
use crate::figures::{self, ANSWERS_MIN, Figure, FigureName, Rate, Time, needed};
use crate::gather::{Counts, Row};
use crate::names::Subject;
use crate::period::{Period, Periods};
use crate::query::Query;
use crate::segment_report::{self, SegmentReport};

/// What the answers to one survey say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SurveyReport {
    /// Its id.
    pub survey: String,
    /// What it measures.
    pub metric: Metric,
    /// Where it was shown.
    pub site: String,
    /// Its counts and figures.
    #[serde(flatten)]
    pub summary: Summary,
    /// The period asked for against the one before it; the last seven days against the seven before
    /// them where no beginning was asked for. `None` where nothing is to be compared.
    pub comparison: Option<Comparison>,
    /// Rates of the same two periods.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rate_changes: Vec<Comparison>,
    /// A fall that the daily values show.
    pub alert: Option<Alert>,
    /// The last days, oldest first; days without a response are left out.
    pub days: Vec<DayReport>,
    /// With segments other than of time: the headline figure had each answered as much as it was
    /// asked. The other figures are never weighted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weighted: Option<Weighted>,
    /// By what was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segments: Option<Vec<SegmentReport>>,
    /// Segments that were held against the rest unasked, where the query wants that.
    #[serde(skip)]
    pub differing: Vec<Differing>,
}

/// What is said of any group of impressions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Cards that became visible.
    pub impressions: u64,
    /// Impressions that were answered, be it in part.
    pub responses: u64,
    /// Impressions that were closed without an answer.
    pub dismissals: u64,
    /// Responses per impression, in percent; `None` of too few, as all rates.
    pub response_rate: Option<Rate>,
    /// Responses whose visitor went through to the end.
    pub complete: u64,
    /// The same in percent of responses.
    pub completion: Option<Rate>,
    /// Responses with a comment.
    pub comments: u64,
    /// The same in percent of responses.
    pub comment_share: Option<Rate>,
    /// Median time from the card's appearance to the first score.
    pub seconds_to_answer: Time,
    /// Responses with a score.
    pub n: u64,
    /// The headline figure first.
    pub figures: Vec<Figure>,
    /// Scored responses by score.
    pub distribution: Distribution,
    /// How many scores an interval of ± 10 points or percent, or ± half a point of the scale, takes.
    pub answers_needed: u64,
}

/// One day's answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DayReport {
    /// In UTC.
    pub day: Date,
    /// Responses with a score.
    pub n: u64,
    /// The headline figure; `None` when there are too few answers.
    pub value: Option<f64>,
    /// The same with its interval.
    #[serde(skip)]
    pub figure: Figure,
}

/// Makes the figures of one row.
pub(crate) fn of(subject: &Subject, row: &Row, periods: &Periods, query: &Query) -> SurveyReport {
    let metric = subject.metric;
    let [here, there] = &row.compared;
    let of_periods = |mut comparison: Comparison, (these, those): (Period, Period)| {
        comparison.period = these.stretch();
        comparison.previous = those.stretch();
        comparison
    };
    let comparison = periods.compared.map(|compared| {
        let comparison = Comparison::of(here, there, metric, With::Previous, query);
        of_periods(comparison, compared)
    });
    let rate_changes = periods.compared.map_or_else(Vec::new, |compared| {
        let rates = Comparison::of_rates(here, there, With::Previous, query).into_iter();
        rates.map(|rate| of_periods(rate, compared)).collect()
    });
    let watched = periods.compared.map(|(these, _)| these);
    SurveyReport {
        survey: subject.survey.clone(),
        metric,
        site: subject.site.clone(),
        summary: Summary::of(&row.asked, metric, query),
        comparison,
        rate_changes,
        alert: watched
            .and_then(|watched| alert::of(&row.baseline, &row.days, metric, watched, query.chart)),
        days: days(row, metric, query),
        weighted: weighted(row, metric, query),
        segments: query
            .by
            .as_ref()
            .map(|by| segment_report::all(by, row, metric, query)),
        differing: if query.seek_differing {
            differing::all(row, periods.asked, metric, query)
        } else {
            Vec::new()
        },
    }
}

impl SurveyReport {
    /// Has its figure fallen since the period before?
    #[must_use]
    pub fn has_fallen(&self) -> bool {
        let comparison = self.comparison.as_ref();
        comparison.is_some_and(Comparison::is_real_fall)
    }

    /// Everything that was tested.
    pub(crate) fn comparisons(&mut self) -> impl Iterator<Item = &mut Comparison> {
        let segments = self.segments.iter_mut().flatten();
        let of_segments = segments.flat_map(|segment| {
            segment
                .comparison
                .iter_mut()
                .chain(&mut segment.rate_changes)
        });
        self.comparison
            .iter_mut()
            .chain(&mut self.rate_changes)
            .chain(of_segments)
            .chain(self.differing.iter_mut().map(|one| &mut one.comparison))
    }
}

impl Summary {
    pub(crate) fn of(counts: &Counts, metric: Metric, query: &Query) -> Self {
        let tally = &counts.tally;
        let distribution = tally.distribution(metric);
        Self {
            impressions: tally.impressions,
            responses: tally.responses,
            dismissals: tally.dismissals,
            response_rate: figures::rate(tally.responses, tally.impressions, query),
            complete: tally.complete,
            completion: figures::rate(tally.complete, tally.responses, query),
            comments: tally.comments,
            comment_share: figures::rate(tally.comments, tally.responses, query),
            seconds_to_answer: figures::median_time(&counts.times, query.all),
            n: distribution.n(),
            figures: figures::of(&distribution, query),
            answers_needed: needed::for_worth(metric, tally.values(metric)),
            distribution,
        }
    }

    /// The figure that comparisons are about.
    #[must_use]
    pub fn compared(&self) -> Option<&Figure> {
        let name = FigureName::compared(self.distribution.metric());
        self.figures.iter().find(|figure| figure.name == name)
    }

    /// The figure that stands for all, if there are enough answers for one.
    #[must_use]
    pub fn headline(&self) -> Option<f64> {
        self.figures.first()?.value
    }
}

fn weighted(row: &Row, metric: Metric, query: &Query) -> Option<Weighted> {
    query.by.as_ref().filter(|by| !by.is_time())?;
    let enough = query.all || row.asked.tally.distribution(metric).n() >= ANSWERS_MIN;
    let cells: Vec<Cell> = row
        .segments
        .values()
        .map(|counts| Cell {
            population: counts.tally.impressions,
            answers: counts.tally.distribution(metric),
        })
        .collect();
    weighting::weighted(metric, &cells, query.method).filter(|_| enough)
}

fn days(row: &Row, metric: Metric, query: &Query) -> Vec<DayReport> {
    row.days
        .iter()
        .filter(|(_, tally)| tally.responses > 0)
        .filter_map(|(day, tally)| {
            let distribution = tally.distribution(metric);
            let figure = figures::of(&distribution, query).into_iter().next()?;
            Some(DayReport {
                day: day.date()?,
                n: distribution.n(),
                value: figure.value,
                figure,
            })
        })
        .collect()
}

/// The name of a segment, as a field of the JSON.
pub(crate) fn named(by: &str, value: &str) -> BTreeMap<String, String> {
    BTreeMap::from([(by.to_owned(), value.to_owned())])
}
