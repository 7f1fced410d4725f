//! Standard wording in 16 languages, resolved for a page by the collector.

use crate::definition::{FollowUpWording, Survey, Variant};
use crate::metric::Metric;
use crate::offer::{CardWording, Choice};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A language with standard wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(&'static str);

impl Language {
    /// The language everything falls back to.
    pub const ENGLISH: Self = Self("en");

    /// Every language with standard wording.
    pub fn all() -> impl Iterator<Item = Self> {
        LOCALES.keys().map(|tag| Self(tag))
    }

    /// The language of exactly this tag, in any case.
    #[must_use]
    pub fn exactly(tag: &str) -> Option<Self> {
        Self::all().find(|language| language.0.eq_ignore_ascii_case(tag))
    }

    /// The first language that is near to one of these tags, as `navigator.languages` has them with commas
    /// in between: `sv-SE,fr-CA,en`.
    #[must_use]
    pub fn among(tags: &str) -> Option<Self> {
        tags.split(',').find_map(Self::nearest)
    }

    /// The nearest language to a BCP 47 tag such as `fr-CA` or `zh-HK`.
    #[must_use]
    pub fn nearest(tag: &str) -> Option<Self> {
        let tag = tag.trim().to_ascii_lowercase().replace('_', "-");
        let primary = tag.split('-').next().unwrap_or_default();
        let near = match primary {
            "zh" => match tag.as_str() {
                "zh-tw" | "zh-hk" | "zh-mo" => "zh-Hant",
                traditional if traditional.starts_with("zh-hant") => "zh-Hant",
                _ => "zh-Hans",
            },
            "pt" => "pt-BR",
            "iw" => "he",
            _ => primary,
        };
        Self::exactly(near)
    }

    /// The BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        self.0
    }

    /// `ltr` or `rtl`.
    #[must_use]
    pub fn direction(self) -> &'static str {
        &locale(self).meta.dir
    }
}

/// What a survey asks in a language when its file gives no words of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandardQuestion {
    /// Said before the question; empty when nothing is.
    pub intro: String,
    /// The question, with the shop's name in it.
    pub question: String,
    /// One label for each score, or only the lowest's and the highest's.
    pub labels: Vec<String>,
}

/// The standard question of a survey's metric and variant.
#[must_use]
pub fn question(survey: &Survey, language: Language, brand: &str) -> StandardQuestion {
    let locale = locale(language);
    let question = match (survey.metric, survey.variant) {
        (Metric::Nps, _) => &locale.nps.question,
        (Metric::Csat, Variant::Purchase) => &locale.csat.question_purchase,
        (Metric::Csat, _) => &locale.csat.question,
        (Metric::Ces, Variant::Purchase) => &locale.ces.statement_purchase,
        (Metric::Ces, Variant::Find) => &locale.ces.statement_find,
        (Metric::Ces, _) => &locale.ces.statement_issue,
    };
    let labels = match survey.metric {
        Metric::Nps => vec![locale.nps.low.clone(), locale.nps.high.clone()],
        Metric::Csat => locale.csat.labels.clone(),
        Metric::Ces => locale.ces.labels.clone(),
    };
    StandardQuestion {
        intro: match survey.metric {
            Metric::Ces => locale.ces.intro.clone(),
            Metric::Csat | Metric::Nps => String::new(),
        },
        question: question.replace("{brand}", brand),
        labels,
    }
}

/// What a follow-up asks in a language when its file gives no words of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandardFollowUp {
    /// The question.
    pub question: String,
    /// What can be chosen, in the order of `ABANDON_OPTIONS`; mostly nothing.
    pub options: Vec<Choice>,
}

/// What may keep somebody from ordering, the most frequent first; `other` goes last.
pub(crate) const ABANDON_OPTIONS: [&str; 7] = [
    "price",
    "shipping",
    "just_looking",
    "not_found",
    "trust_payment",
    "problem",
    "other",
];

/// The standard question of a follow-up.
#[must_use]
pub fn follow_up(wording: FollowUpWording, language: Language) -> StandardFollowUp {
    let locale = locale(language);
    let (question, options) = match wording {
        FollowUpWording::Reason => (&locale.followup.reason, Vec::new()),
        FollowUpWording::Improve => (&locale.followup.improve, Vec::new()),
        FollowUpWording::Liked => (&locale.followup.liked, Vec::new()),
        FollowUpWording::Contact => (&locale.ui.contact_label, Vec::new()),
        FollowUpWording::Abandon => (&locale.abandon.question, abandon_options(locale)),
    };
    StandardFollowUp {
        question: question.clone(),
        options,
    }
}

