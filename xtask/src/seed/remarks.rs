//! What seeded shoppers write: remarks that fit a survey, a mood and a language.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use fastrand::Rng;
use serde::Deserialize;

use super::shopper::LANGUAGES;
use super::surveys::{SURVEYS, Survey};

/// What a shopper felt.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Mood {
    /// Something works well.
    Fine,
    /// Something is not as it should be.
    Poor,
    /// The pay button on phones is dead.
    Broken,
}

/// Every remark, by the survey, mood and language it fits.
pub(super) struct Remarks(BTreeMap<(usize, Mood, usize), Vec<String>>);

#[derive(Deserialize)]
struct File {
    remark: Vec<Remark>,
}

#[derive(Deserialize)]
struct Remark {
    mood: Mood,
    surveys: Vec<String>,
    #[serde(flatten)]
    languages: BTreeMap<String, Vec<String>>,
}

impl Remarks {
    /// The ones kept beside this file.
    pub(super) fn new() -> Result<Self> {
        let file: File = toml::from_str(include_str!("remarks.toml"))
            .context("`xtask/src/seed/remarks.toml` cannot be read")?;
        let mut remarks = BTreeMap::<_, Vec<String>>::new();
        for (number, survey) in SURVEYS.iter().enumerate() {
            let fits = |remark: &&Remark| remark.surveys.iter().any(|id| id == survey.id);
            for remark in file.remark.iter().filter(fits) {
                for (language, known) in LANGUAGES.iter().enumerate() {
                    if let Some(texts) = remark.languages.get(known.tag) {
                        let place = (number, remark.mood, language);
                        remarks.entry(place).or_default().extend_from_slice(texts);
                    }
                }
            }
        }
        Ok(Self(remarks))
    }

    /// What one shopper writes: one remark, at times two, at times mistyped.
    pub(super) fn draw(
        &self,
        rng: &mut Rng,
        survey: &Survey,
        mood: Mood,
        language: usize,
    ) -> Option<String> {
        let texts = self.0.get(&(survey.number, mood, language))?;
        let mut text = texts[rng.usize(..texts.len())].clone();
        if rng.f64() < TWO_REMARKS {
            let second = &texts[rng.usize(..texts.len())];
            if *second != text {
                text = text + LANGUAGES[language].full_stop + second;
            }
        }
        if rng.f64() < MISTYPED {
            text = mistyped(rng, &text);
        }
        if rng.f64() < LOWER_CASE {
            text = text.to_lowercase();
        }
        Some(text)
    }
}

const TWO_REMARKS: f64 = 0.1;
const MISTYPED: f64 = 0.05;
const LOWER_CASE: f64 = 0.3;

/// Two neighbouring letters of the Latin alphabet changed places.
fn mistyped(rng: &mut Rng, text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let swappable: Vec<usize> = (1..characters.len().saturating_sub(1))
        .filter(|&place| {
            characters[place].is_ascii_lowercase() && characters[place + 1].is_ascii_lowercase()
        })
        .collect();
    if let Some(&place) = swappable.get(rng.usize(..swappable.len().max(1))) {
        characters.swap(place, place + 1);
    }
    characters.into_iter().collect()
}
