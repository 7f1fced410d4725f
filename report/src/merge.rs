//! Many runs told as one: each impression once, with all its lines from all runs folded.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::io;

use crate::erasure::Erasures;
use crate::fold::{Folded, Key};
use crate::names::{Names, SubjectKey, VisitorKey};
use crate::run::{Cursor, StoredRun, Wanted};

/// What is told: the runs in the order of reading, and what was erased from them.
pub(crate) struct Merge<'r> {
    pub(crate) runs: &'r [StoredRun],
    pub(crate) names: &'r Names,
    /// By the place of the run that erases.
    pub(crate) erasures: &'r Erasures,
    pub(crate) wanted: Wanted,
    /// Events as well.
    pub(crate) told: bool,
}

/// A run whose next impression has this key, or, while it is unopened, this key at the soonest.
struct Head<'r> {
    run: usize,
    cursor: Cursor<'r>,
    folded: Option<Folded>,
}

impl Merge<'_> {
    /// Tells the impressions with ids from `from` on and before `to`, in their order.
    pub(crate) fn tell(
        &self,
        from: u128,
        to: Option<u128>,
        mut each: impl FnMut(&Key, Folded),
    ) -> io::Result<()> {
        let mut heads: Vec<Head<'_>> = Vec::new();
        // Runs are opened when their turn comes: most lie apart in time, so few are open at once.
        let mut queue = BinaryHeap::new();
        let cursors = self.runs.iter().enumerate().flat_map(|(run, stored)| {
            let told = self.told.then(|| stored.told_from(from, self.wanted));
            let cursors = [Some(stored.from(from, self.wanted)), told];
            cursors
                .into_iter()
                .flatten()
                .map(move |cursor| (run, cursor))
        });
        for (run, cursor) in cursors {
            if let Some(id) = cursor.soonest() {
                queue.push(Reverse((soonest_key(id), heads.len())));
                heads.push(Head {
                    run,
                    cursor,
                    folded: None,
                });
            }
        }
        let mut held: Option<(Key, Folded)> = None;
        while let Some(mut next) = queue.peek_mut() {
            let Reverse((key, place)) = *next;
            if to.is_some_and(|to| key.id >= to) {
                break;
            }
            let Some(head) = heads.get_mut(place) else {
                break;
            };
            let told = head.folded.take();
            match head.cursor.next()? {
                Some((key, folded)) => {
                    head.folded = Some(folded);
                    *next = Reverse((key, place));
                    drop(next);
                }
                None => drop(PeekMut::pop(next)),
            }
            let Some(folded) = told else {
                continue;
            };
            if self.erasures.hide(&key, self.names, head.run as u64) {
                continue;
            }
            match &mut held {
                Some((of, whole)) if of.is_of_the_same_impression(&key) => whole.merge(folded),
                _ => {
                    if let Some((key, whole)) = held.replace((key, folded)) {
                        each(&key, whole);
                    }
                }
            }
        }
        if let Some((key, whole)) = held {
            each(&key, whole);
        }
        Ok(())
    }
}

/// No key of this id comes before it.
const fn soonest_key(id: u128) -> Key {
    Key {
        id,
        subject: SubjectKey(0),
        automated: false,
        visitor: VisitorKey(0),
    }
}
