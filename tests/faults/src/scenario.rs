//! What goes wrong, one file each. Each is a function that fails when something was lost.

pub mod attack;
pub mod clock;
pub mod contract;
pub mod descriptors;
pub mod full;
pub mod hands;
mod keeping;
pub mod kill;
pub mod mounted;
pub mod ordeal;
pub mod order;
pub mod overload;
pub mod power;
pub mod repetition;
pub mod restore;
pub mod slow;
pub mod soak;
pub mod start;
pub mod trouble;
