//! All entries of all themes in one language, laid out so that each word of a comment is looked up once.

use std::collections::HashMap;

use aho_corasick::AhoCorasick;

use super::pattern::{Part, Pattern};

/// The entries of a language whose words stand apart.
#[derive(Clone, Debug, Default)]
pub(super) struct WordIndex {
    /// What words may be like, each once.
    parts: Vec<Part>,
    /// Of each part, the entries that begin with it.
    entries: Vec<Vec<Entry>>,
}

#[derive(Clone, Debug)]
struct Entry {
    theme: usize,
    /// What the words after the first must be like.
    then: Vec<Part>,
}

/// Which parts a word is like: shoppers use the same words, so it is remembered.
pub(super) type Memory = HashMap<String, Box<[usize]>>;

/// So many words are remembered.
const WORDS_MAX: usize = 50_000;

impl WordIndex {
    pub(super) fn add(&mut self, theme: usize, Pattern(parts): Pattern) {
        let mut parts = parts.into_iter();
        let Some(first) = parts.next() else {
            return;
        };
        let known = self.parts.iter().position(|part| *part == first);
        let place = known.unwrap_or_else(|| {
            self.parts.push(first);
            self.entries.push(Vec::new());
            self.parts.len() - 1
        });
        self.entries[place].push(Entry {
            theme,
            then: parts.collect(),
        });
    }

    /// Marks the themes that these words are about.
    pub(super) fn hear(&self, words: &[&str], memory: &mut Memory, heard: &mut [bool]) {
        for (place, word) in words.iter().enumerate() {
            if let Some(like) = memory.get(*word) {
                self.hear_at(like, &words[place + 1..], heard);
                continue;
            }
            let like: Box<[usize]> = (0..self.parts.len())
                .filter(|&part| self.parts[part].is(word))
                .collect();
            self.hear_at(&like, &words[place + 1..], heard);
            if memory.len() < WORDS_MAX {
                memory.insert((*word).to_owned(), like);
            }
        }
    }

    fn hear_at(&self, like: &[usize], rest: &[&str], heard: &mut [bool]) {
        for entry in like.iter().flat_map(|&part| &self.entries[part]) {
            let follows = entry.then.len() <= rest.len()
                && entry
                    .then
                    .iter()
                    .zip(rest)
                    .all(|(part, word)| part.is(word));
            if follows {
                heard[entry.theme] = true;
            }
        }
    }
}

/// The entries of a language without spaces: each may be anywhere in the text.
#[derive(Clone, Debug)]
pub(super) struct TextIndex {
    finder: AhoCorasick,
    themes: Vec<usize>,
}

impl TextIndex {
    /// `None` without entries, or with more than a finder can hold.
    pub(super) fn new(entries: &[(usize, String)]) -> Option<Self> {
        let finder = AhoCorasick::new(entries.iter().map(|(_, word)| word)).ok()?;
        let themes: Vec<usize> = entries.iter().map(|(theme, _)| *theme).collect();
        (!themes.is_empty()).then_some(Self { finder, themes })
    }

    /// Marks the themes that this text is about.
    pub(super) fn hear(&self, text: &str, heard: &mut [bool]) {
        for found in self.finder.find_overlapping_iter(text) {
            heard[self.themes[found.pattern().as_usize()]] = true;
        }
    }
}
