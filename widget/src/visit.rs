//! This visit so far: what the page said, how many pages, whether anybody was asked.
//!
//! Without consent a visit is one page load. With consent it goes on through page loads, as the loader
//! counts it (`loader.js`).

use crate::memory::Memory;
use crate::page;
use survey::condition::Values;
use survey::offer::Consent;
use survey::submission::{Session, Submission};

/// One visit.
pub(crate) struct Visit {
    /// Stands in for a visitor where none may be known; never kept. Sent as `session.id` while consent
    /// is pending, so that what happened on one page load can be told together.
    pub(crate) id: String,
    /// What the page said about the visitor or cart.
    pub(crate) attributes: Values,
    /// Whether a survey was shown.
    pub(crate) was_asked: bool,
    pages: u32,
    /// In seconds since 1970.
    began: f64,
}

impl Visit {
    /// Begins now; so many pages were seen since this one was loaded, itself included.
    pub(crate) fn new(pages: u32) -> Self {
        Self {
            id: survey::id::hexadecimal(page::random()),
            attributes: Values::new(),
            was_asked: false,
            pages,
            began: page::unix_seconds() as f64,
        }
    }

    /// Another page of the same program: a route was changed, or the page has come back.
    pub(crate) const fn moved(&mut self) {
        self.pages += 1;
    }

    /// Goes on with the visit of the pages before, where it is known.
    pub(crate) fn go_on(&mut self, memory: &Memory) {
        if let Some(so_far) = memory.visit_so_far() {
            self.pages = so_far.number("pages") as u32;
            self.began = so_far.number("began");
            self.was_asked = memory.was_asked();
        }
    }

    /// Pages seen so far, this one included.
    pub(crate) const fn pages(&self) -> u32 {
        self.pages
    }

    /// Adds to a submission what is known here of who sends it. It takes the browser a while to say, so that
    /// it is asked once the card has been painted.
    pub(crate) fn describe(&self, submission: &mut Submission, memory: &Memory) {
        submission.device = page::device().name();
        submission.language = page::language();
        submission.visitor = memory.visitor().map(str::to_owned);
        submission.session = Session {
            pages: self.pages,
            seconds: (page::unix_seconds() as f64 - self.began) as u32,
            visit: memory.visit(),
            id: (memory.visit().is_none() && memory.consent() != Consent::Denied)
                .then(|| self.id.clone()),
        };
        submission.attributes = self.attributes.clone();
        submission.automated = page::is_automated();
    }
}

/// A submission of here and now.
pub(crate) fn submission(kind: &'static str) -> Submission {
    Submission {
        kind,
        at: page::timestamp(),
        channel: "web",
        path: page::path(),
        ..Submission::default()
    }
}
