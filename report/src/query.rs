//! What is asked of the journal: which lines count, and how their figures are made.

use jiff::Timestamp;

use crate::figures::nps::Method;
use crate::line::Line;

/// The question a report answers; the default asks for everything ever received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Only this survey.
    pub survey: Option<String>,
    /// Only this site.
    pub site: Option<String>,
    /// Only lines received at this moment or later.
    pub since: Option<Timestamp>,
    /// Only lines received before this moment.
    pub until: Option<Timestamp>,
    /// How the interval of an NPS is made.
    pub method: Method,
    /// Print figures even when there are too few answers for them.
    pub all: bool,
    /// Count what browsers driven by programs sent.
    pub include_automated: bool,
}

impl Query {
    /// Is this line among those asked for? Automated ones are a separate matter.
    pub(crate) fn asks_for(&self, line: &Line) -> bool {
        self.survey
            .as_ref()
            .is_none_or(|survey| *survey == line.survey)
            && self.site.as_ref().is_none_or(|site| *site == line.site)
            && self.since.is_none_or(|since| line.received_at >= since)
            && self.until.is_none_or(|until| line.received_at < until)
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
