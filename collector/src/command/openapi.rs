//! `hark openapi`: the document of all that `hark serve` answers.

use crate::console::print;
use crate::failure::Failure;

/// Made from the code, and kept current, by the tests of `http::openapi`.
const DOCUMENT: &str = include_str!("../../../docs/openapi.json");

pub(crate) fn run() -> Result<(), Failure> {
    print(DOCUMENT)
}
