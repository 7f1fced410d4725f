//! A person's side of Hark: a shop with its own collector, a visitor with a real browser, and what a
//! stranger reads on disk afterwards.
//!
//! Nothing here knows Hark's own types: a format broken on both sides must not pass.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

mod answer;
mod axe;
mod card;
mod driver;
mod engine;
mod fit;
mod front;
pub mod guide;
mod hands;
mod host;
mod journal;
mod screen;
mod senses;
mod shop;
mod storefront;
mod visitor;
mod wait;

pub use axe::Verdict;
pub use card::Card;
pub use engine::Engine;
pub use front::Front;
pub use host::Host;
pub use journal::Journal;
pub use shop::{Shop, binary};
pub use visitor::Visitor;
pub use wait::{until, until_within};
