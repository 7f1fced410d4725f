//! A trigger that is watched for: its watchers, and what of it has come so far.

use crate::director::Director;
use crate::page::{self, Listener, Timer};
use crate::watch::{Sense, Signal, Watcher, watcher};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use survey::condition::Values;
use survey::offer::OfferedSurvey;
use survey::trigger::{Moment, Nomination, Trigger};
use web_sys::Event;

/// How often a page that may not be interrupted is looked at again, in milliseconds.
const PATIENCE: f64 = 500.0;

/// One trigger of a survey that may be shown here; nothing is watched for any more when it is dropped.
pub(crate) struct Armed {
    director: Weak<Director>,
    pub(crate) survey: Rc<OfferedSurvey>,
    trigger: Trigger,
    nomination: RefCell<Nomination>,
    nominated_at: Cell<f64>,
    signal: Cell<Signal>,
    /// The trigger's own moment, then those of `all`.
    sentries: RefCell<Vec<Rc<Sentry>>>,
    timer: RefCell<Option<Timer>>,
}

/// A watcher at its post.
struct Sentry {
    watcher: RefCell<Box<dyn Watcher>>,
    listeners: RefCell<Vec<Listener>>,
    timer: RefCell<Option<Timer>>,
}

impl Armed {
    /// Begins to watch for a trigger.
    pub(crate) fn new(
        director: &Rc<Director>,
        survey: &Rc<OfferedSurvey>,
        trigger: &Trigger,
    ) -> Rc<Self> {
        let armed = Rc::new(Self {
            director: Rc::downgrade(director),
            survey: Rc::clone(survey),
            trigger: trigger.clone(),
            nomination: RefCell::new(Nomination::new(trigger)),
            nominated_at: Cell::new(0.0),
            signal: Cell::new(None),
            sentries: RefCell::default(),
            timer: RefCell::default(),
        });
        for (position, moment) in armed.moments().enumerate() {
            if let Some(watcher) = watcher(moment) {
                let sentry = Sentry::post(watcher, &armed, position);
                armed.sentries.borrow_mut().push(sentry);
            } else if director.is_now(moment) {
                armed.came(position, None);
            }
        }
        armed
    }

    fn moments(&self) -> impl Iterator<Item = &Moment> {
        [&self.trigger.moment].into_iter().chain(&self.trigger.all)
    }

    /// The page says that something has happened.
    pub(crate) fn told(self: &Rc<Self>, told: &str, props: &Values) {
        for (position, moment) in self.moments().enumerate() {
            if let Moment::Event { name, conditions } = moment
                && name == told
                && conditions.iter().all(|condition| condition.holds(props))
            {
                self.came(position, None);
            }
        }
    }

    /// What fires: the trigger's name, and the signal it was seen by.
    pub(crate) fn reason(&self) -> (&'static str, Signal) {
        (self.trigger.moment.name(), self.signal.get())
    }

    /// Since when the survey is nominated, in milliseconds, if it is now.
    pub(crate) fn nominated(&self) -> Option<f64> {
        let is_due = self.nomination.borrow().is_due(page::now());
        is_due.then(|| self.nominated_at.get())
    }

    /// The next moment counts anew.
    pub(crate) fn start_over(&self) {
        self.nomination.borrow_mut().start_over();
    }

    fn came(self: &Rc<Self>, position: usize, signal: Signal) {
        let now = page::now();
        let delay = self.nomination.borrow_mut().came(position, now);
        if position == 0 {
            self.signal.set(signal);
        }
        if let Some(delay) = delay {
            self.nominated_at.set(now);
            self.nominate_after(delay);
        }
    }

    /// Asks the director then, unless the moment has gone; again later where somebody would be
    /// interrupted.
    fn nominate_after(self: &Rc<Self>, milliseconds: f64) {
        let armed = Rc::downgrade(self);
        let timer = page::after(milliseconds, move || {
            if let Some(armed) = armed.upgrade()
                && armed.nominated().is_some()
                && let Some(director) = armed.director.upgrade()
            {
                if director.interruption().is_some() {
                    armed.nominate_after(PATIENCE);
                } else {
                    director.decide();
                }
            }
        });
        self.timer.replace(Some(timer));
    }
}

impl Sentry {
    fn post(watcher: Box<dyn Watcher>, armed: &Rc<Armed>, position: usize) -> Rc<Self> {
        let names = watcher.hears();
        let sentry = Rc::new(Self {
            watcher: RefCell::new(watcher),
            listeners: RefCell::default(),
            timer: RefCell::default(),
        });
        let window = page::window();
        let listeners = names.iter().map(|name| {
            let (sentry, armed) = (Rc::downgrade(&sentry), Rc::downgrade(armed));
            page::listen(&window, name, move |event| {
                look(&sentry, &armed, position, Some(&event));
            })
        });
        sentry.listeners.replace(listeners.collect());
        sentry.look_after(0.0, Rc::downgrade(armed), position);
        sentry
    }

    fn look_after(self: &Rc<Self>, milliseconds: f64, armed: Weak<Armed>, position: usize) {
        let sentry = Rc::downgrade(self);
        let timer = page::after(milliseconds, move || look(&sentry, &armed, position, None));
        self.timer.replace(Some(timer));
    }
}

fn look(sentry: &Weak<Sentry>, armed: &Weak<Armed>, position: usize, event: Option<&Event>) {
    let (Some(sentry), Some(armed)) = (sentry.upgrade(), armed.upgrade()) else {
        return;
    };
    let sense = sentry.watcher.borrow_mut().sense(event, page::now());
    match sense {
        Sense::Nothing => {}
        Sense::Came(signal) => armed.came(position, signal),
        Sense::Went => armed.nomination.borrow_mut().went(position),
        Sense::LookAgainIn(wait) => sentry.look_after(wait, Rc::downgrade(&armed), position),
    }
}
