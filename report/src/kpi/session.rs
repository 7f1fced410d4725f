//! Sessions, put together from what was recorded in them, without knowing whose they are.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use survey::metric::Band;

use super::fact::{Fact, What};
use super::link::Link;
use super::purchase::Purchase;
use super::stage::Stage;
use crate::names::ContextKey;

/// A visit is over once nothing has happened for so long (`widget/loader.js`), in microseconds.
pub(crate) const VISIT_ENDS_AFTER: i64 = 30 * 60 * 1_000_000;

/// What came back from somebody who was asked; the worst goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Reply {
    Low,
    Middle,
    High,
    /// Closed, left alone, or answered without a score.
    NoScore,
}

impl Reply {
    pub(crate) const ALL: [Self; 4] = [Self::Low, Self::Middle, Self::High, Self::NoScore];

    /// As the JSON says it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Middle => "middle",
            Self::High => "high",
            Self::NoScore => "no_score",
        }
    }
}

impl From<Option<Band>> for Reply {
    fn from(band: Option<Band>) -> Self {
        match band {
            Some(Band::Low) => Self::Low,
            Some(Band::Middle) => Self::Middle,
            Some(Band::High) => Self::High,
            None => Self::NoScore,
        }
    }
}

/// One session in which somebody was asked.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// By stage; the worst where somebody was asked twice.
    replies: [Option<Reply>; 3],
    /// By stage, when the first question was shown, by the visitor's clock, in microseconds since 1970.
    asked_at: [i64; 3],
    /// When it was first heard of, in microseconds since 1970.
    pub(crate) received: i64,
    /// The circumstances of the first question.
    pub(crate) context: ContextKey,
    /// Somebody left an address.
    contact: bool,
    seen: Seen,
}

/// What came of the questions of one stage, and when the first was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Replied {
    pub(crate) reply: Reply,
    at: i64,
}

/// How much was heard of a session.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// The most that any line says; 0 where nobody counted.
    pages: u32,
    /// When the last line was received, in microseconds since 1970.
    heard: i64,
}

impl Seen {
    const fn of(fact: &Fact) -> Self {
        Self {
            pages: fact.pages,
            heard: fact.heard,
        }
    }

    fn max(self, other: Self) -> Self {
        Self {
            pages: self.pages.max(other.pages),
            heard: self.heard.max(other.heard),
        }
    }
}

impl Session {
    fn of(fact: &Fact, context: ContextKey) -> Self {
        Self {
            replies: [None; 3],
            asked_at: [i64::MAX; 3],
            received: fact.received,
            context,
            contact: false,
            seen: Seen::default(),
        }
    }

    /// What came back where somebody was asked in this stage.
    pub(crate) fn replied(&self, stage: Stage) -> Option<Replied> {
        Some(Replied {
            reply: self.replies[stage as usize]?,
            at: self.asked_at[stage as usize],
        })
    }

    fn hear(&mut self, fact: &Fact, context: ContextKey, stage: Stage, reply: Reply) {
        let worst = &mut self.replies[stage as usize];
        *worst = Some(worst.map_or(reply, |before| before.min(reply)));
        let first = &mut self.asked_at[stage as usize];
        *first = fact.at.min(*first);
        let received = fact.received;
        if (received, context) < (self.received, self.context) {
            (self.received, self.context) = (received, context);
        }
        self.seen = self.seen.max(Seen::of(fact));
    }
}

/// What events tell of a session.
#[derive(Debug, Default)]
struct Happened {
    purchases: Vec<Purchase>,
    sought_help: bool,
    seen: Seen,
}

/// Some of the sessions of a site, and what happened in them.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    pub(crate) asked: HashMap<Link, Session, FixedState>,
    happened: HashMap<Link, Happened, FixedState>,
}

impl Sessions {
    /// Takes what is told; gives whether it is a purchase that was told before.
    pub(super) fn hear(&mut self, fact: &Fact) -> bool {
        match fact.what {
            What::Asked {
                stage,
                reply,
                context,
                contact,
            } => {
                let session = self.asked.entry(fact.link);
                let session = session.or_insert_with(|| Session::of(fact, context));
                session.hear(fact, context, stage, reply);
                session.contact |= contact;
            }
            What::SoughtHelp => self.happen(fact).sought_help = true,
            What::Bought { .. } => {}
        }
        fact.purchase()
            .is_some_and(|purchase| !self.buy(fact, purchase))
    }

    /// Takes a purchase, unless it was told before; gives whether it did.
    fn buy(&mut self, fact: &Fact, purchase: Purchase) -> bool {
        let bought = &mut self.happen(fact).purchases;
        // As when a thank-you page is loaded again.
        let told = bought.iter_mut().find(|told| told.is_like(&purchase));
        match told {
            Some(told) => {
                told.at = told.at.min(purchase.at);
                false
            }
            None => {
                // Nearly always the only one.
                bought.reserve_exact(1);
                bought.push(purchase);
                true
            }
        }
    }

    fn happen(&mut self, fact: &Fact) -> &mut Happened {
        let happened = self.happened.entry(fact.link).or_default();
        happened.seen = happened.seen.max(Seen::of(fact));
        happened
    }

    /// What was bought in a session, each purchase once.
    pub(crate) fn purchases(&self, link: Link) -> &[Purchase] {
        let happened = self.happened.get(&link);
        happened.map_or(&[], |happened| &happened.purchases)
    }

    /// What was bought in a session once somebody was asked; after a purchase, what they were asked about.
    pub(crate) fn orders(
        &self,
        link: Link,
        stage: Stage,
        replied: Replied,
    ) -> impl Iterator<Item = &Purchase> {
        let bought = self.purchases(link).iter();
        bought.filter(move |purchase| stage == Stage::After || purchase.at >= replied.at)
    }

    /// Pages of a session, as far as anything tells; `None` where nobody counted.
    pub(crate) fn pages(&self, link: Link, session: &Session) -> Option<u32> {
        Some(self.seen(link, session).pages).filter(|pages| *pages > 0)
    }

    /// When it was last heard of, in microseconds since 1970.
    pub(crate) fn last_heard(&self, link: Link, session: &Session) -> i64 {
        self.seen(link, session).heard
    }

    /// Was help asked for, or an address left?
    pub(crate) fn is_in_contact(&self, link: Link, session: &Session) -> bool {
        let happened = self.happened.get(&link);
        session.contact || happened.is_some_and(|happened| happened.sought_help)
    }

    fn seen(&self, link: Link, session: &Session) -> Seen {
        let happened = self.happened.get(&link);
        happened.map_or(session.seen, |happened| session.seen.max(happened.seen))
    }
}
