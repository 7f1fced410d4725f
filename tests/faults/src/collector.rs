//! A running collector: the real program, in a process of its own.

use crate::client::{Answer, Connection};
use crate::proc;
use crate::wait;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// A collector that listens; killed when dropped.
pub struct Collector {
    process: Child,
    talk: Option<JoinHandle<Vec<String>>>,
    /// Where it listens.
    pub address: SocketAddr,
    /// From its start until it listened.
    pub ready_after: Duration,
}

/// How a collector ended.
#[derive(Debug)]
pub struct Ended {
    /// Its exit code or signal.
    pub status: ExitStatus,
    /// What it said on standard error.
    pub talk: Vec<String>,
    /// From being told to stop until it was gone.
    pub took: Duration,
}

impl Collector {
    /// Starts it and waits until it listens.
    ///
    /// # Errors
    /// When it ends before it listens; what it said is part of the error.
    pub fn start(command: &mut Command) -> Result<Self> {
        let started = Instant::now();
        let mut process = command.stderr(Stdio::piped()).spawn().with_context(|| {
            format!("cannot start {command:?}; `cargo xtask build` builds the collector")
        })?;
        let mut talk = BufReader::new(process.stderr.take().context("no stderr")?);
        let mut heard = Vec::new();
        let address = loop {
            let mut line = String::new();
            if talk.read_line(&mut line)? == 0 {
                let status = process.wait()?;
                bail!(
                    "it ended before it listened, with {status}: {}",
                    heard.concat()
                );
            }
            if let Some((_, address)) = line.split_once("listening on http://") {
                break address.trim().parse()?;
            }
            heard.push(line);
        };
        let ready_after = started.elapsed();
        let talk = thread::spawn(move || {
            heard.extend(talk.lines().map_while(Result::ok));
            heard
        });
        Ok(Self {
            process,
            talk: Some(talk),
            address,
            ready_after,
        })
    }

    /// Kills it without a word, as the kernel does when memory is short.
    ///
    /// # Errors
    /// When it cannot be killed.
    pub fn is_killed(mut self) -> Result<()> {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }

    /// Asks it to stop with SIGTERM and waits until it has.
    ///
    /// # Errors
    /// When it does not stop in time.
    pub fn stops(self) -> Result<Ended> {
        let id = self.id().to_string();
        Command::new("kill").arg(id).status()?;
        self.ends()
    }

    /// Waits until it ends by itself.
    ///
    /// # Errors
    /// When it does not.
    pub fn ends(mut self) -> Result<Ended> {
        let asked = Instant::now();
        let mut status = None;
        wait::until("the collector has ended", || {
            status = self.process.try_wait()?;
            Ok(status.is_some())
        })?;
        let took = asked.elapsed();
        let talk = self.talk.take().map(JoinHandle::join);
        Ok(Ended {
            status: status.context("no status")?,
            talk: talk.and_then(Result::ok).unwrap_or_default(),
            took,
        })
    }

    /// Its process.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Its resident memory in bytes.
    ///
    /// # Errors
    /// When it is gone.
    pub fn memory(&self) -> Result<u64> {
        proc::memory(self.id())
    }

    /// How many files and sockets it has open.
    ///
    /// # Errors
    /// When it is gone.
    pub fn descriptors(&self) -> Result<usize> {
        proc::descriptors(self.id())
    }

    /// Asks for a path.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn gets(&self, path: &str) -> Result<Answer> {
        Connection::open(self.address)?.gets(path)
    }

    /// Sends an event.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn hears(&self, event: &str) -> Result<Answer> {
        Connection::open(self.address)?.sends(event)
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
