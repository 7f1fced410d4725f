//! Whatever happens in whatever order: what was acknowledged is there, what was erased is not.
//!
//! A history is a row of steps, each of which may fail or be the process's last. The journal lives it on
//! a file system in memory; a plain set of numbers says what must and must not be on disk.

use super::delivery::Line;
use super::erase::Erasure;
use super::keeper::Retention;
use super::lines::{each_line, parse};
use super::memory::{Failure, Memory};
use super::process::Process;
use super::segment;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use survey::accept::EventKey;
use survey::id::EventId;

const DAY: Date = date(2026, 11, 21);
const VISITORS: u64 = 3;

#[derive(Clone, Debug)]
enum Deed {
    /// Responses by number arrive together, so many days after the first.
    Submit(BTreeSet<u64>, i64),
    Seal,
    Tend,
    /// Keeps so many days.
    Expire(u32),
    EraseResponse(u64),
    EraseVisitor(u64),
}

/// What goes wrong meanwhile.
#[derive(Clone, Copy, Debug)]
enum Mishap {
    Nothing,
    StepFails(usize),
    /// And the one after it.
    TwoStepsFail(usize),
    Kill(usize),
    /// With so many bytes kept of what was not synced.
    PowerCut(usize, usize),
}

fn deed() -> impl Strategy<Value = Deed> {
    let numbers = proptest::collection::btree_set(0_u64..12, 1..4);
    prop_oneof![
        6 => (numbers, 0_i64..4).prop_map(|(numbers, day)| Deed::Submit(numbers, day)),
        1 => Just(Deed::Seal),
        3 => Just(Deed::Tend),
        1 => (1_u32..4).prop_map(Deed::Expire),
        2 => (0_u64..12).prop_map(Deed::EraseResponse),
        1 => (0..VISITORS).prop_map(Deed::EraseVisitor),
    ]
}

fn mishap() -> impl Strategy<Value = Mishap> {
    let kept = prop_oneof![Just(0), Just(usize::MAX), 1_usize..200];
    prop_oneof![
        4 => Just(Mishap::Nothing),
        2 => (1_usize..24).prop_map(Mishap::StepFails),
        2 => (1_usize..24).prop_map(Mishap::TwoStepsFail),
        2 => (1_usize..24).prop_map(Mishap::Kill),
        2 => (1_usize..24, kept).prop_map(|(step, kept)| Mishap::PowerCut(step, kept)),
    ]
}

fn id(number: u64) -> EventId {
    EventId::new(number, 0)
}

