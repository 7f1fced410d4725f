//! Names of the card's parts: what shops style and tests look for, as promised.

pub(crate) const ANCHOR_HIGH: &str = "anchor-high";
pub(crate) const ANCHOR_LOW: &str = "anchor-low";
pub(crate) const BACK: &str = "back";
pub(crate) const CARD: &str = "card";
pub(crate) const CHOICE: &str = "choice";
pub(crate) const CLOSE: &str = "close";
pub(crate) const COMMENT: &str = "comment";
pub(crate) const CONTACT: &str = "contact";
pub(crate) const ERROR: &str = "error";
pub(crate) const NEXT: &str = "next";
pub(crate) const OPTION: &str = "option";
pub(crate) const QUESTION: &str = "question";
pub(crate) const SCALE: &str = "scale";
pub(crate) const SUBMIT: &str = "submit";
pub(crate) const TAB: &str = "tab";
pub(crate) const THANKS: &str = "thanks";

/// The class of what only assistive technology tells.
pub(crate) const SPOKEN: &str = "spoken";

/// The class of what is said in small letters.
pub(crate) const NOTE: &str = "note";
