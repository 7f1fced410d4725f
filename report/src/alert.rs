//! Has a survey's figure fallen lately? Daily values against a baseline that is frozen: the four weeks
//! before the period that is compared.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use survey::metric::Metric;

use crate::figures::FigureName;
use crate::figures::watch::{
    cusum,
    ewma::{self, Baseline},
};
use crate::period::{Day, Period};
use crate::query::Chart;
use crate::render::words;
use crate::tally::Tally;

/// A baseline rests on at least so many days from its first to its last,
const BASELINE_DAYS: i32 = 27;

/// and on at least so many answers.
const BASELINE_ANSWERS: f64 = 200.0;

/// A fall that a chart has seen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Alert {
    /// `nps`, `csat` or `ces_mean`.
    pub figure: FigureName,
    /// Which chart.
    pub chart: Chart,
    /// The first day beyond the limit, in UTC.
    pub since: Date,
    /// The level it is held against.
    pub baseline: f64,
    /// In a sentence.
    pub verdict: String,
}

impl Alert {
    /// All of it in a sentence, without its full stop.
    #[must_use]
    pub fn sentence(&self) -> String {
        words::capitalised(&words::fallen(self))
    }
}

/// The first alarm among `days` from the beginning of `watched` on, if any; `before` are the days it
/// is held against.
pub(crate) fn of(
    before: &BTreeMap<Day, Tally>,
    days: &BTreeMap<Day, Tally>,
    metric: Metric,
    watched: Period,
    chart: Chart,
) -> Option<Alert> {
    let baseline = baseline(before, metric)?;
    let first_watched = Day::of(watched.from);
    let watched = days
        .range(first_watched..)
        .map(|(day, tally)| (*day, tally.values(metric)))
        .filter(|(_, values)| values.n > 0.0)
        .map(|(day, values)| (day, values.mean(), values.n));
    let since = first_alarm(watched, baseline, chart)?;
    let unit = if metric == Metric::Ces { 1.0 } else { 100.0 };
    let odds = match chart {
        Chart::Ewma => "once in 500 days",
        Chart::Cusum => "once in 930 days",
    };
    Some(Alert {
        figure: FigureName::compared(metric),
        chart,
        since: since.date()?,
        baseline: baseline.mean * unit,
        verdict: format!("a fall as large as this happens by chance about {odds}"),
    })
}

fn baseline(days: &BTreeMap<Day, Tally>, metric: Metric) -> Option<Baseline> {
    let mut all = Tally::default();
    days.values().for_each(|tally| all.merge(tally));
    let (first, _) = days.first_key_value()?;
    let (last, _) = days.last_key_value()?;
    let values = all.values(metric);
    let enough = last.0 - first.0 >= BASELINE_DAYS - 1 && values.n >= BASELINE_ANSWERS;
    let variance = values.variance().filter(|variance| *variance > 0.0)?;
    enough.then(|| Baseline {
        mean: values.mean(),
        variance,
    })
}

fn first_alarm(
    days: impl Iterator<Item = (Day, f64, f64)>,
    baseline: Baseline,
    chart: Chart,
) -> Option<Day> {
    let mut average = ewma::State::at(baseline);
    let mut sum = 0.0;
    for (day, mean, n) in days {
        average = average.after(ewma::CHART, baseline, mean, n);
        sum = cusum::after(sum, cusum::CHART, baseline, mean, n);
        let alarms = match chart {
            Chart::Ewma => average.is_low(ewma::CHART, baseline),
            Chart::Cusum => sum > cusum::CHART.limit,
        };
        if alarms {
            return Some(day);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many answers with each score from 0 up.
    fn tally(scores: &[u64]) -> Tally {
        Tally::scored(scores)
    }

    fn month(last_days: &Tally) -> BTreeMap<Day, Tally> {
        let usual = tally(&[1, 0, 0, 0, 0, 0, 1, 2, 1, 3, 4]);
        (0..35)
            .map(|day| {
                (
                    Day(day),
                    if day < 30 {
                        usual.clone()
                    } else {
                        last_days.clone()
                    },
                )
            })
            .collect()
    }

    const WATCHED: Period = Period {
        from: 28 * 86_400_000_000,
        to: i64::MAX,
    };

    fn alert(days: &BTreeMap<Day, Tally>, chart: Chart) -> Option<Alert> {
        let mut before = days.clone();
        before.retain(|day, _| *day < Day::of(WATCHED.from));
        of(&before, days, Metric::Nps, WATCHED, chart)
    }

    #[test]
    fn a_lasting_fall_alarms_on_either_chart() {
        let bad = tally(&[4, 0, 0, 2, 0, 0, 2, 2, 1, 1, 0]);
        for chart in [Chart::Ewma, Chart::Cusum] {
            let alert = alert(&month(&bad), chart).unwrap();
            let fell: Date = "1970-01-31".parse().unwrap();
            assert!(alert.since >= fell, "{alert:?}");
        }
    }

    #[test]
    fn days_as_usual_do_not_alarm() {
        let usual = tally(&[1, 0, 0, 0, 0, 0, 1, 2, 1, 3, 4]);
        for chart in [Chart::Ewma, Chart::Cusum] {
            assert_eq!(alert(&month(&usual), chart), None);
        }
    }

    #[test]
    fn without_four_weeks_before_there_is_no_alarm() {
        let bad = tally(&[9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let mut days = month(&bad);
        days.retain(|day, _| day.0 > 5);
        assert_eq!(alert(&days, Chart::Ewma), None);
    }
}
