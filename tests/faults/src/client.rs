//! One connection to the collector, kept alive, as a browser keeps it.

use crate::wait::PATIENCE;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

/// An open connection.
pub struct Connection(BufReader<TcpStream>);

/// What the collector answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The header, line by line, in lower case.
    pub header: Vec<String>,
    /// The body.
    pub body: String,
}

impl Connection {
    /// Opens one, on which nothing may take longer than our patience.
    ///
    /// # Errors
    /// When nobody listens.
    pub fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(Self(BufReader::new(stream)))
    }

    /// Sends an event and waits for the answer.
    ///
    /// # Errors
    /// When there is none.
    pub fn sends(&mut self, event: &str) -> Result<Answer> {
        let length = event.len();
        self.says(&format!(
            "POST /v1/sites/demo/events HTTP/1.1\r\nhost: shop\r\ncontent-type: text/plain\r\n\
             content-length: {length}\r\n\r\n{event}"
        ))?;
        self.answer()
    }

    /// Asks for a path and waits for the answer.
    ///
    /// # Errors
    /// When there is none.
    pub fn gets(&mut self, path: &str) -> Result<Answer> {
        self.says(&format!("GET {path} HTTP/1.1\r\nhost: shop\r\n\r\n"))?;
        self.answer()
    }

    /// Sends these bytes, whatever they are.
    ///
    /// # Errors
    /// When the other side is gone.
    pub fn says(&mut self, text: &str) -> Result<()> {
        Ok(self.0.get_mut().write_all(text.as_bytes())?)
    }

    /// Waits for an answer.
    ///
    /// # Errors
    /// When the connection ends before one is whole.
    pub fn answer(&mut self) -> Result<Answer> {
        let mut header = Vec::new();
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line)? == 0 {
                bail!("the connection ended without an answer");
            }
            if line == "\r\n" {
                break;
            }
            header.push(line.trim_end().to_lowercase());
        }
        let status = header.first().and_then(|line| line.split(' ').nth(1));
        let status = status.context("no status")?.parse()?;
        let length = header
            .iter()
            .find_map(|line| line.strip_prefix("content-length: "));
        let mut body = vec![0; length.unwrap_or("0").parse()?];
        self.0.read_exact(&mut body)?;
        Ok(Answer {
            status,
            header,
            body: String::from_utf8(body)?,
        })
    }
}

impl Answer {
    /// Whether its header has this line, which is in lower case.
    #[must_use]
    pub fn has(&self, line: &str) -> bool {
        self.header.iter().any(|found| found == line)
    }

    /// A number of the verdict, such as `accepted`; 0 where there is none.
    #[must_use]
    pub fn count(&self, name: &str) -> u64 {
        let verdict: Value = serde_json::from_str(&self.body).unwrap_or_default();
        verdict[name].as_u64().unwrap_or_default()
    }
}