fn abandon_options(locale: &Locale) -> Vec<Choice> {
    let option = |key: &str| {
        let text = locale.abandon.options.get(key)?.clone();
        let key = key.to_owned();
        Some(Choice { key, text })
    };
    ABANDON_OPTIONS.into_iter().filter_map(option).collect()
}

/// What is said at the end.
#[must_use]
pub fn thanks(language: Language) -> &'static str {
    &locale(language).ui.thanks_title
}

/// The card's own words.
#[must_use]
pub fn card(language: Language) -> CardWording {
    let ui = &locale(language).ui;
    CardWording {
        region: ui.region_label.clone(),
        announce: ui.announce.clone(),
        back: ui.back.clone(),
        next: ui.next.clone(),
        send: ui.send.clone(),
        close: ui.close_label.clone(),
        optional: ui.optional.clone(),
        privacy: ui.comment_privacy.clone(),
        choose: ui.error_choose.clone(),
        contact: ui.contact_label.clone(),
        contact_help: ui.contact_help.clone(),
        contact_consent: ui.contact_consent.clone(),
        contact_error: ui.error_email.clone(),
        consent_error: ui.error_consent.clone(),
    }
}

#[derive(Deserialize)]
struct Locales {
    locales: BTreeMap<String, Locale>,
}

#[derive(Deserialize)]
struct Locale {
    meta: Meta,
    nps: NpsWords,
    csat: CsatWords,
    ces: CesWords,
    followup: FollowUpWords,
    abandon: AbandonWords,
    ui: UiWords,
}

#[derive(Deserialize)]
struct Meta {
    dir: String,
}

#[derive(Deserialize)]
struct NpsWords {
    question: String,
    low: String,
    high: String,
}

#[derive(Deserialize)]
struct CsatWords {
    question: String,
    question_purchase: String,
    labels: Vec<String>,
}

#[derive(Deserialize)]
struct CesWords {
    intro: String,
    statement_issue: String,
    statement_purchase: String,
    statement_find: String,
    labels: Vec<String>,
}

#[derive(Deserialize)]
struct FollowUpWords {
    reason: String,
    improve: String,
    liked: String,
}

#[derive(Deserialize)]
struct AbandonWords {
    question: String,
    options: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct UiWords {
    region_label: String,
    announce: String,
    back: String,
    next: String,
    send: String,
    close_label: String,
    optional: String,
    comment_privacy: String,
    contact_label: String,
    contact_help: String,
    contact_consent: String,
    error_choose: String,
    error_consent: String,
    error_email: String,
    thanks_title: String,
}

#[allow(clippy::expect_used)]
static LOCALES: LazyLock<BTreeMap<String, Locale>> = LazyLock::new(|| {
    let locales: Locales = serde_json::from_str(include_str!("../locales.json"))
        .expect("locales.json is part of the program and read by its tests");
    locales.locales
});

fn locale(language: Language) -> &'static Locale {
    // A `Language` is only ever made from a key of this map.
    &LOCALES[language.0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_find_the_nearest_language() {
        let rows = [
            ("fr", Some("fr")),
            ("fr-CA", Some("fr")),
            ("FR_be", Some("fr")),
            ("en-US", Some("en")),
            ("zh-TW", Some("zh-Hant")),
            ("zh-Hant-HK", Some("zh-Hant")),
            ("zh", Some("zh-Hans")),
            ("pt-PT", Some("pt-BR")),
            ("iw", Some("he")),
            ("da", None),
            ("", None),
            ("nb-NO,nb,de-AT,en", Some("de")),
            ("sv-SE,sv,de-AT,en", Some("sv")),
            ("da, FR", Some("fr")),
        ];
        for (tags, expected) in rows {
            assert_eq!(Language::among(tags).map(Language::tag), expected, "{tags}");
        }
    }

    #[test]
    fn every_language_has_a_label_for_each_score_and_option() {
        assert_eq!(Language::all().count(), 16);
        for language in Language::all() {
            assert_eq!(locale(language).csat.labels.len(), 5, "{language:?}");
            assert_eq!(locale(language).ces.labels.len(), 7, "{language:?}");
            let abandoned = follow_up(FollowUpWording::Abandon, language);
            assert_eq!(abandoned.options.len(), 7, "{language:?}");
        }
    }

    #[test]
    fn an_error_about_the_box_beside_an_address_names_it() {
        for language in Language::all() {
            let words = card(language);
            let name = words.contact_consent.trim_end_matches(['.', '。']);
            assert!(words.consent_error.contains(name), "{language:?}");
        }
    }

    #[test]
    fn only_arabic_and_hebrew_run_from_right_to_left() {
        let rtl: Vec<_> = Language::all()
            .filter(|language| language.direction() == "rtl")
            .map(Language::tag)
            .collect();
        assert_eq!(rtl, ["ar", "he"]);
    }
}
