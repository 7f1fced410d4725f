//! `dwell`: visible and active time, looked at when it could be enough and whenever somebody acts.

use super::{Seen, Watch};
use crate::page;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use survey::trigger::{Dwell, Progress};

/// Acts closer together than this say nothing new, in milliseconds.
const THROTTLE: f64 = 1_000.0;

pub(super) fn watch(seconds: f64, seen: Seen) -> Watch {
    let now = page::now();
    let watching = Rc::new(Watching {
        rule: RefCell::new(Dwell::new(seconds, now, page::is_visible())),
        timer: Rc::default(),
        looked: Cell::new(now),
        seen,
    });
    watching.look(true);
    let act = |name| {
        let watching = Rc::clone(&watching);
        page::listen(&page::document(), name, move |_| {
            if page::now() - watching.looked.get() > THROTTLE {
                watching.look(true);
            }
        })
    };
    let acts = ["pointerdown", "pointermove", "keydown", "scroll"].map(act);
    let watching_visibility = Rc::clone(&watching);
    let visibility = page::listen(&page::document(), "visibilitychange", move |_| {
        watching_visibility.look(page::is_visible());
    });
    Watch {
        _listeners: acts.into_iter().chain([visibility]).collect(),
        _timer: Rc::clone(&watching.timer),
        ..Watch::default()
    }
}

struct Watching {
    rule: RefCell<Dwell>,
    timer: Rc<RefCell<Option<page::Timer>>>,
    looked: Cell<f64>,
    seen: Seen,
}

impl Watching {
    fn look(self: &Rc<Self>, acted: bool) {
        let now = page::now();
        self.looked.set(now);
        let progress = self
            .rule
            .borrow_mut()
            .observe(now, page::is_visible(), acted);
        match progress {
            Progress::Reached => {
                self.looked.set(f64::INFINITY);
                self.timer.take();
                (self.seen)(None);
            }
            Progress::Paused => drop(self.timer.take()),
            Progress::LookAgainIn(milliseconds) => {
                let watching = Rc::downgrade(self);
                let timer = page::after(milliseconds, move || {
                    if let Some(watching) = watching.upgrade() {
                        watching.look(false);
                    }
                });
                self.timer.replace(Some(timer));
            }
        }
    }
}
