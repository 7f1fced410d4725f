//! An alert about one response: somebody gave a low score and can be answered, or waits too long.

use super::text::Text;
use super::webhook::Webhook;
use jiff::Timestamp;
use serde::Serialize;
use survey::metric::Metric;

/// Who waits. Where they can be reached is never sent: it is in the case.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Case {
    /// Of the response, and of its case.
    pub(crate) id: String,
    pub(crate) site: String,
    pub(crate) survey: String,
    pub(crate) metric: Metric,
    pub(crate) score: u8,
    /// The path of the page.
    pub(crate) page: String,
    pub(crate) device: String,
    /// Whether somebody can be answered directly.
    pub(crate) contact: bool,
    pub(crate) received_at: Timestamp,
    /// When whoever said it should have heard.
    pub(crate) due_at: Timestamp,
    /// Who takes care of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) owner: Option<String>,
    /// What was written, with personal data masked; only where quotes are wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) quote: Option<String>,
    /// Where it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) link: Option<String>,
}

impl Case {
    /// As this webhook may hear of it.
    pub(super) fn for_webhook(&self, webhook: &Webhook) -> Self {
        let link = |dashboard: &String| format!("{dashboard}/dashboard/follow-up/{}", self.id);
        Self {
            quote: self.quote.clone().filter(|_| webhook.quotes),
            link: webhook.dashboard.as_ref().map(link),
            ..self.clone()
        }
    }

    /// That somebody can be answered.
    pub(super) fn as_low_score(&self) -> Text {
        Text {
            title: format!(
                "Low score with contact: {} on {}",
                self.scored(),
                self.survey
            ),
            lines: vec![
                self.circumstances(),
                format!(
                    "They left a contact. Answer by {} UTC.",
                    words_of(self.due_at)
                ),
            ],
            ..self.text()
        }
    }

    /// That nobody answered.
    pub(super) fn as_overdue(&self) -> Text {
        let contact = if self.contact {
            "They left a contact"
        } else {
            "They left a comment"
        };
        let owner = self.owner.as_ref().filter(|owner| !owner.is_empty());
        let owner = owner.map_or_else(String::new, |owner| format!(" It is with {owner}."));
        Text {
            title: format!(
                "Overdue: {} on {} waits for an answer",
                self.scored(),
                self.survey
            ),
            lines: vec![
                self.circumstances(),
                format!(
                    "{contact}, and should have heard by {} UTC.{owner}",
                    words_of(self.due_at)
                ),
            ],
            ..self.text()
        }
    }

    fn text(&self) -> Text {
        Text {
            quote: self.quote.clone(),
            small: format!("Case {}", self.id),
            link: self.link.clone(),
            ..Text::default()
        }
    }

    fn scored(&self) -> String {
        let scale = self.metric.scale();
        format!("{} ({} to {})", self.score, scale.start(), scale.end())
    }

    fn circumstances(&self) -> String {
        format!(
            "{} of {}, {}, received {} UTC.",
            self.page,
            self.site,
            self.device,
            words_of(self.received_at)
        )
    }
}

/// `Fri 27 Nov, 10:00`, in UTC.
pub(super) fn words_of(moment: Timestamp) -> String {
    let moment = moment.to_zoned(jiff::tz::TimeZone::UTC);
    moment.strftime("%a %-d %b, %H:%M").to_string()
}
