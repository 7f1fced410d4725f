//! Whom to answer: low scores that came with a comment or a contact, the longest waiting first.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use survey::metric::Band;

use crate::comments::{PEOPLE_MIN, Quote};
use crate::response::Response;

/// Low scores that somebody should look at.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FollowUps {
    /// How many there are.
    pub total: u64,
    /// Of these, those who left a contact.
    pub with_contact: u64,
    /// The first of them, those with a contact before the others.
    pub first: Vec<FollowUp>,
}

/// One low score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FollowUp {
    /// Of the response: its contact is kept under the same id.
    pub id: String,
    /// The survey's id.
    pub survey: String,
    /// Where it was shown.
    pub site: String,
    /// When it was received.
    pub received_at: Timestamp,
    /// The score.
    pub score: u8,
    /// What was written; absent where so few answered that the writer could be recognised.
    pub quote: Option<Quote>,
    /// Whether a contact was left.
    pub contact: bool,
}

/// So many are listed.
const LISTED: usize = 20;

/// Those found so far; only as many as may be listed are kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Gathered {
    total: u64,
    with_contact: u64,
    kept: BTreeMap<(bool, Timestamp, String), FollowUp>,
}

impl Gathered {
    pub(super) fn take(&mut self, response: &Response) {
        let is_open = response.comment.is_some() || response.contact;
        let Some(score) = response
            .score
            .filter(|_| is_open && response.band == Some(Band::Low))
        else {
            return;
        };
        self.total += 1;
        self.with_contact += u64::from(response.contact);
        let id = response.id.to_string();
        let place = (!response.contact, response.received_at, id.clone());
        let follow_up = FollowUp {
            id,
            survey: response.survey.clone(),
            site: response.site.clone(),
            received_at: response.received_at,
            score,
            quote: Quote::of(response),
            contact: response.contact,
        };
        self.kept.insert(place, follow_up);
        if self.kept.len() > LISTED {
            self.kept.pop_last();
        }
    }

    /// The list; `responses` says how many answered a survey of a site.
    pub(super) fn finish(self, responses: impl Fn(&str, &str) -> u64) -> FollowUps {
        let mut first: Vec<FollowUp> = self.kept.into_values().collect();
        for follow_up in &mut first {
            if responses(&follow_up.survey, &follow_up.site) < PEOPLE_MIN {
                follow_up.quote = None;
            }
        }
        FollowUps {
            total: self.total,
            with_contact: self.with_contact,
            first,
        }
    }
}
