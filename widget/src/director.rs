//! Decides which survey is shown and when. Triggers only nominate; one survey a visit is shown.

use crate::announce::Listeners;
use crate::impression::Impression;
use crate::memory::Memory;
use crate::outbox::Outbox;
use crate::page::{self, Listener, Timer};
use crate::visit::Visit;
use crate::watch::{Events, Signal, Watch, watch};
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use survey::frequency::Act;
use survey::gates::{Facts, Gate, gates};
use survey::offer::{Offer, OfferedSurvey};
use survey::sampling;
use survey::trigger::{Moment, Trigger};

/// How often a page that may not be interrupted is looked at again, in milliseconds.
const PATIENCE: f64 = 500.0;

/// What runs on one page.
pub(crate) struct Director {
    pub(crate) offer: Offer,
    /// The offer's surveys, each shared with the card that shows it.
    pub(crate) surveys: Vec<Rc<OfferedSurvey>>,
    pub(crate) memory: RefCell<Memory>,
    pub(crate) visit: RefCell<Visit>,
    pub(crate) outbox: Outbox,
    pub(crate) listeners: Listeners,
    pub(crate) events: Events,
    armed: RefCell<Vec<Rc<Armed>>>,
    impression: RefCell<Option<Rc<Impression>>>,
    leaving: RefCell<Vec<Listener>>,
}

/// A trigger of a survey that may be shown here, and what of it has come so far.
struct Armed {
    survey: usize,
    trigger: Trigger,
    /// One for the trigger's own moment, then one for each of `all`.
    has_come: Vec<Cell<bool>>,
    watches: RefCell<Vec<Watch>>,
    timer: RefCell<Option<Timer>>,
}

impl Director {
    /// Sets everything up and begins to watch.
    pub(crate) fn start(mut offer: Offer, memory: Memory, outbox: Outbox) -> Rc<Self> {
        let surveys = std::mem::take(&mut offer.surveys);
        let director = Rc::new(Self {
            offer,
            surveys: surveys.into_iter().map(Rc::new).collect(),
            memory: RefCell::new(memory),
            visit: RefCell::new(Visit::new()),
            outbox,
            listeners: Listeners::default(),
            events: Events::default(),
            armed: RefCell::default(),
            impression: RefCell::default(),
            leaving: RefCell::default(),
        });
        director.watch_leaving();
        director.arm();
        director
    }

    /// Whether a survey may be shown here and now, gate by gate, without its triggers.
    pub(crate) fn gates(&self, survey: &OfferedSurvey) -> [Gate; 8] {
        let memory = self.memory.borrow();
        let visit = self.visit.borrow();
        let facts = Facts {
            path_matches: &page::path_matches,
            device: page::device(),
            language: &page::language(),
            attributes: &visit.attributes,
            visit: memory.visit(),
            draw: self.draw(survey),
            acts: memory.acts(),
            site: &self.offer.site.frequency,
            was_asked: visit.was_asked,
            now: page::unix_seconds(),
        };
        gates(survey, &facts)
    }

    /// Whether any moment of this survey's triggers is being watched for.
    pub(crate) fn is_armed(&self, survey: &OfferedSurvey) -> bool {
        let armed = self.armed.borrow();
        armed
            .iter()
            .any(|armed| self.surveys[armed.survey].id == survey.id)
    }

    fn draw(&self, survey: &OfferedSurvey) -> f64 {
        let memory = self.memory.borrow();
        let visit = self.visit.borrow();
        let unit = memory.visitor().unwrap_or(&visit.id);
        sampling::draw(unit, &survey.id)
    }

    fn may_show(&self, survey: &OfferedSurvey) -> bool {
        self.gates(survey).iter().all(|gate| gate.passes)
    }

    /// Watches for the triggers of every survey that may be shown here, and for no others; what is
    /// watched for already goes on as it is.
    pub(crate) fn arm(self: &Rc<Self>) {
        for (index, survey) in self.surveys.iter().enumerate() {
            if !self.may_show(survey) {
                self.armed
                    .borrow_mut()
                    .retain(|armed| armed.survey != index);
            } else if !self.is_armed(survey) {
                for trigger in &survey.trigger {
                    let armed = self.arm_trigger(index, trigger);
                    self.armed.borrow_mut().push(armed);
                }
            }
        }
    }

