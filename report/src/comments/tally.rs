//! Comments taken in one after the other: themes are counted exactly, words looked for in a sample.

use std::collections::BTreeMap;

use survey::metric::Metric;

use super::language::Language;
use super::lexicon::{Hearing, Lexicon};
use super::mentions::Mentions;
use super::normalise::normalised;
use super::quote;
use super::sample::Sample;
use crate::response::{Outcome, Response};

/// All comments of a report, survey by survey. Its memory does not grow with their number.
#[derive(Clone, Debug)]
pub struct Tally {
    pub(super) lexicon: Lexicon,
    hearing: Hearing,
    /// Count comments of each language apart as well.
    by_language: bool,
    pub(super) surveys: BTreeMap<Subject, SurveyTally>,
}

/// Whose comments are counted together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Subject {
    pub(super) survey: String,
    pub(super) site: String,
    pub(super) metric: Metric,
    /// Of comments in this language; `None` of all.
    pub(super) language: Option<&'static str>,
}

/// The comments on one survey.
#[derive(Clone, Debug)]
pub(super) struct SurveyTally {
    pub(super) responses: u64,
    pub(super) all: Mentions,
    /// Comments about at least one theme.
    pub(super) covered: u64,
    pub(super) languages: BTreeMap<String, u64>,
    /// In the lexicon's order.
    pub(super) themes: Vec<ThemeTally>,
    pub(super) sample: Sample<Sampled>,
}

/// A comment of the sample.
#[derive(Clone, Debug)]
pub(super) struct Sampled {
    pub(super) response: Response,
    /// Whether it is about at least one theme.
    pub(super) is_covered: bool,
}

/// The comments on one theme.
#[derive(Clone, Debug)]
pub(super) struct ThemeTally {
    pub(super) mentions: Mentions,
    pub(super) languages: BTreeMap<String, u64>,
    pub(super) sample: Sample<Response>,
}

/// So many comments of a survey are looked at for words that no theme has.
pub(super) const SAMPLE: usize = 10_000;

/// And so many of each language, of which there are many.
const SAMPLE_OF_LANGUAGE: usize = 1_000;

/// Of so many comments on a theme its quotes are chosen.
const QUOTES_SAMPLE: usize = 40;

impl Tally {
    /// Nothing heard yet.
    #[must_use]
    pub fn new(lexicon: Lexicon) -> Self {
        Self {
            hearing: Hearing::new(&lexicon),
            lexicon,
            by_language: false,
            surveys: BTreeMap::new(),
        }
    }

    /// The same, which counts comments of each language apart as well.
    #[must_use]
    pub fn by_language(self) -> Self {
        Self {
            by_language: true,
            ..self
        }
    }

    /// The ids of the themes that one comment is about; `page` is the language of the page, as in its tag.
    pub fn themes_of(&mut self, comment: &str, page: &str) -> Vec<&str> {
        let (_, heard) = self.listen(comment, page);
        let themes = self.lexicon.themes();
        heard.into_iter().map(|place| themes[place].id()).collect()
    }

    /// Takes one response in, with or without a comment.
    pub fn hear(&mut self, response: &Response) {
        if response.outcome != Outcome::Answered {
            return;
        }
        let subject = Subject {
            survey: response.survey.clone(),
            site: response.site.clone(),
            metric: response.metric,
            language: None,
        };
        let comment = response.comment.as_deref();
        let heard = comment.map(|comment| self.listen(comment, &response.language));
        let themes = self.lexicon.themes().len();
        if self.by_language
            && let Some((language, heard)) = &heard
        {
            let subject = Subject {
                language: Some(tag(*language)),
                ..subject.clone()
            };
            let survey = self.surveys.entry(subject);
            let survey = survey.or_insert_with(|| SurveyTally::new(themes, SAMPLE_OF_LANGUAGE));
            survey.responses += 1;
            survey.add(response, *language, heard);
        }
        let survey = self
            .surveys
            .entry(subject)
            .or_insert_with(|| SurveyTally::new(themes, SAMPLE));
        survey.responses += 1;
        if let Some((language, heard)) = heard {
            survey.add(response, language, &heard);
        }
    }

    /// Adds what was heard of other responses with the same lexicon.
    pub(super) fn merge(&mut self, other: Self) {
        let themes = self.lexicon.themes().len();
        for (subject, heard) in other.surveys {
            let sample = if subject.language.is_some() {
                SAMPLE_OF_LANGUAGE
            } else {
                SAMPLE
            };
            self.surveys
                .entry(subject)
                .or_insert_with(|| SurveyTally::new(themes, sample))
                .merge(heard);
        }
    }

    fn listen(&mut self, comment: &str, page: &str) -> (Option<Language>, Vec<usize>) {
        let page = Language::of_tag(page);
        let text = normalised(comment, page);
        let language = Language::of(&text, page);
        let heard = self.hearing.themes_of(&text, language);
        (language, heard)
    }
}

impl SurveyTally {
    fn new(themes: usize, sample: usize) -> Self {
        let theme = ThemeTally {
            mentions: Mentions::default(),
            languages: BTreeMap::new(),
            sample: Sample::of(QUOTES_SAMPLE),
        };
        Self {
            responses: 0,
            all: Mentions::default(),
            covered: 0,
            languages: BTreeMap::new(),
            themes: vec![theme; themes],
            sample: Sample::of(sample),
        }
    }

    fn add(&mut self, response: &Response, language: Option<Language>, heard: &[usize]) {
        let language = tag(language);
        self.all.add(response);
        self.covered += u64::from(!heard.is_empty());
        count(&mut self.languages, language);
        let id = response.id.as_u128();
        self.sample.offer(0, id, || Sampled {
            response: response.clone(),
            is_covered: !heard.is_empty(),
        });
        let rank = response.comment.as_deref().map_or(u8::MAX, quote::rank);
        for &place in heard {
            let theme = &mut self.themes[place];
            theme.mentions.add(response);
            count(&mut theme.languages, language);
            theme.sample.offer(rank, id, || response.clone());
        }
    }
}

impl SurveyTally {
    fn merge(&mut self, other: Self) {
        self.responses += other.responses;
        self.all.merge(&other.all);
        self.covered += other.covered;
        merge_languages(&mut self.languages, other.languages);
        self.sample.merge(other.sample);
        for (theme, more) in self.themes.iter_mut().zip(other.themes) {
            theme.mentions.merge(&more.mentions);
            merge_languages(&mut theme.languages, more.languages);
            theme.sample.merge(more.sample);
        }
    }
}

fn tag(language: Option<Language>) -> &'static str {
    language.map_or("other", Language::tag)
}

fn merge_languages(languages: &mut BTreeMap<String, u64>, others: BTreeMap<String, u64>) {
    for (language, more) in others {
        *languages.entry(language).or_default() += more;
    }
}

fn count(languages: &mut BTreeMap<String, u64>, language: &str) {
    match languages.get_mut(language) {
        Some(count) => *count += 1,
        None => {
            languages.insert(language.to_owned(), 1);
        }
    }
}
