//! What a run holds, and where.

use serde_json::json;

use super::*;

/// An impression and a purchase in turn, from number 1 up.
fn run(lines: u32) -> StoredRun {
    let mut folding = Folding::default();
    for number in 1..=lines {
        let mut line = json!({
            "id": format!("019aa5f0-4500-7000-8000-{number:012x}"), "seq": 1, "site": "demo",
            "received_at": "2026-11-21T12:00:00.000Z", "page": {"path": "/checkout"},
            "session": {"pages": 2, "seconds": 1, "id": "load"},
        });
        let more = if number % 2 == 1 {
            json!({"type": "impression", "survey": "effort", "metric": "ces"})
        } else {
            json!({"type": "event", "name": "purchase", "props": {"value": number}})
        };
        let more = more.as_object().unwrap().clone();
        line.as_object_mut().unwrap().extend(more);
        folding.take(u64::from(number), Ok(line.to_string().as_bytes()));
    }
    folding.finish()
}

fn told(mut cursor: Cursor<'_>) -> Vec<(u128, String)> {
    let mut told = Vec::new();
    while let Some((key, folded)) = cursor.next().unwrap() {
        told.push((key.id & 0xffff_ffff, folded.asked.attributes.to_string()));
    }
    told
}

const ALL: Wanted = Wanted {
    answers: true,
    attributes: true,
};

#[test]
fn who_wants_impressions_reads_no_event() {
    let run = run(5);
    let impressions = [1, 3, 5].map(|number| (number, String::new()));
    assert_eq!(told(run.from(0, ALL)), impressions);
    let events = [2, 4].map(|number| (number, json!({"value": number}).to_string()));
    assert_eq!(told(run.told_from(0, ALL)), events);
}

#[test]
fn either_is_read_from_any_id_on() {
    let run = run(4_000);
    assert!(run.index.blocks.len() > 1 && run.index.told.len() > 1);
    let first = 0x019a_a5f0_4500_7000_8000_0000_0000_0000_u128;
    for from in [1, 2, 1_999, 2_000, 3_999, 4_000, 4_001] {
        let later = |numbers: &mut dyn Iterator<Item = u128>| -> Vec<u128> {
            numbers.filter(|number| *number >= from).collect()
        };
        let ids = |cursor| -> Vec<u128> { told(cursor).iter().map(|(id, _)| *id).collect() };
        let impressions = later(&mut (1..4_000).step_by(2));
        assert_eq!(ids(run.from(first + from, ALL)), impressions, "{from}");
        let events = later(&mut (2..=4_000).step_by(2));
        assert_eq!(ids(run.told_from(first + from, ALL)), events, "{from}");
    }
}

#[test]
fn where_an_event_happened_is_not_kept() {
    let run = run(2);
    let mut cursor = run.told_from(0, ALL);
    let (_, event) = cursor.next().unwrap().unwrap();
    let context = run.index.names.context_of(event.asked.context);
    assert_eq!(context, Some(&crate::names::Context::default()));
}
