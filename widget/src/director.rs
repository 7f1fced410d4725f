//! Decides which survey is shown and when. Triggers only nominate; one survey a visit is shown.

use crate::announce::Listeners;
use crate::armed::Armed;
use crate::deed::Deed;
use crate::impression::{Impression, new_id};
use crate::memory::Memory;
use crate::mount::{Card, Mounted, mount_tab, place};
use crate::outbox::Outbox;
use crate::page::{self, Listener, Timer};
use crate::visit::{Visit, submission};
use crate::watch::Signal;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use survey::gates::{Facts, Gate, gates};
use survey::offer::{Consent, Offer, OfferedSurvey, Position};
use survey::sampling;
use survey::submission::Submission;
use survey::trigger::{Moment, Nominee, winner};

/// A card is painted by then, even on a slow device, in milliseconds.
const PAINTED_AFTER: f64 = 100.0;

/// What runs on one page, for as long as the page does.
pub(crate) struct Director {
    pub(crate) offer: Offer,
    pub(crate) memory: RefCell<Memory>,
    pub(crate) visit: RefCell<Visit>,
    pub(crate) outbox: Outbox,
    pub(crate) listeners: Listeners,
    armed: RefCell<Vec<Rc<Armed>>>,
    /// A card of a survey that may be shown, made while there was time, unseen on the page.
    pub(crate) ready: RefCell<Option<Card>>,
    impression: RefCell<Option<Rc<Impression>>>,
    /// The button of a survey that is always at hand, while no card is shown.
    tab: RefCell<Option<Mounted>>,
    /// What the page has told and what was shown, to be sent when the card has been painted.
    told: RefCell<Vec<Submission>>,
    catching_up: RefCell<Option<Timer>>,
    is_pressed: Cell<bool>,
    page: RefCell<Vec<Listener>>,
}

