//! What a process uses, as `/proc` says.

use anyhow::{Context, Result};
use std::fs;

/// Resident memory in bytes.
///
/// # Errors
/// When there is no such process.
pub fn memory(id: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
    let kilobytes: u64 = kilobytes.context("no `VmRSS`")?.parse()?;
    Ok(kilobytes * 1024)
}

/// Open files and sockets.
///
/// # Errors
/// When there is no such process.
pub fn descriptors(id: u32) -> Result<usize> {
    Ok(fs::read_dir(format!("/proc/{id}/fd"))?.count())
}
