//! Each fault in a short form, those of disks of our own apart in `disk.rs`; `cargo xtask torture` has the long one.

use anyhow::Result;
use faults::scenario::mounted::Outcome;
use faults::scenario::restore::Installed;
use faults::scenario::{
    attack, clock, contract, descriptors, hands, kill, mounted, order, overload, repetition,
    restore, slow, soak, start,
};
use std::io::{Write, stderr};
use std::time::Duration;

#[test]
fn a_kill_under_load_loses_nothing_acknowledged() -> Result<()> {
    let figures = kill::kills(1, 9, |_| {})?;
    assert!(figures.thanked > 0 && figures.erased > 0, "{figures:?}");
    Ok(())
}

#[test]
fn a_stop_under_load_answers_what_it_has_taken_and_stores_no_more_than_that() -> Result<()> {
    let figures = kill::stops(2, 3, |_| {})?;
    assert!(figures.thanked > 0);
    Ok(())
}

#[test]
fn clients_that_do_not_go_on_are_let_go_of_and_others_served() -> Result<()> {
    slow::clients(30).map(|_| ())
}

#[test]
fn a_collector_out_of_descriptors_serves_again_once_it_has_some() -> Result<()> {
    descriptors::run_out().map(|_| ())
}

/// That many at once are held by the long form: a busy machine does not accept them in five seconds.
#[test]
fn ten_thousand_idle_connections_come_and_go_and_take_little_each() -> Result<()> {
    descriptors::idle(10_000, 500).map(|_| ())
}

#[test]
fn a_clock_that_jumps_by_years_changes_nothing() -> Result<()> {
    let heard = clock::jumps()?;
    assert!(heard.refused.is_empty());
    Ok(())
}

#[test]
fn a_clock_that_stays_wrong_over_restarts_makes_nothing_too_old() -> Result<()> {
    let heard = clock::stays_wrong()?;
    assert!(heard.refused.is_empty());
    Ok(())
}

#[test]
fn a_second_collector_on_the_same_folder_leaves_and_the_first_goes_on() -> Result<()> {
    hands::a_second_collector()
}

#[test]
fn files_edited_by_hand_stop_nothing_and_spoil_only_what_was_touched() -> Result<()> {
    hands::an_editor()
}

#[test]
fn one_event_sent_ten_thousand_times_is_one_line() -> Result<()> {
    repetition::of_one_event(10_240, 256)
}

#[test]
fn what_was_backed_up_is_restored_elsewhere_by_the_commands_of_the_guide() -> Result<()> {
    for installed in [Installed::InOneFolder, Installed::AsService] {
        let figures = restore::elsewhere(installed, 200)?;
        assert!(figures.before >= 400 && figures.meanwhile > 0);
    }
    Ok(())
}

/// The files are given to the container's user, which takes root.
#[test]
fn what_was_backed_up_of_a_container_is_restored_by_the_commands_of_the_guide() -> Result<()> {
    let outcome = if rustix::process::geteuid().is_root() {
        Outcome::Held(restore::elsewhere(Installed::InContainer, 200)?)
    } else {
        Outcome::NotRun("not root".to_owned())
    };
    says_if_not_run("backup and restore of a container's volume", outcome)
}

#[test]
fn every_acknowledgement_is_sent_after_the_sync_of_its_line() -> Result<()> {
    order::of_acknowledgements(200).map(|_| ())
}

#[test]
fn a_mixed_load_makes_neither_memory_nor_descriptors_grow() -> Result<()> {
    soak::mixed_load(20_000, |_| {}).map(|_| ())
}

/// How long others wait is measured by the long form alone: here other tests run as well.
#[test]
fn connections_as_slow_as_they_dare_are_let_go_of_and_others_served() -> Result<()> {
    attack::slow(200, f64::INFINITY).map(|_| ())
}

#[test]
fn more_at_once_than_there_is_time_for_loses_nothing_and_keeps_memory_in_bounds() -> Result<()> {
    overload::on(1_024, Duration::from_secs(6), Duration::from_secs(30)).map(|_| ())
}

#[test]
fn a_start_on_a_gigabyte_of_lines_reads_none_of_the_older_ones() -> Result<()> {
    start::on(1 << 30, Duration::from_secs(10)).map(|_| ())
}

/// Where nobody may mount it says so, and nothing else; the disks of our own are full in `disk.rs`.
#[test]
fn a_small_disk_of_the_system_that_is_full_refuses_and_stores_again() -> Result<()> {
    says_if_not_run("full disks of the system", mounted::fill(30)?)
}

/// The same; the disks of our own are made read-only in `disk.rs`.
#[test]
fn a_disk_that_the_kernel_makes_read_only_keeps_what_it_had_and_serves_again_once_mended()
-> Result<()> {
    says_if_not_run(
        "a disk made read-only by the kernel",
        mounted::turns_read_only()?,
    )
}

/// A test that was not run must not look like one that passed: past the harness, which hides what passes.
fn says_if_not_run<T>(what: &str, outcome: Outcome<T>) -> Result<()> {
    if let Outcome::NotRun(why) = outcome {
        writeln!(stderr(), "\nNOT RUN, nothing is proved: {what}: {why}")?;
    }
    Ok(())
}

#[test]
fn every_answer_is_as_the_open_api_document_says() -> Result<()> {
    contract::holds(11, 20).map(|_| ())
}
