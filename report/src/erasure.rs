//! What is to be forgotten: an erase line hides every earlier line of a response or a visitor.
//! Later ones count: whoever comes back and answers again has said something new.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::cases::StoredDeed;
use crate::fold::Key;
use crate::line::{Erase, Erased};
use crate::names::{Names, VisitorKey};

/// Whose lines are forgotten, and before which moment of the reading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(Forgotten, u64)>", into = "Vec<(Forgotten, u64)>")]
pub(crate) struct Erasures(HashMap<Forgotten, u64>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Forgotten {
    whose: Whose,
    site: SiteKey,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
enum Whose {
    Response(u64, u64),
    Visitor(VisitorKey),
}

/// A hash of the site's key; 0 is every site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct SiteKey(u64);

impl Erasures {
    /// Everything told before `moment`, a count that grows with the reading, is to be forgotten.
    pub(crate) fn note(&mut self, erase: &Erase<'_>, moment: u64) {
        let forgotten = Forgotten {
            whose: match &erase.of {
                Erased::Response(id) => Whose::response(id.as_u128()),
                Erased::Visitor(name) => Whose::Visitor(VisitorKey::of(Some(name))),
            },
            site: erase.site.map_or(SiteKey(0), SiteKey::of),
        };
        self.note_forgotten(forgotten, moment);
    }

    /// Takes in what a whole run erased; all of it happened at `moment`.
    pub(crate) fn merge(&mut self, run: &Self, moment: u64) {
        for forgotten in run.0.keys() {
            self.note_forgotten(*forgotten, moment);
        }
    }

    fn note_forgotten(&mut self, forgotten: Forgotten, moment: u64) {
        let last = self.0.entry(forgotten).or_insert(moment);
        *last = moment.max(*last);
    }

    /// Is what was told of this key at `moment` forgotten?
    pub(crate) fn hide(&self, key: &Key, names: &Names, moment: u64) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let site = names.site_of(key.subject).map_or(SiteKey(0), SiteKey::of);
        let whose = [Whose::response(key.id), Whose::Visitor(key.visitor)];
        whose
            .into_iter()
            .filter(|whose| *whose != Whose::Visitor(VisitorKey::of(None)))
            .any(|whose| self.hides(whose, site, moment))
    }

    /// Is what was done about a response by `moment` forgotten with it?
    pub(crate) fn hide_deed(&self, deed: &StoredDeed, moment: u64) -> bool {
        self.hides(Whose::response(deed.id()), SiteKey::of(&deed.site), moment)
    }

    fn hides(&self, whose: Whose, site: SiteKey, moment: u64) -> bool {
        [SiteKey(0), site]
            .map(|site| self.0.get(&Forgotten { whose, site }))
            .into_iter()
            .flatten()
            .any(|&erased| moment < erased)
    }
}

impl Whose {
    /// In two halves: JSON has no number of 128 bits.
    fn response(id: u128) -> Self {
        Self::Response((id >> 64) as u64, id as u64)
    }
}

impl SiteKey {
    fn of(site: &str) -> Self {
        Self(xxh3_64(site.as_bytes()).max(1))
    }
}

impl From<Vec<(Forgotten, u64)>> for Erasures {
    fn from(list: Vec<(Forgotten, u64)>) -> Self {
        Self(list.into_iter().collect())
    }
}

impl From<Erasures> for Vec<(Forgotten, u64)> {
    fn from(Erasures(map): Erasures) -> Self {
        map.into_iter().collect()
    }
}
