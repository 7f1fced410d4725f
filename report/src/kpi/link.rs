//! What tells that two lines are of one session.

use xxhash_rust::xxh3::xxh3_64;

use crate::fold::{Asked, Key};
use crate::names::{SessionKey, VisitorKey};

/// What lines of one session have in common: a hash, as other names are, whose lowest bit says of what. There
/// may be millions of sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Link(pub(super) u64);

impl Link {
    /// `None` where a line says neither.
    pub(crate) fn of(key: &Key, asked: &Asked) -> Option<Self> {
        match (asked.visit, asked.session) {
            (Some(visit), _) if key.visitor != VisitorKey::of(None) => {
                Some(Self::visit(key.visitor, visit))
            }
            (_, session) => session.map(Self::load),
        }
    }

    /// A visit of a visitor who consented, through all its pages.
    fn visit(VisitorKey(visitor): VisitorKey, visit: u32) -> Self {
        let both = u128::from(visitor) << 32 | u128::from(visit);
        Self(xxh3_64(&both.to_le_bytes()) | 1)
    }

    /// One page load of anybody else.
    const fn load(SessionKey(session): SessionKey) -> Self {
        Self(session & !1)
    }

    /// Does it go on from page to page?
    pub(crate) const fn is_visit(self) -> bool {
        self.0 & 1 == 1
    }
}
