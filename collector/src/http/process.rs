//! What the system says of this process, under the names that Prometheus gives everywhere.
//! (<https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics>)

use super::exposition::Exposition;
use rustix::process::{Resource, getrlimit};
use std::fs;

/// Adds what the system says; what it does not say is left out.
pub(super) fn add(exposition: &mut Exposition) {
    if let Some(bytes) = resident_bytes() {
        let help = "Resident memory size in bytes.";
        exposition
            .family("process_resident_memory_bytes", "gauge", help)
            .figure(bytes);
    }
    if let Some(seconds) = processor_seconds() {
        let help = "Total user and system CPU time spent in seconds.";
        exposition
            .family("process_cpu_seconds_total", "counter", help)
            .figure(seconds);
    }
    if let Ok(open) = fs::read_dir("/proc/self/fd") {
        let help = "Number of open file descriptors.";
        exposition
            .family("process_open_fds", "gauge", help)
            .figure(open.count());
    }
    if let Some(most) = getrlimit(Resource::Nofile).current {
        let help = "Maximum number of open file descriptors.";
        exposition
            .family("process_max_fds", "gauge", help)
            .figure(most);
    }
}

/// The second number of `statm` is the resident set, in pages.
fn resident_bytes() -> Option<usize> {
    let statm = fs::read_to_string("/proc/self/statm").ok()?;
    let pages: usize = statm.split_ascii_whitespace().nth(1)?.parse().ok()?;
    Some(pages * rustix::param::page_size())
}

/// The 14th and 15th fields of `stat` are user and system time, in ticks. The second one, a name in
/// parentheses, may hold anything.
fn processor_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut times = after_name.split_ascii_whitespace().skip(11);
    let mut ticks = || times.next()?.parse::<u64>().ok();
    let all = ticks()? + ticks()?;
    Some(all as f64 / rustix::param::clock_ticks_per_second() as f64)
}
