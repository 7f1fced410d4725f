//! One card on the page, and everything that is sent because of it.

use crate::announce::News;
use crate::director::Director;
use crate::mount::{Mounted, mount_card};
use crate::page;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use survey::conversation::{Conversation, Said, Sending};
use survey::frequency::Act;
use survey::id::EventId;
use survey::offer::OfferedSurvey;
use survey::submission::Submission;

/// A card that is shown, until it is dropped.
pub(crate) struct Impression {
    director: Weak<Director>,
    pub(crate) survey: Rc<OfferedSurvey>,
    conversation: RefCell<Conversation>,
    /// What every event of this impression has in common.
    context: Submission,
    seq: Cell<u32>,
    has_answered: Cell<bool>,
    mounted: RefCell<Option<Mounted>>,
}

impl Impression {
    /// Shows the card; nothing comes of it where the page has no place for one.
    pub(crate) fn begin(
        director: &Rc<Director>,
        survey: &Rc<OfferedSurvey>,
        mut context: Submission,
        is_invited: bool,
    ) -> Option<Rc<Self>> {
        context.id = EventId::new(page::unix_milliseconds() as u64, page::random()).to_string();
        context.survey = Some(survey.id.clone());
        let impression = Rc::new(Self {
            director: Rc::downgrade(director),
            survey: Rc::clone(survey),
            conversation: RefCell::new(Conversation::new(page::now())),
            context,
            seq: Cell::new(0),
            has_answered: Cell::new(false),
            mounted: RefCell::default(),
        });
        let hearing = Rc::downgrade(&impression);
        let hear = move |said| {
            if let Some(impression) = hearing.upgrade() {
                impression.hear(said);
            }
        };
        let mounted = mount_card(&director.offer, survey, is_invited, hear)?;
        impression.mounted.replace(Some(mounted));
        impression.send("impression", [Some(News::Shown)], |_| ());
        Some(impression)
    }

    /// The page or the route goes away: what stands there is sent.
    pub(crate) fn leave(&self) {
        let sending = self.conversation.borrow_mut().leave();
        self.act_on(sending);
    }

    fn hear(&self, said: Said) {
        let closes = said == Said::Closed;
        let sending = self.conversation.borrow_mut().hear(said, page::now());
        self.act_on(sending);
        if closes && let Some(director) = self.director.upgrade() {
            director.closed();
        }
    }

    fn act_on(&self, sending: Option<Sending>) {
        match sending {
            None => {}
            Some(Sending::Dismissal) => {
                self.note(Act::Dismissed);
                self.send("dismissal", [Some(News::Dismissed)], |_| ());
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
        if let Some(director) = self.director.upgrade() {
            director.memory.borrow_mut().note(&self.survey.id, act);
        }
    }

    fn send(
        &self,
        kind: &'static str,
        news: impl IntoIterator<Item = Option<News>>,
        add: impl FnOnce(&mut Submission),
    ) {
        self.seq.set(self.seq.get() + 1);
        let mut submission = Submission {
            kind,
            seq: self.seq.get(),
            at: page::timestamp(),
            ..self.context.clone()
        };
        add(&mut submission);
        if let Some(director) = self.director.upgrade() {
            director.outbox.send(&submission);
            for news in news.into_iter().flatten() {
                director.listeners.tell(news, &submission);
            }
        }
    }
}
