//! The alert of each day: what moved in the last 24 hours, and who waits.

use super::fall::Fall;
use super::text::Text;
use super::webhook::Webhook;
use jiff::Timestamp;
use report::cases::Figures;
use report::digest::{self, Digest};
use report::{Figure, Headline};
use serde::Serialize;

/// One day, as one webhook hears of it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Daily {
    pub(crate) since: Timestamp,
    pub(crate) until: Timestamp,
    /// In sentences.
    pub(crate) lines: Vec<String>,
    /// What moved most of all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) headline: Option<Headline>,
    /// What has fallen in the week before, as alarms tell it.
    pub(crate) fallen: Vec<Fall>,
    pub(crate) surveys: Vec<SurveyDay>,
    /// How bad answers are followed up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cases: Option<Figures>,
    /// What somebody said about what moved most; only where quotes are wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) quote: Option<String>,
    /// The id of the response that is quoted.
    #[serde(skip)]
    pub(crate) quoted: Option<String>,
}

/// One survey that day.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SurveyDay {
    site: String,
    survey: String,
    impressions: u64,
    responses: u64,
    figure: Figure,
    figure_before: Figure,
}

impl Daily {
    /// What of a digest this webhook wants to hear.
    pub(super) fn of(
        digest: &Digest,
        fallen: Vec<Fall>,
        cases: Option<Figures>,
        webhook: &Webhook,
    ) -> Self {
        let is_about = |site: &str, survey: &str| webhook.is_about(site, survey);
        let surveys = digest.surveys.iter();
        let surveys = surveys.filter(|row| is_about(&row.site, &row.survey));
        let headline = digest.headline.clone();
        let headline = headline.filter(|headline| is_about(&headline.site, &headline.survey));
        let voices = digest
            .voices
            .as_ref()
            .filter(|_| webhook.quotes && headline.is_some());
        let quote = voices.and_then(|voices| voices.quotes.first());
        let fallen = fallen.into_iter();
        let fallen: Vec<Fall> = fallen
            .filter(|fall| is_about(&fall.site, &fall.survey))
            .collect();
        let told = fallen.iter().map(Fall::line);
        Self {
            since: digest.since,
            until: digest.until,
            lines: told
                .chain(digest::short(digest, is_about))
                .chain(cases.as_ref().map(waiting))
                .collect(),
            fallen,
            cases,
            surveys: surveys
                .map(|row| SurveyDay {
                    site: row.site.clone(),
                    survey: row.survey.clone(),
                    impressions: row.impressions,
                    responses: row.responses,
                    figure: row.figure.clone(),
                    figure_before: row.figure_before.clone(),
                })
                .collect(),
            quote: quote.map(|quote| quote.text.clone()),
            quoted: quote.map(|quote| quote.response.to_string()),
            headline,
        }
    }

    /// In words.
    pub(super) fn text(&self, webhook: &Webhook) -> Text {
        let day = self.until.to_zoned(webhook.zone.clone());
        let link = |dashboard: &String| format!("{dashboard}/dashboard");
        Text {
            title: format!(
                "What shoppers said until {}",
                day.strftime("%a %-d %b, %H:%M")
            ),
            lines: self.lines.clone(),
            quote: self.quote.clone(),
            small: "The last 24 hours, beside the 24 hours before".to_owned(),
            link: webhook.dashboard.as_ref().map(link),
        }
    }
}

fn waiting(cases: &Figures) -> String {
    match (cases.open, cases.overdue) {
        (0, _) => "Nobody waits for an answer.".to_owned(),
        (1, overdue) => format!("1 case waits for an answer, {overdue} overdue."),
        (open, overdue) => format!("{open} cases wait for an answer, {overdue} overdue."),
    }
}
