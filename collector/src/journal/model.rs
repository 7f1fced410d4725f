//! What must hold whatever fails: the writer and the recovery on a file system that breaks at each step.

use super::answering::answering;
use super::delivery::{Delivery, Line, Promise, Refused, Stored};
use super::folders::Folders;
use super::health::{Ailment, Health};
use super::memory::{Failure, Memory};
use super::queue::Queue;
use super::recovery::recover;
use super::storage::Storage;
use super::writer::{Ending, Writer};
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use survey::accept::EventKey;
use survey::id::EventId;

const DATA: &str = "data";
pub(super) const DAY: Date = date(2026, 11, 21);
const SEGMENT: &str = "data/events/date=2026-11-21/000001.jsonl";

/// A line whose `seq` is its number, padded to so many bytes at least.
fn line(number: usize, bytes: usize) -> Line {
    let id = EventId::new(0, 0);
    let seq = u32::try_from(number).unwrap();
    let text = format!(r#"{{"id":"{id}","seq":{seq}}}"#);
    Line {
        key: Some(EventKey {
            id: id.as_u128(),
            seq,
        }),
        text: text.clone() + &" ".repeat(bytes.saturating_sub(text.len())),
        contact: None,
        completes: None,
    }
}

fn delivery_of(day: Date, numbers: &[usize]) -> (Delivery, Promise) {
    let lines = numbers.iter().map(|&number| line(number, 0)).collect();
    Delivery::new(day, lines)
}

/// A delivery of one line.
pub(super) fn delivery(number: usize, bytes: usize) -> (Delivery, Promise) {
    let (mut delivery, answer) = delivery_of(DAY, &[]);
    delivery.lines.push(line(number, bytes));
    (delivery, answer)
}

/// A started collector's writer; its disk must be in order.
pub(super) fn started(memory: &Memory) -> Writer {
    try_start(memory).expect("a start")
}

fn try_start(memory: &Memory) -> std::io::Result<Writer> {
    start_with(memory, Arc::default())
}

fn start_with(memory: &Memory, health: Arc<Health>) -> std::io::Result<Writer> {
    let storage: Arc<dyn Storage> = Arc::new(memory.clone());
    let folders = Folders::of(Path::new(DATA));
    folders.create(memory)?;
    let recovered = recover(&storage, &folders)?;
    let gauges = Arc::default();
    let answering = answering().0;
    Ok(Writer::new(
        &storage, &folders, recovered, health, gauges, answering,
    ))
}

/// Stores the numbers as one delivery and gives its answer.
fn stores(writer: &mut Writer, day: Date, numbers: &[usize]) -> Result<Stored, Refused> {
    let (delivery, mut answer) = delivery_of(day, numbers);
    writer.store(vec![delivery]);
    answer.try_recv().expect("an answer")
}

fn stored(accepted: usize, duplicates: usize) -> Result<Stored, Refused> {
    Ok(Stored {
        accepted,
        duplicates,
    })
}

/// How often each number stands in a segment; a line that cannot be read fails the test.
fn lines_on(memory: &Memory) -> BTreeMap<usize, usize> {
    let mut counts = BTreeMap::new();
    for (path, bytes) in memory.files() {
        if path
            .extension()
            .is_some_and(|extension| extension == "jsonl")
        {
            for line in String::from_utf8(bytes).expect("text").lines() {
                let line: serde_json::Value = serde_json::from_str(line).expect(line);
                *counts
                    .entry(line["seq"].as_u64().unwrap() as usize)
                    .or_default() += 1;
            }
        }
    }
    counts
}

/// Ten deliveries over a midnight, one of them a repetition; gives what was acknowledged.
fn a_night(writer: &mut Writer) -> BTreeSet<usize> {
    let mut acknowledged = BTreeSet::new();
    for round in 0..10 {
        let day = if round < 5 {
            DAY
        } else {
            DAY.tomorrow().unwrap()
        };
        let numbers = [2 * round, 2 * round + 1, round];
        if stores(writer, day, &numbers).is_ok() {
            acknowledged.extend(numbers);
        }
    }
    acknowledged
}

/// All of the night's numbers arrive again, as clients send what was not acknowledged.
fn everything_again(writer: &mut Writer, acknowledged: &BTreeSet<usize>) {
    for number in 0..20 {
        let again = stores(writer, DAY, &[number]).expect("stored by now");
        let is_known = acknowledged.contains(&number);
        assert!(
            again.duplicates == 1 || !is_known,
            "{number} was stored and not recognised"
        );
    }
}

#[test]
fn whichever_step_fails_what_was_acknowledged_survives_a_power_cut() {
    let mut step = 0;
    loop {
        step += 1;
        for kept in [0, 1, 40, usize::MAX] {
            let memory = Memory::default();
            memory.put("data/keep", b"");
            let mut writer = started(&memory);
            memory.fails(Failure::At(step));
            let acknowledged = a_night(&mut writer);
            if memory.steps() < step {
                assert!(step > 30, "the night had steps to fail at");
                return;
            }
            assert!(
                acknowledged.len() >= 17,
                "step {step} cost more than one delivery"
            );
            memory.fails(Failure::Never);
            memory.loses_power(kept);
            everything_again(&mut started(&memory), &acknowledged);
            let lines = lines_on(&memory);
            let once = (0..20).map(|number| (number, 1)).collect();
            assert_eq!(lines, once, "step {step}, {kept} bytes kept");
        }
    }
}

#[test]
fn a_kill_at_any_step_and_then_a_power_cut_lose_nothing_acknowledged() {
    a_restart_and_then_a_power_cut_after(Failure::KilledAt);
}

/// A failed sync whose lines could not be taken back either: the next sync, after the restart, succeeds without them.
#[test]
fn whichever_two_steps_fail_what_was_acknowledged_before_or_after_a_restart_survives() {
    a_restart_and_then_a_power_cut_after(Failure::TwiceAt);
}

/// The restart is on the same system, and everything is sent again to it; nothing acknowledged may be lost.
fn a_restart_and_then_a_power_cut_after(failure_at: fn(usize) -> Failure) {
    for step in 1..60 {
        let memory = Memory::default();
        memory.put("data/keep", b"");
        let mut writer = started(&memory);
        memory.fails(failure_at(step));
        let acknowledged = a_night(&mut writer);
        memory.fails(Failure::Never);
        // What was written and never synced is still there to be read, and must not be believed.
        everything_again(&mut started(&memory), &acknowledged);
        memory.loses_power(0);
        let lines = lines_on(&memory);
        assert!(
            (0..20).all(|number| lines.contains_key(&number)),
            "step {step}: {lines:?}"
        );
    }
}

#[test]
fn a_recovery_killed_at_any_step_is_completed_by_the_next() {
    let torn = [line(1, 0).text, "\n{\"id\":".to_owned()].concat();
    for step in 1..12 {
        let memory = Memory::default();
        memory.put(SEGMENT, torn.as_bytes());
        memory.fails(Failure::KilledAt(step));
        let _ = try_start(&memory);
        memory.fails(Failure::Never);
        memory.loses_power(3);
        started(&memory);
        assert_eq!(lines_on(&memory), BTreeMap::from([(1, 1)]), "step {step}");
        let aside = &memory.files()[Path::new("data/events/date=2026-11-21/000001.jsonl.torn")];
        assert_eq!(aside, b"{\"id\":", "step {step}");
    }
}

#[test]
fn a_tail_torn_at_any_byte_is_set_aside_and_the_rest_kept() {
    let whole: String = (0..3).map(|number| line(number, 0).text + "\n").collect();
    for end in 0..=whole.len() {
        let memory = Memory::default();
        memory.put(SEGMENT, &whole.as_bytes()[..end]);
        started(&memory);
        let complete = whole[..end].rfind('\n').map_or(0, |newline| newline + 1);
        let files = memory.files();
        assert_eq!(
            files[Path::new(SEGMENT)],
            whole.as_bytes()[..complete],
            "cut at {end}"
        );
        let torn = files
            .iter()
            .find(|(path, _)| path.extension().unwrap() == "torn");
        let torn = torn.map(|(_, bytes)| &bytes[..]).unwrap_or_default();
        assert_eq!(torn, &whole.as_bytes()[complete..end], "cut at {end}");
        started(&memory);
        assert_eq!(
            memory.files(),
            files,
            "recovering twice is recovering once, cut at {end}"
        );
    }
}

#[test]
fn a_bad_line_before_a_good_one_is_left_where_it_is() {
    let text = format!("{{\"id\":\n{}\n", line(7, 0).text);
    let memory = Memory::default();
    memory.put(SEGMENT, text.as_bytes());
    let mut writer = started(&memory);
    assert_eq!(memory.files()[Path::new(SEGMENT)], text.as_bytes());
    assert_eq!(stores(&mut writer, DAY, &[7]), stored(0, 1));
}

#[test]
fn a_duplicate_is_recognised_in_its_batch_in_a_later_one_and_after_a_restart() {
    let memory = Memory::default();
    memory.put("data/keep", b"");
    let mut writer = started(&memory);
    let (first, mut heard_first) = delivery_of(DAY, &[1, 2, 1]);
    let (second, mut heard_second) = delivery_of(DAY, &[2, 3]);
    writer.store(vec![first, second]);
    assert_eq!(heard_first.try_recv(), Ok(stored(2, 1)));
    assert_eq!(heard_second.try_recv(), Ok(stored(1, 1)));
    assert_eq!(stores(&mut writer, DAY, &[3]), stored(0, 1));
    assert_eq!(stores(&mut started(&memory), DAY, &[3, 4]), stored(1, 1));
    assert_eq!(
        lines_on(&memory),
        BTreeMap::from([(1, 1), (2, 1), (3, 1), (4, 1)])
    );
}

#[test]
fn a_duplicate_of_a_line_that_failed_is_refused_with_it() {
    let memory = Memory::default();
    memory.put("data/keep", b"");
    let mut writer = started(&memory);
    memory.fails(Failure::EverySync);
    let (original, mut heard_original) = delivery_of(DAY, &[1]);
    let (duplicate, mut heard_duplicate) = delivery_of(DAY, &[1]);
    writer.store(vec![original, duplicate]);
    assert_eq!(heard_original.try_recv(), Ok(Err(Refused::Failing)));
    assert_eq!(heard_duplicate.try_recv(), Ok(Err(Refused::Failing)));
    memory.fails(Failure::Never);
    assert_eq!(stores(&mut writer, DAY, &[1]), stored(1, 0));
}

#[test]
fn each_start_day_and_64_mebibytes_begin_a_segment() {
    let memory = Memory::default();
    memory.put("data/keep", b"");
    let mut writer = started(&memory);
    stores(&mut writer, DAY, &[1]).expect("stored");
    stores(&mut writer, DAY.tomorrow().unwrap(), &[2]).expect("stored");
    // The clock is set back: order is the number's, and the day is the line's all the same.
    stores(&mut writer, DAY, &[3]).expect("stored");
    let mut writer = started(&memory);
    let (large, _) = delivery(4, 64 << 20);
    writer.store(vec![large]);
    stores(&mut writer, DAY, &[5]).expect("stored");
    let paths = memory.files().into_keys();
    let paths: Vec<_> = paths
        .filter(|path| path.starts_with("data/events"))
        .collect();
    let expected = [
        "data/events/date=2026-11-21/000001.jsonl",
        "data/events/date=2026-11-21/000003.jsonl",
        "data/events/date=2026-11-21/000004.jsonl",
        "data/events/date=2026-11-21/000005.jsonl",
        "data/events/date=2026-11-22/000002.jsonl",
    ];
    assert_eq!(paths, expected.map(PathBuf::from));
}

#[test]
fn eight_failed_syncs_in_a_row_end_the_writer() {
    let memory = Memory::default();
    memory.put("data/keep", b"");
    let writer = started(&memory);
    memory.fails(Failure::EverySync);
    let queue = Queue::default();
    let mut answers = Vec::new();
    for number in 0..9 {
        // Larger than a batch, so that each is tried for itself.
        let (delivery, answer) = delivery(number, 800 << 10);
        queue.push(delivery).expect("room");
        answers.push(answer);
    }
    assert_eq!(writer.run(&queue), Ending::GaveUp);
    let heard: Vec<_> = answers
        .iter_mut()
        .map(|answer| answer.try_recv().ok())
        .collect();
    assert_eq!(heard[..8], [Some(Err(Refused::Failing)); 8]);
    assert_eq!(heard[8], None);
    assert_eq!(queue.push(delivery(9, 0).0), Err(Refused::Closed));
}

#[test]
fn a_failed_write_turns_readiness_red_until_one_succeeds() {
    let memory = Memory::default();
    memory.put("data/keep", b"");
    let health = Arc::<Health>::default();
    let mut writer = start_with(&memory, Arc::clone(&health)).expect("a start");
    memory.fails(Failure::At(1));
    assert_eq!(stores(&mut writer, DAY, &[1]), Err(Refused::Failing));
    assert_eq!(health.ailment(), Some(Ailment::Failing));
    assert_eq!(stores(&mut writer, DAY, &[1]), stored(1, 0));
    assert_eq!(health.ailment(), None);
}
