//! What comments are about: themes by survey and language, without a model and without a service.
//!
//! Normalise → language → themes by a lexicon (`lexicon`), and words that low scorers use more
//! (`terms`). Themes are counted over all comments, words over a sample of bounded size. Of
//! fewer than five people nothing is quoted.

mod contrast;
mod effect;
mod findings;
mod han;
mod korean;
mod language;
mod latest;
mod lexicon;
mod mentions;
mod merge;
mod normalise;
mod quote;
mod said;
mod sample;
mod stop_words;
mod tally;
mod terms;
mod voices;
mod words;

pub use contrast::Contrast;
pub use effect::Effect;
pub use findings::{SurveyComments, Topic};
pub use language::Language;
pub(crate) use language::wide;
pub use latest::Latest;
pub use lexicon::{Lexicon, Theme};
pub use quote::{PEOPLE_MIN, QUOTES, Quote};
pub use said::Said;
pub use tally::Tally;
pub use voices::{Group, Voices};

#[cfg(test)]
mod tests;
