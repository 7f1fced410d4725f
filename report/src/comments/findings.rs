//! What was heard, said in a way to print: each survey's themes, the ones that low scorers mention
//! more first.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use survey::metric::{Band, Metric};

use super::contrast::{self, Contrast, Group};
use super::effect::{self, Effect};
use super::language::Language;
use super::mentions::{self, Mentions};
use super::quote::{self, PEOPLE_MIN, Quote};
use super::tally::{Sampled, Subject, SurveyTally, Tally, ThemeTally};
use super::terms::{self, Term};
use crate::figures::nps::Method;
use crate::figures::{self, ANSWERS_MIN, Rate};
use crate::query::Query;
use crate::response::Response;

/// What the comments on one survey are about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SurveyComments {
    /// Only those in this language, where they are told apart; `other` where it is none of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The survey's id.
    pub survey: String,
    /// Where it was shown.
    pub site: String,
    /// What it measures.
    pub metric: Metric,
    /// Responses with a comment.
    pub comments: u64,
    /// Comments per response, in percent.
    pub comment_share: Option<Rate>,
    /// Comments that a theme covers, in percent.
    pub covered: Option<Rate>,
    /// Comments by language; `other` where none of ours is.
    pub languages: std::collections::BTreeMap<String, u64>,
    /// How many comments words were looked for in, where that is not all of them.
    pub sampled: Option<u64>,
    /// The first day of the recent part, which the rest is compared with.
    pub recent_since: Option<Date>,
    /// The first day of `days` of each topic.
    pub days_since: Option<Date>,
    /// Themes of the lexicon that were mentioned: those low scorers mention more first, then by number.
    pub themes: Vec<Topic>,
    /// Words and phrases that low scorers use more, the clearest first.
    pub terms: Vec<Topic>,
    /// The most frequent words and phrases of comments that no theme covers.
    pub uncovered: Vec<Topic>,
}

/// One theme, or one phrase that no theme has.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Topic {
    /// The theme's id, or the phrase.
    pub id: String,
    /// What it is called in English, or the phrase.
    pub name: String,
    /// Comments that mention it.
    pub n: u64,
    /// In percent of all comments.
    pub share: Option<Rate>,
    /// Mentions by language.
    pub languages: std::collections::BTreeMap<String, u64>,
    /// How the scores of those who mention it differ.
    pub effect: Option<Effect>,
    /// Low scorers' mentions against those of the others.
    pub low_scorers: Option<Contrast>,
    /// Recent mentions against those before.
    pub recent: Option<Contrast>,
    /// Mentions by day.
    pub days: Vec<u64>,
    /// Up to three of the comments; none where fewer than five people wrote or answered.
    pub quotes: Vec<Quote>,
}

/// Phrases shown for a survey.
const TERMS_MAX: usize = 10;

/// At most so many days make the recent part, and always the smaller half.
const RECENT_DAYS: i64 = 7;

impl Tally {
    /// What the comments heard so far are about, survey by survey. The last seven days are held against
    /// the days before, and the later half where there are fewer than fourteen.
    #[must_use]
    pub fn findings(&self, method: Method) -> Vec<SurveyComments> {
        self.surveys(method, None)
    }

    /// The same, with the days from that of `recent` on held against those before.
    #[must_use]
    pub fn findings_since(&self, method: Method, recent: Timestamp) -> Vec<SurveyComments> {
        self.surveys(method, Some(recent))
    }

    pub(super) fn surveys(&self, method: Method, recent: Option<Timestamp>) -> Vec<SurveyComments> {
        self.told(false, method, recent)
    }

    /// The same of each language, if they are told apart.
    pub(super) fn languages(
        &self,
        method: Method,
        recent: Option<Timestamp>,
    ) -> Vec<SurveyComments> {
        self.told(true, method, recent)
    }

