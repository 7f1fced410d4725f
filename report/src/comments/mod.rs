//! What comments are about.
#![allow(dead_code)]

mod han;
mod korean;
mod language;
mod lexicon;
mod normalise;
mod stop_words;
mod words;

pub use language::Language;
pub use lexicon::{Lexicon, Theme};
