//! What a survey is: its definition, whom and when it asks, what is sent, accepted and scored.
//!
//! Pure: this crate knows no file, clock, browser or randomness; they come in as arguments, so the
//! same input gives the same answer in the visitor's Wasm and in the shop's collector.

#[cfg(feature = "native")]
pub mod accept;
#[cfg(feature = "native")]
pub mod case;
pub mod condition;
pub mod conversation;
#[cfg(feature = "native")]
pub mod definition;
#[cfg(feature = "native")]
pub mod file;
pub mod frequency;
pub mod gates;
pub mod id;
pub mod metric;
pub mod offer;
pub mod plain;
pub mod sampling;
#[cfg(feature = "schema")]
pub mod schema;
pub mod submission;
#[cfg(feature = "native")]
pub mod targeting;
pub mod trigger;
#[cfg(feature = "native")]
pub mod wording;

#[cfg(feature = "native")]
pub use accept::mask;