    fn arm_trigger(self: &Rc<Self>, survey: usize, trigger: &Trigger) -> Rc<Armed> {
        let moments = || [&trigger.moment].into_iter().chain(&trigger.all);
        let armed = Rc::new(Armed {
            survey,
            trigger: trigger.clone(),
            has_come: moments().map(|_| Cell::new(false)).collect(),
            watches: RefCell::default(),
            timer: RefCell::default(),
        });
        for (position, moment) in moments().enumerate() {
            let director = Rc::downgrade(self);
            let watching = Rc::downgrade(&armed);
            let seen = Rc::new(move |signal| {
                if let (Some(director), Some(armed)) = (director.upgrade(), watching.upgrade()) {
                    director.moment_came(&armed, position, signal);
                }
            });
            armed
                .watches
                .borrow_mut()
                .push(watch(moment, &self.events, seen));
        }
        armed
    }

    /// A moment that passes (leaving the page) counts only when everything else has come before it.
    fn moment_came(self: &Rc<Self>, armed: &Rc<Armed>, position: usize, signal: Signal) {
        let comes: Vec<bool> = armed.has_come.iter().map(Cell::get).collect();
        let others = comes
            .iter()
            .enumerate()
            .all(|(other, has_come)| other == position || *has_come);
        let moments = [&armed.trigger.moment]
            .into_iter()
            .chain(&armed.trigger.all);
        let passes = moments.into_iter().nth(position).is_some_and(is_passing);
        armed.has_come[position].set(!passes);
        if others && armed.timer.borrow().is_none() {
            let delay = armed.trigger.delay * 1_000.0;
            self.nominate_after(delay, armed, signal);
        }
    }

    fn nominate_after(self: &Rc<Self>, milliseconds: f64, armed: &Rc<Armed>, signal: Signal) {
        let director = Rc::downgrade(self);
        let nominee = Rc::downgrade(armed);
        let timer = page::after(milliseconds, move || {
            if let (Some(director), Some(armed)) = (director.upgrade(), nominee.upgrade()) {
                director.nominate(&armed, signal);
            }
        });
        armed.timer.replace(Some(timer));
    }

    /// Shows the survey if it still may be shown; waits while somebody must not be interrupted.
    fn nominate(self: &Rc<Self>, armed: &Rc<Armed>, signal: Signal) {
        let survey = &self.surveys[armed.survey];
        if page::interruption().is_some() {
            self.nominate_after(PATIENCE, armed, signal);
        } else if self.may_show(survey) {
            self.show(survey, Some(armed.trigger.moment.name()), signal);
        } else {
            armed.timer.take();
        }
    }

    /// Shows a survey, past everything that might speak against it.
    pub(crate) fn show(
        self: &Rc<Self>,
        survey: &Rc<OfferedSurvey>,
        trigger: Option<&'static str>,
        signal: Signal,
    ) {
        self.close();
        self.visit.borrow_mut().was_asked = true;
        self.memory.borrow_mut().note(&survey.id, Act::Shown);
        let mut context = self.visit.borrow().submission(&self.memory.borrow());
        context.trigger = trigger;
        context.signal = signal;
        context.draw = Some(self.draw(survey));
        let impression = Impression::begin(self, survey, context);
        self.impression.replace(impression);
        // Nothing else is shown in this visit, so nothing needs watching any more.
        self.armed.take();
    }

    /// Takes away whatever is shown.
    pub(crate) fn close(&self) {
        if let Some(impression) = self.impression.take() {
            impression.leave();
        }
    }

    /// The page has become another one without being loaded anew.
    pub(crate) fn moved(self: &Rc<Self>) {
        self.visit.borrow_mut().moved();
        self.close();
        self.armed.take();
        self.arm();
    }

    /// Hiding is the last thing a page is surely told.
    fn watch_leaving(self: &Rc<Self>) {
        let leave = |director: &Weak<Self>| {
            if let Some(director) = director.upgrade() {
                if let Some(impression) = &*director.impression.borrow() {
                    impression.leave();
                }
                director.outbox.leave();
            }
        };
        let director = Rc::downgrade(self);
        let hidden = page::listen(&page::document(), "visibilitychange", move |_| {
            if !page::is_visible() {
                leave(&director);
            }
        });
        let director = Rc::downgrade(self);
        let gone = page::listen(&page::window(), "pagehide", move |_| leave(&director));
        self.leaving.replace(vec![hidden, gone]);
    }
}

const fn is_passing(moment: &Moment) -> bool {
    matches!(moment, Moment::ExitIntent { .. })
}
