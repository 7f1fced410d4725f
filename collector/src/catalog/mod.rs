//! The surveys of this collector, and what it offers of them to a page.

mod files;
mod packed;

pub(crate) use packed::Packed;

use crate::failure::Failure;
use crate::faults::Faults;
use crate::settings::{Site, SurveyFiles};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use survey::definition::{Status, Survey};
use survey::offer::Offer;
use survey::wording::Language;

/// Every survey, whatever its status, by its id.
#[derive(Default)]
pub(crate) struct Catalog {
    surveys: BTreeMap<String, Survey>,
    offers: Mutex<HashMap<Occasion, Arc<Packed>>>,
}

/// What an offer depends on: the day is in it because surveys begin and end.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Occasion {
    site: String,
    language: Language,
    day: Date,
}

impl Catalog {
    /// Reads every survey file, and notes their faults.
    pub(crate) fn load(files: &SurveyFiles, faults: &mut Faults) -> Result<Self, Failure> {
        let mut catalog = Self::default();
        for file in files::read(files)? {
            let parsed = survey::file::parse(&file.id, &file.text);
            if let Some(survey) = faults.keep(&file.path, parsed) {
                catalog.surveys.insert(file.id, survey);
            }
        }
        Ok(catalog)
    }

    /// The survey of this id.
    pub(crate) fn find(&self, id: &str) -> Option<&Survey> {
        self.surveys.get(id)
    }

    /// How many there are, in words.
    pub(crate) fn summary(&self) -> String {
        let all = self.surveys.len();
        let is_live = |survey: &&Survey| survey.status == Status::Live;
        let live = self.surveys.values().filter(is_live).count();
        let surveys = if all == 1 { "survey" } else { "surveys" };
        format!("{all} {surveys}, {live} live")
    }

    /// What the site offers its pages on this day; made once and then kept.
    pub(crate) fn offer(&self, site: &Site, language: Language, day: Date) -> Arc<Packed> {
        let occasion = Occasion {
            site: site.key.clone(),
            language,
            day,
        };
        if let Some(known) = self.offers().get(&occasion) {
            return Arc::clone(known);
        }
        let live = self
            .surveys
            .values()
            .filter(|survey| survey.is_live_on(day));
        let offer = Offer::new(&site.policy, live, language);
        // Compressing as far as it goes takes milliseconds, in which this thread serves nobody else.
        let packed = Arc::new(tokio::task::block_in_place(|| Packed::new(&offer)));
        let mut offers = self.offers();
        offers.retain(|known, _| known.day == day);
        offers.insert(occasion, Arc::clone(&packed));
        packed
    }

    fn offers(&self) -> MutexGuard<'_, HashMap<Occasion, Arc<Packed>>> {
        self.offers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
