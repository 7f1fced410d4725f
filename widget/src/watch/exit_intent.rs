//! `exit_intent`: on a desk the pointer leaves quickly through the top. Where nothing hovers, nothing
//! leaves, and what the survey names stands in for it: a fast way up, or coming back.

use super::{Heard, Sense, Watcher};
use crate::page;
use survey::trigger::{ExitIntent, Leave, Return, ScrollUp, Touch, usual};

pub(super) fn watch(edge_px: f64, armed_after: f64, touch: &[Touch], now: f64) -> Watching {
    let hovers = page::matches_media("(hover: hover) and (pointer: fine)");
    let names = |signal| !hovers && touch.contains(&signal);
    Watching {
        pointer: hovers.then(|| ExitIntent::new(edge_px, armed_after, now)),
        scroll: names(Touch::ScrollUp).then(|| ScrollUp::new(armed_after, now)),
        back: names(Touch::Return).then(|| Return::after(usual::RETURN_SECONDS)),
        armed_at: now + armed_after * 1_000.0,
    }
}

pub(super) struct Watching {
    pointer: Option<ExitIntent>,
    scroll: Option<ScrollUp>,
    back: Option<Return>,
    armed_at: f64,
}

impl Watcher for Watching {
    fn hears(&self) -> &'static [&'static str] {
        if self.pointer.is_some() {
            &["mousemove", "mouseout"]
        } else {
            &["scroll", "visibilitychange"]
        }
    }

    fn sense(&mut self, event: Option<Heard<'_>>, now: f64) -> Sense {
        if let Some(pointer) = &mut self.pointer {
            return follow(pointer, event, now);
        }
        let name = event.map_or("", |event| event.name);
        if let Some(back) = &mut self.back
            && name == "visibilitychange"
            && back.observe(page::is_visible(), now)
            && now >= self.armed_at
        {
            return Sense::Came(Some(Touch::Return.name()));
        }
        if let Some(scroll) = &mut self.scroll {
            if name == "scroll" {
                let (top, viewport, height) = page::scroll_position();
                scroll.scrolled(top, viewport, height, now);
            }
            return Sense::of(scroll.look(now), Some(Touch::ScrollUp.name()));
        }
        Sense::Nothing
    }
}

fn follow(pointer: &mut ExitIntent, event: Option<Heard<'_>>, now: f64) -> Sense {
    if let Some(event) = event {
        let y = page::number_of(&event, "clientY");
        if event.name == "mousemove" {
            let comes_back = pointer.is_out();
            pointer.moved(y, now);
            return if comes_back {
                Sense::Went
            } else {
                Sense::Nothing
            };
        }
        pointer.left(Leave {
            y,
            at: now,
            into_element: page::read(&event, "relatedTarget").is_truthy(),
            busy: page::number_of(&event, "buttons") != 0.0 || page::is_typing(),
        });
    }
    Sense::of(pointer.look(now), Some("pointer"))
}