    fn told(
        &self,
        by_language: bool,
        method: Method,
        recent: Option<Timestamp>,
    ) -> Vec<SurveyComments> {
        let recent_since = recent.map(mentions::day);
        let wanted = self.surveys.iter().filter(|(subject, survey)| {
            survey.all.comments > 0 && subject.language.is_some() == by_language
        });
        wanted
            .map(|(subject, survey)| self.survey(subject, survey, method, recent_since))
            .collect()
    }

    fn survey(
        &self,
        subject: &Subject,
        tally: &SurveyTally,
        method: Method,
        recent_since: Option<i64>,
    ) -> SurveyComments {
        let comments = tally.all.comments;
        let scene = Scene::new(tally, subject.metric, method, recent_since);
        let sampled = tally.sample.len() as u64;
        SurveyComments {
            language: subject.language.map(str::to_owned),
            survey: subject.survey.clone(),
            site: subject.site.clone(),
            metric: subject.metric,
            comments,
            // Who wrote nothing wrote it in no language.
            comment_share: figures::rate(comments, tally.responses, &Query::default())
                .filter(|_| subject.language.is_none()),
            covered: figures::rate(tally.covered, comments, &Query::default()),
            languages: tally.languages.clone(),
            sampled: (sampled < tally.sample.offered()).then_some(sampled),
            recent_since: scene.recent_since.and_then(date),
            days_since: scene.days.map(|(first, _)| first).and_then(date),
            themes: scene.themes(self),
            terms: scene.terms(),
            uncovered: scene.uncovered(),
        }
    }
}

/// What all topics of a survey are held against.
struct Scene<'t> {
    tally: &'t SurveyTally,
    metric: Metric,
    method: Method,
    days: Option<(i64, i64)>,
    recent_since: Option<i64>,
}

impl<'t> Scene<'t> {
    fn new(
        tally: &'t SurveyTally,
        metric: Metric,
        method: Method,
        recent_since: Option<i64>,
    ) -> Self {
        let days = tally.all.days();
        let usual = days.and_then(|(first, last)| {
            let recent = ((last - first + 1) / 2).min(RECENT_DAYS);
            (recent > 0).then_some(last + 1 - recent)
        });
        let recent_since = recent_since.or(usual);
        Self {
            tally,
            metric,
            method,
            days,
            recent_since,
        }
    }

    fn themes(&self, all: &Tally) -> Vec<Topic> {
        let themes = all.lexicon.themes().iter().zip(&self.tally.themes);
        let mut topics: Vec<Topic> = themes
            .filter(|(_, tally)| tally.mentions.comments > 0)
            .map(|(theme, tally)| {
                let ThemeTally {
                    mentions,
                    languages,
                    sample,
                } = tally;
                Topic {
                    languages: languages.clone(),
                    ..self.topic(
                        theme.id(),
                        theme.name(Language::English),
                        mentions,
                        sample.iter(),
                    )
                }
            })
            .collect();
        adjust(&mut topics, |topic| topic.low_scorers.as_mut());
        adjust(&mut topics, |topic| topic.recent.as_mut());
        adjust_effects(&mut topics);
        topics.sort_by_key(|topic| {
            let is_more = topic.low_scorers.is_some_and(|low| low.is_more());
            (!is_more, std::cmp::Reverse(topic.n))
        });
        topics
    }

    fn terms(&self) -> Vec<Topic> {
        let all: Vec<&Response> = self.sampled(|_| true);
        self.topics(terms::of_low_scorers(&all), &all)
    }

    fn uncovered(&self) -> Vec<Topic> {
        let uncovered = self.sampled(|sampled| !sampled.is_covered);
        self.topics(terms::frequent(&uncovered), &uncovered)
    }

