//! The surveys of this collector, and what it offers of them to a page.
//!
//! Files are read at the start, when they change, and on SIGHUP: [`Catalog::look`].

mod edition;
mod files;
mod packed;

pub(crate) use edition::Edition;

use crate::failure::Failure;
use crate::faults::Faults;
use crate::lookout::Lookout;
use crate::settings::SurveyFiles;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// The newest edition of the survey files.
pub(crate) struct Catalog {
    files: SurveyFiles,
    current: RwLock<Arc<Edition>>,
    lookout: Mutex<Lookout>,
}

impl Catalog {
    /// Reads every survey file, and notes their faults.
    pub(crate) fn load(files: SurveyFiles, faults: &mut Faults) -> Result<Self, Failure> {
        // Before they are read: what changes in between is seen at the next look.
        let lookout = Lookout::new(files::prints(&files));
        let edition = Edition::read(files::read(&files)?, &Edition::default());
        faults.add(edition.faults());
        Ok(Self {
            files,
            current: RwLock::new(Arc::new(edition)),
            lookout: Mutex::new(lookout),
        })
    }

    /// The edition to go by. A request goes by one from its beginning to its end.
    pub(crate) fn current(&self) -> Arc<Edition> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the files anew if they have changed, or in any case if `at_once`.
    pub(crate) fn look(&self, at_once: bool) {
        let prints = files::prints(&self.files);
        let mut lookout = self.lookout.lock().unwrap_or_else(PoisonError::into_inner);
        if at_once {
            lookout.take(prints);
        } else if !lookout.is_due(prints) {
            return;
        }
        drop(lookout);
        self.read_anew();
    }

    fn read_anew(&self) {
        let before = self.current();
        let next = match (files::read(&self.files), &self.files) {
            (Ok(files), _) => Edition::read(files, &before),
            (Err(failure), SurveyFiles::Folder(folder)) => {
                before.with_fault(&folder.display().to_string(), failure.to_string())
            }
            (Err(_), SurveyFiles::Demo) => return,
        };
        for fault in next.faults().on_one_line() {
            tracing::error!("{fault}; what was good before goes on");
        }
        let (changes, summary) = (next.changes(&before), next.summary());
        let changes = if changes.is_empty() {
            "nothing changed"
        } else {
            &changes
        };
        tracing::info!("surveys read anew: {changes}: {summary}");
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
    }
}
