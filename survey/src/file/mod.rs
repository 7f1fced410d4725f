//! Reading `surveys/<id>.toml`, and the TOML walker that finds every fault of a file.

mod appearance;
pub mod duration;
mod fault;
mod follow_up;
pub mod section;
mod selector;
mod survey;
mod target;
mod text;
mod thanks;
mod trigger;

pub use fault::{Fault, did_you_mean};
pub use survey::parse;
