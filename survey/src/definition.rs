//! A survey as its file defines it, every value checked.

use crate::condition::Condition;
use crate::frequency::Frequency;
use crate::metric::{Band, Metric};
use crate::offer::{Device, FollowUp, Offer, OfferedSurvey, Position, SitePolicy, VERSION};
use crate::trigger::Trigger;
use crate::wording::{self, Language};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A survey, as read from `surveys/<id>.toml`.
#[derive(Clone, Debug)]
pub struct Survey {
    /// The file's name without its ending.
    pub id: String,
    /// What it measures.
    pub metric: Metric,
    /// Whether it is offered to pages.
    pub status: Status,
    /// Which standard wording of its metric it uses.
    pub variant: Variant,
    /// Its own question, in place of the standard one.
    pub question: Option<Text>,
    /// Its own words at the low end of the scale.
    pub anchor_low: Option<Text>,
    /// Its own words at the high end.
    pub anchor_high: Option<Text>,
    /// What may be asked after the score.
    pub follow_ups: Vec<FollowUpDefinition>,
    /// Said at the end.
    pub thanks: Option<Text>,
    /// Which visits may be asked.
    pub target: Target,
    /// Any one of them fires the survey.
    pub triggers: Vec<Trigger>,
    /// Its own clocks.
    pub frequency: Frequency,
    /// Where the card appears.
    pub position: Position,
}

/// Whether a survey is offered to pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Being written.
    Draft,
    /// Offered.
    Live,
    /// Stopped; answers still on their way are accepted.
    Paused,
}

/// Which standard wording of a metric is used; a changed wording is a changed measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// The metric's own.
    Standard,
    /// About ordering (CSAT, CES).
    Purchase,
    /// About finding something (CES).
    Find,
}

/// A text in one or several languages.
#[derive(Clone, Debug)]
pub enum Text {
    /// The same for everybody.
    Same(String),
    /// By language; never empty.
    ByLanguage(BTreeMap<Language, String>),
}

/// A question after the score.
#[derive(Clone, Debug)]
pub struct FollowUpDefinition {
    /// For which scores; any when absent.
    pub when: Option<Band>,
    /// Its own question, in place of the standard one.
    pub question: Option<Text>,
}

/// Which visits may be asked.
#[derive(Clone, Debug)]
pub struct Target {
    /// Regular expressions of which the path must match one.
    pub pages: Vec<String>,
    /// Regular expressions of which it must match none.
    pub exclude: Vec<String>,
    /// Kinds of device; any when empty.
    pub devices: Vec<Device>,
    /// Primary languages; any when empty.
    pub languages: Vec<String>,
    /// What the visitor's attributes must be.
    pub conditions: Vec<Condition>,
    /// The share of visitors asked, from 0 to 1.
    pub sample: f64,
    /// First day (UTC).
    pub from: Option<Date>,
    /// Last day (UTC), included.
    pub until: Option<Date>,
}

impl Survey {
    /// Whether the survey is offered to pages on this day (UTC).
    #[must_use]
    pub fn is_live_on(&self, day: Date) -> bool {
        let has_begun = self.target.from.is_none_or(|from| from <= day);
        let has_ended = self.target.until.is_some_and(|until| until < day);
        self.status == Status::Live && has_begun && !has_ended
    }

    /// The name of the wording used, kept with each answer.
    #[must_use]
    pub const fn wording(&self) -> &'static str {
        if self.question.is_some() || self.anchor_low.is_some() {
            return "custom";
        }
        match self.variant {
            Variant::Standard => "standard",
            Variant::Purchase => "purchase",
            Variant::Find => "find",
        }
    }

    fn offered(&self, language: Language, brand: &str) -> OfferedSurvey {
        let standard = wording::question(self, language, brand);
        let resolve = |text: &Text| text.resolve(language).replace("{brand}", brand);
        // The introduction and the labels in between belong to the standard statement.
        let is_own = self.question.is_some();
        OfferedSurvey {
            id: self.id.clone(),
            metric: self.metric,
            intro: if is_own {
                String::new()
            } else {
                standard.intro
            },
            question: self.question.as_ref().map_or(standard.question, resolve),
            labels: self.labels(standard.labels, resolve),
            follow_up: self
                .follow_ups
                .iter()
                .map(|follow_up| follow_up.offered(language, brand))
                .collect(),
            thanks: self
                .thanks
                .as_ref()
                .map_or_else(|| wording::thanks(language).to_owned(), resolve),
            pages: self.target.pages.clone(),
            exclude: self.target.exclude.clone(),
            devices: self.target.devices.clone(),
            languages: self.target.languages.clone(),
            conditions: self.target.conditions.clone(),
            sample: self.target.sample,
            trigger: self.triggers.clone(),
            frequency: self.frequency,
            position: self.position,
        }
    }

    /// Own words at the ends replace every label, since those in between would not fit them.
    fn labels(&self, standard: Vec<String>, resolve: impl Fn(&Text) -> String) -> Vec<String> {
        match (&self.anchor_low, &self.anchor_high) {
            (Some(low), Some(high)) => vec![resolve(low), resolve(high)],
            _ => standard,
        }
    }
}

impl FollowUpDefinition {
    fn offered(&self, language: Language, brand: &str) -> FollowUp {
        let own = self.question.as_ref();
        let question = own.map_or_else(
            || wording::reason(language),
            |question| question.resolve(language),
        );
        FollowUp {
            when: self.when,
            question: question.replace("{brand}", brand),
        }
    }
}

impl Text {
    /// The text in this language, else in English, else in whatever language there is.
    #[must_use]
    pub fn resolve(&self, language: Language) -> &str {
        match self {
            Self::Same(text) => text,
            Self::ByLanguage(texts) => texts
                .get(&language)
                .or_else(|| texts.get(&Language::ENGLISH))
                .or_else(|| texts.values().next())
                .map_or("", String::as_str),
        }
    }
}

impl Offer {
    /// The given surveys, worded in one language.
    #[must_use]
    pub fn new<'s>(
        site: &SitePolicy,
        surveys: impl Iterator<Item = &'s Survey>,
        language: Language,
    ) -> Self {
        Self {
            version: VERSION,
            site: site.clone(),
            language: language.tag().to_owned(),
            dir: language.direction().to_owned(),
            card: wording::card(language),
            surveys: surveys
                .map(|survey| survey.offered(language, &site.brand))
                .collect(),
        }
    }
}
