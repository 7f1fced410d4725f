//! How far a long reading is, on a terminal: nothing for a second, then a bar that goes away again.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shorter readings are not worth a bar.
const PATIENCE: Duration = Duration::from_secs(1);

pub(crate) struct Progress {
    bar: ProgressBar,
    began: Instant,
}

impl Progress {
    /// Shows how far `read` is until it is done.
    pub(crate) fn shown<T>(read: impl FnOnce(&Self) -> T) -> T {
        let progress = Self::begins();
        let done = read(&progress);
        progress.bar.finish_and_clear();
        done
    }

    fn begins() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let template = "reading {bar:30} {bytes} of {total_bytes}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self {
            bar,
            began: Instant::now(),
        }
    }

    /// So many bytes are read, of so many.
    pub(crate) fn is_at(&self, done: u64, of: u64) {
        if self.began.elapsed() < PATIENCE {
            return;
        }
        if self.bar.length().is_none() {
            self.bar.set_length(of);
            // indicatif itself draws nothing where standard error is no terminal.
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_position(done);
        if done >= of {
            // What is printed next may go to the same terminal.
            self.bar.finish_and_clear();
        }
    }
}
