//! How well themes are heard may not get worse: floors under what `cargo xtask evaluate themes` prints.
#![allow(clippy::unwrap_used, unreachable_pub, missing_docs)]

#[path = "../evaluation/measure.rs"]
mod measure;

use measure::{first_ten, found, is_held_out, languages};
use report::comments::Lexicon;

#[test]
fn the_set_has_300_comments_in_four_languages_about_eight_themes() {
    let comments = measure::comments();
    assert_eq!(comments.len(), 300);
    assert_eq!(languages(&comments).len(), 4);
    let several = comments.iter().filter(|comment| comment.themes.len() > 1);
    assert!(several.count() >= 25);
}

#[test]
fn nine_of_ten_themes_are_heard_and_nine_of_ten_heard_are_right() {
    let comments = measure::comments();
    let held_out = comments
        .iter()
        .enumerate()
        .filter(|(place, _)| is_held_out(*place))
        .map(|(_, comment)| comment);
    for (name, found) in [("all", found(&comments)), ("held out", found(held_out))] {
        assert!(found.precision() >= 0.90, "{name}: {}", found.precision());
        assert!(found.recall() >= 0.90, "{name}: {}", found.recall());
    }
}

#[test]
fn the_first_ten_topics_are_the_eight_themes_and_words_alone_find_some() {
    let comments = measure::comments();
    for language in languages(&comments) {
        let with = first_ten(&comments, language, Lexicon::default());
        assert_eq!(with.themes_said, with.themes, "{language}");
        assert_eq!(with.true_topics, with.topics, "{language}");
        let without = first_ten(&comments, language, Lexicon::empty());
        assert!(without.themes_said >= 2, "{language}");
        assert!(2 * without.true_topics >= without.topics, "{language}");
    }
}
