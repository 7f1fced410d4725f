//! What is asked of the journal: which lines count, and how their figures are made.

use jiff::Timestamp;
use serde::Serialize;

use crate::by::By;
use crate::figures::nps::Method;
use crate::fold::{Folded, Key};
use crate::names::Names;
use crate::summary::Lines;

/// The question a report answers; the default asks for everything ever received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Only this survey.
    pub survey: Option<String>,
    /// Only this site.
    pub site: Option<String>,
    /// Only impressions first heard of at this moment or later.
    pub since: Option<Timestamp>,
    /// Only impressions first heard of before this moment.
    pub until: Option<Timestamp>,
    /// How the interval of an NPS is made.
    pub method: Method,
    /// Print figures even when there are too few answers for them.
    pub all: bool,
    /// Count what browsers driven by programs sent.
    pub include_automated: bool,
    /// Split each survey by this.
    pub by: Option<By>,
    /// What the period asked for is compared with.
    pub compare: Compare,
    /// Which chart says that a figure has fallen lately.
    pub chart: Chart,
    /// Intervals that stay true however often one looks, for figures that are watched.
    pub live: bool,
    /// Hold each segment that changes are looked for in against the rest, too.
    pub seek_differing: bool,
    /// Days are told, and a change is looked for, at least so many days back, however short the period.
    pub look_back_days: u16,
    /// When it is asked: the end of a period without one. The last receipt if unsaid.
    pub now: Option<Timestamp>,
}

/// How daily values are watched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Chart {
    /// The exponentially weighted moving average: alarms by chance about once in 500 days.
    #[default]
    Ewma,
    /// The cumulative sum: alarms by chance about once in 930 days, quickest for sudden falls.
    Cusum,
}

/// What the period asked for is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Compare {
    /// The period of the same length before it.
    #[default]
    Previous,
    /// Nothing.
    Nothing,
}

impl Query {
    /// Is this impression to be counted? Notes in `lines` what is left out of those asked for.
    pub(crate) fn takes(
        &self,
        key: &Key,
        folded: &Folded,
        names: &Names,
        lines: &mut Lines,
    ) -> bool {
        if !self.asks_for(key, folded, names) {
            return false;
        }
        lines.duplicate += folded.duplicates();
        if key.automated {
            lines.automated += u64::from(folded.lines);
        } else if folded.over_quota {
            lines.over_quota += u64::from(folded.lines);
        }
        self.counts(key, folded)
    }

    /// Is this an impression that figures are made of? Who answers when there are as many answers as wanted
    /// was heard, and yet is none of those.
    pub(crate) const fn counts(&self, key: &Key, folded: &Folded) -> bool {
        (self.include_automated || !key.automated) && !folded.over_quota
    }

    /// Is this one of the surveys and sites asked for?
    pub(crate) fn is_about(&self, key: &Key, names: &Names) -> bool {
        let is = |wanted: &Option<String>, found: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted == found)
        };
        names.subject_of(key.subject).is_some_and(|subject| {
            is(&self.survey, &subject.survey) && is(&self.site, &subject.site)
        })
    }

    /// Does the period asked for have this moment, in microseconds since 1970?
    pub(crate) fn spans(&self, moment: i64) -> bool {
        self.since
            .is_none_or(|since| moment >= since.as_microsecond())
            && self.ends_after(moment)
    }

    /// Does the period asked for end after this moment?
    pub(crate) fn ends_after(&self, moment: i64) -> bool {
        self.until
            .is_none_or(|until| moment < until.as_microsecond())
    }

    fn asks_for(&self, key: &Key, folded: &Folded, names: &Names) -> bool {
        self.is_about(key, names) && self.spans(folded.received)
    }

    /// What was narrowed down, in words; empty when everything is asked for.
    pub(crate) fn filters(&self) -> Vec<String> {
        let filters = [
            self.survey
                .as_ref()
                .map(|survey| format!("survey `{survey}`")),
            self.site.as_ref().map(|site| format!("site `{site}`")),
            self.since.map(|since| format!("received since {since}")),
            self.until.map(|until| format!("received before {until}")),
        ];
        filters.into_iter().flatten().collect()
    }
}
