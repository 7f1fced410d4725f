//! The settings of `hark serve --demo`: one shop on this machine, nothing to write first.

use super::file::Written;
use super::{Origin, Site};
use survey::frequency::Frequency;
use survey::offer::{Consent, SitePolicy};

pub(super) fn settings() -> Written {
    let origins = ["http://127.0.0.1:*", "http://localhost:*"];
    Written {
        sites: vec![Site {
            key: "demo".to_owned(),
            origins: origins.into_iter().filter_map(Origin::new).collect(),
            policy: SitePolicy {
                brand: "Fernlight".to_owned(),
                consent: Consent::Pending,
                remember_acts: true,
                frequency: Frequency::OF_A_SITE,
            },
        }],
        ..Written::default()
    }
}
