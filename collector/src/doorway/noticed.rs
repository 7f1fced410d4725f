//! A file that commands change while the collector runs: looked at before each use, so that what it
//! says counts from the next request on.
//!
//! What is there and cannot be read lets nobody in: only a file that is certainly not there says that
//! nothing is set.

use crate::lookout::Fingerprint;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// What a file holds.
#[derive(Debug)]
pub(super) enum Found<T> {
    /// It is not there.
    Nothing,
    Value(T),
    /// It is there, and of no use; why is in the log.
    Broken,
}

/// A file, and what it held when it was last looked at.
pub(super) struct Noticed<T> {
    path: PathBuf,
    read: fn(&str) -> Option<T>,
    seen: Mutex<Seen<T>>,
}

struct Seen<T> {
    /// `None` where it must be read whatever it looks like.
    print: Option<Option<Fingerprint>>,
    found: Arc<Found<T>>,
    edition: u64,
}

/// What is in the file now. Whoever decides by it twice decides by the same.
pub(super) struct Now<T> {
    pub(super) found: Arc<Found<T>>,
    /// Grows with each change.
    pub(super) edition: u64,
}

impl<T> Clone for Now<T> {
    fn clone(&self) -> Self {
        Self {
            found: Arc::clone(&self.found),
            edition: self.edition,
        }
    }
}

impl<T> Noticed<T> {
    /// `read` gives `None` for what it cannot make sense of.
    pub(super) fn new(path: PathBuf, read: fn(&str) -> Option<T>) -> Self {
        let seen = Seen {
            print: None,
            found: Arc::new(Found::Broken),
            edition: 0,
        };
        Self {
            path,
            read,
            seen: Mutex::new(seen),
        }
    }

    /// Reads it, if it has changed. To be asked for once a request: it looks at the file, though nobody waits
    /// for another's look.
    pub(super) fn now(&self) -> Now<T> {
        let print = Fingerprint::of(&self.path);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.print != Some(print) {
            // Somebody may have looked later and been here earlier: what is read must be what was looked at.
            let print = Fingerprint::of(&self.path);
            if seen.print == Some(print) {
                return seen.now();
            }
            let found = self.read(print);
            seen.print = (!matches!(found, Found::Broken)).then_some(print);
            // What stays broken is told of once, and is one edition.
            let was_broken = matches!(*seen.found, Found::Broken) && seen.edition > 0;
            match found {
                Found::Broken if was_broken => {}
                found => {
                    if let Found::Broken = found {
                        let path = self.path.display();
                        tracing::error!("`{path}` cannot be read or understood: nobody is let in");
                    }
                    seen.found = Arc::new(found);
                    seen.edition += 1;
                }
            }
        }
        seen.now()
    }

    fn read(&self, print: Option<Fingerprint>) -> Found<T> {
        if print.is_none() && matches!(self.path.try_exists(), Ok(false)) {
            return Found::Nothing;
        }
        match std::fs::read_to_string(&self.path) {
            Ok(text) => (self.read)(&text).map_or(Found::Broken, Found::Value),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Found::Nothing,
            Err(_) => Found::Broken,
        }
    }
}

impl<T> Seen<T> {
    fn now(&self) -> Now<T> {
        Now {
            found: Arc::clone(&self.found),
            edition: self.edition,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_change_counts_at_once_and_what_cannot_be_read_lets_nobody_in() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("number");
        let file = Noticed::new(path.clone(), |text| text.parse::<u32>().ok());
        let now = || {
            let now = file.now();
            let found = match *now.found {
                Found::Nothing => "nothing".to_owned(),
                Found::Value(number) => number.to_string(),
                Found::Broken => "broken".to_owned(),
            };
            (found, now.edition)
        };
        assert_eq!(now(), ("nothing".to_owned(), 1));
        assert_eq!(now(), ("nothing".to_owned(), 1));
        let replaced = |text: &str| {
            let new = folder.path().join("new");
            fs::write(&new, text).expect("written");
            fs::rename(new, &path).expect("renamed");
        };
        replaced("7");
        assert_eq!(now(), ("7".to_owned(), 2));
        replaced("8");
        assert_eq!(now(), ("8".to_owned(), 3));
        replaced("eight");
        assert_eq!(now(), ("broken".to_owned(), 4));
        assert_eq!(now(), ("broken".to_owned(), 4));
        fs::remove_file(&path).expect("removed");
        fs::create_dir(&path).expect("a folder in its place");
        assert_eq!(now(), ("broken".to_owned(), 4));
        fs::remove_dir(&path).expect("removed");
        assert_eq!(now(), ("nothing".to_owned(), 5));
    }
}
