//! What each subcommand does.

pub(crate) mod check;
pub(crate) mod export;
pub(crate) mod report;
pub(crate) mod serve;
