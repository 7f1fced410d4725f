//! What each subcommand does.

pub(crate) mod alert;
pub(crate) mod cases;
pub(crate) mod check;
pub(crate) mod digest;
pub(crate) mod erase;
pub(crate) mod export;
mod greeting;
pub(crate) mod health;
pub(crate) mod new;
pub(crate) mod open_files;
pub(crate) mod openapi;
mod output;
pub(crate) mod password;
pub(crate) mod progress;
mod rehearsal;
mod reload;
pub(crate) mod report;
pub(crate) mod retain;
mod screen;
pub(crate) mod serve;
mod tag;
mod tally;
pub(crate) mod token;
mod watch;
