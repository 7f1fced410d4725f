//! All that a report says of comments: the topics of each survey, and the voices behind its headline.

use std::path::Path;

use serde::Serialize;
use survey::metric::Metric;

use super::findings::SurveyComments;
use super::lexicon::Lexicon;
use super::tally::Tally;
use super::voices::{Group, Listener, Voices};
use crate::query::Query;
use crate::segments::ReadError;

/// What people wrote.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Said {
    /// Survey by survey.
    pub surveys: Vec<SurveyComments>,
    /// Behind the change that was asked about.
    pub voices: Option<Voices>,
}

impl Said {
    /// Reads every comment that `query` asks for, and those of a group whatever the period.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn of(
        data_dir: &Path,
        query: &Query,
        group: Option<Group>,
        lexicon: &Lexicon,
    ) -> Result<Self, ReadError> {
        let mut tally = Tally::new(lexicon.clone());
        let mut listener = group.map(|group| Listener::new(group, lexicon.clone()));
        let whole = Query {
            // A change may have begun before the period asked for.
            since: if listener.is_some() {
                None
            } else {
                query.since
            },
            ..query.clone()
        };
        crate::responses(data_dir, &whole, |response| {
            if query
                .since
                .is_none_or(|since| response.received_at >= since)
            {
                tally.hear(&response);
            }
            if let Some(listener) = &mut listener {
                listener.hear(&response);
            }
        })?;
        Ok(Self {
            surveys: tally.findings(query.method),
            voices: listener.map(Listener::finish),
        })
    }

    /// What was said on one survey.
    #[must_use]
    pub fn on(&self, survey: &str, site: &str, metric: Metric) -> Option<&SurveyComments> {
        let mut surveys = self.surveys.iter();
        surveys.find(|said| {
            (said.survey.as_str(), said.site.as_str(), said.metric) == (survey, site, metric)
        })
    }
}
