//! A survey as its file defines it, every value checked.

mod follow_up;
mod offered;
mod text;

pub use follow_up::{FollowUpDefinition, FollowUpWording, OptionDefinition};
pub use text::Text;

use crate::condition::Condition;
use crate::frequency::Frequency;
use crate::metric::Metric;
use crate::offer::{Device, Position, Style, Visitors};
use crate::trigger::Trigger;
use jiff::civil::Date;

/// A survey, as read from `surveys/<id>.toml`.
#[derive(Clone, Debug)]
pub struct Survey {
    /// The file's name without its ending.
    pub id: String,
    /// What it measures.
    pub metric: Metric,
    /// Whether it is offered to pages.
    pub status: Status,
    /// Which survey goes first when several could be shown: the higher one.
    pub priority: i32,
    /// Which standard wording of its metric it uses.
    pub variant: Variant,
    /// Its own question, in place of the standard one.
    pub question: Option<Text>,
    /// How its scale looks.
    pub style: Style,
    /// Its own words at the low end of the scale.
    pub anchor_low: Option<Text>,
    /// Its own words at the high end.
    pub anchor_high: Option<Text>,
    /// What may be asked after the score.
    pub follow_ups: Vec<FollowUpDefinition>,
    /// Said at the end.
    pub thanks: Thanks,
    /// Which visits may be asked.
    pub target: Target,
    /// Any one of them fires the survey.
    pub triggers: Vec<Trigger>,
    /// Its own clocks.
    pub frequency: Frequency,
    /// Where and how the card appears.
    pub appearance: Appearance,
}

/// Whether a survey is offered to pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Being written.
    Draft,
    /// Offered.
    Live,
    /// Stopped; answers still on their way are accepted.
    Paused,
}

/// Which standard wording of a metric is used; a changed wording is a changed measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// The metric's own.
    Standard,
    /// About ordering (CSAT, CES).
    Purchase,
    /// About finding something (CES).
    Find,
}

/// What is said at the end.
#[derive(Clone, Debug, Default)]
pub struct Thanks {
    /// Its own words, in place of the standard ones.
    pub message: Option<Text>,
    /// Where the visitor may go next.
    pub link: Option<LinkDefinition>,
}

/// A link to a page of the shop.
#[derive(Clone, Debug)]
pub struct LinkDefinition {
    /// Its address, `https://…`.
    pub url: String,
    /// What it says.
    pub text: Text,
}

/// Where and how the card appears.
#[derive(Clone, Debug, Default)]
pub struct Appearance {
    /// The place.
    pub position: Position,
    /// A CSS selector of the element that holds the card, for [`Position::Inline`].
    pub inline: Option<String>,
    /// What the button says, for [`Position::Tab`], in place of the standard word.
    pub tab_label: Option<Text>,
}

/// Which visits may be asked.
#[derive(Clone, Debug)]
pub struct Target {
    /// Regular expressions of which the path must match one.
    pub pages: Vec<String>,
    /// Regular expressions of which it must match none.
    pub exclude: Vec<String>,
    /// Kinds of device; any when empty.
    pub devices: Vec<Device>,
    /// Primary languages; any when empty.
    pub languages: Vec<String>,
    /// Whether they have been here before.
    pub visitors: Visitors,
    /// What the visitor's attributes must be.
    pub conditions: Vec<Condition>,
    /// The share of visitors asked, from 0 to 1.
    pub sample: f64,
    /// After how many completed responses nobody is asked any more.
    pub quota: Option<u32>,
    /// First day (UTC).
    pub from: Option<Date>,
    /// Last day (UTC), included.
    pub until: Option<Date>,
}

impl Survey {
    /// Whether the survey is offered to pages on this day (UTC).
    #[must_use]
    pub fn is_live_on(&self, day: Date) -> bool {
        let has_begun = self.target.from.is_none_or(|from| from <= day);
        let has_ended = self.target.until.is_some_and(|until| until < day);
        self.status == Status::Live && has_begun && !has_ended
    }

    /// The name of the wording used, kept with each answer.
    #[must_use]
    pub const fn wording(&self) -> &'static str {
        if self.question.is_some() || self.anchor_low.is_some() {
            return "custom";
        }
        match self.variant {
            Variant::Standard => "standard",
            Variant::Purchase => "purchase",
            Variant::Find => "find",
        }
    }
}
