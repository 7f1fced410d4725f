//! What a server and its children use, as `/proc` says.

use std::{fs, time::Duration};

use anyhow::{Context, Result};

use crate::child;

/// Of all processes of one server together.
#[derive(Clone, Copy, Default)]
pub(in crate::bench) struct Usage {
    /// User and system time so far.
    pub(in crate::bench) cpu: Duration,
    /// Resident memory now, in bytes.
    pub(in crate::bench) resident: u64,
    /// The most it has been, in bytes.
    pub(in crate::bench) peak: u64,
}

/// What this process and its children use.
pub(in crate::bench) fn usage(id: u32) -> Result<Usage> {
    let ticks_a_second: u64 = child::read(std::process::Command::new("getconf").arg("CLK_TCK"))?
        .parse()
        .context("`getconf CLK_TCK` is no number")?;
    let children = fs::read_to_string(format!("/proc/{id}/task/{id}/children"))?;
    let children = children.split_whitespace().map(str::parse);
    let mut sum = Usage::default();
    for id in std::iter::once(Ok(id)).chain(children) {
        let id = id?;
        let status = fs::read_to_string(format!("/proc/{id}/status"))?;
        let stat = fs::read_to_string(format!("/proc/{id}/stat"))?;
        let ticks = ticks(&stat).context("`/proc/…/stat` is not as proc(5) says")?;
        sum.cpu += Duration::from_millis(ticks * 1_000 / ticks_a_second);
        sum.resident += kilobytes(&status, "VmRSS:").unwrap_or(0) * 1024;
        sum.peak += kilobytes(&status, "VmHWM:").unwrap_or(0) * 1024;
    }
    Ok(sum)
}

/// User and system time: fields 14 and 15, counted from behind the name, which may hold anything.
fn ticks(stat: &str) -> Option<u64> {
    let mut fields = stat.rsplit_once(") ")?.1.split(' ').skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some(user + system)
}

fn kilobytes(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_and_memory_are_read_as_proc_prints_them() {
        let stat = "7 (a ) b) S 1 7 7 0 -1 4194304 120 0 3 0 250 30 0 0 20 0 5 0 100 1 2";
        assert_eq!(ticks(stat), Some(280));
        assert_eq!(
            kilobytes("VmHWM:\t   9000 kB\nVmRSS:\t   8192 kB\n", "VmRSS:"),
            Some(8192)
        );
    }
}
