//! What the collector offers a page: its live surveys, worded in one language.

mod appearance;
mod follow_up;
mod read;

pub use appearance::{Position, Style};
pub use follow_up::{Choice, FollowUp, FollowUpKind};

use crate::condition::Condition;
use crate::frequency::Frequency;
use crate::metric::Metric;
use crate::trigger::Trigger;
use serde::Serialize;

/// Whether an identifier may be kept on the visitor's device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// Stands before the shop's name in a text, and [`NAME_ENDS`] after it: between them it keeps a direction
/// of its own, in plain text as `<bdi>` does it in markup (UAX #9).
pub const NAME_BEGINS: &str = "\u{2068}";

/// Stands after the shop's name in a text.
pub const NAME_ENDS: &str = "\u{2069}";

/// Changes whenever an older widget could not read a newer offer.
pub const VERSION: u32 = 2;

/// The body of `GET /v1/sites/{site}/surveys`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CardWording {
    /// Name of the card for assistive technology.
    pub region: String,
    /// Announced once when the card has come by itself.
    pub announce: String,
    /// On the button that goes back.
    pub back: String,
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
    /// Name of the field for an address; like what follows, empty where no survey asks for one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub contact: String,
    /// Under that field.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub contact_help: String,
    /// What the visitor agrees to by leaving an address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub contact_consent: String,
    /// When what was typed is no address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub contact_error: String,
    /// When an address was typed and the box beside it was not ticked.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub consent_error: String,
}

/// One survey as a page sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfferedSurvey {
    /// The survey file's name.
    pub id: String,
    /// What it measures.
    pub metric: Metric,
    /// Which survey goes first when several could be shown: the higher one.
    #[serde(skip_serializing_if = "is_zero")]
    pub priority: i32,
    /// Why nobody is asked any more, though the survey is live.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closed>,
    /// Said before the question; empty when nothing is.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub intro: String,
    /// The question.
    pub question: String,
    /// How the scale looks.
    #[serde(skip_serializing_if = "Style::is_usual")]
    pub style: Style,
    /// What each score means: one label for each, or only the lowest's and the highest's.
    pub labels: Vec<String>,
    /// What may be asked after the score, in this order: those whose band fits, each kind once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub follow_up: Vec<FollowUp>,
    /// Said at the end.
    pub thanks: String,
    /// Where the visitor may go next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thanks_link: Option<Link>,
    /// Regular expressions (JavaScript) of which the page must match one, see
    /// [`crate::targeting`].
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
    /// Whether they have been here before.
    #[serde(skip_serializing_if = "Visitors::is_usual")]
    pub visitors: Visitors,
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
    #[serde(skip_serializing_if = "Position::is_usual")]
    pub position: Position,
    /// A CSS selector of the element that holds the card, for [`Position::Inline`].
    #[serde(skip_serializing_if = "String::is_empty")]
    pub inline: String,
    /// What the button says, for [`Position::Tab`]; empty for the name of the card.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tab_label: String,
}

/// Why nobody is asked any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Closed {
    /// As many have answered as were wanted.
    Quota,
}

/// A link to a page of the shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Link {
    /// Its address, `https://…`.
    pub url: String,
    /// What it says.
    pub text: String,
}

/// Which visitors are asked. Who has been here before is known only of those who consented.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Visitors {
    /// Everybody.
    #[default]
    Any,
    /// Those on their first visit.
    New,
    /// Those who come again.
    Returning,
}

/// A kind of device, by its pointer and its width.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

impl Visitors {
    /// Everybody, and the two kinds.
    pub const ALL: [Self; 3] = [Self::Any, Self::New, Self::Returning];

    /// The name used in survey files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::New => "new",
            Self::Returning => "returning",
        }
    }

    /// Whether somebody on this visit is asked, the first being 1; who they are is not known without
    /// consent, and then they are neither new nor returning.
    #[must_use]
    pub const fn admits(self, visit: Option<u32>) -> bool {
        match self {
            Self::Any => true,
            Self::New => matches!(visit, Some(1)),
            Self::Returning => matches!(visit, Some(2..)),
        }
    }

    // Serde hands over a reference.
    fn is_usual(&self) -> bool {
        *self == Self::Any
    }
}

impl CardWording {
    /// Takes away the words about an address, for an offer whose surveys ask for none.
    #[cfg(feature = "native")]
    pub(crate) fn leave_out_contact(&mut self) {
        self.contact.clear();
        self.contact_help.clear();
        self.contact_consent.clear();
        self.contact_error.clear();
        self.consent_error.clear();
    }
}

impl OfferedSurvey {
    /// Which questions follow this score, by their place: those whose band fits, each kind once.
    #[must_use]
    pub fn asked_after(&self, score: u8) -> Vec<usize> {
        let band = self.metric.band(score);
        let mut asked: Vec<usize> = Vec::new();
        for (place, follow_up) in self.follow_up.iter().enumerate() {
            let is_asked = |known: &usize| self.follow_up[*known].kind == follow_up.kind;
            let fits = follow_up.when.is_none_or(|when| when == band);
            if fits && !asked.iter().any(is_asked) {
                asked.push(place);
            }
        }
        asked
    }
}

// Serde hands over references.
fn is_everybody(sample: &f64) -> bool {
    *sample >= 1.0
}

fn is_zero(priority: &i32) -> bool {
    *priority == 0
}
