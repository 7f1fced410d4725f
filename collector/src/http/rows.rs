//! An answer that is written on a thread that may block, while it is sent: a few chunks wait in between.
//!
//! What cannot be written to its end breaks the connection off, so that half of it is not taken for all.

use axum::body::{Bytes, HttpBody};
use hyper::body::Frame;
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::timeout;

/// Bytes of a chunk.
const CHUNK: usize = 64 * 1024;
const WAITING: usize = 4;
/// How long whoever reads may take for a chunk.
const SLOWEST_READER: Duration = Duration::from_secs(60);

/// Where the answer is written.
pub(super) struct Chunks {
    kept: Vec<u8>,
    sender: Sender<io::Result<Bytes>>,
    runtime: Handle,
}

/// The answer as it is sent.
pub(super) struct Rows {
    first: Option<Bytes>,
    rest: Receiver<io::Result<Bytes>>,
}

impl Chunks {
    /// Both ends; to be asked for where the runtime is.
    pub(super) fn and_rows() -> (Self, Receiver<io::Result<Bytes>>) {
        let (sender, receiver) = channel(WAITING);
        let chunks = Self {
            kept: Vec::with_capacity(CHUNK),
            sender,
            runtime: Handle::current(),
        };
        (chunks, receiver)
    }

    /// Says that the rest cannot be written.
    pub(super) fn break_off(self) {
        // Whoever has left does not miss it.
        let _ = self.send(Err(io::ErrorKind::InvalidData.into()));
    }

    fn send(&self, chunk: io::Result<Bytes>) -> io::Result<()> {
        let sent = async { timeout(SLOWEST_READER, self.sender.send(chunk)).await };
        match self.runtime.block_on(sent) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }
}

impl Write for Chunks {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.kept.extend_from_slice(bytes);
        if self.kept.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.kept.is_empty() {
            return Ok(());
        }
        let full = std::mem::replace(&mut self.kept, Vec::with_capacity(CHUNK));
        self.send(Ok(full.into()))
    }
}

impl Rows {
    /// Waits for the first of them: what fails before is no answer at all.
    pub(super) async fn begun(mut rest: Receiver<io::Result<Bytes>>) -> io::Result<Self> {
        let first = rest.recv().await.transpose()?;
        Ok(Self { first, rest })
    }
}

impl HttpBody for Rows {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        let next = self.rest.poll_recv(context);
        next.map(|next| next.map(|chunk| chunk.map(Frame::data)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_written_is_sent_to_its_end_or_visibly_not() {
        for is_whole in [true, false] {
            let (mut chunks, rows) = Chunks::and_rows();
            tokio::task::spawn_blocking(move || {
                for number in 0..50_000 {
                    writeln!(chunks, "{number}").expect("written");
                }
                if is_whole {
                    chunks.flush().expect("flushed");
                } else {
                    chunks.break_off();
                }
            });
            let rows = Rows::begun(rows).await.expect("a beginning");
            let sent = to_bytes(Body::new(rows), usize::MAX).await;
            let lines = sent.map(|bytes| bytes.split(|byte| *byte == b'\n').count());
            assert_eq!(lines.ok(), is_whole.then_some(50_001));
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_fails_before_it_begins_is_no_answer() {
        let (chunks, rows) = Chunks::and_rows();
        tokio::task::spawn_blocking(move || chunks.break_off());
        assert!(Rows::begun(rows).await.is_err());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn whoever_leaves_stops_the_writing() {
        let (mut chunks, rows) = Chunks::and_rows();
        let writing = tokio::task::spawn_blocking(move || {
            loop {
                if let Err(error) = writeln!(chunks, "a row") {
                    return error.kind();
                }
            }
        });
        let mut rows = Rows::begun(rows).await.expect("a beginning");
        assert!(rows.first.take().is_some());
        drop(rows);
        assert_eq!(writing.await.expect("an end"), io::ErrorKind::BrokenPipe);
    }
}
