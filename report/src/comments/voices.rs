//! What the people behind a change say: their comments since it began, beside those before.

use jiff::Timestamp;
use serde::Serialize;
use survey::metric::Band;

use super::lexicon::Lexicon;
use super::quote::{self, PEOPLE_MIN, Quote};
use super::tally::Tally;
use crate::by::By;
use crate::figures::nps::Method;
use crate::response::{Response, Visitors};

/// Whose voices are wanted.
#[derive(Clone, Debug)]
pub struct Group {
    /// The survey's id.
    pub survey: String,
    /// Where it was shown.
    pub site: String,
    /// Only those of whom this is so; everybody if `None`.
    pub among: Option<(By, String)>,
    /// When the change began.
    pub since: Timestamp,
    /// Whether they are less happy since then.
    pub fell: bool,
}

/// What a group of people says since a moment.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Voices {
    /// Their comments since then.
    pub comments: u64,
    /// The themes they mention more than before, in English; the first is mentioned by most.
    pub themes: Vec<String>,
    /// Up to three of the comments that fit the change, about the first theme if there is one.
    pub quotes: Vec<Quote>,
}

/// Listens to one group.
#[derive(Debug)]
pub(crate) struct Listener {
    group: Group,
    tally: Tally,
    people: u64,
    comments: u64,
}

impl Listener {
    pub(crate) fn new(group: Group, lexicon: Lexicon) -> Self {
        Self {
            group,
            tally: Tally::new(lexicon),
            people: 0,
            comments: 0,
        }
    }

    pub(crate) fn hear(&mut self, response: &Response) {
        if !self.group.has(response) {
            return;
        }
        self.tally.hear(response);
        if response.received_at >= self.group.since && response.score.is_some() {
            self.people += 1;
            self.comments += u64::from(response.comment.is_some());
        }
    }

    /// Adds what was heard of others by a listener to the same group.
    pub(crate) fn merge(&mut self, other: Self) {
        self.tally.merge(other.tally);
        self.people += other.people;
        self.comments += other.comments;
    }

    pub(crate) fn finish(self) -> Voices {
        let findings = self
            .tally
            .findings_since(Method::default(), self.group.since);
        let Some(survey) = findings.first().filter(|_| self.people >= PEOPLE_MIN) else {
            return Voices::default();
        };
        let mut rising: Vec<_> = survey
            .themes
            .iter()
            .filter(|topic| topic.is_rising())
            .collect();
        rising.sort_by_key(|topic| std::cmp::Reverse(topic.n));
        let band = if self.group.fell {
            Band::Low
        } else {
            Band::High
        };
        let since = |response: &&Response| {
            response.received_at >= self.group.since && response.band == Some(band)
        };
        let about = rising.first().map(|topic| topic.id.as_str());
        let tally = self.tally.surveys.values().next();
        let quotes = tally.map_or_else(Vec::new, |tally| {
            let themes = self.tally.lexicon.themes().iter().zip(&tally.themes);
            let of_theme = themes
                .filter(|(theme, _)| Some(theme.id()) == about)
                .flat_map(|(_, tally)| tally.sample.iter());
            let quotes = quote::choose(of_theme.filter(since), Some(band));
            if !quotes.is_empty() {
                return quotes;
            }
            let all = tally.sample.iter().map(|sampled| &sampled.response);
            quote::choose(all.filter(since), Some(band))
        });
        Voices {
            comments: self.comments,
            themes: rising.iter().map(|topic| topic.name.clone()).collect(),
            quotes,
        }
    }
}

impl Group {
    fn has(&self, response: &Response) -> bool {
        self.survey == response.survey
            && self.site == response.site
            && self
                .among
                .as_ref()
                .is_none_or(|(by, value)| value_of(response, by) == value)
    }
}

/// What a response is split by; empty where a split is no matter of who somebody is.
fn value_of<'r>(response: &'r Response, by: &By) -> &'r str {
    match by {
        By::Page => &response.page,
        By::Device => &response.device,
        By::Language => &response.language,
        By::Trigger => &response.trigger,
        By::Signal => &response.signal,
        By::Channel => &response.channel,
        By::Visitors => match response.visitors {
            Some(Visitors::New) => "new",
            Some(Visitors::Returning) => "returning",
            None => "",
        },
        By::Day | By::Week | By::Month | By::Attribute(_) => "",
    }
}
