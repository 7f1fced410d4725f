//! What goes wrong, one file each. Each is a function that fails when something was lost.

pub mod clock;
pub mod descriptors;
pub mod full;
pub mod hands;
pub mod kill;
pub mod order;
pub mod power;
pub mod repetition;
pub mod slow;
pub mod soak;
pub mod trouble;
