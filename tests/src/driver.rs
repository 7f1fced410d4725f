//! One chromedriver of one visitor, on a port of its own.

use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// A running driver; it and its browser end when this is dropped.
pub(crate) struct Driver {
    pub(crate) address: String,
    _process: Child,
}

impl Driver {
    pub(crate) async fn start() -> Self {
        let program =
            std::env::var("HARK_CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let mut process = Command::new(&program)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("chromedriver; `cargo xtask test` installs it");
        let mut lines = BufReader::new(process.stdout.take().expect("output")).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            if let Some((_, port)) = line.split_once("started successfully on port ") {
                let port = port.trim_end_matches('.').to_owned();
                tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                return Self {
                    address: format!("http://127.0.0.1:{port}"),
                    _process: process,
                };
            }
        }
        panic!("{program} did not start");
    }
}
