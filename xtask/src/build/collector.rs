//! The collector for release, with `dist/` and the demo shop inside.

use anyhow::Result;

use crate::{child, house::House, step::Step};

/// The step.
pub(super) struct Collector;

impl Step for Collector {
    fn name(&self) -> String {
        "collector".into()
    }

    fn usually(&self) -> &'static str {
        "compiling, usually 3 min from nothing, 30 s after a change"
    }

    fn make(&self, house: &House) -> Result<()> {
        child::run(
            house
                .cargo()
                .args(["build", "--locked", "--release", "--package", "collector"]),
        )
    }

    fn remedy(&self) -> &'static str {
        "fix what the compiler names above"
    }
}
