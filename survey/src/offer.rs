//! What the collector offers a page: its live surveys, worded in one language.

mod read;

use crate::condition::Condition;
use crate::frequency::Frequency;
use crate::metric::{Band, Metric};
use crate::trigger::Trigger;
use serde::Serialize;

/// Whether an identifier may be kept on the visitor's device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Consent {
    /// Not asked yet: nothing that identifies is kept.
    #[default]
    Pending,
    /// Yes.
    Granted,
    /// No: nothing at all is kept.
    Denied,
}

/// How a site treats its visitors.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SitePolicy {
    /// The shop's name, put into the standard wording.
    #[serde(skip)]
    pub brand: String,
    /// What holds until the page says otherwise.
    pub consent: Consent,
    /// Whether a visitor's own act (answered, dismissed) is remembered while consent is pending.
    pub remember_acts: bool,
    /// The clocks across all surveys.
    pub frequency: Frequency,
}

/// Changes whenever an older widget could not read a newer offer.
pub const VERSION: u32 = 1;

/// The body of `GET /v1/sites/{site}/surveys`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Offer {
    /// [`VERSION`].
    pub version: u32,
    /// The site's policy.
    pub site: SitePolicy,
    /// The language everything here is worded in.
    pub language: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// What the card itself says.
    pub card: CardWording,
    /// The live surveys, the most important first.
    pub surveys: Vec<OfferedSurvey>,
}

/// The card's own words.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CardWording {
    /// Name of the card for assistive technology.
    pub region: String,
    /// Announced once when the card has come by itself.
    pub announce: String,
    /// On the button that goes on.
    pub next: String,
    /// On the button that sends.
    pub send: String,
    /// Name of the closing button.
    pub close: String,
    /// Beside a question that need not be answered.
    pub optional: String,
    /// Under the comment.
    pub privacy: String,
    /// When nothing was chosen.
    pub choose: String,
}

/// One survey as a page sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OfferedSurvey {
    /// The survey file's name.
    pub id: String,
    /// What it measures.
    pub metric: Metric,
    /// Said before the question; empty when nothing is.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub intro: String,
    /// The question.
    pub question: String,
    /// What each score means: one label for each, or only the lowest's and the highest's.
    pub labels: Vec<String>,
    /// What may be asked after the score; the first whose band fits is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub follow_up: Vec<FollowUp>,
    /// Said at the end.
    pub thanks: String,
    /// Regular expressions (JavaScript) of which the path must match one.
    pub pages: Vec<String>,
    /// Regular expressions of which it must match none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exclude: Vec<String>,
    /// Kinds of device; any when empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub devices: Vec<Device>,
    /// Primary languages of the page, as `fr`; any when empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// What the visitor's attributes must be.
    #[serde(rename = "where", skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The share of visitors asked, from 0 to 1.
    #[serde(skip_serializing_if = "is_everybody")]
    pub sample: f64,
    /// Any one of them fires the survey.
    pub trigger: Vec<Trigger>,
    /// Its own clocks; never left out, since the loader reads them without knowing what is usual.
    pub frequency: Frequency,
    /// Where the card appears.
    #[serde(skip_serializing_if = "is_bottom_right")]
    pub position: Position,
}

/// A question after the score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FollowUp {
    /// For which scores; any when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Band>,
    /// The question, answered in free text.
    pub question: String,
}

/// Where the card appears on a wide screen; on a phone it is a sheet at the bottom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Position {
    /// The corner where most shops have nothing else.
    #[default]
    BottomRight,
    /// The other corner.
    BottomLeft,
    /// The middle of the page.
    Center,
}

/// A kind of device, by its pointer and its width.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Device {
    /// Touched, and narrow.
    Mobile,
    /// Touched, and wide.
    Tablet,
    /// Everything else.
    Desktop,
}

impl Consent {
    const ALL: [Self; 3] = [Self::Pending, Self::Granted, Self::Denied];

    /// The consent of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|consent| consent.name() == name)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Granted => "granted",
            Self::Denied => "denied",
        }
    }
}

impl Device {
    const ALL: [Self; 3] = [Self::Mobile, Self::Tablet, Self::Desktop];

    /// The name used in survey files and events.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mobile => "mobile",
            Self::Tablet => "tablet",
            Self::Desktop => "desktop",
        }
    }
}

impl Position {
    const ALL: [Self; 3] = [Self::BottomRight, Self::BottomLeft, Self::Center];

    /// The name used in survey files and as a class of the card.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BottomRight => "bottom-right",
            Self::BottomLeft => "bottom-left",
            Self::Center => "center",
        }
    }
}

impl OfferedSurvey {
    /// The question that follows this score.
    #[must_use]
    pub fn follow_up(&self, score: u8) -> Option<&FollowUp> {
        let band = self.metric.band(score);
        let fits = |follow_up: &&FollowUp| follow_up.when.is_none_or(|when| when == band);
        self.follow_up.iter().find(fits)
    }
}

// Serde hands over references.
fn is_everybody(sample: &f64) -> bool {
    *sample >= 1.0
}

fn is_bottom_right(position: &Position) -> bool {
    *position == Position::BottomRight
}
