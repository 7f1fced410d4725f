//! Every scenario under its name.

use crate::{Arguments, disks, loads};
use anyhow::Result;
use faults::scenario::trouble;

/// A name, and what gives its figures.
type Scenario = (&'static str, fn(&Arguments) -> Result<String>);

pub(crate) const SCENARIOS: [Scenario; 21] = [
    ("kill -9", disks::kills),
    ("SIGTERM", disks::stops),
    ("power cuts", disks::cuts),
    ("failing disk", disks::troubles),
    ("no sync ever", |all| {
        trouble::every_sync_fails(all.seed).map(|()| "exit code 74".into())
    }),
    ("read-only", |all| {
        trouble::read_only_for_a_while(all.seed).map(|()| "red, then green".into())
    }),
    ("full disk", disks::full_disk),
    ("small disks", disks::small_disks),
    ("slow disk", disks::slow_disk),
    ("slow clients", loads::slow_clients),
    ("attacks", loads::attacks),
    ("overload", loads::overloads),
    ("descriptors", loads::connections),
    ("clock", loads::clock_jumps),
    ("people at the files", loads::people),
    ("start", disks::starts),
    ("restore", disks::restores),
    ("repetition and order", loads::repetitions),
    ("mixed load", loads::mixed_load),
    ("contract", loads::contracts),
    ("ordeal", loads::ordeals),
];
