//! `hark report --watch`: the table on the whole terminal, drawn anew when the journal changes.

use super::screen::{Key, Screen};
use crate::failure::Failure;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{MissedTickBehavior, interval};

/// How often the journal is looked at. Looking is cheap; only what changed is read.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Shows what `render` says about the journal in `data` until somebody quits.
pub(crate) fn run(
    data: &Path,
    render: impl FnMut() -> Result<String, Failure>,
) -> Result<(), Failure> {
    if !io::stdout().is_terminal() || !io::stdin().is_terminal() {
        return Err(Failure::NoTerminal);
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Failure::Runtime)?;
    let watched = runtime.block_on(watch(data, render));
    // The thread that waits for keys is left to end with the program.
    runtime.shutdown_background();
    watched
}

async fn watch(
    data: &Path,
    mut render: impl FnMut() -> Result<String, Failure>,
) -> Result<(), Failure> {
    let mut terminate = signal(SignalKind::terminate()).map_err(Failure::Runtime)?;
    let mut hangup = signal(SignalKind::hangup()).map_err(Failure::Runtime)?;
    let mut looks = interval(LOOK_EVERY);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // Read once before: a journal that cannot be read is told on the terminal as it was.
    let mut seen = stamps(data);
    let mut table = render()?;
    let mut screen = Screen::take()?;
    let mut first = 0;
    loop {
        let lines: Vec<&str> = table.lines().collect();
        let furthest = lines.len().saturating_sub(screen.height());
        first = first.min(furthest);
        screen.show(&lines, first, LAST_LINE)?;
        let key = tokio::select! {
            key = screen.keys.recv() => key.unwrap_or(Key::Quit),
            _ = terminate.recv() => Key::Quit,
            _ = hangup.recv() => Key::Quit,
            _ = looks.tick() => {
                let now = stamps(data);
                if now == seen {
                    continue;
                }
                seen = now;
                table = render()?;
                continue;
            }
        };
        let page = screen.height().saturating_sub(1).max(1).cast_signed();
        first = match key {
            Key::Quit => return Ok(()),
            Key::Lines(lines) => first.saturating_add_signed(lines),
            Key::Pages(pages) => first.saturating_add_signed(pages * page),
            Key::Start => 0,
            Key::Resized => first,
        };
    }
}

const LAST_LINE: &str = "q quits, arrows scroll; drawn anew when an answer comes in";

/// What tells that a segment has changed: its name, length and time.
fn stamps(data: &Path) -> Vec<(PathBuf, u64, Option<SystemTime>)> {
    let entries = |folder: &Path| {
        let listing = std::fs::read_dir(folder).into_iter().flatten();
        listing.flatten().map(|entry| entry.path())
    };
    let days = entries(&data.join("events"));
    let mut stamps: Vec<_> = days
        .flat_map(|day| entries(&day).collect::<Vec<_>>())
        .filter_map(|file| {
            let about = std::fs::metadata(&file).ok()?;
            Some((file, about.len(), about.modified().ok()))
        })
        .collect();
    stamps.sort();
    stamps
}
