//! The terminal, taken over for a while and always given back: nothing is left on it.

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::terminal::{
    self, BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen,
};
use crossterm::{cursor, execute, queue};
use std::io::{self, Write};
use tokio::sync::mpsc;

/// The whole terminal, until it is dropped.
pub(super) struct Screen {
    /// What is typed there.
    pub(super) keys: mpsc::Receiver<Key>,
}

/// What somebody wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Quit,
    Lines(isize),
    Pages(isize),
    Start,
    /// The window has another size.
    Resized,
}

impl Screen {
    /// Takes the terminal over.
    pub(super) fn take() -> io::Result<Self> {
        terminal::enable_raw_mode()?;
        let (typed, keys) = mpsc::channel(16);
        // From here on it is given back, whatever happens.
        let screen = Self { keys };
        execute!(io::stdout(), EnterAlternateScreen, cursor::Hide)?;
        std::thread::spawn(move || listen(&typed));
        Ok(screen)
    }

    /// Shows these lines from this one on, cut to the window, and a last one that always stays.
    pub(super) fn show(&self, lines: &[&str], first: usize, last: &str) -> io::Result<()> {
        let (columns, rows) = terminal::size()?;
        let (columns, rows) = (usize::from(columns), usize::from(rows));
        let mut out = io::stdout().lock();
        queue!(out, BeginSynchronizedUpdate, cursor::MoveTo(0, 0))?;
        let shown = lines.iter().skip(first).take(rows.saturating_sub(1));
        for line in shown {
            let line: String = line.chars().take(columns).collect();
            queue!(out, Clear(ClearType::CurrentLine))?;
            write!(out, "{line}\r\n")?;
        }
        let last: String = last.chars().take(columns.saturating_sub(1)).collect();
        queue!(out, Clear(ClearType::FromCursorDown))?;
        queue!(out, cursor::MoveTo(0, rows.saturating_sub(1) as u16))?;
        write!(out, "{last}")?;
        queue!(out, EndSynchronizedUpdate)?;
        out.flush()
    }

    /// Lines that fit above the last one.
    pub(super) fn height(&self) -> usize {
        terminal::size().map_or(24, |(_, rows)| usize::from(rows.saturating_sub(1)))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // Nobody can be told if the terminal is gone.
        let _ = execute!(io::stdout(), cursor::Show, LeaveAlternateScreen);
        let _ = terminal::disable_raw_mode();
    }
}

/// Ends with the program: reading a key cannot be broken off.
fn listen(typed: &mpsc::Sender<Key>) {
    while let Ok(event) = event::read() {
        let key = match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => meaning(key),
            Event::Resize(..) => Some(Key::Resized),
            _ => None,
        };
        if let Some(key) = key
            && typed.blocking_send(key).is_err()
        {
            return;
        }
    }
    // A terminal that cannot be read any more is closed.
    let _ = typed.blocking_send(Key::Quit);
}

fn meaning(key: KeyEvent) -> Option<Key> {
    let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Char('c' | 'd') if is_control => Some(Key::Quit),
        KeyCode::Char('q') | KeyCode::Esc => Some(Key::Quit),
        KeyCode::Down | KeyCode::Char('j') => Some(Key::Lines(1)),
        KeyCode::Up | KeyCode::Char('k') => Some(Key::Lines(-1)),
        KeyCode::PageDown | KeyCode::Char(' ') => Some(Key::Pages(1)),
        KeyCode::PageUp => Some(Key::Pages(-1)),
        KeyCode::Home | KeyCode::Char('g') => Some(Key::Start),
        _ => None,
    }
}
