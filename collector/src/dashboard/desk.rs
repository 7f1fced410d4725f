//! Where pages have the journal read: one reading at a time, shared by all who ask the same.
//!
//! A reading may take seconds of all processors where there are millions of lines. So it is made on a
//! thread that may block, never two at once, and kept until the journal has changed or time has moved on.

use crate::journal::News;
use jiff::Timestamp;
use report::comments::Lexicon;
use std::any::{Any, TypeId};
use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{Semaphore, watch};

/// A reading is about the moment it was made at; after this long it is made anew when asked for.
const OLDEST: Duration = Duration::from_secs(60);
/// So many different questions are kept answered.
const MOST_KEPT: usize = 24;

/// Who reads for the pages.
pub(crate) struct Desk {
    room: Arc<Room>,
    /// One reading at a time.
    turn: Arc<Semaphore>,
}

struct Room {
    data: PathBuf,
    lexicon: Lexicon,
    clock: fn() -> Timestamp,
    news: watch::Receiver<News>,
    /// The latest used last.
    kept: Mutex<Vec<Kept>>,
    /// How many microseconds the last reading took.
    took: AtomicU64,
}

/// What is read, and what for.
type Question = (TypeId, String);

struct Kept {
    question: Question,
    answer: Arc<dyn Any + Send + Sync>,
    /// The change of the journal that it knows of.
    number: u64,
    made: Instant,
}

/// What was read, and when.
pub(crate) struct Reading<T> {
    pub(crate) found: T,
    /// Everything stored until this moment is in it.
    pub(crate) as_of: Timestamp,
    pub(crate) took: Duration,
}

/// With what is read.
pub(crate) struct Means<'m> {
    pub(crate) data: &'m Path,
    pub(crate) lexicon: &'m Lexicon,
    pub(crate) now: Timestamp,
}

/// The journal could not be read; why is in the log.
#[derive(Debug)]
pub(crate) struct Unread;

impl Desk {
    pub(crate) fn new(
        data: PathBuf,
        lexicon: Lexicon,
        clock: fn() -> Timestamp,
        news: watch::Receiver<News>,
    ) -> Self {
        Self {
            room: Arc::new(Room {
                data,
                lexicon,
                clock,
                news,
                kept: Mutex::default(),
                took: AtomicU64::new(0),
            }),
            turn: Arc::new(Semaphore::new(1)),
        }
    }

    /// How long the last reading took.
    pub(crate) fn last_took(&self) -> Duration {
        Duration::from_micros(self.room.took.load(Ordering::Relaxed))
    }

    /// The moment pages are about.
    pub(crate) fn now(&self) -> Timestamp {
        (self.room.clock)()
    }

    /// What `read` finds for what is `asked`, told apart by all that it is made of, or what it found when the journal was the same. What is read is told
    /// apart by its type: each kind of reading has one of its own.
    pub(crate) async fn read<T, E>(
        &self,
        asked: &impl Debug,
        read: impl FnOnce(&Means<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<Arc<Reading<T>>, Unread>
    where
        T: Send + Sync + 'static,
        E: std::fmt::Display + Send + 'static,
    {
        let question = (TypeId::of::<T>(), format!("{asked:?}"));
        if let Some(kept) = self.room.kept(&question) {
            return Ok(kept);
        }
        // Never closed.
        let turn = Arc::clone(&self.turn).acquire_owned().await;
        // Whoever had the turn before may have asked the same.
        if let Some(kept) = self.room.kept(&question) {
            return Ok(kept);
        }
        let room = Arc::clone(&self.room);
        // The turn goes with the reading, which is finished even if nobody waits for it any more.
        let reading = tokio::task::spawn_blocking(move || {
            let made = room.make(question, read);
            drop(turn);
            made
        });
        let made = reading.await.map_err(|error| error.to_string());
        made.and_then(|made| made).map_err(|error| {
            tracing::error!("the dashboard cannot read the journal: {error}");
            Unread
        })
    }
}

impl Room {
    fn make<T, E>(
        &self,
        question: Question,
        read: impl FnOnce(&Means<'_>) -> Result<T, E>,
    ) -> Result<Arc<Reading<T>>, String>
    where
        T: Send + Sync + 'static,
        E: std::fmt::Display,
    {
        // Asked before: what is stored meanwhile may be in it or not.
        let number = self.news.borrow().number;
        let made = Instant::now();
        let now = (self.clock)();
        let means = Means {
            data: &self.data,
            lexicon: &self.lexicon,
            now,
        };
        let found = read(&means).map_err(|error| error.to_string())?;
        let took = made.elapsed();
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.took.store(micros, Ordering::Relaxed);
        let answer = Arc::new(Reading {
            found,
            as_of: now,
            took,
        });
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|kept| kept.question != question);
        if kept.len() >= MOST_KEPT {
            kept.remove(0);
        }
        kept.push(Kept {
            question,
            answer: Arc::<Reading<T>>::clone(&answer),
            number,
            made,
        });
        Ok(answer)
    }

    fn kept<T: Send + Sync + 'static>(&self, question: &Question) -> Option<Arc<Reading<T>>> {
        let number = self.news.borrow().number;
        let mut all = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let place = all.iter().position(|kept| kept.question == *question)?;
        let kept = all.remove(place);
        if kept.number != number || kept.made.elapsed() > OLDEST {
            return None;
        }
        let answer = Arc::clone(&kept.answer).downcast().ok();
        all.push(kept);
        answer
    }
}
