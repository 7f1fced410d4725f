//! The report as rows: one for each figure, rate and time of each survey and segment, in full precision.

use std::io;

use crate::comparison::Comparison;
use crate::export::harmless;
use crate::figures::{FigureName, Time};
use crate::summary::Report;
use crate::survey_report::{Summary, SurveyReport};

/// The columns. Percent go from 0 to 100, an NPS from −100 to 100.
const HEADER: [&str; 14] = [
    "survey",
    "site",
    "metric",
    "by",
    "segment",
    "figure",
    "value",
    "low",
    "high",
    "n",
    "impressions",
    "responses",
    "difference",
    "p_adjusted",
];

/// The report as CSV (RFC 4180). Text that a spreadsheet would run as a formula begins with `'`.
///
/// # Errors
/// Never in practice: it is written into memory.
pub fn csv(report: &Report) -> io::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    for survey in &report.surveys {
        let mut write = |by, segment, summary, compared, rate_changes| {
            let place = Place {
                survey,
                by,
                segment,
                summary,
                compared,
                rate_changes,
            };
            let rows = figures(summary);
            rows.into_iter()
                .try_for_each(|row| writer.write_record(place.cells(&row)))
        };
        let compared = survey.comparison.as_ref();
        write("", "", &survey.summary, compared, &survey.rate_changes[..])?;
        for segment in survey.segments.iter().flatten() {
            let by = segment.name.keys().next().map_or("", String::as_str);
            let compared = segment.comparison.as_ref();
            let (summary, changes) = (&segment.summary, &segment.rate_changes[..]);
            write(by, segment.value(), summary, compared, changes)?;
        }
    }
    let bytes = writer.into_inner().map_err(io::Error::other)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// Where figures stand: all rows of a survey or of a segment.
struct Place<'r> {
    survey: &'r SurveyReport,
    by: &'r str,
    segment: &'r str,
    summary: &'r Summary,
    compared: Option<&'r Comparison>,
    rate_changes: &'r [Comparison],
}

/// One figure, whatever it counts.
struct Row {
    name: &'static str,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    n: u64,
}

/// Those of the scores, then the rates, then the time.
fn figures(summary: &Summary) -> Vec<Row> {
    let scores = summary.figures.iter().map(|figure| Row {
        name: name(figure.name),
        value: figure.value,
        low: figure.low,
        high: figure.high,
        n: figure.n,
    });
    let rates = [
        (
            FigureName::ResponseRate,
            summary.response_rate,
            summary.impressions,
        ),
        (
            FigureName::Completion,
            summary.completion,
            summary.responses,
        ),
        (
            FigureName::CommentShare,
            summary.comment_share,
            summary.responses,
        ),
    ];
    let rates = rates.into_iter().map(|(figure, rate, n)| Row {
        name: name(figure),
        value: rate.map(|rate| rate.value),
        low: rate.map(|rate| rate.low),
        high: rate.map(|rate| rate.high),
        n,
    });
    let Time {
        value,
        low,
        high,
        n,
    } = summary.seconds_to_answer;
    let time = Row {
        name: "seconds_to_answer",
        value,
        low,
        high,
        n,
    };
    scores.chain(rates).chain([time]).collect()
}

impl Place<'_> {
    fn cells(&self, row: &Row) -> [String; HEADER.len()] {
        let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        // A comparison is about one of the figures.
        let mut all = self.compared.into_iter().chain(self.rate_changes);
        let tested = all.find(|compared| name(compared.figure) == row.name);
        [
            harmless(&self.survey.survey).into_owned(),
            harmless(&self.survey.site).into_owned(),
            self.survey.metric.name().to_owned(),
            harmless(self.by).into_owned(),
            harmless(self.segment).into_owned(),
            row.name.to_owned(),
            number(row.value),
            number(row.low),
            number(row.high),
            row.n.to_string(),
            self.summary.impressions.to_string(),
            self.summary.responses.to_string(),
            number(tested.and_then(|tested| tested.difference)),
            number(tested.and_then(|tested| tested.p_adjusted)),
        ]
    }
}

/// As in the JSON.
const fn name(name: FigureName) -> &'static str {
    match name {
        FigureName::Nps => "nps",
        FigureName::Csat => "csat",
        FigureName::CsatMean => "csat_mean",
        FigureName::CsatBottom2 => "csat_bottom2",
        FigureName::CesEasy => "ces_easy",
        FigureName::CesMean => "ces_mean",
        FigureName::ResponseRate => "response_rate",
        FigureName::Completion => "completion",
        FigureName::CommentShare => "comment_share",
    }
}
