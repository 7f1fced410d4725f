//! What is remembered about a visitor, and how much of it the device may keep.
//!
//! Pending consent: only the visitor's own acts, to the day. Granted: a random identifier, visits and
//! impressions as well. Denied: nothing, and what was there is erased.

use crate::{js, page};
use survey::frequency::{Act, Acts};
use survey::offer::{Consent, SitePolicy};
use survey::plain::{Fields, Plain};

/// Seconds in a day.
const DAY: u64 = 24 * 60 * 60;

/// The memory of one visitor on one page.
pub(crate) struct Memory {
    key: String,
    consent: Consent,
    remember_acts: bool,
    kept: Kept,
}

/// What is written to the device; the loader reads `acts` from it.
#[derive(Default)]
struct Kept {
    acts: Acts,
    visitor: Option<String>,
    visits: u32,
}

impl Kept {
    fn read(plain: &Plain) -> Self {
        Self {
            acts: Acts::read(plain.object("acts")),
            visitor: Some(plain.text("visitor")).filter(|visitor| !visitor.is_empty()),
            visits: plain.number("visits") as u32,
        }
    }
}

impl Memory {
    /// Recalls what the device has kept, as far as it may have; `said` is what the page says itself.
    pub(crate) fn recall(site: &str, policy: &SitePolicy, said: Option<Consent>) -> Self {
        let mut memory = Self {
            key: ["hark:", site].concat(),
            consent: Consent::Denied,
            remember_acts: policy.remember_acts,
            kept: Kept::default(),
        };
        // Whoever asks not to be tracked has denied, unless the page knows better.
        let unsaid = if page::wants_privacy() {
            Consent::Denied
        } else {
            policy.consent
        };
        memory.set_consent(said.unwrap_or(unsaid));
        memory
    }

    /// What the visitor did before.
    pub(crate) const fn acts(&self) -> &Acts {
        &self.kept.acts
    }

    /// The visitor's identifier; only with consent.
    pub(crate) fn visitor(&self) -> Option<&str> {
        self.kept.visitor.as_deref()
    }

    /// Which visit this is; only with consent.
    pub(crate) fn visit(&self) -> Option<u32> {
        Some(self.kept.visits).filter(|visits| *visits > 0)
    }

    /// What holds now.
    pub(crate) const fn consent(&self) -> Consent {
        self.consent
    }

    /// Follows what the visitor has decided.
    pub(crate) fn set_consent(&mut self, consent: Consent) {
        self.consent = consent;
        match consent {
            Consent::Denied => self.forget(),
            Consent::Pending => {
                self.read_device();
                self.kept.visitor = None;
                self.kept.visits = 0;
                self.write_device();
            }
            Consent::Granted => {
                self.read_device();
                let random = || survey::id::hexadecimal(page::random());
                self.kept.visitor.get_or_insert_with(random);
                self.kept.visits += 1;
                self.write_device();
            }
        }
    }

    /// The shop's own id for the visitor, in place of a random one.
    pub(crate) fn identify(&mut self, visitor: String) {
        if self.consent == Consent::Granted {
            self.kept.visitor = Some(visitor);
            self.write_device();
        }
    }

    /// Notes an act, to the second with consent, else to the end of its day.
    pub(crate) fn note(&mut self, survey: &str, act: Act) {
        let now = page::unix_seconds();
        let at = match self.consent {
            Consent::Granted => now,
            Consent::Pending | Consent::Denied => now - now % DAY + DAY,
        };
        self.kept.acts.note(survey, act, at);
        self.write_device();
    }

    /// Forgets the visitor, here and on the device.
    pub(crate) fn forget(&mut self) {
        self.kept = Kept::default();
        if let Some(storage) = page::storage() {
            let _ = storage.remove_item(&self.key);
        }
    }

    fn read_device(&mut self) {
        let text = page::storage().and_then(|storage| storage.get_item(&self.key).ok().flatten());
        if let Some(plain) = text.and_then(|text| js::from_json(&text)) {
            let kept = Kept::read(&plain);
            self.kept.acts.recall(kept.acts);
            self.kept.visitor = kept.visitor;
            self.kept.visits = kept.visits;
        }
    }

    /// Leaves on the device exactly what it may keep.
    fn write_device(&self) {
        if let Some(storage) = page::storage() {
            // Storage that is full or refused leaves the memory of this page.
            let _ = match self.for_device() {
                Some(text) => storage.set_item(&self.key, &text),
                None => storage.remove_item(&self.key),
            };
        }
    }

    /// What the device may keep, if anything.
    fn for_device(&self) -> Option<String> {
        let mut fields = Fields::default();
        match self.consent {
            Consent::Granted => {
                fields.add("acts", &self.kept.acts);
                fields.add_some("visitor", self.kept.visitor.as_deref());
                fields.add("visits", self.kept.visits);
            }
            Consent::Pending => {
                let acts = self.kept.acts.on_purpose();
                if !self.remember_acts || acts.is_empty() {
                    return None;
                }
                fields.add("acts", &acts);
            }
            Consent::Denied => return None,
        }
        Some(js::to_json(&fields.into()))
    }
}
