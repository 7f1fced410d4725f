//! Chromium and its driver, for the end-to-end tests.

use std::path::PathBuf;

use anyhow::Result;

use super::apt;
use crate::{
    house::{House, on_path},
    step::Step,
};

/// The browser the tests drive.
pub(crate) struct Browser;

impl Step for Browser {
    fn name(&self) -> String {
        "Chromium and its driver".into()
    }

    fn usually(&self) -> &'static str {
        "installing from Debian, usually under a minute"
    }

    fn found(&self, _: &House) -> Result<Option<String>> {
        let chromium = ["chromium", "chromium-browser", "google-chrome"]
            .into_iter()
            .find_map(on_path);
        Ok(chromium
            .and(chromedriver())
            .map(|driver| driver.display().to_string()))
    }

    fn make(&self, _: &House) -> Result<()> {
        apt::install(&["chromium", "chromium-driver"])
    }

    fn remedy(&self) -> &'static str {
        "install `chromium` and `chromedriver` so that both are on PATH, then run this again"
    }
}

/// Where the driver is.
pub(crate) fn chromedriver() -> Option<PathBuf> {
    on_path("chromedriver")
}
