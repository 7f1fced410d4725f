//! A connection that ends when its client takes too long to ask: for a header once it has begun, or for
//! the next one while nothing is under way.
//!
//! hyper has one limit for both, which would have to be the longer one.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// How long a whole header may take from its first byte on.
pub(super) const SLOWEST_HEADER: Duration = Duration::from_secs(5);
/// How long a connection may stay open with nothing under way.
const LONGEST_IDLE: Duration = Duration::from_secs(15);

/// A stream whose reader is not waited for without end.
pub(super) struct Paced<S> {
    stream: S,
    requests: Requests,
    /// How many of them had begun when last looked at.
    begun: u64,
    phase: Phase,
    /// When patience with the phase ends.
    deadline: Instant,
    /// Rings at the deadline or before; it is only set anew when it has rung too early, or would ring
    /// too late, so that a request costs no timer.
    alarm: Pin<Box<Sleep>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Part of a header may have come.
    Header,
    /// A request is being answered: its body has a limit of its own.
    Answering,
    /// Nothing has come since the last answer.
    Idle,
}

/// How many requests of a connection were begun, and how many of those are answered.
#[derive(Clone, Default)]
pub(super) struct Requests(Arc<Counts>);

#[derive(Default)]
struct Counts {
    begun: AtomicU64,
    answered: AtomicU64,
}

/// A request under way; it is answered once this is dropped.
pub(super) struct UnderWay(Requests);

impl Requests {
    pub(super) fn begin(&self) -> UnderWay {
        self.0.begun.fetch_add(1, Ordering::Relaxed);
        UnderWay(self.clone())
    }

    /// How many were begun, and whether one of them is under way.
    fn look(&self) -> (u64, bool) {
        let begun = self.0.begun.load(Ordering::Relaxed);
        (begun, begun > self.0.answered.load(Ordering::Relaxed))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.0.answered.fetch_add(1, Ordering::Relaxed);
    }
}

impl<S> Paced<S> {
    /// A stream on which the first header has begun to arrive.
    pub(super) fn new(stream: S, requests: Requests) -> Self {
        Self {
            stream,
            requests,
            begun: 0,
            phase: Phase::Header,
            deadline: Instant::now() + SLOWEST_HEADER,
            alarm: Box::pin(sleep(SLOWEST_HEADER)),
        }
    }

    fn enter(&mut self, phase: Phase, patience: Duration) {
        self.phase = phase;
        self.deadline = Instant::now() + patience;
    }

    /// A client that takes what is written is not idle, however long the answer.
    fn note_written(&mut self, written: &Poll<io::Result<usize>>) {
        if self.phase == Phase::Idle && written.is_ready() {
            self.deadline = Instant::now() + LONGEST_IDLE;
        }
    }

    /// Ready once the deadline has passed.
    fn poll_deadline(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if self.deadline < self.alarm.deadline() {
            self.alarm.as_mut().reset(self.deadline);
        }
        loop {
            ready!(self.alarm.as_mut().poll(context));
            if self.deadline <= self.alarm.deadline() {
                return Poll::Ready(());
            }
            self.alarm.as_mut().reset(self.deadline);
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Paced<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let paced = &mut *self;
        let read = Pin::new(&mut paced.stream).poll_read(context, buffer);
        let (begun, is_any_under_way) = paced.requests.look();
        if begun > paced.begun || is_any_under_way {
            // Begun and perhaps answered since the last look.
            (paced.begun, paced.phase) = (begun, Phase::Answering);
        }
        if is_any_under_way {
            return read;
        }
        match (paced.phase, read.is_pending()) {
            (Phase::Idle | Phase::Answering, false) => paced.enter(Phase::Header, SLOWEST_HEADER),
            (Phase::Answering, true) => paced.enter(Phase::Idle, LONGEST_IDLE),
            (Phase::Header, _) | (Phase::Idle, true) => {}
        }
        if read.is_pending() {
            ready!(paced.poll_deadline(context));
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Paced<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.note_written(&written);
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.note_written(&written);
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
