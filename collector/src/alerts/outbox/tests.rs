//! What is put in stays, once, bounded, until it has arrived or is taken back.

use super::super::kind::Kind;
use super::*;
use std::collections::BTreeSet;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use survey::id::EventId;
use tempfile::TempDir;

const ADDRESS: &str = "https://hooks.example/a";

fn open(folder: &TempDir) -> Outbox {
    Outbox::open(folder.path().join("team"), ADDRESS).expect("an outbox")
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("a moment")
}

fn response(number: i64) -> String {
    format!("019aa5f0-4500-7000-8000-{number:012x}")
}

fn delivery(number: i64) -> Delivery {
    Delivery {
        id: format!("msg_{number}"),
        kind: Kind::LowScore,
        title: "Low score".to_owned(),
        body: "{}".to_owned(),
        made_at: at(number),
        attempts: 0,
        next_at: at(number),
        last: None,
        given_up_at: None,
        responses: vec![response(number)],
    }
}

#[test]
fn what_is_put_in_is_there_after_a_restart_and_once_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let outbox = open(&folder);
    assert_eq!(outbox.put(delivery(2)).expect("put"), Put::Kept);
    assert_eq!(outbox.put(delivery(1)).expect("put"), Put::Kept);
    assert_eq!(outbox.put(delivery(1)).expect("put"), Put::Known);
    outbox
        .failed("msg_1", "HTTP 500", at(3), Some(at(100)))
        .expect("written");
    // A crash while a file is written leaves this behind.
    let unfinished = folder.path().join("team/msg_3.json.tmp");
    fs::write(&unfinished, "{").expect("written");
    let outbox = open(&folder);
    assert!(!unfinished.exists());
    let counts = &outbox.counts;
    assert_eq!((counts.waiting.get(), counts.oldest.get()), (2, 1));
    assert_eq!(outbox.next(at(2)), Next::Send(Box::new(delivery(2))));
    outbox.arrived("msg_2").expect("removed");
    assert_eq!(outbox.next(at(99)), Next::At(at(100)));
    let Next::Send(again) = outbox.next(at(100)) else {
        panic!("one is due")
    };
    assert_eq!(
        (again.attempts, again.last.as_deref()),
        (1, Some("HTTP 500"))
    );
    outbox.arrived("msg_1").expect("removed");
    assert_eq!(open(&folder).next(at(100)), Next::Nothing);
}

#[test]
fn a_clock_set_back_by_years_does_not_stop_what_waits() {
    let folder = tempfile::tempdir().expect("a folder");
    let outbox = open(&folder);
    outbox.put(delivery(1_000_000_000)).expect("put");
    assert!(matches!(outbox.next(at(0)), Next::Send(_)));
}

#[test]
fn what_is_given_up_is_listed_for_a_week_and_not_sent() {
    let folder = tempfile::tempdir().expect("a folder");
    let outbox = open(&folder);
    outbox.put(delivery(1)).expect("put");
    outbox
        .failed("msg_1", "HTTP 500", at(9), None)
        .expect("written");
    assert_eq!(outbox.next(at(10)), Next::Nothing);
    let counts = || (outbox.counts.waiting.get(), outbox.counts.given_up.get());
    assert_eq!(counts(), (0, 1));
    outbox.sweep(at(9 + 7 * 86_400 - 1)).expect("swept");
    assert_eq!(counts(), (0, 1));
    outbox.sweep(at(9 + 7 * 86_400)).expect("swept");
    assert_eq!(counts(), (0, 0));
    for number in 0..=150 {
        outbox.put(delivery(number)).expect("put");
        let id = format!("msg_{number}");
        outbox
            .failed(&id, "HTTP 500", at(number), None)
            .expect("written");
    }
    outbox.sweep(at(200)).expect("swept");
    assert_eq!(counts(), (0, MOST_GIVEN_UP as u64));
}

#[test]
fn an_outbox_is_bounded_and_says_what_it_dropped() {
    let folder = tempfile::tempdir().expect("a folder");
    let outbox = open(&folder);
    let all = (0..MOST_WAITING as i64).map(|number| (format!("msg_{number}"), delivery(number)));
    outbox.lock().extend(all);
    assert_eq!(outbox.put(delivery(-1)).expect("answered"), Put::Full);
    assert_eq!(outbox.counts.dropped.get(), 1);
}

