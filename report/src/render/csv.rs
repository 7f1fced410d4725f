//! The report as rows: one for each figure of each survey and segment, in full precision.

use std::io;

use crate::export::harmless;
use crate::figures::{Figure, FigureName};
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
        let compared = survey.comparison.as_ref();
        for figure in &survey.summary.figures {
            let row = Row {
                survey,
                by: "",
                segment: "",
                summary: &survey.summary,
                figure,
                compared,
            };
            writer.write_record(row.cells())?;
        }
        for segment in survey.segments.iter().flatten() {
            let by = segment.name.keys().next().map_or("", String::as_str);
            for figure in &segment.summary.figures {
                let row = Row {
                    survey,
                    by,
                    segment: segment.value(),
                    summary: &segment.summary,
                    figure,
                    compared: segment.comparison.as_ref(),
                };
                writer.write_record(row.cells())?;
            }
        }
    }
    let bytes = writer.into_inner().map_err(io::Error::other)?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

struct Row<'r> {
    survey: &'r SurveyReport,
    by: &'r str,
    segment: &'r str,
    summary: &'r Summary,
    figure: &'r Figure,
    compared: Option<&'r crate::comparison::Comparison>,
}

impl Row<'_> {
    fn cells(&self) -> [String; HEADER.len()] {
        let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        // A comparison is about one of the figures.
        let compared = self
            .compared
            .filter(|compared| compared.figure == self.figure.name);
        [
            harmless(&self.survey.survey).into_owned(),
            harmless(&self.survey.site).into_owned(),
            self.survey.metric.name().to_owned(),
            harmless(self.by).into_owned(),
            harmless(self.segment).into_owned(),
            name(self.figure.name).to_owned(),
            number(self.figure.value),
            number(self.figure.low),
            number(self.figure.high),
            self.figure.n.to_string(),
            self.summary.impressions.to_string(),
            self.summary.responses.to_string(),
            number(compared.and_then(|compared| compared.difference)),
            number(compared.and_then(|compared| compared.p_adjusted)),
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
    }
}
