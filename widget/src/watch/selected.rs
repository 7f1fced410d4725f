//! `click` and `copy`: something happens to what a selector names.

use super::{Heard, Sense, Watcher};
use crate::page;

pub(super) fn watch(hears: &'static [&'static str], selector: &str) -> impl Watcher + use<> {
    Watching {
        hears,
        // Text that is copied from anywhere.
        selector: if selector.is_empty() { "*" } else { selector }.to_owned(),
    }
}

struct Watching {
    hears: &'static [&'static str],
    selector: String,
}

impl Watcher for Watching {
    fn hears(&self) -> &'static [&'static str] {
        self.hears
    }

    fn sense(&mut self, event: Option<Heard<'_>>, _: f64) -> Sense {
        let is_meant = event.is_some_and(|event| {
            // A selection may begin at the end of the text before: Firefox then says that this was copied.
            page::is_within(&event, &self.selector)
                || event.name == "copy" && page::selects_within(&self.selector)
        });
        if is_meant {
            Sense::Came(None)
        } else {
            Sense::Nothing
        }
    }
}
