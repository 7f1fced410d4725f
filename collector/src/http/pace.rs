//! How long a connection is waited for: for the rest of a header once it has begun, and for the next
//! request while nothing is under way.
//!
//! hyper has one limit for both, which would have to be the longer one. And it does not always look at
//! the stream while nothing is under way, so that the stream notes what happens and the wait is beside it.

use axum::http::Version;
use std::future::poll_fn;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, sleep};

/// How long a whole header may take from its first byte on.
pub(super) const SLOWEST_HEADER: Duration = Duration::from_secs(5);
/// How long a connection may stay open with nothing under way.
const LONGEST_IDLE: Duration = Duration::from_secs(15);

/// What a connection was doing for too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Late {
    /// A header that has begun does not end.
    Header,
    /// Nothing at all.
    Idle,
}

/// What has happened on one connection, and when.
#[derive(Clone)]
pub(super) struct Pace(Arc<Moments>);

/// Moments are microseconds since the connection began.
struct Moments {
    began: Instant,
    /// Whether what is read between requests must be the beginning of one. HTTP/2 also says other things.
    reads_are_headers: bool,
    requests_begun: AtomicU64,
    requests_answered: AtomicU64,
    /// When the first byte after the last request came; 0 while there is none.
    header_began: AtomicU64,
    /// When something was last answered or written: whoever takes a long answer is not idle.
    last_given: AtomicU64,
}

/// A request under way; it is answered once this is dropped.
pub(super) struct UnderWay(Pace);

impl Pace {
    /// Of a connection on which the first byte is about to be read.
    pub(super) fn begin(version: Version) -> Self {
        Self(Arc::new(Moments {
            began: Instant::now(),
            reads_are_headers: version < Version::HTTP_2,
            requests_begun: AtomicU64::new(0),
            requests_answered: AtomicU64::new(0),
            header_began: AtomicU64::new(0),
            last_given: AtomicU64::new(0),
        }))
    }

    /// A whole header has come.
    pub(super) fn begin_request(&self) -> UnderWay {
        self.0.requests_begun.fetch_add(1, Relaxed);
        self.0.header_began.store(0, Relaxed);
        UnderWay(self.clone())
    }

    /// Resolves once the connection has been waited for long enough.
    pub(super) async fn runs_out(&self) -> Late {
        let mut alarm = pin!(sleep(SLOWEST_HEADER));
        // Looked at whenever the connection moves. The alarm is set anew only where it would ring too
        // late or has rung too early, so that a request costs no timer.
        poll_fn(|context| {
            loop {
                let patience = self.patience();
                if let Some((deadline, _)) = patience
                    && deadline < alarm.deadline()
                {
                    alarm.as_mut().reset(deadline);
                }
                ready!(alarm.as_mut().poll(context));
                let now = Instant::now();
                match patience {
                    Some((deadline, late)) if deadline <= now => return Poll::Ready(late),
                    Some((deadline, _)) => alarm.as_mut().reset(deadline),
                    None => alarm.as_mut().reset(now + LONGEST_IDLE),
                }
            }
        })
        .await
    }

    /// Until when, and for what; no end while a request is under way, whose body has its own.
    fn patience(&self) -> Option<(Instant, Late)> {
        if self.is_under_way() {
            return None;
        }
        let (since, longest, late) = match self.0.header_began.load(Relaxed) {
            0 => (self.0.last_given.load(Relaxed), LONGEST_IDLE, Late::Idle),
            began => (began, SLOWEST_HEADER, Late::Header),
        };
        Some((self.0.began + Duration::from_micros(since) + longest, late))
    }

    fn is_under_way(&self) -> bool {
        self.0.requests_begun.load(Relaxed) > self.0.requests_answered.load(Relaxed)
    }

    /// Something was read.
    fn note_read(&self) {
        let may_begin = self.0.reads_are_headers && !self.is_under_way();
        if may_begin && self.0.header_began.load(Relaxed) == 0 {
            self.0.header_began.store(self.now(), Relaxed);
        }
    }

    /// Something was answered or written.
    fn note_given(&self) {
        self.0.last_given.store(self.now(), Relaxed);
    }

    fn now(&self) -> u64 {
        // At least 1, since 0 is none.
        u64::try_from(self.0.began.elapsed().as_micros()).unwrap_or(u64::MAX) + 1
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.0.requests_answered.fetch_add(1, Relaxed);
        self.0.note_given();
    }
}

/// A stream that notes when it is read from and written to.
pub(super) struct Paced<S> {
    stream: S,
    pace: Pace,
}

impl<S> Paced<S> {
    pub(super) const fn new(stream: S, pace: Pace) -> Self {
        Self { stream, pace }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Paced<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if read.is_ready() {
            self.pace.note_read();
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
        if written.is_ready() {
            self.pace.note_given();
        }
        written
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        if written.is_ready() {
            self.pace.note_given();
        }
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
