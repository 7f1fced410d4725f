//! All that a report says of comments: the topics of each survey, and the voices behind its headline.

use jiff::Timestamp;
use serde::Serialize;
use survey::metric::Metric;

use super::findings::SurveyComments;
use super::latest::Latest;
use super::lexicon::Lexicon;
use super::tally::Tally;
use super::voices::{Group, Listener, Voices};
use crate::by::By;
use crate::fold::{Folded, Key};
use crate::query::Query;
use crate::read::Reading;
use crate::response::{Outcome, Response};
use crate::run::Wanted;
use crate::segments::ReadError;

/// What people wrote.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Said {
    /// Survey by survey.
    pub surveys: Vec<SurveyComments>,
    /// The same language by language, if the report is split by it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by_language: Vec<SurveyComments>,
    /// Behind the change that was asked about.
    pub voices: Option<Voices>,
    /// The latest comments as they are.
    #[serde(skip)]
    pub latest: Latest,
}

impl Said {
    /// Hears every comment that `query` asks for, and those of a group whatever the period. Trends are of the
    /// days from that of `recent` on, or of the usual ones.
    pub(crate) fn of(
        reading: &Reading,
        query: &Query,
        group: Option<&Group>,
        recent: Option<Timestamp>,
        lexicon: &Lexicon,
    ) -> Result<Self, ReadError> {
        let wanted = Wanted {
            answers: true,
            attributes: false,
        };
        let ear = || Ear {
            tally: if query.by == Some(By::Language) {
                Tally::new(lexicon.clone()).by_language()
            } else {
                Tally::new(lexicon.clone())
            },
            latest: Latest::default(),
            listener: group.map(|group| Listener::new(group.clone(), lexicon.clone())),
        };
        let ears = reading.for_each_apart(wanted, ear, |ear, key, folded| {
            ear.hear(key, folded, reading, query);
        })?;
        let heard = ears.into_iter().reduce(|mut all, ear| {
            all.merge(ear);
            all
        });
        Ok(heard.map_or_else(Self::default, |mut heard| {
            heard.latest.settle();
            Self {
                latest: heard.latest,
                surveys: heard.tally.surveys(query.method, recent),
                by_language: heard.tally.languages(query.method, recent),
                voices: heard.listener.map(Listener::finish),
            }
        }))
    }

    /// What was said on one survey.
    #[must_use]
    pub fn on(&self, survey: &str, site: &str, metric: Metric) -> Option<&SurveyComments> {
        let mut surveys = self.surveys.iter();
        surveys.find(|said| said.is_on(survey, site, metric))
    }

    /// The same language by language, if the report is split by it: that of most comments first.
    #[must_use]
    pub fn by_language_on(&self, survey: &str, site: &str, metric: Metric) -> Vec<&SurveyComments> {
        let languages = self.by_language.iter();
        let mut languages: Vec<_> = languages
            .filter(|said| said.is_on(survey, site, metric))
            .collect();
        languages.sort_by_key(|said| std::cmp::Reverse(said.comments));
        languages
    }
}

impl SurveyComments {
    fn is_on(&self, survey: &str, site: &str, metric: Metric) -> bool {
        (self.survey.as_str(), self.site.as_str(), self.metric) == (survey, site, metric)
    }
}

/// What one thread hears.
struct Ear {
    tally: Tally,
    latest: Latest,
    listener: Option<Listener>,
}

impl Ear {
    fn hear(&mut self, key: &Key, folded: Folded, reading: &Reading, query: &Query) {
        let is_asked_for = query.spans(folded.received);
        // A change may have begun before the period asked for.
        let listener = self.listener.as_mut();
        let listener = listener.filter(|_| query.ends_after(folded.received));
        let is_heard = (is_asked_for || listener.is_some())
            && query.counts(key, &folded)
            && folded.outcome() == Outcome::Answered
            && query.is_about(key, &reading.names);
        // Made for those who are heard alone: it copies every text.
        let response = is_heard.then(|| Response::of(key, folded, &reading.names));
        let Some(response) = response.flatten() else {
            return;
        };
        if is_asked_for {
            self.tally.hear(&response);
            self.latest.hear(&response);
        }
        if let Some(listener) = listener {
            listener.hear(&response);
        }
    }

    fn merge(&mut self, other: Self) {
        self.tally.merge(other.tally);
        self.latest.merge(other.latest);
        if let (Some(listener), Some(other)) = (&mut self.listener, other.listener) {
            listener.merge(other);
        }
    }
}
