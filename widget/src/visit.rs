//! This visit so far: what the page said, how many pages, whether anybody was asked.

use crate::memory::Memory;
use crate::page;
use survey::condition::Values;
use survey::submission::{Session, Submission};

/// One visit, for as long as the page's program runs.
pub(crate) struct Visit {
    /// Stands in for a visitor where none may be known.
    pub(crate) id: String,
    /// What the page said about the visitor or cart.
    pub(crate) attributes: Values,
    /// Whether a survey was shown.
    pub(crate) was_asked: bool,
    pages: u32,
    began: f64,
}

impl Visit {
    /// Begins now.
    pub(crate) fn new() -> Self {
        Self {
            id: survey::id::hexadecimal(page::random()),
            attributes: Values::new(),
            was_asked: false,
            pages: 1,
            began: page::now(),
        }
    }

    /// Another page of the same program: a route was changed.
    pub(crate) const fn moved(&mut self) {
        self.pages += 1;
    }

    /// Pages seen so far, this one included.
    pub(crate) const fn pages(&self) -> u32 {
        self.pages
    }

    /// A submission with everything in it that is known here.
    pub(crate) fn submission(&self, memory: &Memory) -> Submission {
        Submission {
            at: page::timestamp(),
            channel: "web",
            path: page::path(),
            device: page::device().name(),
            language: page::language(),
            visitor: memory.visitor().map(str::to_owned),
            session: Session {
                pages: self.pages,
                seconds: ((page::now() - self.began) / 1_000.0) as u32,
                visit: memory.visit(),
            },
            attributes: self.attributes.clone(),
            automated: page::is_automated(),
            ..Submission::default()
        }
    }
}
