//! What repeats itself in millions of lines, kept once: surveys and the circumstances of asking.
//!
//! A key is a hash of the text, so that it means the same in every segment, every thread and every
//! cached file. Of a million different circumstances, two share a key with a chance of 3 in 10⁸.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};
use survey::metric::Metric;
use xxhash_rust::xxh3::xxh3_64;

use crate::line::{About, Circumstances, Line, Told};
use crate::query::Query;

/// Names a [`Subject`], or a [`Happening`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct SubjectKey(pub(crate) u64);

/// Names a [`Context`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct ContextKey(pub(crate) u64);

/// Names a visitor; 0 is one who is not known. The name itself is nothing to a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct VisitorKey(pub(crate) u64);

/// Names a page load.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SessionKey(pub(crate) u64);

/// Events of one name on one site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Happening {
    pub(crate) site: String,
    pub(crate) told: Told,
}

/// One row of the report. A survey whose metric changed, or that two sites share, makes two: their
/// scores must never meet in one figure.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Subject {
    pub(crate) survey: String,
    pub(crate) site: String,
    pub(crate) metric: Metric,
}

/// Where and how somebody was asked; what no line says is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Context {
    pub(crate) page: String,
    pub(crate) device: String,
    pub(crate) language: String,
    pub(crate) trigger: String,
    pub(crate) signal: String,
    pub(crate) channel: String,
}

/// All names met so far.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Names {
    subjects: HashMap<u64, Subject, FixedState>,
    happenings: HashMap<u64, Happening, FixedState>,
    contexts: HashMap<u64, Context, FixedState>,
    /// Reused for every line.
    #[serde(skip)]
    spelt: Vec<u8>,
}

impl Names {
    /// The survey whose name is nearest to this one, if it is near and not the same.
    pub(crate) fn nearest_survey(&self, name: &str) -> Option<String> {
        nearest(name, self.surveys())
    }

    /// Likewise the site.
    pub(crate) fn nearest_site(&self, name: &str) -> Option<String> {
        nearest(name, self.sites())
    }

    /// What a query names that no line is about, though others are about something; in words, with what
    /// may have been meant.
    pub(crate) fn absent(&self, query: &Query) -> Vec<String> {
        let missing = |what: &str, name: &Option<String>, known: Vec<&String>| {
            let name = name.as_ref().filter(|name| !known.contains(name))?;
            let meant = nearest(name, known.iter().copied());
            let meant =
                meant.map_or_else(String::new, |meant| format!("\n  did you mean `{meant}`?"));
            (!known.is_empty()).then(|| format!("no line is about {what} `{name}`{meant}"))
        };
        let survey = missing("survey", &query.survey, self.surveys().collect());
        let site = missing("site", &query.site, self.sites().collect());
        survey.into_iter().chain(site).collect()
    }

    fn surveys(&self) -> impl Iterator<Item = &String> {
        self.subjects.values().map(|subject| &subject.survey)
    }

    fn sites(&self) -> impl Iterator<Item = &String> {
        let told = self.happenings.values().map(|happening| &happening.site);
        let asked = self.subjects.values().map(|subject| &subject.site);
        asked.chain(told)
    }

    /// The key of what a line is about.
    pub(crate) fn subject(&mut self, line: &Line<'_>) -> SubjectKey {
        let site = line.site;
        match line.about {
            About::Survey { id, metric } => {
                let key = self.spell(&[metric.name(), id, site]);
                self.subjects.entry(key).or_insert_with(|| Subject {
                    survey: id.to_string(),
                    site: site.to_string(),
                    metric,
                });
                SubjectKey(key)
            }
            About::Event(told) => {
                let key = self.spell(&[told.name(), site]);
                self.happenings.entry(key).or_insert_with(|| Happening {
                    site: site.to_string(),
                    told,
                });
                SubjectKey(key)
            }
        }
    }

    /// The key of these circumstances.
    pub(crate) fn context(&mut self, of: &Circumstances<'_>) -> ContextKey {
        let key = self.spell(&[
            of.page,
            of.device,
            of.language,
            of.trigger,
            of.signal,
            of.channel,
        ]);
        self.contexts.entry(key).or_insert_with(|| Context {
            page: of.page.to_string(),
            device: of.device.to_string(),
            language: of.language.to_string(),
            trigger: of.trigger.to_string(),
            signal: of.signal.to_string(),
            channel: of.channel.to_string(),
        });
        ContextKey(key)
    }

    /// Takes in what another stretch of the journal named.
    pub(crate) fn merge(&mut self, other: Self) {
        self.subjects.extend(other.subjects);
        self.happenings.extend(other.happenings);
        self.contexts.extend(other.contexts);
    }

    /// The survey; `None` of what is no survey.
    pub(crate) fn subject_of(&self, key: SubjectKey) -> Option<&Subject> {
        self.subjects.get(&key.0)
    }

    /// The events; `None` of a survey.
    pub(crate) fn happening_of(&self, key: SubjectKey) -> Option<&Happening> {
        self.happenings.get(&key.0)
    }

    /// The site, of either.
    pub(crate) fn site_of(&self, key: SubjectKey) -> Option<&str> {
        let survey = self.subject_of(key).map(|subject| subject.site.as_str());
        survey.or_else(|| Some(&self.happening_of(key)?.site))
    }

    pub(crate) fn context_of(&self, key: ContextKey) -> Option<&Context> {
        self.contexts.get(&key.0)
    }

    /// Each text after its length, so that no two lists of texts are spelt alike.
    fn spell(&mut self, texts: &[&str]) -> u64 {
        self.spelt.clear();
        for text in texts {
            self.spelt.extend((text.len() as u64).to_le_bytes());
            self.spelt.extend(text.as_bytes());
        }
        xxh3_64(&self.spelt)
    }
}

/// Of the names that are known, the one nearest to this one, if it is near and not the same.
fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n String>) -> Option<String> {
    let (_, nearest) = known
        .map(|known| (strsim::damerau_levenshtein(name, known), known))
        .filter(|(distance, known)| *distance * 3 <= known.chars().count())
        .min()?;
    (nearest != name).then(|| nearest.clone())
}

impl SessionKey {
    /// The key of this page load's name.
    pub(crate) fn of(session: &str) -> Self {
        Self(xxh3_64(session.as_bytes()))
    }
}

impl VisitorKey {
    /// The key of this visitor's name.
    pub(crate) fn of(visitor: Option<&str>) -> Self {
        Self(visitor.map_or(0, |name| xxh3_64(name.as_bytes()).max(1)))
    }
}
