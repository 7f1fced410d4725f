//! Two groups of answers held against each other: two periods, or a segment and the rest.

use serde::Serialize;
use survey::metric::Metric;

use crate::figures::difference::{self, Difference};
use crate::figures::{self, ANSWERS_MIN, FigureName, needed, several};
use crate::period::Stretch;
use crate::query::Query;
use crate::tally::Tally;
use crate::verdict;

/// What is compared, how far apart it is, and what that means.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// `nps`, `csat`, `ces_mean` or a rate: what the test is about.
    pub figure: FigureName,
    /// With what.
    pub with: With,
    /// The period, where one is compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Stretch>,
    /// The period before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<Stretch>,
    /// Here.
    pub here: Side,
    /// There.
    pub there: Side,
    /// Here less there, of the raw values; `None` when a side has too few answers.
    pub difference: Option<f64>,
    /// Lower end of its 95 % interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// How often chance alone makes as large a difference.
    pub p: Option<f64>,
    /// The same, after all tests of this report were taken into account.
    pub p_adjusted: Option<f64>,
    /// Answers in each group that a difference of 10 points or percent, or half a point of the
    /// scale, would need to be found in four of five cases.
    pub needed: Option<u64>,
    /// All of this in a sentence.
    pub verdict: String,
}

/// One of two groups.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Side {
    /// Its figure; `None` when there are too few answers.
    pub value: Option<f64>,
    /// Its answers; its impressions or responses, of a rate.
    pub n: u64,
}

/// What a group is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum With {
    /// The period of the same length before it.
    Previous,
    /// Everybody else.
    Rest,
}

impl Comparison {
    /// Of two groups; the verdict comes with [`Comparison::settle`], when all tests are known.
    pub(crate) fn of(
        here: &Tally,
        there: &Tally,
        metric: Metric,
        with: With,
        query: &Query,
    ) -> Self {
        let (these, those) = (here.distribution(metric), there.distribution(metric));
        let enough = query.all || these.n().min(those.n()) >= ANSWERS_MIN;
        let found = enough
            .then(|| difference::between(&these, &those, query.method))
            .flatten();
        let sides = [side(here, metric, query), side(there, metric, query)];
        let needed = answers_needed(here, there, metric);
        Self::new(FigureName::compared(metric), with, sides, found, needed)
    }

    /// The same of who answered, who went through to the end, and who wrote.
    pub(crate) fn of_rates(here: &Tally, there: &Tally, with: With, query: &Query) -> Vec<Self> {
        let one = |((figure, these), (_, those)): (Count, Count)| {
            let side = |(count, n)| Side {
                value: figures::rate(count, n, query).map(|rate| rate.value),
                n,
            };
            let sides = [side(these), side(those)];
            let is_enough = sides.iter().all(|side| side.value.is_some());
            let found = is_enough.then(|| difference::of_shares(these, those));
            Self::new(figure, with, sides, found.flatten(), None)
        };
        counts(here)
            .into_iter()
            .zip(counts(there))
            .map(one)
            .collect()
    }

    fn new(
        figure: FigureName,
        with: With,
        [here, there]: [Side; 2],
        found: Option<Difference>,
        needed: Option<u64>,
    ) -> Self {
        let interval = found.and_then(|found| found.interval);
        Self {
            figure,
            with,
            period: None,
            previous: None,
            here,
            there,
            difference: found.map(|found| found.raw),
            low: interval.map(|interval| interval.low),
            high: interval.map(|interval| interval.high),
            p: found.and_then(|found| found.p),
            p_adjusted: None,
            needed,
            verdict: String::new(),
        }
    }

    /// Is it a difference, after all tests of the report were taken into account?
    #[must_use]
    pub fn is_real(&self) -> bool {
        self.p_adjusted.is_some_and(|p| p <= several::FALSE_ALARMS)
    }

    /// Is the figure lower here, and is that a difference?
    #[must_use]
    pub fn is_real_fall(&self) -> bool {
        self.is_real() && self.difference.is_some_and(|difference| difference < 0.0)
    }
}

impl Comparison {
    /// Takes its p value as corrected for all tests of the report, and says what it means.
    pub(crate) fn settle(&mut self, p_adjusted: Option<f64>) {
        self.p_adjusted = p_adjusted;
        self.verdict = verdict::of(self);
    }
}

/// How many of how many.
type Count = (FigureName, (u64, u64));

const fn counts(tally: &Tally) -> [Count; 3] {
    [
        (
            FigureName::ResponseRate,
            (tally.responses, tally.impressions),
        ),
        (FigureName::Completion, (tally.complete, tally.responses)),
        (FigureName::CommentShare, (tally.comments, tally.responses)),
    ]
}

fn side(tally: &Tally, metric: Metric, query: &Query) -> Side {
    let values = tally.values(metric);
    let n = tally.distribution(metric).n();
    let unit = if metric == Metric::Ces { 1.0 } else { 100.0 };
    let is_shown = n > 0 && (query.all || n >= ANSWERS_MIN);
    Side {
        value: is_shown.then(|| values.mean() * unit),
        n,
    }
}

fn answers_needed(here: &Tally, there: &Tally, metric: Metric) -> Option<u64> {
    let mut both = here.clone();
    both.merge(there);
    let variance = both.values(metric).variance()?;
    (variance > 0.0).then(|| needed::for_difference(variance, needed::worth(metric)))
}
