//! `event`: the page itself says that the moment has come.

use super::{Seen, Watch};
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use survey::condition::{Condition, Values};

/// Everybody who waits for an event of the page.
#[derive(Clone, Default)]
pub(crate) struct Events {
    waiting: Rc<RefCell<Vec<Weak<Wait>>>>,
}

/// Ends the waiting when it is dropped.
pub(crate) type Subscription = Rc<Wait>;

pub(crate) struct Wait {
    name: String,
    conditions: Vec<Condition>,
    seen: Seen,
}

impl Events {
    /// The page says that this has happened.
    pub(crate) fn tell(&self, name: &str, props: &Values) {
        self.waiting
            .borrow_mut()
            .retain(|wait| wait.strong_count() > 0);
        let waiting: Vec<_> = self
            .waiting
            .borrow()
            .iter()
            .filter_map(Weak::upgrade)
            .collect();
        for wait in waiting {
            let holds = |condition: &Condition| condition.holds(props);
            if wait.name == name && wait.conditions.iter().all(holds) {
                (wait.seen)(None);
            }
        }
    }
}

pub(super) fn watch(name: &str, conditions: &[Condition], events: &Events, seen: Seen) -> Watch {
    let wait = Rc::new(Wait {
        name: name.to_owned(),
        conditions: conditions.to_vec(),
        seen,
    });
    events.waiting.borrow_mut().push(Rc::downgrade(&wait));
    Watch {
        _subscription: Some(wait),
        ..Watch::default()
    }
}
