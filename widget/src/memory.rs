//! What is remembered about a visitor, and how much of it the device may keep.
//!
//! Pending consent: only the visitor's own acts, to the day. Granted: a random identifier, visits and
//! impressions as well. Denied: nothing; the loader erases what was there, since it runs on every page.

use crate::{js, page};
use survey::frequency::{Act, Acts};
use survey::offer::{Consent, SitePolicy};
use survey::plain::Plain;
use web_sys::Storage;

/// Seconds in a day.
const DAY: u64 = 24 * 60 * 60;

/// The memory of one visitor on one page.
pub(crate) struct Memory {
    key: String,
    consent: Consent,
    remember_acts: bool,
    acts: Acts,
    /// With consent, everything that is kept on the device, some of it by the loader: `acts`, `visitor`,
    /// `visits`, the `visit` so far, and when the visit began that somebody was `asked` in.
    kept: Plain,
    is_on_device: bool,
}

impl Memory {
    /// Recalls what the device has kept, as far as it may have.
    pub(crate) fn recall(site: &str, policy: &SitePolicy, consent: Consent) -> Self {
        let mut memory = Self {
            key: ["hark:", site].concat(),
            consent,
            remember_acts: policy.remember_acts,
            acts: Acts::new(),
            kept: Plain::nothing(),
            is_on_device: false,
        };
        memory.set_consent(consent);
        memory
    }

    /// What the visitor did before.
    pub(crate) const fn acts(&self) -> &Acts {
        &self.acts
    }

    /// The visitor's identifier; only with consent.
    pub(crate) fn visitor(&self) -> Option<&str> {
        self.kept.get("visitor").and_then(Plain::as_text)
    }

    /// Which visit this is; only with consent.
    pub(crate) fn visit(&self) -> Option<u32> {
        Some(self.kept.number("visits") as u32).filter(|visits| *visits > 0)
    }

    /// The visit so far, through page loads, as the loader counts it; only with consent.
    pub(crate) fn visit_so_far(&self) -> Option<&Plain> {
        self.kept.get("visit")
    }

    /// Whether a survey was shown in this visit, on whatever page; only with consent.
    pub(crate) fn was_asked(&self) -> bool {
        let began = self.kept.object("visit").number("began");
        began > 0.0 && self.kept.number("asked") == began
    }

    /// What holds now.
    pub(crate) const fn consent(&self) -> Consent {
        self.consent
    }

    /// Where an event of this type may wait while it cannot be sent. With consent, any event on the
    /// device; while consent is pending, what the visitor has said themselves, in this tab, since they
    /// asked for it to be delivered.
    pub(crate) fn shelf(&self, kind: &str) -> Option<Storage> {
        match self.consent {
            Consent::Granted => page::storage("localStorage"),
            Consent::Pending if self.remember_acts && matches!(kind, "response" | "dismissal") => {
                page::storage("sessionStorage")
            }
            _ => None,
        }
    }

    /// Follows what the visitor has decided.
    pub(crate) fn set_consent(&mut self, consent: Consent) {
        self.consent = consent;
        if consent == Consent::Denied {
            return self.forget();
        }
        self.read_device();
        if consent == Consent::Granted && self.visitor().is_none() {
            self.kept
                .set("visitor", survey::id::hexadecimal(page::random()));
        }
        self.write_device();
    }

    /// The shop's own id for the visitor, in place of a random one.
    pub(crate) fn identify(&mut self, visitor: String) {
        self.read_device();
        if self.consent == Consent::Granted {
            self.kept.set("visitor", visitor);
            self.write_device();
        }
    }

    /// Notes an act, to the second with consent, else to the end of its day.
    pub(crate) fn note(&mut self, survey: &str, act: Act) {
        self.read_device();
        self.acts.note(survey, act, page::unix_seconds());
        if self.consent != Consent::Granted {
            self.acts.round_up(DAY);
        } else if act == Act::Shown {
            self.note_asked();
        }
        self.write_device();
    }

    /// Notes that a survey was shown in this visit.
    pub(crate) fn note_asked(&mut self) {
        let began = self.kept.object("visit").number("began");
        self.kept.set("asked", began);
    }

    /// Forgets the visitor.
    pub(crate) fn forget(&mut self) {
        self.acts = Acts::new();
        self.kept = Plain::nothing();
        self.is_on_device = false;
    }

    /// Takes note of what other pages have written since.
    pub(crate) fn read_device(&mut self) {
        if self.consent == Consent::Denied {
            return;
        }
        let text = page::storage("localStorage")
            .and_then(|storage| page::read(&storage, &self.key).as_string());
        match text.and_then(|text| js::from_json(&text)) {
            Some(kept) => {
                self.acts.recall(Acts::read(kept.object("acts")));
                self.kept = match self.consent {
                    Consent::Granted => kept,
                    Consent::Pending | Consent::Denied => Plain::nothing(),
                };
                self.is_on_device = true;
            }
            // Erased on another page: the visitor has thought better of it.
            None if self.is_on_device => self.set_consent(Consent::Denied),
            None => {}
        }
    }

    /// Leaves on the device exactly what it may keep. Storage that is full or refused leaves the memory
    /// of this page.
    fn write_device(&mut self) {
        let may_keep = match self.consent {
            Consent::Granted => {
                self.kept.set("acts", &self.acts);
                Some(self.kept.clone())
            }
            Consent::Pending if self.remember_acts => {
                self.acts.round_up(DAY);
                let acts = self.acts.on_purpose();
                (!acts.is_empty()).then(|| {
                    let mut kept = Plain::nothing();
                    kept.set("acts", &acts);
                    kept
                })
            }
            _ => None,
        };
        let Some(storage) = page::storage("localStorage") else {
            return;
        };
        self.is_on_device = match may_keep {
            Some(kept) => storage.set_item(&self.key, &js::to_json(&kept)).is_ok(),
            None => {
                let _ = storage.remove_item(&self.key);
                false
            }
        };
    }
}
