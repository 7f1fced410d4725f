//! One line, field by field in the collector's order, without any type of its own crates: what is
//! read back is then a second opinion.

use std::fmt::Write;

use jiff::Timestamp;

use super::shopper::{Consent, LANGUAGES, Shopper};
use super::surveys::Survey;

/// What all lines of one impression or event share.
pub(super) struct Scene<'s> {
    pub(super) id: String,
    pub(super) shopper: &'s Shopper,
    pub(super) survey: Option<&'s Survey>,
    pub(super) trigger: &'static str,
    pub(super) signal: Option<&'static str>,
    pub(super) page: Page,
}

/// A page as it is open before a shopper.
#[derive(Clone, Copy)]
pub(super) struct Page {
    pub(super) path: &'static str,
    /// Pages seen so far: of the visit where it is known, else of this page load, which is one.
    pub(super) pages: u32,
    /// When the visit began where it is known, else when the page was opened.
    pub(super) started_ms: i64,
    /// Names this page load.
    pub(super) load: u128,
}

/// What one line says.
pub(super) enum Act<'a> {
    Saw,
    Answered {
        score: u8,
        comment: Option<&'a str>,
        has_contact: bool,
        complete: bool,
    },
    Dismissed,
    Ordered,
    SoughtHelp,
}

/// How long a line takes from the page to the disk.
const UNDERWAY_MS: i64 = 180;

impl Scene<'_> {
    /// The line for what happened at this moment, with the moment of its receipt.
    pub(super) fn line(&self, seq: u32, at_ms: i64, act: &Act<'_>) -> (i64, String) {
        let received_ms = at_ms + UNDERWAY_MS;
        let mut line = String::with_capacity(480);
        // Writing to a string cannot fail.
        let _ = self.write(&mut line, seq, at_ms, act, received_ms);
        (received_ms, line)
    }

    fn write(
        &self,
        line: &mut String,
        seq: u32,
        at_ms: i64,
        act: &Act<'_>,
        received_ms: i64,
    ) -> std::fmt::Result {
        let name = act.name();
        write!(line, r#"{{"type":"{name}","id":"{}","seq":{seq}"#, self.id)?;
        if let Some(survey) = self.survey {
            let Survey {
                id,
                metric,
                wording,
                ..
            } = survey;
            write!(
                line,
                r#","survey":"{id}","metric":"{metric}","wording":"{wording}""#
            )?;
        }
        self.write_act(line, act)?;
        if !self.trigger.is_empty() {
            write!(line, r#","trigger":"{}""#, self.trigger)?;
        }
        if let Some(signal) = self.signal {
            write!(line, r#","signal":"{signal}""#)?;
        }
        let shopper = self.shopper;
        write!(
            line,
            r#","at":"{}","channel":"web","page":{{"path":"{}"}},"device":"{}","language":"{}""#,
            Moment(at_ms),
            self.page.path,
            shopper.device.name(),
            LANGUAGES[shopper.language].tag,
        )?;
        self.write_session(line, at_ms)?;
        write!(
            line,
            r#","attributes":{{"cart_value":{},"member":{}}},"automated":{},"site":"demo","received_at":"{}"}}"#,
            shopper.cart_value,
            shopper.member,
            shopper.automated,
            Moment(received_ms),
        )?;
        line.push('\n');
        Ok(())
    }

    fn write_act(&self, line: &mut String, act: &Act<'_>) -> std::fmt::Result {
        match act {
            Act::Saw | Act::Dismissed => Ok(()),
            Act::Ordered => write!(
                line,
                r#","name":"purchase","props":{{"value":{},"currency":"EUR"}}"#,
                self.shopper.cart_value
            ),
            Act::SoughtHelp => write!(line, r#","name":"contact","props":{{}}"#),
            Act::Answered {
                score,
                comment,
                has_contact,
                complete,
            } => {
                write!(line, r#","score":{score}"#)?;
                if let Some(comment) = comment {
                    let quoted = serde_json::Value::from(*comment);
                    write!(line, r#","answers":{{"comment":{quoted}}}"#)?;
                }
                if *has_contact {
                    line.push_str(r#","contact":true"#);
                }
                write!(line, r#","complete":{complete}"#)
            }
        }
    }

    fn write_session(&self, line: &mut String, at_ms: i64) -> std::fmt::Result {
        let Page {
            pages,
            started_ms,
            load,
            ..
        } = self.page;
        let seconds = (at_ms - started_ms) / 1000;
        match self.shopper.consent {
            Consent::Granted(visitor, visit) => write!(
                line,
                r#","visitor":"{visitor:016x}","session":{{"pages":{pages},"seconds":{seconds},"visit":{visit}}}"#
            ),
            Consent::Pending => write!(
                line,
                r#","session":{{"pages":{pages},"seconds":{seconds},"id":"{load:032x}"}}"#
            ),
            Consent::Denied => write!(
                line,
                r#","session":{{"pages":{pages},"seconds":{seconds}}}"#
            ),
        }
    }
}

impl Act<'_> {
    const fn name(&self) -> &'static str {
        match self {
            Self::Saw => "impression",
            Self::Answered { .. } => "response",
            Self::Dismissed => "dismissal",
            Self::Ordered | Self::SoughtHelp => "event",
        }
    }
}

/// Milliseconds since 1970, written as lines write moments.
pub(super) struct Moment(pub(super) i64);

impl std::fmt::Display for Moment {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let moment = Timestamp::from_millisecond(self.0).unwrap_or_default();
        write!(formatter, "{moment:.3}")
    }
}
