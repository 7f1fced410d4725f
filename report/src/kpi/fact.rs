//! What one question or one event tells of its session, as a value and as bytes.

use super::link::Link;
use super::purchase::{Currency, Purchase};
use super::session::Reply;
use super::stage::Stage;
use crate::names::ContextKey;
use crate::run::varint::{Reader, Writer};

/// Told of one session. Moments are in microseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fact {
    /// The place of the site among those that were met.
    pub(super) site: u32,
    pub(super) link: Link,
    /// When its first line was received.
    pub(super) received: i64,
    /// When the last one was.
    pub(super) heard: i64,
    /// When it was, by the visitor's clock.
    pub(super) at: i64,
    /// Pages seen so far; 0 where nobody counted.
    pub(super) pages: u32,
    pub(super) what: What,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum What {
    Asked {
        stage: Stage,
        reply: Reply,
        context: ContextKey,
        /// An address was left.
        contact: bool,
    },
    Bought {
        value: Option<f64>,
        currency: Option<Currency>,
    },
    SoughtHelp,
}

const ASKED: u64 = 0;
const BOUGHT: u64 = 1;
const SOUGHT_HELP: u64 = 2;
/// Above the two bits of the kind.
const FLAG: u64 = 1 << 2;
const OTHER_FLAG: u64 = 1 << 3;

impl Fact {
    /// What was bought, if it tells of that.
    pub(super) fn purchase(&self) -> Option<Purchase> {
        match self.what {
            What::Bought { value, currency } => Some(Purchase {
                value,
                currency,
                at: self.at,
            }),
            What::Asked { .. } | What::SoughtHelp => None,
        }
    }

    /// Appends it to `out`.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let mut out = Writer { out };
        out.number(u64::from(self.site));
        out.hash(self.link.0);
        out.difference(self.received, 0);
        out.difference(self.heard, self.received);
        out.difference(self.at, self.received);
        out.number(u64::from(self.pages));
        match self.what {
            What::Asked {
                stage,
                reply,
                context,
                contact,
            } => {
                out.number(ASKED | if contact { FLAG } else { 0 });
                out.number(stage as u64);
                out.number(reply as u64);
                out.hash(context.0);
            }
            What::Bought { value, currency } => {
                let flag = |is_there, flag| if is_there { flag } else { 0 };
                let flags = flag(value.is_some(), FLAG) | flag(currency.is_some(), OTHER_FLAG);
                out.number(BOUGHT | flags);
                if let Some(value) = value {
                    out.hash(value.to_bits());
                }
                if let Some(currency) = currency {
                    out.text(currency.as_str());
                }
            }
            What::SoughtHelp => out.number(SOUGHT_HELP),
        }
    }

    /// Reads the one at the start of `bytes`; `None` if they are not what [`Self::write`] wrote.
    pub(super) fn read(bytes: &mut Reader<'_>) -> Option<Self> {
        let site = bytes.small()?;
        let link = Link(bytes.hash()?);
        let received = bytes.difference(0)?;
        let heard = bytes.difference(received)?;
        let at = bytes.difference(received)?;
        let pages = bytes.small()?;
        let kind = bytes.number()?;
        let has = |flag| kind & flag != 0;
        let what = match kind & 3 {
            ASKED => What::Asked {
                stage: *Stage::ALL.get(bytes.number()? as usize)?,
                reply: *Reply::ALL.get(bytes.number()? as usize)?,
                context: ContextKey(bytes.hash()?),
                contact: has(FLAG),
            },
            BOUGHT => What::Bought {
                value: bytes.if_there(has(FLAG), |bytes| bytes.hash().map(f64::from_bits))?,
                currency: bytes
                    .if_there(has(OTHER_FLAG), |bytes| Currency::read(&bytes.text(true)?))?,
            },
            SOUGHT_HELP => What::SoughtHelp,
            _ => return None,
        };
        Some(Self {
            site,
            link,
            received,
            heard,
            at,
            pages,
            what,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_reads_back() {
        let context = ContextKey(u64::MAX - 1);
        let asked = |stage, reply, contact| What::Asked {
            stage,
            reply,
            context,
            contact,
        };
        let euros = Currency::read("EUR");
        let bought = |value, currency| What::Bought { value, currency };
        let rows = [
            asked(Stage::Before, Reply::Low, false),
            asked(Stage::During, Reply::NoScore, true),
            asked(Stage::After, Reply::High, false),
            bought(Some(49.9), euros),
            bought(None, euros),
            bought(Some(0.0), None),
            bought(None, None),
            What::SoughtHelp,
        ];
        let facts = rows.map(|what| Fact {
            site: 300,
            link: Link(7 << 40),
            received: 1_795_000_000_000_000,
            heard: 1_795_000_000_000_009,
            at: -5,
            pages: 12,
            what,
        });
        let mut bytes = Vec::new();
        for fact in &facts {
            fact.write(&mut bytes);
        }
        let mut reader = Reader { bytes: &bytes };
        for fact in facts {
            assert_eq!(Fact::read(&mut reader), Some(fact));
        }
        assert!(reader.bytes.is_empty());
    }
}
