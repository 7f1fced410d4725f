//! Reading `surveys/<id>.toml`, and the TOML walker that finds every fault of a file.

pub mod duration;
mod fault;
pub mod section;
mod survey;
mod target;
mod text;
mod trigger;

pub use fault::{Fault, did_you_mean};
pub use survey::parse;
