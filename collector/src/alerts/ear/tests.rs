//! Whatever goes wrong, everyone hears every low score, once, unless it is erased.

use super::super::bench::{Bench, at, id, response};
use super::*;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

const NOW: &str = "2026-11-27T10:00:00Z";

fn ear(bench: &Bench) -> Ear<'_> {
    Ear::open(&bench.webhooks, bench.data(), &bench.alerts()).expect("an ear")
}

fn told(bench: &Bench, name: &str) -> Vec<String> {
    let told = bench.told(name).into_iter();
    let mut told: Vec<String> = told.flat_map(|delivery| delivery.responses).collect();
    told.sort();
    told
}

#[test]
fn trouble_with_one_webhook_keeps_no_line_from_the_others() {
    let bench = Bench::telling(&["broken", "other"]);
    let mut hearing = ear(&bench);
    bench.breaks("broken");
    let lines = [1, 2].map(|number| response(number, at(NOW), 2));
    bench.stores(1, &lines);
    for _ in 0..2 {
        let trouble = hearing.listen(at(NOW));
        assert!(matches!(trouble, Err(Untold::Outbox(_))), "{trouble:?}");
        assert_eq!(told(&bench, "other"), [id(1), id(2)]);
    }
    bench.mends("broken");
    // By another start as well.
    ear(&bench).listen(at(NOW)).expect("heard");
    assert_eq!(told(&bench, "broken"), [id(1), id(2)]);
    assert_eq!(told(&bench, "other"), [id(1), id(2)]);
}

#[test]
fn what_is_erased_before_it_is_told_is_not_told() {
    let bench = Bench::telling(&["team"]);
    let mut hearing = ear(&bench);
    let lines = [1, 2].map(|number| response(number, at(NOW), 2));
    bench.stores(1, &lines);
    let erasing = Turn::to_erase(&bench.alerts()).expect("a turn");
    let (tell, heard) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(|| tell.send(hearing.listen(at(NOW))));
        let early = heard.recv_timeout(Duration::from_millis(200));
        assert!(early.is_err(), "it waits for its turn: {early:?}");
        bench.stores(1, &lines[1..]);
        drop(erasing);
        heard.recv().expect("an answer").expect("heard");
    });
    assert_eq!(told(&bench, "team"), [id(2)]);
}
