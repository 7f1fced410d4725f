//! What is remembered about a visitor, and how much of it the device may keep.
//!
//! Pending consent: only the visitor's own acts, to the day. Granted: a random identifier, visits and
//! impressions as well. Denied: nothing, and what was there is erased.

use crate::page;
use serde::{Deserialize, Serialize};
use survey::frequency::{Act, Acts};
use survey::offer::{Consent, SitePolicy};

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
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    acts: Acts,
    #[serde(skip_serializing_if = "Option::is_none")]
    visitor: Option<String>,
    #[serde(skip_serializing_if = "is_zero")]
    visits: u32,
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
            }
            Consent::Granted => {
                self.read_device();
                let random = || format!("{:032x}", page::random());
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
        self.kept.acts.insert(survey.to_owned(), (act, at));
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
        let kept: Option<Kept> = text.and_then(|text| serde_json::from_str(&text).ok());
        if let Some(mut kept) = kept {
            // What happened on this page counts more than what the device knows.
            kept.acts.append(&mut self.kept.acts);
            self.kept = kept;
        }
    }

    fn write_device(&self) {
        let may_write = match self.consent {
            Consent::Granted => true,
            Consent::Pending => self.remember_acts && self.own_acts().next().is_some(),
            Consent::Denied => false,
        };
        let text = match self.consent {
            Consent::Granted => serde_json::to_string(&self.kept),
            _ => serde_json::to_string(&Kept {
                acts: self
                    .own_acts()
                    .map(|(id, act)| (id.clone(), *act))
                    .collect(),
                ..Kept::default()
            }),
        };
        if let (true, Ok(text), Some(storage)) = (may_write, text, page::storage()) {
            // Storage that is full or refused leaves the memory of this page.
            let _ = storage.set_item(&self.key, &text);
        }
    }

    /// What the visitor did on purpose: an impression is not their act.
    fn own_acts(&self) -> impl Iterator<Item = (&String, &(Act, u64))> {
        self.kept
            .acts
            .iter()
            .filter(|(_, (act, _))| *act != Act::Shown)
    }
}

// Serde hands over a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(number: &u32) -> bool {
    *number == 0
}
