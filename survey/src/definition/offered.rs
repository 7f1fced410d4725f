//! From a survey as its file defines it to what a page is offered: everything worded in one language.

use super::{FollowUpDefinition, Survey, Text};
use crate::offer::{
    Choice, FollowUp, FollowUpKind, Link, NAME_BEGINS, NAME_ENDS, Offer, OfferedSurvey, SitePolicy,
    VERSION,
};
use crate::wording::{self, Language};
use std::cmp::Reverse;

impl Offer {
    /// The given surveys, worded in one language, the most important first.
    #[must_use]
    pub fn new<'s>(
        site: &SitePolicy,
        surveys: impl Iterator<Item = &'s Survey>,
        language: Language,
    ) -> Self {
        let mut surveys: Vec<&Survey> = surveys.collect();
        surveys.sort_by_key(|survey| (Reverse(survey.priority), survey.id.as_str()));
        let words = Words {
            language,
            brand: &isolated(&site.brand),
        };
        let surveys: Vec<OfferedSurvey> =
            surveys.iter().map(|survey| survey.offered(words)).collect();
        let asks = |kind| {
            let mut follow_ups = surveys.iter().flat_map(|survey| &survey.follow_up);
            follow_ups.any(|follow_up| follow_up.kind == kind)
        };
        let mut card = wording::card(language);
        if !asks(FollowUpKind::Contact) {
            card.leave_out_contact();
        }
        Self {
            version: VERSION,
            site: site.clone(),
            language: language.tag().to_owned(),
            dir: language.direction().to_owned(),
            card,
            surveys,
        }
    }
}

/// So that a name of another script turns nothing around it.
fn isolated(name: &str) -> String {
    format!("{NAME_BEGINS}{name}{NAME_ENDS}")
}

/// The language of an offer, and what its texts call the shop.
#[derive(Clone, Copy)]
struct Words<'w> {
    language: Language,
    brand: &'w str,
}

impl Words<'_> {
    fn own(&self, text: &Text) -> String {
        self.branded(text.resolve(self.language))
    }

    fn branded(&self, text: &str) -> String {
        text.replace("{brand}", self.brand)
    }
}

impl Survey {
    fn offered(&self, words: Words<'_>) -> OfferedSurvey {
        let standard = wording::question(self, words.language, words.brand);
        // The introduction and the labels in between belong to the standard statement.
        let is_own = self.question.is_some();
        let own = |text: &Text| words.own(text);
        let follow_ups = self.follow_ups.iter();
        let (target, appearance) = (&self.target, &self.appearance);
        OfferedSurvey {
            id: self.id.clone(),
            metric: self.metric,
            priority: self.priority,
            closed: None,
            intro: if is_own {
                String::new()
            } else {
                standard.intro
            },
            question: self.question.as_ref().map_or(standard.question, own),
            style: self.style,
            labels: self.labels(standard.labels, own),
            follow_up: follow_ups
                .map(|follow_up| follow_up.offered(words))
                .collect(),
            thanks: self.thanks.message.as_ref().map_or_else(
                || wording::thanks(words.language).to_owned(),
                |message| words.own(message),
            ),
            thanks_link: self.thanks.link.as_ref().map(|link| Link {
                url: link.url.clone(),
                text: words.own(&link.text),
            }),
            pages: target.pages.clone(),
            exclude: target.exclude.clone(),
            devices: target.devices.clone(),
            languages: target.languages.clone(),
            visitors: target.visitors,
            conditions: target.conditions.clone(),
            sample: target.sample,
            trigger: self.triggers.clone(),
            frequency: self.frequency,
            position: appearance.position,
            inline: appearance.inline.clone().unwrap_or_default(),
            tab_label: appearance.tab_label.as_ref().map(own).unwrap_or_default(),
        }
    }

    /// Own words at the ends replace every label, since those in between would not fit them.
    fn labels(&self, standard: Vec<String>, own: impl Fn(&Text) -> String) -> Vec<String> {
        match (&self.anchor_low, &self.anchor_high) {
            (Some(low), Some(high)) => vec![own(low), own(high)],
            _ => standard,
        }
    }
}

impl FollowUpDefinition {
    fn offered(&self, words: Words<'_>) -> FollowUp {
        let standard = wording::follow_up(self.wording, words.language);
        let options = if self.options.is_empty() {
            standard.options
        } else {
            let own = self.options.iter().map(|option| Choice {
                key: option.key.clone(),
                text: words.own(&option.text),
            });
            own.collect()
        };
        FollowUp {
            when: self.when,
            kind: self.kind,
            question: self
                .question
                .as_ref()
                .map_or(standard.question, |question| words.own(question)),
            options,
        }
    }
}
