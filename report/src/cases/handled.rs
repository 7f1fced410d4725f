//! All deeds that were read, by the response they are about.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use survey::case::Deed;

use super::state::{Dated, State};
use crate::read::Reading;
use crate::segments::ReadError;

/// What was done, case by case.
#[derive(Debug, Default)]
pub(crate) struct Handled(HashMap<u128, Vec<Dated>, FixedState>);

impl Handled {
    /// Without notes and who wrote them: enough to say where every case stands.
    pub(super) fn of(reading: &Reading) -> Result<Self, ReadError> {
        let brief = |deed: Deed| Deed {
            note: None,
            by: None,
            ..deed
        };
        Self::gather(reading, |_| true, brief)
    }

    /// Everything about the responses that `is_meant`.
    pub(super) fn whole(
        reading: &Reading,
        is_meant: impl Fn(u128) -> bool,
    ) -> Result<Self, ReadError> {
        Self::gather(reading, is_meant, |deed| deed)
    }

    fn gather(
        reading: &Reading,
        is_meant: impl Fn(u128) -> bool,
        keep: impl Fn(Deed) -> Deed,
    ) -> Result<Self, ReadError> {
        let mut handled = Self::default();
        reading.for_each_deed(|stored| {
            if is_meant(stored.id()) {
                let (id, at) = (stored.id(), stored.at);
                handled.add(id, at, keep(stored.deed));
            }
        })?;
        handled.settle();
        Ok(handled)
    }

    pub(super) fn add(&mut self, id: u128, at: i64, deed: Deed) {
        self.0.entry(id).or_default().push(Dated { at, deed });
    }

    /// What was asked for twice, because its answer was lost, was done once.
    pub(super) fn settle(&mut self) {
        for deeds in self.0.values_mut() {
            deeds.sort_unstable();
            deeds.dedup();
            deeds.shrink_to_fit();
        }
    }

    /// Where the case of this response stood then.
    pub(super) fn state(&self, id: u128, then: i64) -> State {
        let deeds = self.deeds(id).iter();
        State::after(deeds.take_while(|dated| dated.at <= then))
    }

    /// What was done about it, first things first.
    pub(super) fn deeds(&self, id: u128) -> &[Dated] {
        self.0.get(&id).map_or(&[], Vec::as_slice)
    }
}
