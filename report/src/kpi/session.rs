//! Sessions, put together from what was recorded in them, without knowing whose they are.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;
use survey::metric::Band;

use super::purchase::Purchase;
use super::stage::Stage;
use crate::fold::{Asked, Key};
use crate::names::{ContextKey, SessionKey, VisitorKey};

/// What lines of one session have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Link {
    /// A visit of a visitor who consented, through all its pages.
    Visit(VisitorKey, u32),
    /// One page load of anybody else.
    Load(SessionKey),
}

impl Link {
    /// `None` where a line says neither.
    pub(crate) fn of(key: &Key, asked: &Asked) -> Option<Self> {
        match (asked.visit, asked.session) {
            (Some(visit), _) if key.visitor != VisitorKey::of(None) => {
                Some(Self::Visit(key.visitor, visit))
            }
            (_, session) => session.map(Self::Load),
        }
    }

    /// Does it go on from page to page?
    pub(crate) const fn is_visit(self) -> bool {
        matches!(self, Self::Visit(..))
    }
}

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
    /// By stage, what came back; the worst where somebody was asked twice.
    replies: [Option<Reply>; 3],
    /// When it was first heard of, in microseconds since 1970.
    pub(crate) received: i64,
    /// The circumstances of the first question.
    pub(crate) context: ContextKey,
    /// The most that any line says.
    pub(crate) pages: u32,
    /// Somebody asked for help, or left an address.
    pub(crate) contact: bool,
}

/// One question and what came of it.
pub(crate) struct Asking {
    pub(crate) stage: Stage,
    pub(crate) reply: Reply,
    pub(crate) received: i64,
    pub(crate) context: ContextKey,
    pub(crate) pages: u32,
    pub(crate) contact: bool,
}

impl Session {
    fn of(asking: &Asking) -> Self {
        Self {
            replies: [None; 3],
            received: asking.received,
            context: asking.context,
            pages: 0,
            contact: false,
        }
    }

    /// What came back where somebody was asked in this stage.
    pub(crate) fn reply(&self, stage: Stage) -> Option<Reply> {
        self.replies[stage as usize]
    }

    fn hear(&mut self, asking: &Asking) {
        let reply = &mut self.replies[asking.stage as usize];
        *reply = Some(reply.map_or(asking.reply, |before| before.min(asking.reply)));
        if (asking.received, asking.context) < (self.received, self.context) {
            self.received = asking.received;
            self.context = asking.context;
        }
        self.pages = self.pages.max(asking.pages);
        self.contact |= asking.contact;
    }
}

/// All sessions of a site, and the purchases in them.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    pub(crate) asked: HashMap<Link, Session, FixedState>,
    pub(crate) bought: HashMap<Link, Vec<Purchase>, FixedState>,
    pub(crate) sought_help: HashSet<Link, FixedState>,
    pub(crate) pages: HashMap<Link, u32, FixedState>,
}

impl Sessions {
    pub(crate) fn ask(&mut self, link: Link, asking: &Asking) {
        let session = self.asked.entry(link);
        session.or_insert_with(|| Session::of(asking)).hear(asking);
    }

    /// Takes a purchase, unless it was told before; gives whether it did.
    pub(crate) fn buy(&mut self, link: Link, purchase: &Purchase, pages: u32) -> bool {
        self.see(link, pages);
        let bought = match self.bought.entry(link) {
            Entry::Occupied(bought) => bought.into_mut(),
            Entry::Vacant(none) => none.insert(Vec::new()),
        };
        // As when a thank-you page is loaded again.
        if bought.contains(purchase) {
            return false;
        }
        bought.push(purchase.clone());
        true
    }

    /// Takes note of how many pages were seen.
    pub(crate) fn see(&mut self, link: Link, pages: u32) {
        let seen = self.pages.entry(link).or_default();
        *seen = pages.max(*seen);
    }

    /// What was bought in a session, each purchase once.
    pub(crate) fn purchases(&self, link: Link) -> &[Purchase] {
        self.bought.get(&link).map_or(&[], Vec::as_slice)
    }

    /// Pages of a session, as far as anything tells.
    pub(crate) fn pages(&self, link: Link, session: &Session) -> u32 {
        let seen = self.pages.get(&link).copied();
        session.pages.max(seen.unwrap_or(0))
    }

    /// Was help asked for, or an address left?
    pub(crate) fn is_in_contact(&self, link: Link, session: &Session) -> bool {
        session.contact || self.sought_help.contains(&link)
    }
}
