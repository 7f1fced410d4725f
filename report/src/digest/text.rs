//! The digest as text for an e-mail: at most 76 columns, no colour, nothing to click.

use super::words::Told;
use super::{Digest, SurveyDigest, words};
use crate::comments::{Quote, SurveyComments, Topic, Voices};
use crate::headline::Headline;
use crate::render::columns;

/// A mail client breaks longer lines on its own.
const COLUMNS: usize = 76;

/// Phrases listed for each survey, below its themes.
pub(super) const TERMS: usize = 3;

/// The digest as text.
#[must_use]
pub fn text(digest: &Digest) -> String {
    let mut page = Page::default();
    page.line("HARK DIGEST");
    page.line(&words::period(digest));
    page.blank();
    if let Some(headline) = &digest.headline {
        page.headline(headline, digest.voices.as_ref());
    }
    page.heading("WHAT MOVED");
    if digest.surveys.is_empty() {
        page.line("Nothing was asked in this time.");
    }
    for survey in &digest.surveys {
        page.survey(survey);
    }
    page.heading("WHAT PEOPLE SAY");
    let commented = || {
        digest
            .surveys
            .iter()
            .filter_map(|survey| survey.comments.as_ref())
    };
    if commented().next().is_none() {
        page.line("Nobody left a comment in this time.");
    }
    for comments in commented() {
        page.comments(comments);
    }
    page.blank();
    page.follow_ups(digest);
    page.heading("DATA QUALITY");
    for line in words::quality(digest) {
        page.item(&line);
    }
    page.0
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn blank(&mut self) {
        if !self.0.ends_with("\n\n") {
            self.0.push('\n');
        }
    }

    fn heading(&mut self, text: &str) {
        self.blank();
        self.line(text);
    }

    fn line(&mut self, text: &str) {
        self.wrapped("", "", text);
    }

    fn item(&mut self, text: &str) {
        self.wrapped("- ", "  ", text);
    }

    /// Broken between words; a word too long for a line stays whole.
    fn wrapped(&mut self, first: &str, next: &str, text: &str) {
        let mut line = first.to_owned();
        let mut is_empty = true;
        // A number stays with its unit.
        let text = text.replace(" %", "\u{a0}%");
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let word = &word.replace('\u{a0}', " ");
            let length = columns::of(&line) + 1 + columns::of(word);
            if !is_empty && length > COLUMNS {
                self.0.push_str(line.trim_end());
                self.0.push('\n');
                next.clone_into(&mut line);
                is_empty = true;
            }
            if !is_empty {
                line.push(' ');
            }
            line.push_str(word);
            is_empty = false;
        }
        self.0.push_str(line.trim_end());
        self.0.push('\n');
    }

    fn headline(&mut self, headline: &Headline, voices: Option<&Voices>) {
        let mark = if headline.fell() { "! " } else { "- " };
        self.wrapped(mark, "  ", &words::headline(headline));
        if let Some(elsewhere) = &headline.elsewhere {
            self.wrapped("  ", "  ", &format!("({elsewhere})"));
        }
        if let Some(voices) = voices.filter(|voices| !voices.quotes.is_empty()) {
            self.wrapped("  ", "  ", &words::voices(voices));
            for quote in &voices.quotes {
                self.quote(quote);
            }
        }
        self.blank();
    }

    fn survey(&mut self, survey: &SurveyDigest) {
        let mark = if survey.has_fallen() { "! " } else { "- " };
        self.wrapped(mark, "  ", &words::title(survey));
        self.wrapped("  ", "  ", &words::figure(&survey.figure));
        self.wrapped("  ", "  ", &words::change(survey));
        if let Some(alert) = words::alert(survey) {
            self.wrapped("  ", "  ", &alert);
        }
        self.blank();
    }

    fn comments(&mut self, comments: &SurveyComments) {
        let covered = comments.covered.map_or_else(String::new, |rate| {
            format!(", themes cover {:.0} %", rate.value)
        });
        self.line(&format!(
            "{}: {} comments in both stretches{covered}",
            comments.survey, comments.comments
        ));
        let mut told = Told::default();
        let (themes, seldom) = comments.themes_by_weight();
        for topic in themes {
            self.topic(&topic.name, topic, &mut told);
        }
        for term in comments.terms.iter().take(TERMS) {
            self.topic(&format!("“{}”", term.name), term, &mut told);
        }
        if !seldom.is_empty() {
            self.item(&crate::render::words::seldom(&seldom));
        }
        self.blank();
    }

    fn topic(&mut self, name: &str, topic: &Topic, told: &mut Told) {
        let said = words::topic(topic);
        let said = if said.is_empty() {
            said
        } else {
            format!("; {said}")
        };
        self.item(&format!("{name}: {}{said}", topic.n));
        for quote in told.new_of(topic) {
            self.quote(quote);
        }
    }

    fn quote(&mut self, quote: &Quote) {
        let score = quote
            .score
            .map_or_else(String::new, |score| format!("{score}: "));
        self.wrapped("    ", "    ", &format!("{score}“{}”", quote.text));
    }

    fn follow_ups(&mut self, digest: &Digest) {
        let follow_ups = &digest.follow_ups;
        self.heading("TO FOLLOW UP");
        for said in words::waiting(follow_ups) {
            self.line(&said);
        }
        for follow_up in &follow_ups.first {
            self.item(&words::follow_up(follow_up));
            if let Some(quote) = &follow_up.quote {
                self.wrapped("    ", "    ", &format!("“{}”", quote.text));
            }
            self.wrapped("    ", "    ", &format!("id {}", follow_up.id));
        }
    }
}
