//! A lexicon made ready to hear what comments are about.

use std::collections::HashMap;

use super::Lexicon;
use super::index::{Memory, TextIndex, WordIndex};
use super::pattern::Pattern;
use crate::comments::language::Language;
use crate::comments::words;

/// Hears the themes of comments, one after the other; each thread has its own.
#[derive(Clone, Debug)]
pub(in crate::comments) struct Hearing {
    spaced: HashMap<Language, (WordIndex, Memory)>,
    chinese: Option<TextIndex>,
    japanese: Option<TextIndex>,
    themes: usize,
}

impl Hearing {
    pub(in crate::comments) fn new(lexicon: &Lexicon) -> Self {
        let mut spaced = HashMap::<Language, (WordIndex, Memory)>::new();
        let (mut chinese, mut japanese) = (Vec::new(), Vec::new());
        for (place, theme) in lexicon.0.iter().enumerate() {
            for (language, words) in &theme.words {
                let whole = words.iter().map(|word| (place, word.clone()));
                match language {
                    // Either script may turn up on a page of the other.
                    language if language.is_chinese() => chinese.extend(whole),
                    Language::Japanese => japanese.extend(whole),
                    _ => {
                        let (index, _) = spaced.entry(*language).or_default();
                        for pattern in words.iter().filter_map(|word| Pattern::new(word)) {
                            index.add(place, pattern);
                        }
                    }
                }
            }
        }
        Self {
            spaced,
            chinese: TextIndex::new(&chinese),
            japanese: TextIndex::new(&japanese),
            themes: lexicon.0.len(),
        }
    }

    /// The places of the themes that a normalised comment in this language is about.
    pub(in crate::comments) fn themes_of(
        &mut self,
        text: &str,
        language: Option<Language>,
    ) -> Vec<usize> {
        let mut heard = vec![false; self.themes];
        match language {
            None => {}
            Some(language) if language.is_unspaced() => {
                let index = if language.is_chinese() {
                    &self.chinese
                } else {
                    &self.japanese
                };
                if let Some(index) = index {
                    index.hear(text, &mut heard);
                }
            }
            Some(language) => {
                if let Some((index, memory)) = self.spaced.get_mut(&language) {
                    let words: Vec<&str> = words::of(text).collect();
                    index.hear(&words, memory, &mut heard);
                }
            }
        }
        (0..heard.len()).filter(|&place| heard[place]).collect()
    }
}
