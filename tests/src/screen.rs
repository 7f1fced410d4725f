//! A screen that nobody sees, for a browser that cannot do without one.
//!
//! Each has its own: of two windows on one screen only one has the focus, and the page in the other shows none.

use crate::driver::ends;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// A screen, until it is dropped.
pub(crate) struct Screen {
    /// As `DISPLAY` has it.
    pub(crate) name: String,
    process: Child,
}

impl Screen {
    /// Takes a free number and says which.
    pub(crate) async fn open() -> Self {
        let mut xvfb = Command::new("Xvfb");
        xvfb.args(["-displayfd", "1", "-screen", "0", "1400x1000x24"])
            .args(["-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0);
        let mut process = xvfb.spawn().expect("Xvfb; `cargo xtask test` installs it");
        let mut lines = BufReader::new(process.stdout.take().expect("output")).lines();
        let number = lines.next_line().await.expect("output");
        Self {
            name: format!(":{}", number.expect("a screen").trim()),
            process,
        }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // Not killed: it has a lock and a socket to take away.
        ends(&self.process);
    }
}
