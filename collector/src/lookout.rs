//! Notices that files have changed, by asking the file system for their fingerprints once a second.
//!
//! It asks and does not listen: what tells of changes (inotify) is silent about bind mounts and
//! network file systems, and a few questions a second cost nothing. See docs/decisions/0052.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// What tells a file from what was there before: a rename in its place changes the inode, writing the
/// times or the length, and no program can set the time of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    device: u64,
    inode: u64,
    length: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

/// The fingerprint of each file, `None` for one that cannot be looked at.
pub(crate) type Prints = BTreeMap<PathBuf, Option<Fingerprint>>;

/// Remembers what was taken notice of.
#[derive(Debug, Default)]
pub(crate) struct Lookout {
    taken: Prints,
    waiting: Option<Prints>,
}

impl Fingerprint {
    /// Of what the path leads to, through symbolic links.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let file = fs::metadata(path).ok()?;
        Some(Self {
            device: file.dev(),
            inode: file.ino(),
            length: file.len(),
            modified: (file.mtime(), file.mtime_nsec()),
            changed: (file.ctime(), file.ctime_nsec()),
        })
    }
}

impl Lookout {
    /// One that has taken notice of these.
    pub(crate) const fn new(taken: Prints) -> Self {
        Self {
            taken,
            waiting: None,
        }
    }

    /// Whether to read the files now. What has just changed is let rest until the next look: an editor
    /// may be in the middle of writing it.
    pub(crate) fn is_due(&mut self, found: Prints) -> bool {
        if found == self.taken {
            self.waiting = None;
            return false;
        }
        if self.waiting.as_ref() == Some(&found) {
            self.take(found);
            return true;
        }
        self.waiting = Some(found);
        false
    }

    /// Takes notice without waiting.
    pub(crate) fn take(&mut self, found: Prints) {
        self.taken = found;
        self.waiting = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prints(folder: &Path) -> Prints {
        let path = folder.join("survey.toml");
        Prints::from([(path.clone(), Fingerprint::of(&path))])
    }

    #[test]
    fn a_change_is_due_once_it_has_rested() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let mut lookout = Lookout::new(prints(folder.path()));
        assert!(!lookout.is_due(prints(folder.path())));
        // It appears, and grows before the next look.
        fs::write(at("survey.toml"), "metric").expect("written");
        assert!(!lookout.is_due(prints(folder.path())));
        fs::write(at("survey.toml"), "metric = 'nps'").expect("written");
        assert!(!lookout.is_due(prints(folder.path())));
        assert!(lookout.is_due(prints(folder.path())));
        assert!(!lookout.is_due(prints(folder.path())));
        // Another of the same length takes its place.
        fs::write(at("other"), "metric = 'ces'").expect("written");
        fs::rename(at("other"), at("survey.toml")).expect("renamed");
        assert!(!lookout.is_due(prints(folder.path())));
        assert!(lookout.is_due(prints(folder.path())));
        // It goes, and at once.
        fs::remove_file(at("survey.toml")).expect("removed");
        lookout.take(prints(folder.path()));
        assert!(!lookout.is_due(prints(folder.path())));
    }
}
