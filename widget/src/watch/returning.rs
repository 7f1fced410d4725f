//! `return`: the page is seen again after it was hidden for a while.

use super::{Heard, Sense, Watcher};
use crate::page;
use survey::trigger::Return;

pub(super) fn watch(seconds: f64) -> impl Watcher {
    Watching(Return::after(seconds))
}

struct Watching(Return);

impl Watcher for Watching {
    fn hears(&self) -> &'static [&'static str] {
        &["visibilitychange"]
    }

    fn sense(&mut self, _: Option<Heard<'_>>, now: f64) -> Sense {
        if self.0.observe(page::is_visible(), now) {
            Sense::Came(None)
        } else {
            Sense::Nothing
        }
    }
}
