//! The latest comments, whole, for whoever reads along.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use survey::metric::Metric;

use super::quote::PEOPLE_MIN;
use super::tally::Subject;
use crate::response::Response;

/// So many are kept of each survey.
const KEPT: usize = 20;

/// The latest comments of every survey.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Latest(BTreeMap<Subject, Heard>);

/// One survey's.
#[derive(Clone, Debug, Default, PartialEq)]
struct Heard {
    responses: u64,
    /// Unsorted, and a few too many at times.
    comments: Vec<Response>,
}

impl Latest {
    pub(crate) fn hear(&mut self, response: &Response) {
        let subject = Subject {
            language: None,
            survey: response.survey.clone(),
            site: response.site.clone(),
            metric: response.metric,
        };
        let heard = self.0.entry(subject).or_default();
        heard.responses += 1;
        if response.comment.is_some() {
            heard.comments.push(response.clone());
            if heard.comments.len() > 4 * KEPT {
                heard.settle();
            }
        }
    }

    pub(crate) fn merge(&mut self, other: Self) {
        for (subject, more) in other.0 {
            let heard = self.0.entry(subject).or_default();
            heard.responses += more.responses;
            heard.comments.extend(more.comments);
        }
    }

    pub(crate) fn settle(&mut self) {
        self.0.values_mut().for_each(Heard::settle);
    }

    /// Those on one survey, the latest first; none where fewer than five people answered.
    #[must_use]
    pub fn on(&self, survey: &str, site: &str, metric: Metric) -> &[Response] {
        let subject = Subject {
            language: None,
            survey: survey.to_owned(),
            site: site.to_owned(),
            metric,
        };
        self.0
            .get(&subject)
            .filter(|heard| heard.responses >= PEOPLE_MIN)
            .map_or(&[], |heard| &heard.comments)
    }
}

impl Heard {
    fn settle(&mut self) {
        self.comments
            .sort_by_key(|response| Reverse((response.received_at, response.id)));
        self.comments.truncate(KEPT);
    }
}
