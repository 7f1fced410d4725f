//! One card on the page, and everything that is sent because of it.

use crate::announce::News;
use crate::deed::Deed;
use crate::director::Director;
use crate::mount::{Mounted, mount_card};
use crate::page;
use crate::stage::Stage;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use survey::conversation::{Conversation, Said, Sending};
use survey::frequency::Act;
use survey::id::EventId;
use survey::offer::OfferedSurvey;
use survey::submission::Submission;

/// A card that is shown, until it is dropped.
pub(crate) struct Impression {
    director: &'static Director,
    pub(crate) survey: &'static OfferedSurvey,
    conversation: RefCell<Conversation>,
    /// What every event of this impression has in common.
    context: Submission,
    seq: Cell<u32>,
    has_answered: Cell<bool>,
    stage: Rc<Stage>,
    _mounted: Mounted,
}

impl Impression {
    /// Shows the card; nothing comes of it where the page has no place for one.
    pub(crate) fn begin(
        director: &'static Director,
        survey: &'static OfferedSurvey,
        mut context: Submission,
        is_invited: bool,
    ) -> Option<Rc<Self>> {
        context.id = new_id();
        context.survey = Some(survey.id.clone());
        let (stage, mounted) = mount_card(director, survey, is_invited)?;
        Some(Rc::new(Self {
            director,
            survey,
            conversation: RefCell::new(Conversation::new(page::now())),
            context,
            seq: Cell::new(0),
            has_answered: Cell::new(false),
            stage,
            _mounted: mounted,
        }))
    }

    /// The card can be seen.
    pub(crate) fn shown(&self) {
        self.send("impression", [Some(News::Shown), None], |_| ());
    }

    /// The page or the route goes away: what stands there is sent.
    pub(crate) fn leave(&self) {
        let sending = self.conversation.borrow_mut().leave();
        self.act_on(sending);
    }

    /// Follows what the visitor did.
    pub(crate) fn hear(&self, deed: Deed) {
        let Some(said) = self.stage.follow(deed) else {
            return;
        };
        let closes = said == Said::Closed;
        let sending = self.conversation.borrow_mut().hear(said, page::now());
        self.act_on(sending);
        if closes {
            self.director.closed();
        }
    }

    fn act_on(&self, sending: Option<Sending>) {
        match sending {
            None => {}
            Some(Sending::Dismissal) => {
                self.note(Act::Dismissed);
                self.send("dismissal", [Some(News::Dismissed), None], |_| ());
            }
            Some(Sending::Response {
                score,
                answers,
                complete,
            }) => {
                self.note(Act::Answered);
                let is_first = !self.has_answered.replace(true);
                let news = [
                    is_first.then_some(News::Answered),
                    complete.then_some(News::Completed),
                ];
                self.send("response", news, |response| {
                    response.score = score;
                    response.complete = Some(complete);
                    response.answers = answers;
                });
            }
        }
    }

    fn note(&self, act: Act) {
        let mut memory = self.director.memory.borrow_mut();
        memory.note(&self.survey.id, act);
    }

    fn send(&self, kind: &'static str, news: [Option<News>; 2], add: impl FnOnce(&mut Submission)) {
        self.seq.set(self.seq.get() + 1);
        let mut submission = Submission {
            kind,
            seq: self.seq.get(),
            at: page::timestamp(),
            ..self.context.clone()
        };
        add(&mut submission);
        let director = self.director;
        director.outbox.send(&submission, &director.memory.borrow());
        for news in news.into_iter().flatten() {
            director.listeners.tell(news, &submission);
        }
    }
}

/// A fresh identity of an event.
pub(crate) fn new_id() -> String {
    EventId::new(page::unix_milliseconds() as u64, page::random()).text()
}
