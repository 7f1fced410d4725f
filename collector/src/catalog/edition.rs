//! The survey files as they were read at one time, and what is offered of them.

use super::files::File;
use super::packed::Packed;
use crate::faults::Faults;
use crate::journal::{Tally, subject};
use crate::settings::Site;
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use survey::definition::{Status, Survey};
use survey::file::Fault;
use survey::offer::{Closed, Offer};
use survey::wording::Language;

/// Every survey, whatever its status, by its id.
#[derive(Default)]
pub(crate) struct Edition {
    surveys: BTreeMap<String, Arc<Written>>,
    faults: Faults,
    offers: Mutex<HashMap<Occasion, Arc<Packed>>>,
}

/// A survey and the text it was read from.
struct Written {
    text: String,
    survey: Survey,
}

/// What an offer depends on: the day is in it because surveys begin and end, and those of which there are as
/// many responses as wanted because that comes about in between.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Occasion {
    site: String,
    language: Language,
    day: Date,
    closed: Vec<String>,
}

impl Edition {
    /// What these files say. A wrong one leaves the survey as it was in `before`, if it was there.
    pub(super) fn read(files: Vec<File>, before: &Self) -> Self {
        let mut next = Self::default();
        for file in files {
            let known = before.surveys.get(&file.id);
            let read = match &file.text {
                Ok(text) if known.is_some_and(|known| known.text == *text) => Ok(None),
                Ok(text) => survey::file::parse(&file.id, text).map(Some),
                Err(error) => Err(vec![unreadable(error)]),
            };
            let survey = next.faults.keep(&file.path, read).flatten();
            let written = survey.zip(file.text.ok());
            let written = written.map(|(survey, text)| Arc::new(Written { text, survey }));
            if let Some(written) = written.or_else(|| known.cloned()) {
                next.surveys.insert(file.id, written);
            }
        }
        next
    }

    /// The same surveys, with a fault that kept the files from being read.
    pub(super) fn with_fault(&self, folder: &str, message: String) -> Self {
        let mut next = Self {
            surveys: self.surveys.clone(),
            ..Self::default()
        };
        let fault = Fault {
            line: 1,
            column: 1,
            message,
            hint: None,
        };
        let _: Option<()> = next.faults.keep(folder, Err(vec![fault]));
        next
    }

    /// What is wrong in the files.
    pub(crate) const fn faults(&self) -> &Faults {
        &self.faults
    }

    /// The survey of this id.
    pub(crate) fn find(&self, id: &str) -> Option<&Survey> {
        self.surveys.get(id).map(|written| &written.survey)
    }

    fn surveys(&self) -> impl Iterator<Item = &Survey> {
        self.surveys.values().map(|written| &written.survey)
    }

    /// How many responses are wanted of each survey for which that is said.
    pub(crate) fn quotas(&self) -> impl Iterator<Item = (&str, u32)> {
        self.surveys()
            .filter_map(|survey| Some((&survey.id[..], survey.target.quota?)))
    }

    /// How many there are, in words.
    pub(crate) fn summary(&self) -> String {
        let all = self.surveys.len();
        let is_live = |survey: &&Survey| survey.status == Status::Live;
        let live = self.surveys().filter(is_live).count();
        let surveys = if all == 1 { "survey" } else { "surveys" };
        format!("{all} {surveys}, {live} live")
    }

    /// Which ids came, changed or went since `before`, in words; empty if none did.
    pub(super) fn changes(&self, before: &Self) -> String {
        let mut changes = Vec::new();
        for (id, written) in &self.surveys {
            match before.surveys.get(id) {
                None => changes.push(format!("`{id}` is new")),
                Some(known) if known.text != written.text => {
                    changes.push(format!("`{id}` changed"));
                }
                Some(_) => {}
            }
        }
        let gone = before.surveys.keys();
        let gone = gone.filter(|id| !self.surveys.contains_key(*id));
        changes.extend(gone.map(|id| format!("`{id}` is gone")));
        changes.join(", ")
    }

    /// What the site offers its pages on this day; made once and then kept. `tally` knows how many responses
    /// there are of each survey.
    pub(crate) fn offer(
        &self,
        site: &Site,
        language: Language,
        day: Date,
        tally: &Tally,
    ) -> Arc<Packed> {
        let is_full = |survey: &&Survey| {
            let quota = survey.target.quota.map(u64::from);
            quota.is_some_and(|quota| tally.of(&subject(&site.key, &survey.id)) >= quota)
        };
        let live = || self.surveys().filter(|survey| survey.is_live_on(day));
        let closed: Vec<String> = live()
            .filter(is_full)
            .map(|survey| survey.id.clone())
            .collect();
        let occasion = Occasion {
            site: site.key.clone(),
            language,
            day,
            closed,
        };
        if let Some(known) = self.offers().get(&occasion) {
            return Arc::clone(known);
        }
        let mut offer = Offer::new(&site.policy, live(), language);
        for survey in &mut offer.surveys {
            let is_closed = occasion.closed.contains(&survey.id);
            survey.closed = is_closed.then_some(Closed::Quota);
        }
        // Compressing as far as it goes takes milliseconds, in which this thread serves nobody else.
        let packed = Arc::new(tokio::task::block_in_place(|| Packed::new(&offer)));
        let mut offers = self.offers();
        // A survey that is full does not become less so; what was offered before it was is not asked for again.
        offers.retain(|known, _| {
            known.day == day && (known.site != occasion.site || known.closed == occasion.closed)
        });
        offers.insert(occasion, Arc::clone(&packed));
        packed
    }

    fn offers(&self) -> MutexGuard<'_, HashMap<Occasion, Arc<Packed>>> {
        self.offers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn unreadable(error: &std::io::Error) -> Fault {
    Fault {
        line: 1,
        column: 1,
        message: format!("cannot be read: {error}"),
        hint: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    fn file(id: &str, text: io::Result<&str>) -> File {
        File {
            id: id.to_owned(),
            path: format!("surveys/{id}.toml"),
            text: text.map(str::to_owned),
        }
    }

    #[test]
    fn a_wrong_file_leaves_the_survey_as_it_was() {
        let good = || file("a", Ok("metric = \"nps\"\nstatus = \"live\"\n"));
        let first = Edition::read(vec![good()], &Edition::default());
        assert_eq!(first.faults().lines().count(), 0);
        let refused = || io::Error::from(io::ErrorKind::PermissionDenied);
        let rows = [
            (file("a", Ok("metric = 7\n")), "", "surveys/a.toml:1:10: "),
            (file("a", Err(refused())), "", "surveys/a.toml:1:1: cannot"),
            (file("b", Ok("[")), "`a` is gone", "surveys/b.toml:1:"),
            (good(), "", ""),
            (file("a", Ok("metric = \"nps\"\n")), "`a` changed", ""),
        ];
        for (file, changes, fault) in rows {
            let (id, text) = (file.id.clone(), format!("{:?}", file.text));
            let next = Edition::read(vec![file], &first);
            assert_eq!(next.changes(&first), changes, "{text}");
            let faults: Vec<_> = next.faults().lines().collect();
            assert_eq!(faults.is_empty(), fault.is_empty(), "{text}: {faults:?}");
            assert!(
                faults.iter().all(|line| line.starts_with(fault)),
                "{faults:?}"
            );
            assert_eq!(next.find(&id).is_some(), id == "a", "{text}");
        }
    }
}
