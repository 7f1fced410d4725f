//! The settings of `hark serve --demo`: one shop on this machine, nothing to write first.

use super::file::Written;
use super::{Origin, Site, StagePatterns};
use survey::frequency::Frequency;
use survey::offer::{Consent, SitePolicy};
use survey::wording::Language;

pub(super) fn settings() -> Written {
    let origins = ["http://127.0.0.1:*", "http://localhost:*"];
    Written {
        sites: vec![Site {
            key: "demo".to_owned(),
            origins: origins.into_iter().filter_map(Origin::new).collect(),
            stages: StagePatterns::default(),
            language: Language::ENGLISH,
            written: vec!["origins", "brand", "consent", "frequency"],
            policy: SitePolicy {
                brand: "Fernlight".to_owned(),
                // On one's own machine: so that the clocks run by the second and not by the day.
                consent: Consent::Granted,
                remember_acts: true,
                // Whoever tries the demo wants to see the next survey, not wait a month for it.
                frequency: Frequency {
                    answered: 0,
                    dismissed: 0,
                    shown: 0,
                },
            },
        }],
        ..Written::default()
    }
}
