//! A trigger that is watched for: its watchers, and what of it has come so far.

use crate::director::Director;
use crate::page::{self, Listener, Timer};
use crate::watch::{Heard, Sense, Signal, Watcher, watcher};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use survey::condition::Values;
use survey::offer::OfferedSurvey;
use survey::trigger::{Moment, Nomination, Progress, Trigger};

/// How often a page that may not be interrupted is looked at again, in milliseconds.
const PATIENCE: f64 = 500.0;

/// One trigger of a survey that may be shown here; nothing is watched for any more when it is dropped.
pub(crate) struct Armed {
    director: &'static Director,
    pub(crate) survey: &'static OfferedSurvey,
    trigger: &'static Trigger,
    nomination: RefCell<Nomination>,
    nominated_at: Cell<f64>,
    signal: Cell<Signal>,
    /// One for the trigger's own moment, then one for each of `all`.
    sentries: Vec<Sentry>,
    timer: RefCell<Option<Timer>>,
}

/// A watcher at its post; none where there is nothing to watch.
struct Sentry {
    watcher: RefCell<Option<Box<dyn Watcher>>>,
    timer: RefCell<Option<Timer>>,
    _listeners: Vec<Listener>,
}

impl Armed {
    /// Begins to watch for a trigger.
    pub(crate) fn new(
        director: &'static Director,
        survey: &'static OfferedSurvey,
        trigger: &'static Trigger,
    ) -> Rc<Self> {
        let armed = Rc::new_cyclic(|armed| Self {
            director,
            survey,
            trigger,
            nomination: RefCell::new(Nomination::new(trigger)),
            nominated_at: Cell::new(0.0),
            signal: Cell::new(None),
            sentries: moments(trigger)
                .enumerate()
                .map(|(position, moment)| Sentry::post(watcher(moment), armed, position))
                .collect(),
            timer: RefCell::default(),
        });
        for (position, moment) in moments(trigger).enumerate() {
            armed.look(position, None);
            if director.is_now(moment) {
                armed.came(position, None, false);
            }
        }
        armed
    }

    /// The page says that something has happened; [`Self::nominate`] is to be asked next.
    pub(crate) fn told(self: &Rc<Self>, told: &str, props: &Values) {
        for (position, moment) in moments(self.trigger).enumerate() {
            if let Moment::Event { name, conditions } = moment
                && name == told
                && conditions.iter().all(|condition| condition.holds(props))
            {
                self.came(position, None, true);
            }
        }
    }

    /// What fires: the trigger's name, and the signal it was seen by.
    pub(crate) fn reason(&self) -> (&'static str, Signal) {
        (self.trigger.moment.name(), self.signal.get())
    }

    /// Since when the survey is nominated, in milliseconds, if it is now.
    pub(crate) fn nominated(&self) -> Option<f64> {
        let is_due = self.nomination.borrow().look(page::now()) == Progress::Reached;
        is_due.then(|| self.nominated_at.get())
    }

    /// The next moment counts anew.
    pub(crate) fn start_over(&self) {
        self.nomination.borrow_mut().start_over();
    }

    fn look(self: &Rc<Self>, position: usize, event: Option<Heard<'_>>) {
        let sentry = &self.sentries[position];
        // When it happened, not when a busy page came round to telling it.
        let now = event.map_or_else(page::now, |event| page::number_of(&event, "timeStamp"));
        let sense = match &mut *sentry.watcher.borrow_mut() {
            Some(watcher) => watcher.sense(event, now),
            None => Sense::Nothing,
        };
        match sense {
            Sense::Nothing => {}
            Sense::Came(signal) => self.came(position, signal, false),
            Sense::Went => {
                self.nomination.borrow_mut().went(position);
                self.look_after(0.0, position);
            }
            Sense::LookAgainIn(wait) => self.look_after(wait, position),
        }
    }

    fn look_after(self: &Rc<Self>, milliseconds: f64, position: usize) {
        let armed = Rc::downgrade(self);
        let timer = page::after(milliseconds, move || look(&armed, position, None));
        self.sentries[position].timer.replace(Some(timer));
    }

    fn came(self: &Rc<Self>, position: usize, signal: Signal, is_told: bool) {
        let now = page::now();
        if position == 0 {
            self.signal.set(signal);
        }
        let delay = self.nomination.borrow_mut().came(position, now);
        if let Some(delay) = delay {
            self.nominated_at.set(now);
            if !is_told {
                self.nominate_after(delay);
            }
        }
    }

    fn nominate_after(self: &Rc<Self>, milliseconds: f64) {
        let armed = Rc::downgrade(self);
        let timer = page::after(milliseconds, move || {
            if let Some(armed) = armed.upgrade() {
                armed.nominate();
            }
        });
        self.timer.replace(Some(timer));
    }

    /// Asks the director, unless the moment has gone; later where it has not come or where somebody would be
    /// interrupted.
    pub(crate) fn nominate(self: &Rc<Self>) {
        let progress = self.nomination.borrow().look(page::now());
        match progress {
            Progress::Paused => {}
            Progress::LookAgainIn(rest) => self.nominate_after(rest),
            Progress::Reached if self.director.interruption().is_some() => {
                self.nominate_after(PATIENCE);
            }
            Progress::Reached => self.director.decide(),
        }
    }
}

impl Sentry {
    fn post(watcher: Option<Box<dyn Watcher>>, armed: &Weak<Armed>, position: usize) -> Self {
        let names = watcher
            .as_ref()
            .map_or(&[] as &[_], |watcher| watcher.hears());
        let window = page::window();
        let listen = |&name: &&'static str| {
            let armed = Weak::clone(armed);
            page::listen(&window, name, move |event| {
                let event = &event;
                look(&armed, position, Some(Heard { name, event }));
            })
        };
        Self {
            _listeners: names.iter().map(listen).collect(),
            watcher: RefCell::new(watcher),
            timer: RefCell::default(),
        }
    }
}

fn moments(trigger: &'static Trigger) -> impl Iterator<Item = &'static Moment> {
    [&trigger.moment].into_iter().chain(&trigger.all)
}

fn look(armed: &Weak<Armed>, position: usize, event: Option<Heard<'_>>) {
    if let Some(armed) = armed.upgrade() {
        armed.look(position, event);
    }
}
