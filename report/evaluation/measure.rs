//! Measures themes against the comments beside this file, whose themes a person wrote down.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;
use report::comments::{Lexicon, Tally, Topic};
use report::{Method, Outcome, Response};
use serde::Deserialize;
use survey::id::EventId;
use survey::metric::Metric;

/// One comment and what it is about.
#[derive(Deserialize)]
pub struct Comment {
    pub language: String,
    pub score: u8,
    pub text: String,
    pub themes: Vec<String>,
}

/// Themes found against themes there are.
#[derive(Clone, Copy, Default)]
pub struct Found {
    pub right: u32,
    pub wrong: u32,
    pub missed: u32,
}

/// Of the first ten topics: how many say what their comments are about, and how many themes they say.
#[derive(Clone, Copy)]
pub struct FirstTen {
    pub topics: usize,
    pub true_topics: usize,
    pub themes: usize,
    pub themes_said: usize,
}

/// Every comment of the set.
pub fn comments() -> Vec<Comment> {
    include_str!("comments.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The languages of the set.
pub fn languages(comments: &[Comment]) -> BTreeSet<&str> {
    comments
        .iter()
        .map(|comment| comment.language.as_str())
        .collect()
}

/// Was the lexicon changed with this comment in sight? Every second one never was.
pub fn is_held_out(place: usize) -> bool {
    place % 2 == 1
}

/// Hears each comment by itself.
pub fn found<'c>(comments: impl IntoIterator<Item = &'c Comment>) -> Found {
    let mut tally = Tally::new(Lexicon::default());
    let mut found = Found::default();
    for comment in comments {
        let heard: BTreeSet<&str> = tally
            .themes_of(&comment.text, &comment.language)
            .into_iter()
            .collect();
        let there: BTreeSet<&str> = comment.themes.iter().map(String::as_str).collect();
        found.right += heard.intersection(&there).count() as u32;
        found.wrong += heard.difference(&there).count() as u32;
        found.missed += there.difference(&heard).count() as u32;
    }
    found
}

impl Found {
    pub fn precision(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.wrong).max(1))
    }

    pub fn recall(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.missed).max(1))
    }
}

/// The first ten topics of a report on the comments in one language: with the built-in lexicon its
/// themes, without one the most frequent phrases.
pub fn first_ten(comments: &[Comment], language: &str, lexicon: Lexicon) -> FirstTen {
    let has_themes = !lexicon.themes().is_empty();
    let mut tally = Tally::new(lexicon);
    let mut about = HashMap::new();
    let mut themes = BTreeSet::new();
    for (place, comment) in comments.iter().enumerate() {
        if comment.language == language {
            tally.hear(&response(place, comment));
            about.insert(place, &comment.themes);
            themes.extend(&comment.themes);
        }
    }
    let survey = tally.findings(Method::default()).remove(0);
    let topics: Vec<Topic> = if has_themes {
        survey.themes
    } else {
        survey.uncovered
    };
    let mut said = BTreeSet::new();
    let mut true_topics = 0;
    let first: Vec<&Topic> = topics.iter().take(10).collect();
    for topic in &first {
        let of_topic = |comment: &&Comment| {
            comment.language == language
                && if has_themes {
                    comment.themes.contains(&topic.id)
                } else {
                    comment.text.to_lowercase().contains(&topic.id)
                }
        };
        // The theme most of its comments are about, if that is more than half of them.
        let mut counts = BTreeMap::<&String, usize>::new();
        let its: Vec<&Comment> = comments.iter().filter(of_topic).collect();
        for theme in its.iter().flat_map(|comment| &comment.themes) {
            *counts.entry(theme).or_default() += 1;
        }
        let most = counts.into_iter().max_by_key(|(_, count)| *count);
        if let Some((theme, count)) = most.filter(|(_, count)| 2 * count > its.len()) {
            // A theme must also have been heard in mostly the right comments.
            if !has_themes || 2 * count as u64 > topic.n {
                true_topics += 1;
                said.insert(theme);
            }
        }
    }
    FirstTen {
        topics: first.len(),
        true_topics,
        themes: themes.len(),
        themes_said: said.len(),
    }
}

fn response(place: usize, comment: &Comment) -> Response {
    let metric = Metric::Nps;
    Response {
        id: EventId::new(1_700_000_000_000 + place as u64, place as u128),
        survey: "evaluation".to_owned(),
        metric,
        site: "shop".to_owned(),
        outcome: Outcome::Answered,
        score: Some(comment.score),
        band: Some(metric.band(comment.score)),
        comment: Some(comment.text.clone()),
        choice: None,
        choices: Vec::new(),
        contact: false,
        page: String::new(),
        device: String::new(),
        language: comment.language.clone(),
        trigger: String::new(),
        signal: String::new(),
        channel: String::new(),
        visit: None,
        visitors: None,
        attributes: BTreeMap::new(),
        at: Timestamp::UNIX_EPOCH,
        received_at: Timestamp::UNIX_EPOCH,
        seconds_to_answer: None,
        complete: true,
        automated: false,
    }
}
