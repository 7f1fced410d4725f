//! Cases for a terminal, at most 80 columns, and as rows. No colour is needed.

mod list;
mod one;
mod rows;
mod words;

pub use list::cases;
pub use one::case;
pub use rows::cases_csv;
pub use words::{due, figures, lasting, status};