    fn sampled(&self, is_wanted: impl Fn(&Sampled) -> bool) -> Vec<&'t Response> {
        let sampled = self.tally.sample.iter();
        sampled
            .filter(|sampled| is_wanted(sampled))
            .map(|sampled| &sampled.response)
            .collect()
    }

    fn topics(&self, terms: Vec<Term>, responses: &[&Response]) -> Vec<Topic> {
        let terms = terms.into_iter().take(TERMS_MAX);
        let mut topics: Vec<Topic> = terms.map(|term| self.term(&term, responses)).collect();
        adjust(&mut topics, |topic| topic.recent.as_mut());
        adjust_effects(&mut topics);
        topics
    }

    fn term(&self, term: &Term, among: &[&Response]) -> Topic {
        let responses = || term.comments.iter().map(|&place| among[place]);
        let mut mentions = Mentions::default();
        for response in responses() {
            mentions.add(response);
        }
        let language = term.language.tag().to_owned();
        Topic {
            languages: [(language, mentions.comments)].into(),
            low_scorers: term.low_scorers,
            ..self.topic(&term.text, &term.text, &mentions, responses())
        }
    }

    fn topic<'r>(
        &self,
        id: &str,
        name: &str,
        mentions: &Mentions,
        responses: impl Iterator<Item = &'r Response>,
    ) -> Topic {
        let all = &self.tally.all;
        let low_scorers = contrast::between(
            Group {
                mentions: mentions.of_low_scorers(),
                comments: all.of_low_scorers(),
            },
            Group {
                mentions: mentions.of_others(),
                comments: all.of_others(),
            },
        );
        let is_low = low_scorers.is_some_and(|low| low.log_odds > 0.0);
        let enough = mentions.comments >= PEOPLE_MIN && self.tally.responses >= PEOPLE_MIN;
        let band = if is_low { Band::Low } else { Band::High };
        Topic {
            id: id.to_owned(),
            name: name.to_owned(),
            n: mentions.comments,
            share: figures::rate(mentions.comments, all.comments, &Query::default()),
            languages: std::collections::BTreeMap::new(),
            effect: effect::between(
                &mentions.distribution(self.metric),
                &all.distribution_without(mentions, self.metric),
                self.method,
            ),
            low_scorers,
            recent: self.recent(mentions),
            days: self
                .days
                .map_or_else(Vec::new, |(first, last)| mentions.by_day(first, last)),
            quotes: if enough {
                quote::choose(responses, Some(band))
            } else {
                Vec::new()
            },
        }
    }

    fn recent(&self, mentions: &Mentions) -> Option<Contrast> {
        let since = self.recent_since?;
        let all = &self.tally.all;
        let (recent, recent_all) = (mentions.since(since), all.since(since));
        contrast::between(
            Group {
                mentions: recent,
                comments: recent_all,
            },
            Group {
                mentions: mentions.comments - recent,
                comments: all.comments - recent_all,
            },
        )
    }
}

impl SurveyComments {
    /// The themes that enough people mention to say something of them, and the others.
    #[must_use]
    pub fn themes_by_weight(&self) -> (Vec<&Topic>, Vec<&Topic>) {
        let themes = self.themes.iter();
        themes.partition(|theme| theme.n >= ANSWERS_MIN)
    }
}

impl Topic {
    /// Is it mentioned more of late, beyond chance?
    #[must_use]
    pub fn is_rising(&self) -> bool {
        self.recent.is_some_and(|recent| recent.is_more())
    }

    /// Was it hardly mentioned before, and is now?
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.is_rising() && self.recent.is_some_and(|recent| recent.other_share < 1.0)
    }
}

fn adjust(topics: &mut [Topic], of: impl Fn(&mut Topic) -> Option<&mut Contrast>) {
    let mut contrasts: Vec<&mut Contrast> = topics.iter_mut().filter_map(of).collect();
    contrast::adjust(&mut contrasts);
}

fn adjust_effects(topics: &mut [Topic]) {
    let effects = topics.iter_mut().filter_map(|topic| topic.effect.as_mut());
    effect::adjust(&mut effects.collect::<Vec<_>>());
}

fn date(day: i64) -> Option<Date> {
    let moment = jiff::Timestamp::from_second(day * 86_400).ok()?;
    Some(moment.to_zoned(jiff::tz::TimeZone::UTC).date())
}
