//! What one survey's answers say: figures, then what moved, then how many were asked and answered,
//! then the scores.

use super::{bars, row, segments, sparkline, words, wrap};
use crate::by::By;
use crate::figures::{ANSWERS_FIRM, ANSWERS_MIN, Figure, Rate, Time};
use crate::survey_report::SurveyReport;
use crate::verdict::thousands;

/// So many days fit a line.
const DAYS_MAX: usize = 40;

pub(super) fn block(survey: &SurveyReport, by: Option<&By>) -> Vec<String> {
    let title = format!(
        "{}: {} on {}",
        survey.survey,
        words::metric(survey.metric),
        survey.site
    );
    let mut lines = wrap::wrap(&title, 2);
    lines.extend(figures(survey));
    lines.extend(days(survey));
    lines.extend(moved(survey));
    lines.push(String::new());
    lines.extend(counts(survey));
    if survey.summary.n > 0 {
        lines.push(String::new());
        lines.extend(bars::block(&survey.summary.distribution));
    }
    if let (Some(by), Some(found)) = (by, &survey.segments)
        && !found.is_empty()
    {
        lines.push(String::new());
        lines.extend(segments::block(by, found));
    }
    lines
}

fn figures(survey: &SurveyReport) -> Vec<String> {
    let summary = &survey.summary;
    if summary.figures.iter().all(|figure| figure.value.is_none()) {
        let said = words::too_few(summary, survey.metric);
        return wrap::wrap(&format!("  {said}"), 4);
    }
    summary.figures.iter().map(figure).collect()
}

fn figure(figure: &Figure) -> String {
    let value = figure
        .value
        .map(|value| words::value(figure.name, value))
        .unwrap_or_default();
    let preliminary = words::preliminary(figure.n);
    let n = thousands(figure.n);
    let remark = format!("{}, n = {n}{preliminary}", interval(figure));
    row(words::figure(figure.name), value, &remark)
}

fn interval(figure: &Figure) -> String {
    match (figure.low, figure.high) {
        (Some(low), Some(high)) => {
            let number = |value| words::number(figure.name, value);
            format!("95 % interval {} to {}", number(low), number(high))
        }
        _ if figure.n > 1 => "no interval: all answered alike".to_owned(),
        _ => "no interval".to_owned(),
    }
}

/// A picture of the last days, where at least two can be shown.
fn days(survey: &SurveyReport) -> Option<String> {
    let last = survey.days.len().saturating_sub(DAYS_MAX);
    let days = survey.days.get(last..)?;
    let values: Vec<Option<f64>> = days.iter().map(|day| day.value).collect();
    let known = values.iter().flatten().count();
    let (first, last) = (days.first()?, days.last()?);
    let range = format!(
        "{} to {}",
        first.day.strftime("%-d %b"),
        last.day.strftime("%-d %b")
    );
    (known >= 2).then(|| format!("  {:<16}{}  {range}", "by day", sparkline::line(&values)))
}

fn moved(survey: &SurveyReport) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(comparison) = &survey.comparison
        && comparison.here.n.min(comparison.there.n) > 0
    {
        let what = words::moved(comparison.figure, &comparison.verdict);
        lines.extend(wrap::labelled("since before", &what));
    }
    for moved in words::moved_rates(&survey.rate_changes) {
        lines.extend(wrap::labelled("since before", &moved));
    }
    if let Some(alert) = &survey.alert {
        lines.extend(wrap::labelled("alert", &words::fallen(alert)));
    }
    lines
}

fn counts(survey: &SurveyReport) -> Vec<String> {
    let summary = &survey.summary;
    let mut lines = vec![
        row("impressions", thousands(summary.impressions), ""),
        row(
            "responses",
            thousands(summary.responses),
            &rate(summary.response_rate, summary.impressions, "impressions"),
        ),
        row(
            "completed",
            thousands(summary.complete),
            &rate(summary.completion, summary.responses, "responses"),
        ),
        row(
            "with a comment",
            thousands(summary.comments),
            &rate(summary.comment_share, summary.responses, "responses"),
        ),
        row("dismissals", thousands(summary.dismissals), ""),
    ];
    lines.extend(time(&summary.seconds_to_answer));
    lines
}

fn rate(rate: Option<Rate>, n: u64, of: &str) -> String {
    match rate {
        // Shorter, so that both fit the line.
        Some(Rate {
            value,
            low,
            high,
            n,
        }) if n < ANSWERS_FIRM => {
            format!("{value:.1} % of {of}, {low:.1} to {high:.1}, preliminary")
        }
        Some(Rate {
            value, low, high, ..
        }) => {
            format!("{value:.1} % of {of}, 95 % interval {low:.1} to {high:.1}")
        }
        None if n > 0 => format!("fewer than {ANSWERS_MIN} {of}: no share"),
        None => String::new(),
    }
}

fn time(time: &Time) -> Option<String> {
    let value = format!("{:.1} s", time.value?);
    let interval = match (time.low, time.high) {
        (Some(low), Some(high)) => format!("median, 95 % interval {low:.1} to {high:.1}"),
        _ => "median".to_owned(),
    };
    let remark = interval + words::preliminary(time.n);
    Some(row("time to answer", value, &remark))
}
