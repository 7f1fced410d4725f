//! Little words that say nothing about a shop: those of Stopwords ISO, by language.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::language::Language;
use super::words;

type Lists = HashMap<Language, HashSet<&'static str>>;

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let list = |language: Language| {
        let code = language.tag().split('-').next().unwrap_or_default();
        let words = stop_words::lookup(code).unwrap_or_default();
        (language, words.iter().copied().collect())
    };
    Language::ALL.into_iter().map(list).collect()
});

/// Of the Chinese characters, those that make a pair of characters say nothing.
const CHINESE: &str = "的了是我你您他她它們们這这那哪也都就很太更最不沒没在有和與与及或但而且被把讓让給给對对跟從从為为因所以只還还又再才卻却能會会可要想請请嗎吗呢吧啊喔哦個个什麼么怎啦著着過过到得地之其此一二三上下來来去好多少些每用";

/// Does this word, in lower case, say nothing in this language?
pub(super) fn contain(language: Language, word: &str) -> bool {
    LISTS
        .get(&language)
        .is_some_and(|words| words.contains(word))
}

/// Does this Chinese character say nothing at the edge of a phrase?
pub(super) fn contain_han(character: char) -> bool {
    CHINESE.contains(character)
}

/// Of the languages written in Latin letters, the one whose little words occur: the page's, unless
/// another has at least two, and more than three times as many as the page's.
pub(super) fn vote(text: &str, page: Option<Language>) -> Option<Language> {
    let words: Vec<&str> = words::of(text).collect();
    let votes = |language: Language| words.iter().filter(|word| contain(language, word)).count();
    let least = page.map_or(2, |page| 3 * votes(page) + 1).max(2);
    let latin = Language::ALL
        .into_iter()
        .filter(|language| language.is_latin());
    // The first of equals: the list begins with the most frequent ones.
    let most = latin
        .map(|language| (votes(language), language))
        .reduce(|most, next| if next.0 > most.0 { next } else { most });
    match most {
        Some((votes, language)) if votes >= least => Some(language),
        _ => page,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_little_words() {
        for language in Language::ALL {
            let number = LISTS[&language].len();
            assert!(number >= 40, "{}: {number}", language.tag());
        }
    }
}
