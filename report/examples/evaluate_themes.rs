//! Prints how well themes are heard: `cargo xtask evaluate themes`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    unreachable_pub,
    missing_docs
)]

#[path = "../evaluation/measure.rs"]
mod measure;

use measure::{Comment, Found, first_ten, found, is_held_out, languages};
use report::comments::Lexicon;

fn main() {
    let comments = measure::comments();
    let part = |held_out| {
        let numbered = comments.iter().enumerate();
        numbered
            .filter(move |(place, _)| is_held_out(*place) == held_out)
            .map(|(_, comment)| comment)
    };
    println!("themes of {} comments, each by itself", comments.len());
    println!("             comments  precision  recall");
    print_found("held out", part(true).collect());
    print_found("seen", part(false).collect());
    for language in languages(&comments) {
        let spoken = comments
            .iter()
            .filter(|comment| comment.language == language);
        print_found(language, spoken.collect());
    }
    println!();
    println!("the first ten topics of a report");
    println!("             with the lexicon          from words alone");
    println!("             precision@10  recall@10   precision@10  recall@10");
    for language in languages(&comments) {
        let with = first_ten(&comments, language, Lexicon::default());
        let without = first_ten(&comments, language, Lexicon::empty());
        println!(
            "  {language:<10} {:>7}/{:<4} {:>7}/{:<4} {:>9}/{:<4} {:>7}/{:<4}",
            with.true_topics,
            with.topics,
            with.themes_said,
            with.themes,
            without.true_topics,
            without.topics,
            without.themes_said,
            without.themes,
        );
    }
    if std::env::args().any(|argument| argument == "--misses") {
        print_misses(part(false));
    }
}

fn print_found(name: &str, comments: Vec<&Comment>) {
    let number = comments.len();
    let found: Found = found(comments);
    println!(
        "  {name:<10} {number:>8} {:>10.3} {:>7.3}",
        found.precision(),
        found.recall()
    );
}

/// Of the comments that may be looked at, those heard wrongly.
fn print_misses<'c>(comments: impl Iterator<Item = &'c Comment>) {
    let mut tally = report::comments::Tally::new(Lexicon::default());
    for comment in comments {
        let heard = tally.themes_of(&comment.text, &comment.language);
        let mut there: Vec<&str> = comment.themes.iter().map(String::as_str).collect();
        there.sort_unstable();
        let mut sorted = heard.clone();
        sorted.sort_unstable();
        if sorted != there {
            println!(
                "{} {:?}\n    heard {sorted:?}, is {there:?}",
                comment.language, comment.text
            );
        }
    }
}