#[test]
fn a_receiver_that_wants_no_more_is_left_alone_until_its_address_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let outbox = open(&folder);
    outbox.put(delivery(1)).expect("put");
    outbox.close(at(2)).expect("closed");
    assert_eq!(outbox.next(at(3)), Next::Nothing);
    assert_eq!(outbox.put(delivery(2)).expect("answered"), Put::Gone);
    assert_eq!(outbox.counts.dropped.get(), 1, "and that is counted");
    let team = folder.path().join("team");
    let noted = fs::read_to_string(team.join(GONE)).expect("a note");
    assert!(noted.len() == 64 && !noted.contains("hooks"), "{noted}");
    assert!(open(&folder).is_gone());
    reopen(&team).expect("reopened");
    assert!(!outbox.is_gone());
    outbox.close(at(3)).expect("closed");
    let moved = Outbox::open(team.clone(), "https://hooks.example/b").expect("an outbox");
    assert_eq!(moved.put(delivery(2)).expect("put"), Put::Kept);
    assert!(
        !is_closed(&team),
        "nothing is left of what the old one said"
    );
}

#[test]
fn what_has_arrived_is_not_sent_again_by_whoever_tells_it_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let outbox = open(&folder);
    outbox.put(delivery(1)).expect("put");
    let file = path(&outbox.folder, "msg_1");
    let written = fs::read(&file).expect("a delivery");
    outbox.arrived("msg_1").expect("removed");
    assert_eq!(outbox.put(delivery(1)).expect("answered"), Put::Known);
    // A crash after it was noted and before the file was gone.
    fs::write(&file, written).expect("written");
    let outbox = open(&folder);
    assert_eq!(outbox.next(at(9)), Next::Nothing);
    assert!(!file.exists());
    assert_eq!(outbox.put(delivery(1)).expect("answered"), Put::Known);
}

#[test]
fn what_is_erased_is_taken_back_and_not_sent() {
    let folder = tempfile::tempdir().expect("a folder");
    let outbox = open(&folder);
    for number in 1..=2 {
        outbox.put(delivery(number)).expect("put");
    }
    let erased: BTreeSet<EventId> = BTreeSet::from([response(1).parse().expect("an id")]);
    // A crash left half a file, and something has spoilt another.
    let (half, spoilt) = ("team/msg_4.json.tmp", "team/msg_5.json");
    fs::write(folder.path().join(half), "{\"id\":\"msg_4\",\"bo").expect("written");
    fs::write(folder.path().join(spoilt), format!("{{{}", response(1))).expect("written");
    hold_back(folder.path(), &erased).expect("removed");
    for file in [half, spoilt] {
        assert!(!folder.path().join(file).exists(), "{file}");
    }
    // One attempt was under way.
    outbox
        .failed("msg_1", "HTTP 500", at(3), Some(at(4)))
        .expect("noted");
    assert_eq!(read(&outbox.folder).expect("read"), [delivery(2)]);
    hold_back(
        folder.path(),
        &BTreeSet::from([response(2).parse().expect("an id")]),
    )
    .expect("removed");
    assert_eq!(outbox.next(at(9)), Next::Nothing);
    assert_eq!(outbox.counts.waiting.get(), 0);
    outbox.put(delivery(1)).expect("put");
    outbox
        .failed("msg_1", "HTTP 500", at(9), None)
        .expect("written");
    hold_back(folder.path(), &erased).expect("removed");
    outbox.sweep(at(9)).expect("swept");
    assert_eq!(outbox.counts.given_up.get(), 0);
    hold_back(&folder.path().join("nowhere"), &erased).expect("nothing to do");
}

#[test]
fn an_erasure_finds_what_somebody_was_about_to_tell() {
    let folder = tempfile::tempdir().expect("a folder");
    let outbox = open(&folder);
    let erased = BTreeSet::from([response(1).parse().expect("an id")]);
    let telling = Turn::to_tell(folder.path()).expect("a turn");
    let (tell, erasing) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(|| tell.send(hold_back(folder.path(), &erased)));
        let early = erasing.recv_timeout(Duration::from_millis(200));
        assert!(early.is_err(), "it waits for its turn: {early:?}");
        outbox.put(delivery(1)).expect("put");
        drop(telling);
        erasing.recv().expect("an answer").expect("erased");
    });
    assert_eq!(read(&outbox.folder).expect("read"), []);
}