impl Director {
    /// Sets everything up and begins to watch.
    pub(crate) fn start(
        offer: Offer,
        memory: Memory,
        mut visit: Visit,
        outbox: Outbox,
    ) -> &'static Self {
        visit.go_on(&memory);
        let director: &'static Self = Box::leak(Box::new(Self {
            offer,
            memory: RefCell::new(memory),
            visit: RefCell::new(visit),
            outbox,
            listeners: Listeners::default(),
            armed: RefCell::default(),
            ready: RefCell::default(),
            impression: RefCell::default(),
            tab: RefCell::default(),
            told: RefCell::default(),
            catching_up: RefCell::default(),
            is_pressed: Cell::new(false),
            page: RefCell::default(),
        }));
        director.watch_page();
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
        survey.position == Position::Tab || armed.iter().any(|armed| armed.survey.id == survey.id)
    }

    /// Whether a moment that needs no watching is there.
    pub(crate) fn is_now(&self, moment: &Moment) -> bool {
        match moment {
            // The widget itself starts only after the page has loaded.
            Moment::Load => true,
            Moment::PageViews { count } => f64::from(self.visit.borrow().pages()) >= *count,
            Moment::Visit { count } => {
                let visit = self.memory.borrow().visit();
                visit.is_some_and(|visit| f64::from(visit) >= *count)
            }
            _ => false,
        }
    }

    /// Why this is no moment to interrupt, if it is not.
    pub(crate) fn interruption(&self) -> Option<&'static str> {
        if self.is_pressed.get() {
            return Some("a button of the pointer is down");
        }
        page::interruption()
    }

    /// The draw that decides whether this visitor is in a survey's sample.
    pub(crate) fn draw(&self, survey: &OfferedSurvey) -> f64 {
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
    pub(crate) fn arm(&'static self) {
        let mut tab = None;
        for survey in &self.offer.surveys {
            if !self.may_show(survey) {
                let keeps = |armed: &Rc<Armed>| armed.survey.id != survey.id;
                self.armed.borrow_mut().retain(keeps);
            } else if survey.position == Position::Tab {
                tab = tab.or(Some(survey));
            } else if !self.is_armed(survey) {
                for trigger in &survey.trigger {
                    let armed = Armed::new(self, survey, trigger);
                    self.armed.borrow_mut().push(armed);
                }
            }
        }
        let is_in_vain = |card: &mut Card| !self.is_armed(card.survey);
        self.ready.borrow_mut().take_if(is_in_vain);
        let tab = tab.filter(|_| self.impression.borrow().is_none());
        self.tab
            .replace(tab.and_then(|survey| self.mount_tab(survey)));
    }

    fn mount_tab(&'static self, survey: &'static OfferedSurvey) -> Option<Mounted> {
        mount_tab(&self.offer, survey, move || {
            self.show(survey, Some("tab"), None);
        })
    }

    /// Makes a card that may be shown, while nobody waits for it: browsers compile Wasm function by function
    /// when it is first called, which is most of what a card takes. The rest is only called for that.
    pub(crate) fn get_ready(&'static self) {
        let survey = self.armed.borrow().first().map(|armed| armed.survey);
        if let Some(survey) = survey {
            self.make_ready(survey);
            self.interruption();
            drop(submission(""));
        }
    }

    fn make_ready(&'static self, survey: &'static OfferedSurvey) {
        let mut ready = self.ready.borrow_mut();
        // The page may have thrown it away with what was around it.
        if ready
            .as_ref()
            .is_none_or(|card| card.survey.id != survey.id || !card.mounted.is_on_page())
        {
            *ready = Card::new(self, survey);
        }
    }

    /// The page says that something has happened.
    pub(crate) fn told(&'static self, event: Submission) {
        let armed = self.armed.borrow().clone();
        if let (Some(name), Some(props)) = (&event.name, &event.props) {
            for armed in &armed {
                armed.told(name, props);
            }
        }
        self.told.borrow_mut().push(event);
        // At once, so that the card is there in the page's very next frame.
        for armed in &armed {
            armed.nominate();
        }
        // Only a card puts off what waits: a page may tell of something again and again.
        if self.catching_up.borrow().is_none() {
            self.catch_up_later();
        }
    }

    fn catch_up_later(&'static self) {
        let timer = page::after(PAINTED_AFTER, || self.catch_up());
        self.catching_up.replace(Some(timer));
    }

    /// Sends what could wait until the card was painted.
    pub(crate) fn catch_up(&self) {
        self.catching_up.take();
        for mut event in self.told.take() {
            self.describe(&mut event);
            self.outbox.send(&event, &self.memory.borrow());
        }
        // The page is told of it and may close the card meanwhile.
        let impression = self.impression.borrow().clone();
        if let Some(impression) = impression.filter(|impression| impression.is_new()) {
            if self.visit.borrow().was_asked {
                // Nothing needs watching any more.
                self.armed.take();
            }
            impression.shown();
        }
    }

    /// Gives a submission its identity, and adds what is known of who sends it.
    pub(crate) fn describe(&self, submission: &mut Submission) {
        submission.id = new_id();
        let visit = self.visit.borrow();
        visit.describe(submission, &self.memory.borrow());
    }

    /// Shows the most important of the surveys that are nominated now and still may be shown.
    pub(crate) fn decide(&'static self) {
        let armed = self.armed.borrow().clone();
        let mut nominated = Vec::new();
        let mut nominees = Vec::new();
        for armed in &armed {
            let Some(nominated_at) = armed.nominated() else {
                continue;
            };
            if !self.may_show(armed.survey) || place(armed.survey).is_none() {
                armed.start_over();
                continue;
            }
            nominated.push(armed);
            nominees.push(Nominee {
                priority: armed.survey.priority,
                nominated_at,
                survey: armed.survey.id.as_str(),
            });
        }
        if let Some(armed) = winner(&nominees).and_then(|winner| nominated.get(winner)) {
            let (trigger, signal) = armed.reason();
            self.show(armed.survey, Some(trigger), signal);
        }
    }

    /// Shows a survey, past everything that might speak against it.
    pub(crate) fn show(
        &'static self,
        survey: &'static OfferedSurvey,
        trigger: Option<&'static str>,
        signal: Signal,
    ) {
        self.close();
        let mut context = submission("impression");
        context.trigger = trigger;
        context.signal = signal;
        let is_tab = survey.position == Position::Tab;
        self.make_ready(survey);
        let Some(card) = self.ready.take() else {
            return;
        };
        let impression = Impression::begin(self, card, context, is_tab);
        self.impression.replace(Some(impression));
        if !is_tab {
            // Nothing else comes by itself in this visit.
            self.visit.borrow_mut().was_asked = true;
        }
        self.catch_up_later();
    }

    /// Takes away whatever is shown.
    pub(crate) fn close(&self) {
        self.tab.take();
        if self.impression.borrow().is_some() {
            self.catch_up();
        }
        if let Some(impression) = self.impression.take() {
            impression.leave();
            impression.card.stage.give_focus_back();
        }
    }

    /// The visitor did something to the card.
    pub(crate) fn hear(&'static self, deed: Deed) {
        self.catch_up();
        // The page is told of it and may close the card meanwhile.
        let impression = self.impression.borrow().clone();
        if let Some(impression) = impression {
            impression.hear(deed);
        }
    }

    /// The visitor has closed the card. The focus does not go with it: the button that opened it is there
    /// again.
    pub(crate) fn closed(&'static self) {
        let closed = self.impression.take();
        let had_focus = closed.is_some_and(|closed| closed.has_focus());
        self.arm();
        if let Some(tab) = self.tab.borrow().as_ref().filter(|_| had_focus) {
            tab.focus();
        }
    }

    /// The page has become another one without being loaded anew, or only its query has changed. A card
    /// that belongs there as well stays.
    pub(crate) fn moved(&'static self, is_page: bool) {
        self.memory.borrow_mut().read_device();
        let mut visit = self.visit.borrow_mut();
        if is_page {
            visit.moved();
        }
        visit.go_on(&self.memory.borrow());
        drop(visit);
        let shown = self
            .impression
            .borrow()
            .as_ref()
            .map(|shown| shown.card.survey);
        let stays = shown.is_some_and(|shown| self.gates(shown)[0].passes);
        if !stays {
            self.close();
        }
        if is_page {
            self.armed.take();
        }
        self.arm();
    }

    /// Follows what the visitor has decided; surveys for new or returning visitors depend on it.
    pub(crate) fn set_consent(&'static self, consent: Consent) {
        let mut memory = self.memory.borrow_mut();
        let mut visit = self.visit.borrow_mut();
        memory.set_consent(consent);
        if visit.was_asked {
            memory.note_asked();
        }
        visit.go_on(&memory);
        drop((memory, visit));
        self.arm();
    }

    /// The page goes away, perhaps for good: what stands there is sent.
    fn leave(&self) {
        self.catch_up();
        if let Some(impression) = &*self.impression.borrow() {
            impression.leave();
        }
        self.outbox.leave();
    }

    /// Where the page has thrown the card away, with what was around it, nothing is left of it.
    fn tidy(&self) {
        let shown = self.impression.borrow();
        let is_gone = shown
            .as_ref()
            .is_some_and(|shown| !shown.card.mounted.is_on_page());
        drop(shown);
        if is_gone {
            self.close();
        }
    }

    /// Hiding is the last thing a page is surely told; and nobody is interrupted with a button down.
    fn watch_page(&'static self) {
        let listen =
            |name, hear: fn(&Self)| page::listen(&page::window(), name, move |_| hear(self));
        self.page.replace(vec![
            listen("visibilitychange", |director| {
                if !page::is_visible() {
                    director.leave();
                }
            }),
            listen("pagehide", Self::leave),
            listen("focusin", Self::tidy),
            listen("pointerdown", |director| {
                director.is_pressed.set(true);
                director.tidy();
            }),
            listen("pointerup", |director| director.is_pressed.set(false)),
            listen("pointercancel", |director| director.is_pressed.set(false)),
        ]);
    }
}
