//! Tells whoever wants to know that the lines on disk have changed.

use std::time::Instant;
use tokio::sync::watch;

/// The latest change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct News {
    /// Changes since the start: another number, other lines.
    pub(crate) number: u64,
    /// When it was on disk.
    pub(crate) at: Instant,
}

/// Where news are told; they are heard at receivers.
#[derive(Debug)]
pub(super) struct Crier(watch::Sender<News>);

impl Default for Crier {
    fn default() -> Self {
        let nothing = News {
            number: 0,
            at: Instant::now(),
        };
        Self(watch::Sender::new(nothing))
    }
}

impl Crier {
    /// Something new is on disk now, or something old is gone.
    pub(super) fn tell(&self) {
        self.0.send_modify(|news| {
            *news = News {
                number: news.number + 1,
                at: Instant::now(),
            };
        });
    }

    pub(super) fn listen(&self) -> watch::Receiver<News> {
        self.0.subscribe()
    }
}
