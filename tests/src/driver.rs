//! One driver of one visitor, on a port of its own.

use crate::engine::Engine;
use crate::screen::Screen;
use crate::wait::until;
use std::net::TcpListener;
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

/// How often a driver that found no port is started before there is something else wrong with it.
const STARTS: u32 = 5;

/// A running driver; it and its browser end when this is dropped.
pub(crate) struct Driver {
    pub(crate) address: String,
    process: Child,
    _screen: Option<Screen>,
}

impl Driver {
    pub(crate) async fn start(engine: Engine) -> Self {
        match engine {
            Engine::Chromium => {
                let says = "started successfully on port ";
                Self::that_says(
                    says,
                    program("HARK_CHROMEDRIVER", "chromedriver"),
                    &["--port=0"],
                )
                .await
            }
            Engine::Firefox => {
                let ports = ["--port=0", "--websocket-port=0"];
                let says = "Listening on 127.0.0.1:";
                Self::that_says(says, program("HARK_GECKODRIVER", "geckodriver"), &ports).await
            }
            Engine::WebKit => Self::of_webkit().await,
        }
    }

    /// Takes a free port and says which. Chromium's takes one that is free for the old protocol and gives up
    /// where the new one has lent that to somebody else: then another is tried.
    async fn that_says(says: &str, program: String, arguments: &[&str]) -> Self {
        for _ in 0..STARTS {
            if let Some(driver) = Self::once(says, &program, arguments).await {
                return driver;
            }
        }
        panic!("{program} did not start, {STARTS} times");
    }

    async fn once(says: &str, program: &str, arguments: &[&str]) -> Option<Self> {
        let mut process = spawned(Command::new(program).args(arguments).stdout(Stdio::piped()));
        let mut lines = BufReader::new(process.stdout.take().expect("output")).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            if let Some((_, port)) = line.split_once(says) {
                let port = port.trim_end_matches('.').to_owned();
                tokio::spawn(read_on(lines));
                return Some(Self {
                    address: format!("http://127.0.0.1:{port}"),
                    process,
                    _screen: None,
                });
            }
        }
        None
    }

    /// Says nothing, and wants to be told a port.
    async fn of_webkit() -> Self {
        let port = free_port();
        let screen = Screen::open().await;
        let mut driver = Command::new("WebKitWebDriver");
        driver
            .arg(format!("--port={port}"))
            .env("DISPLAY", &screen.name)
            .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
        let process = spawned(&mut driver);
        until("WebKit's driver to listen", || async {
            TcpStream::connect(("127.0.0.1", port)).await.map(drop)
        })
        .await;
        Self {
            address: format!("http://127.0.0.1:{port}"),
            process,
            _screen: Some(screen),
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The browser with it, should a test have failed before it was closed.
        ends(&self.process);
    }
}

/// Asks a process to end, and whatever it has started.
pub(crate) fn ends(process: &Child) {
    if let Some(leader) = process.id() {
        let group = format!("-{leader}");
        let _ = std::process::Command::new("kill")
            .args(["-TERM", "--", &group])
            .stderr(Stdio::null())
            .status();
    }
}

/// A free port below those that are given to whoever asks for any: until the driver has taken it, a collector of
/// the test beside could be given it otherwise.
fn free_port() -> u16 {
    static TRIED: AtomicU32 = AtomicU32::new(0);
    let mut ports = std::iter::repeat_with(|| {
        let tried = TRIED.fetch_add(1, Ordering::Relaxed);
        let offset = std::process::id().wrapping_mul(89).wrapping_add(tried) % 12_000;
        20_000 + offset as u16
    });
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    ports.find(is_free).expect("a free port")
}

fn program(variable: &str, usual: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| usual.to_owned())
}

fn spawned(driver: &mut Command) -> Child {
    let process = driver.process_group(0).kill_on_drop(true).spawn();
    process.expect("a driver; `cargo xtask test` installs it")
}

async fn read_on(mut lines: tokio::io::Lines<BufReader<impl AsyncRead + Unpin>>) {
    while let Ok(Some(_)) = lines.next_line().await {}
}
