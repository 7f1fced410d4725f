//! Who is measured, and how each is started.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};

use super::load::{Load, Outcome};
use crate::{bench::process, child, house::House};

/// What takes the events.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Contender {
    /// axum, which stores nothing: the ceiling.
    Nothing,
    /// The collector, every answer on disk before its `200`.
    Ours,
    /// The collector with every sync made to do nothing, by Debian's libeatmydata.
    OursUnsynced,
    /// axum with one append and one `fdatasync` for each request.
    Synced,
    /// nginx, writing the body into a JSON access log that it never syncs.
    Nginx,
}

const UNSYNCED: &str = "/usr/lib/x86_64-linux-gnu/libeatmydata.so";
const SETTINGS: &str = "[[site]]\nkey = \"demo\"\norigins = [\"https://shop.example\"]\n";
const SURVEY: &str = "metric = \"ces\"\nstatus = \"live\"\n";
const NGINX: &str = include_str!("nginx.conf");
const PATIENCE: Duration = Duration::from_secs(60);

impl Contender {
    pub(super) const ALL: [Self; 5] = [
        Self::Nothing,
        Self::Ours,
        Self::OursUnsynced,
        Self::Synced,
        Self::Nginx,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "axum, nothing stored",
            Self::Ours => "hark",
            Self::OursUnsynced => "hark, syncing off",
            Self::Synced => "axum, a sync each",
            Self::Nginx => "nginx, JSON log, unsynced",
        }
    }
}

/// A contender that listens; it ends when this is dropped.
pub(super) struct Running {
    child: Child,
    pub(super) address: SocketAddr,
}

/// Starts a contender in an empty folder, loads it, and throws away what it stored; until that is really gone.
pub(super) fn measure(
    house: &House,
    contender: Contender,
    load: &Load,
    connections: u32,
    folder: &Path,
) -> Result<Outcome> {
    let folder = folder.join("contender");
    fs::create_dir_all(&folder)?;
    let running = start(house, contender, &folder)?;
    let outcome = load.on(&running, connections)?;
    drop(running);
    if contender == Contender::Ours {
        let lines = lines(&folder.join("data/events"))?;
        let answered = outcome.answered;
        ensure!(
            lines >= answered,
            "{answered} events were acknowledged, but only {lines} are on disk"
        );
    }
    fs::remove_dir_all(&folder)?;
    // What the disk has left to do for this one is not the next one's.
    child::run(&mut Command::new("sync"))?;
    Ok(outcome)
}

/// Starts a contender that keeps what it stores in this folder.
pub(super) fn start(house: &House, contender: Contender, folder: &Path) -> Result<Running> {
    let rivals = house.target().join("release/rivals");
    match contender {
        Contender::Nothing => talking(Command::new(rivals).arg("nothing")),
        Contender::Synced => talking(Command::new(rivals).arg("synced").arg(folder.join("log"))),
        Contender::Ours => talking(&mut hark(house, folder)?),
        Contender::OursUnsynced => talking(hark(house, folder)?.env("LD_PRELOAD", UNSYNCED)),
        Contender::Nginx => nginx(folder),
    }
}

fn hark(house: &House, folder: &Path) -> Result<Command> {
    fs::create_dir_all(folder.join("surveys"))?;
    fs::write(folder.join("hark.toml"), SETTINGS)?;
    fs::write(folder.join("surveys/checkout-effort.toml"), SURVEY)?;
    let mut hark = Command::new(house.collector());
    hark.args(["serve", "--listen", "127.0.0.1:0"])
        .current_dir(folder);
    Ok(hark)
}

/// Starts a program that says `listening on http://ADDRESS` on stderr once it does.
fn talking(command: &mut Command) -> Result<Running> {
    let mut child = command
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| child::unstartable(command))?;
    let mut talk = BufReader::new(child.stderr.take().context("no stderr")?);
    let mut heard = String::new();
    let address = loop {
        let line = heard.len();
        if talk.read_line(&mut heard)? == 0 {
            bail!("`{}` does not listen: {heard}", child::line(command));
        }
        if let Some((_, address)) = heard[line..].split_once("listening on http://") {
            break address.trim().parse()?;
        }
    };
    // Nobody reads on, but a program must not wait for a full pipe.
    thread::spawn(move || std::io::copy(&mut talk, &mut std::io::sink()));
    Ok(Running { child, address })
}

fn nginx(folder: &Path) -> Result<Running> {
    // nginx cannot be told to choose a port and say which.
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let settings = NGINX
        .replace("@FOLDER@", &folder.display().to_string())
        .replace("@ADDRESS@", &address.to_string());
    let file = folder.join("nginx.conf");
    fs::write(&file, settings)?;
    let mut command = Command::new("nginx");
    command.arg("-c").arg(&file).arg("-p").arg(folder);
    let child = command
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| child::unstartable(&command))?;
    let running = Running { child, address };
    let until = Instant::now() + PATIENCE;
    while TcpStream::connect(address).is_err() {
        ensure!(Instant::now() < until, "nginx does not listen");
        thread::yield_now();
    }
    Ok(running)
}

impl Running {
    /// Its processes: nginx has several.
    pub(super) fn usage(&self) -> Result<process::Usage> {
        process::usage(self.child.id())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // SIGTERM, since nginx would leave its workers behind after a SIGKILL.
        let id = self.child.id().to_string();
        let _ = Command::new("kill").arg(id).status();
        let _ = self.child.wait();
    }
}

fn lines(events: &Path) -> Result<u64> {
    let mut lines = 0;
    for day in fs::read_dir(events)? {
        for segment in fs::read_dir(day?.path())? {
            let path = segment?.path();
            let bytes = match path.extension().and_then(|ending| ending.to_str()) {
                Some("jsonl") => fs::read(&path)?,
                // Beside the plain one it is the same lines once more.
                Some("zst") if !path.with_extension("").exists() => {
                    zstd::decode_all(fs::File::open(&path)?)?
                }
                _ => continue,
            };
            lines += bytes.iter().filter(|&&byte| byte == b'\n').count() as u64;
        }
    }
    Ok(lines)
}
