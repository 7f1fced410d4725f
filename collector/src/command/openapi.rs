//! `hark openapi`: the document of all that `hark serve` answers.

use crate::console::print;
use crate::failure::Failure;
use crate::http::openapi;

pub(crate) fn run() -> Result<(), Failure> {
    print(format_args!("{:#}\n", openapi::document()))
}
