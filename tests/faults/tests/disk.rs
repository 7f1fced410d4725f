//! Each fault of a disk in a short form, on a disk of our own: these need `/dev/fuse`, and no others do.

use anyhow::Result;
use faults::disk::{Cut, Disk};
use faults::scenario::{full, ordeal, power, slow, trouble};
use std::fs::{self, File};
use std::io::Write;
use std::time::Duration;

#[test]
fn a_power_cut_loses_nothing_acknowledged() -> Result<()> {
    let figures = power::cuts(3, 30, |_| {})?;
    assert!(
        figures.thanked > 0 && figures.mid_packing > 0,
        "{figures:?}"
    );
    Ok(())
}

/// Else the test above would prove nothing.
#[test]
fn our_disk_forgets_in_a_power_cut_what_was_not_synced() -> Result<()> {
    let mut disk = Disk::mount(4)?;
    let path = |name: &str| disk.path().join(name);
    let write = |name: &str| -> Result<File> {
        let mut file = File::create(path(name))?;
        file.write_all(b"line\n")?;
        Ok(file)
    };
    write("synced")?.sync_data()?;
    write("content not synced")?;
    File::open(disk.path())?.sync_all()?;
    write("name not synced")?.sync_data()?;
    let names = ["synced", "content not synced", "name not synced"].map(path);
    disk.loses_power();
    assert!(fs::read(&names[0]).is_err());
    disk.gets_power(Cut::Strict)?;
    assert_eq!(fs::read(&names[0])?, b"line\n");
    assert_eq!(fs::read(&names[1])?, b"");
    assert!(!names[2].exists());
    Ok(())
}

#[test]
fn a_disk_that_fails_to_write_or_to_sync_loses_nothing_acknowledged() -> Result<()> {
    let figures = trouble::rounds(5, 8, |_| {})?;
    assert!(figures.thanked > 0 && figures.refused > 0);
    Ok(())
}

#[test]
fn a_disk_that_failed_to_sync_and_to_cut_is_not_believed_after_a_restart() -> Result<()> {
    trouble::restarts_after_a_failed_sync(12, 3)
}

#[test]
fn a_disk_that_never_syncs_again_is_given_up() -> Result<()> {
    trouble::every_sync_fails(6)
}

#[test]
fn a_disk_made_read_only_is_noticed_and_so_is_its_return() -> Result<()> {
    trouble::read_only_for_a_while(7)
}

#[test]
fn a_full_disk_refuses_and_stores_again_once_there_is_space() -> Result<()> {
    let figures = full::and_back(8, 2, 10)?;
    assert!(figures.refused > 0);
    Ok(())
}

#[test]
fn a_disk_that_is_nearly_full_is_said_to_be_that_while_it_still_stores() -> Result<()> {
    full::nearly(12)
}

#[test]
fn a_full_disk_with_half_a_line_at_its_end_is_started_on() -> Result<()> {
    full::from_the_start(13)
}

#[test]
fn a_slow_disk_makes_visitors_wait_and_memory_not_grow() -> Result<()> {
    slow::disk(9, 64, 320).map(|_| ())
}

#[test]
fn a_full_queue_refuses_with_a_problem_and_says_when_to_try_again() -> Result<()> {
    slow::queue(10).map(|_| ())
}

#[test]
fn anything_that_goes_wrong_at_random_with_disk_and_process_loses_nothing() -> Result<()> {
    let figures = ordeal::lasts(10, Duration::ZERO, |_| {})?;
    assert!(figures.thanked > 0);
    Ok(())
}
