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
pub(super) const OLDEST: Duration = Duration::from_secs(60);
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

    /// The themes that comments are heard for.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.room.lexicon
    }

    /// The moment pages are about.
    pub(crate) fn now(&self) -> Timestamp {
        (self.room.clock)()
    }

    /// What `read` finds for what is `asked`, or what it found when the journal was the same.
    ///
    /// Readings are told apart by all that `asked` is made of, and by the type of what they find.
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;
    use std::sync::atomic::AtomicUsize;

    struct Bench {
        desk: Desk,
        news: watch::Sender<News>,
        readings: Arc<AtomicUsize>,
        at_once: Arc<AtomicUsize>,
    }

    impl Bench {
        fn new() -> Self {
            let news = News {
                number: 0,
                at: Instant::now(),
            };
            let (news, heard) = watch::channel(news);
            let clock = || Timestamp::UNIX_EPOCH;
            Self {
                desk: Desk::new(PathBuf::new(), Lexicon::default(), clock, heard),
                news,
                readings: Arc::default(),
                at_once: Arc::default(),
            }
        }

        /// Asks, and gives how many readings there were when it was answered.
        async fn asks(&self, site: &str) -> usize {
            let (readings, at_once) = (Arc::clone(&self.readings), Arc::clone(&self.at_once));
            let read = self.desk.read(&site, move |_| {
                assert_eq!(at_once.fetch_add(1, Ordering::SeqCst), 0, "one at a time");
                let count = readings.fetch_add(1, Ordering::SeqCst) + 1;
                std::thread::yield_now();
                at_once.fetch_sub(1, Ordering::SeqCst);
                Ok::<_, Infallible>(count)
            });
            read.await.expect("a reading").found
        }
    }

    #[tokio::test]
    async fn a_reading_is_shared_until_the_journal_changes() {
        let bench = Bench::new();
        assert_eq!(bench.asks("shop").await, 1);
        assert_eq!(bench.asks("shop").await, 1);
        assert_eq!(bench.asks("other").await, 2, "another question");
        bench.news.send_modify(|news| news.number += 1);
        assert_eq!(bench.asks("shop").await, 3);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn many_who_ask_at_once_get_one_reading_of_each_question() {
        let bench = Arc::new(Bench::new());
        let asking: Vec<_> = (0..64)
            .map(|number| {
                let bench = Arc::clone(&bench);
                tokio::spawn(async move { bench.asks(&(number % 4).to_string()).await })
            })
            .collect();
        for one in asking {
            one.await.expect("no panic");
        }
        assert_eq!(bench.readings.load(Ordering::SeqCst), 4);
    }

    #[tokio::test]
    async fn no_more_is_kept_than_may_be() {
        let bench = Bench::new();
        for number in 0..2 * MOST_KEPT {
            bench.asks(&number.to_string()).await;
        }
        assert_eq!(bench.desk.room.kept.lock().expect("whole").len(), MOST_KEPT);
        let newest = (2 * MOST_KEPT - 1).to_string();
        assert_eq!(bench.asks(&newest).await, 2 * MOST_KEPT, "still there");
        assert_eq!(bench.asks("0").await, 2 * MOST_KEPT + 1, "long gone");
    }

    #[tokio::test]
    async fn a_reading_that_fails_is_not_kept() {
        let bench = Bench::new();
        let asked = "the same";
        let fails = bench
            .desk
            .read(&asked, |_| Err::<u8, _>("a torn disk"))
            .await;
        assert!(fails.is_err());
        let reads = bench.desk.read(&asked, |_| Ok::<u8, Infallible>(7)).await;
        assert_eq!(reads.expect("a reading").found, 7);
    }
}
