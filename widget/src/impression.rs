//! One card on the page, and everything that is sent because of it.

use crate::announce::News;
use crate::deed::Deed;
use crate::director::Director;
use crate::mount::{Card, Presence};
use crate::page;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use survey::conversation::{Conversation, Said, Sending};
use survey::frequency::Act;
use survey::id::EventId;
use survey::offer::Position;
use survey::submission::Submission;

/// A card that is shown, until it is dropped.
pub(crate) struct Impression {
    director: &'static Director,
    pub(crate) card: Card,
    conversation: RefCell<Conversation>,
    /// The event that was sent last; most of it is the same in every event of this impression.
    event: RefCell<Submission>,
    has_answered: Cell<bool>,
    presence: RefCell<Option<Presence>>,
}

impl Impression {
    /// Shows a card.
    pub(crate) fn begin(
        director: &'static Director,
        card: Card,
        mut event: Submission,
        is_invited: bool,
    ) -> Rc<Self> {
        card.show(is_invited);
        event.survey = Some(card.survey.id.clone());
        Rc::new(Self {
            director,
            card,
            conversation: RefCell::new(Conversation::new(page::now())),
            event: RefCell::new(event),
            has_answered: Cell::new(false),
            presence: RefCell::default(),
        })
    }

    /// The card can be seen. To open one that is always at hand is not to be asked.
    pub(crate) fn shown(&self) {
        let is_invited = self.card.survey.position == Position::Tab;
        let presence = Presence::begin(&self.card.stage, is_invited);
        self.presence.replace(Some(presence));
        let mut event = self.event.borrow_mut();
        event.draw = Some(self.director.draw(self.card.survey));
        self.director.describe(&mut event);
        drop(event);
        if !is_invited {
            self.note(Act::Shown);
        }
        self.send("impression", [Some(News::Shown), None], |_| ());
    }

    /// Whether nobody knows yet that the card can be seen.
    pub(crate) fn is_new(&self) -> bool {
        self.presence.borrow().is_none()
    }

    /// Whether the focus is somewhere in the card.
    pub(crate) fn has_focus(&self) -> bool {
        self.card.stage.has_focus()
    }

    /// The page or the route goes away: what stands there is sent.
    pub(crate) fn leave(&self) {
        let sending = self.conversation.borrow_mut().leave();
        self.act_on(sending);
    }

    /// Follows what the visitor did.
    pub(crate) fn hear(&self, deed: Deed) {
        let Some(said) = self.card.stage.follow(deed) else {
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
        memory.note(&self.card.survey.id, act);
    }

    fn send(&self, kind: &'static str, news: [Option<News>; 2], add: impl FnOnce(&mut Submission)) {
        let director = self.director;
        let mut event = self.event.borrow_mut();
        event.kind = kind;
        // The impression is told of late, and was when the card came.
        if event.seq > 0 {
            event.at = page::timestamp();
        }
        event.seq += 1;
        add(&mut event);
        let sent = director.outbox.send(&event, &director.memory.borrow());
        // The page is told of it and may close the card meanwhile.
        drop(event);
        for news in news.into_iter().flatten() {
            director.listeners.tell(news, &sent);
        }
    }
}

/// A fresh identity of an event.
pub(crate) fn new_id() -> String {
    EventId::new(page::unix_milliseconds() as u64, page::random()).text()
}
