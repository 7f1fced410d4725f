//! What may go wrong around the collector, and what must hold then.
//!
//! The real program is started, loaded by many connections, and killed, cut off, filled up or slowed
//! down; then the lines on disk are read as a stranger would. Nothing here knows Hark's own types: a
//! format broken on both sides must not pass. Each scenario is a function that says what it found or
//! fails; `tests/` calls it in a short form, the program `torture` in a long one.

pub mod client;
pub mod collector;
pub mod crowd;
pub mod disk;
// The end-to-end tests read guides as well, and have nothing else in common with these.
#[path = "../../src/guide.rs"]
pub mod guide;
pub mod proc;
pub mod scenario;
pub mod shop;
pub mod stored;
pub mod wait;
