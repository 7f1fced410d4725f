//! What erasing takes with it.

use super::*;

#[test]
fn erasing_a_response_or_its_visitor_erases_the_case_and_all_that_was_done() {
    let erasures = [
        json!({"type": "erase", "id": id(1), "received_at": NOON}),
        json!({"type": "erase", "visitor": "v", "received_at": NOON}),
        json!({"type": "erase", "id": id(1), "site": "demo", "received_at": NOON}),
    ];
    for erase in erasures {
        for split in 0..=3 {
            let shop = Shop::opens();
            let lines = [
                with(complaint(1), "visitor", "v"),
                becomes(1, 5, "answered"),
                erase.clone(),
            ];
            let text = |lines: &[Value]| {
                lines
                    .iter()
                    .map(|line| format!("{line}\n"))
                    .collect::<String>()
            };
            shop.keeps("000001.jsonl", text(&lines[..split]));
            shop.keeps("000002.jsonl", text(&lines[split..]));
            assert_eq!(all(&shop, 60).figures.cases, 0, "{erase}, split at {split}");
            assert!(matches!(look_up(&shop, &id(1)), Lookup::Nothing), "{erase}");
        }
    }
}

#[test]
fn what_was_done_before_an_erasure_is_not_done_to_what_is_said_after_it() {
    let lines = [
        complaint(1),
        becomes(1, 5, "answered"),
        json!({"type": "erase", "id": id(1), "received_at": NOON}),
        complaint(1),
    ];
    let text = |lines: &[Value]| {
        lines
            .iter()
            .map(|line| format!("{line}\n"))
            .collect::<String>()
    };
    for split in 0..=lines.len() {
        let shop = Shop::opens();
        shop.keeps("000001.jsonl", text(&lines[..split]));
        shop.keeps("000002.jsonl", text(&lines[split..]));
        let case = &all(&shop, 60).cases[0];
        assert_eq!(
            (case.status, case.changed_at),
            (Status::Open, None),
            "split at {split}"
        );
    }
}
