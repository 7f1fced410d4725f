//! An answer that is written on a thread that may block, while it is sent: a few chunks wait in between.
//!
//! Only what says that it is finished ends as an answer does. Whatever else ends the writing, an error, a panic, somebody who
//! reads too slowly, breaks the connection off, so that half of it is not taken for all.

use axum::body::{Bytes, HttpBody};
use hyper::body::Frame;
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
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
    sender: Sender<Part>,
    runtime: Handle,
}

/// What goes from the one thread to the other.
enum Part {
    Rows(Bytes),
    /// There are no more.
    End,
}

/// The answer as it is sent.
pub(super) struct Rows {
    first: Option<Part>,
    rest: Receiver<Part>,
    is_over: bool,
}

impl Chunks {
    /// Both ends; to be asked for where the runtime is.
    pub(super) fn and_rows() -> (Self, UnreadRows) {
        let (sender, receiver) = channel(WAITING);
        let chunks = Self {
            kept: Vec::with_capacity(CHUNK),
            sender,
            runtime: Handle::current(),
        };
        (chunks, UnreadRows(receiver))
    }

    /// Says that this was all.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        self.send(Part::End)
    }

    fn send(&self, part: Part) -> io::Result<()> {
        let sent = async { timeout(SLOWEST_READER, self.sender.send(part)).await };
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
        self.send(Part::Rows(full.into()))
    }
}

/// The answer before any of it is there.
pub(super) struct UnreadRows(Receiver<Part>);

impl UnreadRows {
    /// Waits for the beginning; `None` where the writing ended before: that is no answer at all.
    pub(super) async fn begun(self) -> Option<Rows> {
        let Self(mut rest) = self;
        let first = Some(rest.recv().await?);
        Some(Rows {
            first,
            rest,
            is_over: false,
        })
    }
}

impl HttpBody for Rows {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        let next = match self.first.take() {
            Some(first) => Some(first),
            None => ready!(self.rest.poll_recv(context)),
        };
        Poll::Ready(match next {
            Some(Part::Rows(rows)) => Some(Ok(Frame::data(rows))),
            Some(Part::End) => {
                self.is_over = true;
                None
            }
            None => {
                self.is_over = true;
                Some(Err(io::ErrorKind::UnexpectedEof.into()))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_written_is_sent_to_its_end_or_visibly_not() {
        type Ends = fn(Chunks);
        let rows: [(&str, Ends, bool); 4] = [
            (
                "finished",
                |chunks| chunks.finish().expect("finished"),
                true,
            ),
            ("given up", drop, false),
            (
                "given up after all was sent",
                |mut chunks| chunks.flush().expect("sent"),
                false,
            ),
            ("a panic", |_| panic!("while it is written"), false),
        ];
        for (why, ends, is_whole) in rows {
            let (mut chunks, rows) = Chunks::and_rows();
            tokio::task::spawn_blocking(move || {
                for number in 0..50_000 {
                    writeln!(chunks, "{number}").expect("written");
                }
                ends(chunks);
            });
            let rows = rows.begun().await.expect("a beginning");
            let sent = to_bytes(Body::new(rows), usize::MAX).await;
            let lines = sent.map(|bytes| bytes.split(|byte| *byte == b'\n').count());
            assert_eq!(lines.ok(), is_whole.then_some(50_001), "{why}");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn no_rows_are_an_answer_if_it_is_finished() {
        let (chunks, rows) = Chunks::and_rows();
        tokio::task::spawn_blocking(move || chunks.finish());
        let rows = rows.begun().await.expect("an answer");
        let sent = to_bytes(Body::new(rows), usize::MAX).await;
        assert_eq!(sent.ok().as_deref(), Some(&b""[..]));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_fails_before_it_begins_is_no_answer() {
        let (chunks, rows) = Chunks::and_rows();
        tokio::task::spawn_blocking(move || drop(chunks));
        assert!(rows.begun().await.is_none());
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
        let mut rows = rows.begun().await.expect("a beginning");
        assert!(rows.first.take().is_some());
        drop(rows);
        assert_eq!(writing.await.expect("an end"), io::ErrorKind::BrokenPipe);
    }
}