/// Every other response leaves a contact.
fn line(number: u64) -> Line {
    let (id, visitor) = (id(number), number % VISITORS);
    let contact = format!(r#"{{"id":"{id}","contact":"{number}@shop","visitor":"v{visitor}"}}"#);
    Line {
        key: Some(EventKey {
            id: id.as_u128(),
            seq: 1,
        }),
        text: format!(r#"{{"type":"response","id":"{id}","seq":1,"visitor":"v{visitor}"}}"#),
        contact: number.is_multiple_of(2).then_some(contact),
        completes: None,
    }
}

/// What must be on disk, and what must not.
#[derive(Default)]
struct Expected {
    /// Acknowledged, and nothing has happened that could have removed it.
    present: BTreeSet<u64>,
    /// Erased for good.
    absent: BTreeSet<u64>,
    /// Old enough to be removed: may be there or not, and is a duplicate when it comes again.
    expired: BTreeSet<u64>,
    /// Asked for, and to be done by the next start.
    pending: Vec<Erasure>,
    /// The days on which each may have been stored.
    days: BTreeMap<u64, BTreeSet<i64>>,
}

struct History {
    memory: Memory,
    process: Process,
    expected: Expected,
}

impl History {
    fn begin() -> Self {
        let memory = Memory::default();
        memory.put("data/keep", b"");
        let process = Process::start(&memory).expect("a start");
        Self {
            memory,
            process,
            expected: Expected::default(),
        }
    }

    fn goes_on(&mut self, deed: &Deed, mishap: Mishap) {
        self.memory.fails(match mishap {
            Mishap::Nothing => Failure::Never,
            Mishap::StepFails(step) => Failure::At(step),
            Mishap::TwoStepsFail(step) => Failure::TwiceAt(step),
            Mishap::Kill(step) | Mishap::PowerCut(step, _) => Failure::KilledAt(step),
        });
        self.happens(deed);
        self.memory.fails(Failure::Never);
        match mishap {
            Mishap::Nothing | Mishap::StepFails(_) | Mishap::TwoStepsFail(_) => return,
            Mishap::Kill(_) => {}
            Mishap::PowerCut(_, kept) => self.memory.loses_power(kept),
        }
        self.restarts();
    }

    fn happens(&mut self, deed: &Deed) {
        match deed {
            Deed::Submit(numbers, day) => self.submit(numbers, *day),
            Deed::Seal => self.process.writer.seal(),
            Deed::Tend => {
                // A disk that fails leaves everything as it was, to be tended another time.
                let _ = self.process.keeper.tend(DAY + 2.days());
            }
            Deed::Expire(days) => self.expire(*days),
            Deed::EraseResponse(number) => self.erase(Erasure {
                responses: BTreeSet::from([id(*number).text()]),
                ..Erasure::default()
            }),
            Deed::EraseVisitor(visitor) => self.erase(Erasure {
                visitors: BTreeSet::from([format!("v{visitor}")]),
                ..Erasure::default()
            }),
        }
    }

    fn submit(&mut self, numbers: &BTreeSet<u64>, day: i64) {
        // Nobody answers once more what they had erased.
        let is_erased = |number: &u64| {
            let mut pending = self.expected.pending.iter();
            self.expected.absent.contains(number) || pending.any(|asked| is_meant(asked, *number))
        };
        let numbers: Vec<u64> = numbers
            .iter()
            .filter(|number| !is_erased(number))
            .copied()
            .collect();
        let lines = numbers.iter().map(|&number| line(number)).collect();
        for &number in &numbers {
            self.expected.days.entry(number).or_default().insert(day);
        }
        if self.process.store(DAY + day.days(), lines) {
            let expired = &self.expected.expired;
            let kept = numbers.iter().filter(|number| !expired.contains(number));
            self.expected.present.extend(kept);
        }
    }

    fn expire(&mut self, days: u32) {
        self.process.writer.seal();
        let today = DAY + 3.days();
        let retention = Retention {
            days,
            contact_days: days,
        };
        let keeper = &self.process.keeper;
        let done = keeper.retain(today, retention, |_, _| true);
        let is_kept = |day: &i64| 3 - day <= i64::from(days);
        let days_of = self.expected.days.iter();
        let expired = days_of.filter(|(_, days)| !days.iter().all(is_kept));
        self.expected
            .expired
            .extend(expired.map(|(number, _)| number));
        let expired = &self.expected.expired;
        self.expected
            .present
            .retain(|number| !expired.contains(number));
        if done.is_ok() {
            let oldest = self.process.oldest_day();
            assert!(oldest.is_none_or(|day| day >= today - i64::from(days).days()));
        }
    }

    fn erase(&mut self, mut erasure: Erasure) {
        let meant: BTreeSet<u64> = (0..12)
            .filter(|&number| is_meant(&erasure, number))
            .collect();
        self.expected
            .present
            .retain(|number| !meant.contains(number));
        if self.process.erase(DAY, &mut erasure) {
            self.expected.absent.extend(meant);
        } else {
            self.expected.pending.push(erasure);
        }
    }

    /// The process is gone. The next one mends what is there, and completes what was asked for.
    fn restarts(&mut self) {
        self.process = Process::start(&self.memory).expect("a start");
        let once = self.memory.files();
        self.process = Process::start(&self.memory).expect("a start");
        assert_eq!(
            self.memory.files(),
            once,
            "recovering twice is recovering once"
        );
        for erasure in std::mem::take(&mut self.expected.pending) {
            self.erase(erasure);
        }
        assert_eq!(self.expected.pending, [], "a disk in order");
    }

    fn holds(&self) {
        let (lines, contacts) = (self.process.ids("events"), self.process.ids("contacts"));
        for &number in &self.expected.present {
            let id = id(number).as_u128();
            assert!(lines.contains(&id), "{number} is lost");
            let is_left = number % 2 == 1 || contacts.contains(&id);
            assert!(is_left, "the contact of {number} is lost");
        }
        let files = self.memory.files();
        for &number in &self.expected.absent {
            let id = id(number);
            let is_there = lines.contains(&id.as_u128()) || contacts.contains(&id.as_u128());
            assert!(!is_there, "{number} has come back");
            // What is still to be done is written down, and names it.
            let mut pending = self.expected.pending.iter();
            if pending.any(|asked| is_meant(asked, number)) {
                continue;
            }
            for (path, bytes) in &files {
                let found = memchr::memmem::find(bytes, id.text().as_bytes());
                assert_eq!(found, None, "{number} is left in {}", path.display());
            }
        }
    }
}

impl History {
    fn has_unfinished_lines(&self) -> bool {
        let files = self.memory.files();
        let mut plain = files
            .iter()
            .filter(|(path, _)| path.extension().is_some_and(|ending| ending == "jsonl"));
        plain.any(|(_, bytes)| bytes.last().is_some_and(|&last| last != b'\n'))
    }
}

impl Process {
    /// The responses that can be read in a folder. A line that cannot fails the test, but for an unfinished last
    /// one, which a disk that failed again has not let be taken back.
    fn ids(&self, folder: &str) -> BTreeSet<u128> {
        let storage = self.keeper.storage.as_ref();
        let mut ids = BTreeSet::new();
        let found = segment::find(storage, &Path::new("data").join(folder)).expect("segments");
        for segment in found.iter().filter(|found| found.has_lines()) {
            each_line(storage, segment, |line, _| {
                let parsed = parse(line);
                assert!(parsed.is_some() || !line.ends_with(b"\n"), "half a line");
                let id = parsed.filter(|line| !line.is_erasure());
                ids.extend(id.and_then(|line| line.id()));
                Ok(())
            })
            .expect("read");
        }
        ids
    }

    fn oldest_day(&self) -> Option<Date> {
        let storage = self.keeper.storage.as_ref();
        let found = segment::find(storage, Path::new("data/events")).expect("segments");
        found.iter().filter_map(segment::Found::day).min()
    }
}

fn is_meant(erasure: &Erasure, number: u64) -> bool {
    erasure.responses.contains(&id(number).text())
        || erasure
            .visitors
            .contains(&format!("v{}", number % VISITORS))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn what_was_acknowledged_is_there_and_what_was_erased_is_not(
        steps in proptest::collection::vec((deed(), mishap()), 1..24)
    ) {
        let mut history = History::begin();
        for (deed, mishap) in steps {
            history.goes_on(&deed, mishap);
            if matches!(mishap, Mishap::Nothing | Mishap::Kill(_) | Mishap::PowerCut(..)) {
                history.restarts();
            }
            history.holds();
        }
        history.memory.loses_power(0);
        history.restarts();
        history.process.keeper.tend(DAY).expect("a disk in order");
        history.holds();
        assert!(!history.has_unfinished_lines());
    }
}
