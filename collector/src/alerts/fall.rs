//! An alert about a survey's daily figure, which has fallen further than chance explains.

use super::text::Text;
use super::webhook::Webhook;
use jiff::civil::Date;
use serde::Serialize;

/// A fall that the moving average has seen.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Fall {
    pub(crate) site: String,
    pub(crate) survey: String,
    /// `nps`, `csat` or `ces_mean`.
    pub(crate) figure: report::FigureName,
    /// The first day beyond the limit, in UTC.
    pub(crate) since: Date,
    /// The level it is held against.
    pub(crate) baseline: f64,
    /// How often chance does that, in a sentence.
    pub(crate) verdict: String,
    /// All of it in a sentence.
    #[serde(skip)]
    pub(crate) sentence: String,
}

impl Fall {
    /// What this report has an alarm about.
    pub(super) fn all_of(report: &report::Report) -> Vec<Self> {
        let fall = |survey: &report::SurveyReport| {
            let alert = survey.alert.as_ref()?;
            Some(Self {
                site: survey.site.clone(),
                survey: survey.survey.clone(),
                figure: alert.figure,
                since: alert.since,
                baseline: alert.baseline,
                verdict: alert.verdict.clone(),
                sentence: alert.sentence(),
            })
        };
        report.surveys.iter().filter_map(fall).collect()
    }

    /// In a line.
    pub(super) fn line(&self) -> String {
        format!(
            "{} on {} has fallen. {}.",
            self.survey, self.site, self.sentence
        )
    }

    /// In words.
    pub(super) fn text(&self, webhook: &Webhook) -> Text {
        let link = |dashboard: &String| {
            format!(
                "{dashboard}/dashboard/surveys/{}?site={}",
                self.survey, self.site
            )
        };
        Text {
            title: format!("{} on {} has fallen", self.survey, self.site),
            lines: vec![format!("{}.", self.sentence)],
            link: webhook.dashboard.as_ref().map(link),
            ..Text::default()
        }
    }
}
