//! Makes the report: reads, gathers, compares, and corrects the tests for each other.

use std::collections::BTreeMap;
use std::path::Path;

use crate::by::By;
use crate::comparison::Comparison;
use crate::figures::several;
use crate::gather::{Gathering, Heard, Row};
use crate::headline::{self, Candidate};
use crate::names::Subject;
use crate::period::Periods;
use crate::query::Query;
use crate::read::Reading;
use crate::run::Wanted;
use crate::segments::ReadError;
use crate::summary::Report;
use crate::survey_report::{self, SurveyReport};

/// The report on all that was read.
pub(crate) fn report(
    reading: &Reading,
    query: &Query,
    data_dir: &Path,
) -> Result<Report, ReadError> {
    let (report, _) = report_and_rows(reading, query, data_dir)?;
    Ok(report)
}

/// The same, with what was counted of each of its surveys, in their order.
pub(crate) fn report_and_rows(
    reading: &Reading,
    query: &Query,
    data_dir: &Path,
) -> Result<(Report, Vec<Row>), ReadError> {
    let gathering = Gathering {
        query,
        periods: Periods::of(query, reading.newest),
        names: &reading.names,
    };
    let heard = gather(reading, &gathering)?;
    let rows = heard.rows.into_iter().filter_map(|(key, row)| {
        let is_seen = row.asked.tally.impressions > 0;
        let subject = reading.names.subject_of(key).filter(|_| is_seen)?;
        Some((subject, row))
    });
    let rows: BTreeMap<&Subject, Row> = rows.collect();
    let mut surveys: Vec<SurveyReport> = rows
        .iter()
        .map(|(subject, row)| survey_report::of(subject, row, &gathering.periods, query))
        .collect();
    let candidates = headline::candidates(&rows);
    let (adjusted, tests) = settle(&mut surveys, &candidates);
    let mut lines = reading.lines.clone();
    lines.duplicate = heard.lines.duplicate;
    lines.automated = heard.lines.automated;
    lines.over_quota = heard.lines.over_quota;
    let report = Report {
        headline: headline::of(&candidates, &adjusted, tests, query),
        nearest: query
            .survey
            .as_deref()
            .filter(|_| surveys.is_empty())
            .and_then(|name| reading.names.nearest_survey(name)),
        absent: reading.names.absent(query),
        nearest_site: query
            .site
            .as_deref()
            .filter(|_| surveys.is_empty())
            .and_then(|name| reading.names.nearest_site(name)),
        surveys,
        lines,
        query: query.clone(),
        data_dir: data_dir.to_owned(),
    };
    Ok((report, rows.into_values().collect()))
}

/// Corrects all tests made for each other: comparisons of figures and of shares, which are given their verdicts, and changes
/// that were searched for, whose corrected p values are returned together with the number of all tests.
fn settle(surveys: &mut [SurveyReport], candidates: &[Candidate<'_>]) -> (Vec<Option<f64>>, usize) {
    let mut compared: Vec<&mut Comparison> = surveys
        .iter_mut()
        .flat_map(SurveyReport::comparisons)
        .collect();
    let p = compared.iter().map(|comparison| comparison.p);
    let p: Vec<Option<f64>> = p
        .chain(candidates.iter().map(|candidate| Some(candidate.p())))
        .collect();
    let mut adjusted = several::benjamini_hochberg(&p);
    let searched = adjusted.split_off(compared.len());
    for (comparison, p) in compared.iter_mut().zip(adjusted) {
        comparison.settle(p);
    }
    (searched, p.iter().flatten().count())
}

fn gather(reading: &Reading, gathering: &Gathering<'_>) -> Result<Heard, ReadError> {
    let wanted = Wanted {
        answers: false,
        attributes: matches!(gathering.query.by, Some(By::Attribute(_))),
    };
    let heard = reading.for_each_apart(wanted, Heard::default, |heard, key, folded| {
        gathering.take(heard, key, &folded);
    })?;
    Ok(heard.into_iter().fold(Heard::default(), |mut all, part| {
        all.merge(part);
        all
    }))
}
