//! A quota is exact whatever fails: as many responses are counted as wanted, each under a number of its own.

use super::delivery::{Delivery, Line};
use super::mark::{Completion, Mark};
use super::memory::{Failure, Memory};
use super::model::{DAY, started};
use super::writer::Writer;
use std::collections::BTreeMap;
use survey::accept::EventKey;
use survey::id::EventId;

const QUOTA: u32 = 12;

/// The line that completes a response, as accepted.
fn line(number: u64) -> Line {
    let id = EventId::new(number, 0);
    Line {
        key: Some(EventKey {
            id: id.as_u128(),
            seq: 1,
        }),
        text: format!(
            r#"{{"type":"response","id":"{id}","seq":1,"survey":"effort","site":"demo"}}"#
        ),
        contact: None,
        completes: Some(Completion {
            subject: "demo/effort".to_owned(),
            quota: Some(QUOTA),
        }),
    }
}

/// Completes two responses in one delivery, as often as it takes to be acknowledged.
fn complete(writer: &mut Writer, numbers: [u64; 2]) {
    let mut is_stored = || {
        let (delivery, mut answer) = Delivery::new(DAY, numbers.map(line).into());
        writer.store(vec![delivery]);
        answer.try_recv().expect("an answer").is_ok()
    };
    assert!((0..10).any(|_| is_stored()), "it is stored in the end");
}

/// How each response on disk is marked, and how often each number was given.
fn marks(memory: &Memory) -> (BTreeMap<String, Option<Mark>>, BTreeMap<u64, usize>) {
    let (mut marks, mut numbers) = (BTreeMap::new(), BTreeMap::<u64, usize>::new());
    for (path, bytes) in memory.files() {
        if path.extension().is_none_or(|ending| ending != "jsonl") {
            continue;
        }
        for line in String::from_utf8(bytes).expect("text").lines() {
            let parsed: serde_json::Value = serde_json::from_str(line).expect(line);
            let text = format!("{line}\n");
            let mark = Mark::split(text.as_bytes()).map(|(mark, _)| mark);
            let id = parsed["id"].as_str().expect("an id").to_owned();
            assert_eq!(marks.insert(id, mark), None, "stored once: {line}");
            if let Some(Mark::Counted { number, .. }) = mark {
                *numbers.entry(number).or_default() += 1;
            }
        }
    }
    (marks, numbers)
}

fn assert_is_exact(memory: &Memory, stored: usize, hint: &str) {
    let (marks, numbers) = marks(memory);
    assert_eq!(marks.len(), stored, "{hint}");
    let counted = stored.min(QUOTA as usize);
    let once: BTreeMap<u64, usize> = (1..=counted as u64).map(|number| (number, 1)).collect();
    assert_eq!(numbers, once, "{hint}");
    let over = marks
        .values()
        .filter(|mark| **mark == Some(Mark::OverQuota));
    assert_eq!(over.count(), stored - counted, "{hint}");
}

#[test]
fn whichever_step_fails_and_wherever_power_is_lost_exactly_so_many_are_counted() {
    for deliveries in 1..=9 {
        for step in 1.. {
            let memory = Memory::default();
            memory.put("data/keep", b"");
            let mut writer = started(&memory);
            memory.fails(Failure::At(step));
            for number in 0..deliveries {
                complete(&mut writer, [2 * number, 2 * number + 1]);
            }
            let is_over = memory.steps() < step;
            memory.fails(Failure::Never);
            memory.loses_power(0);
            let stored = 2 * deliveries as usize;
            assert_is_exact(
                &memory,
                stored,
                &format!("{deliveries} deliveries, step {step}"),
            );
            let mut writer = started(&memory);
            complete(&mut writer, [100, 101]);
            complete(&mut writer, [0, 100]);
            assert_is_exact(&memory, stored + 2, &format!("started again, step {step}"));
            if is_over {
                break;
            }
        }
    }
}

#[test]
fn what_is_completed_twice_in_one_batch_counts_once() {
    let memory = Memory::default();
    memory.put("data/keep", b"");
    let mut writer = started(&memory);
    let mut again = line(1);
    again.key = again.key.map(|key| EventKey { seq: 2, ..key });
    again.text = again.text.replace("\"seq\":1", "\"seq\":2");
    let (first, _) = Delivery::new(DAY, vec![line(1), line(2)]);
    let (second, _) = Delivery::new(DAY, vec![again, line(3)]);
    writer.store(vec![first, second]);
    let text = memory
        .files()
        .into_values()
        .map(|bytes| String::from_utf8(bytes).expect("text"));
    let text: String = text.collect();
    let endings: Vec<_> = text
        .lines()
        .map(|line| line.rsplit_once(',').expect("fields"))
        .collect();
    let numbers: Vec<_> = endings
        .iter()
        .map(|(before, _)| before.rsplit_once(',').map(|end| end.1))
        .collect();
    let expected = [
        "\"completed\":1",
        "\"completed\":2",
        "\"survey\":\"effort\"",
        "\"completed\":3",
    ];
    assert_eq!(numbers, expected.map(Some));
}
