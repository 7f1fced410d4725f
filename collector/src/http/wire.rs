//! The bytes of one connection, plain or through TLS, closed without losing the last answer.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};
use tokio_rustls::server::TlsStream;

/// How long the other side may take to close after us.
const LINGER: Duration = Duration::from_secs(1);
/// How much of what it still sends is read meanwhile: a body that is too large, and more.
const LAST_BYTES: usize = 1 << 20;

/// What hyper reads from and writes to.
pub(super) enum Wire {
    Plain(Socket),
    Secret(Box<TlsStream<Socket>>),
}

/// A connection's socket.
///
/// Closing a socket on which unread bytes wait resets the connection, and a reset may overtake the
/// answer on its way. So the end is said first, and what still comes is read and forgotten
/// (RFC 9112, section 9.6).
pub(super) struct Socket {
    stream: TcpStream,
    goodbye: Option<Goodbye>,
}

struct Goodbye {
    end: Pin<Box<Sleep>>,
    bytes_left: usize,
}

impl Socket {
    pub(super) const fn new(stream: TcpStream) -> Self {
        Self {
            stream,
            goodbye: None,
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Self { stream, goodbye } = &mut *self;
        let goodbye = match goodbye {
            Some(goodbye) => goodbye,
            None => {
                ready!(Pin::new(&mut *stream).poll_shutdown(context))?;
                goodbye.insert(Goodbye {
                    end: Box::pin(sleep(LINGER)),
                    bytes_left: LAST_BYTES,
                })
            }
        };
        let mut forgotten = [0; 4096];
        while goodbye.bytes_left > 0 && goodbye.end.as_mut().poll(context).is_pending() {
            let mut into = ReadBuf::new(&mut forgotten);
            match ready!(Pin::new(&mut *stream).poll_read(context, &mut into)) {
                Ok(()) if !into.filled().is_empty() => {
                    goodbye.bytes_left = goodbye.bytes_left.saturating_sub(into.filled().len());
                }
                // They have closed as well, or are gone.
                _ => break,
            }
        }
        Poll::Ready(Ok(()))
    }
}

/// Hands on to whichever it is.
macro_rules! hand_on {
    ($wire:expr, $method:ident $(, $argument:expr)*) => {
        match $wire {
            Wire::Plain(socket) => Pin::new(socket).$method($($argument),*),
            Wire::Secret(stream) => Pin::new(stream).$method($($argument),*),
        }
    };
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        hand_on!(self.get_mut(), poll_read, context, into)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        hand_on!(self.get_mut(), poll_write, context, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        hand_on!(self.get_mut(), poll_write_vectored, context, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        match self {
            Self::Plain(socket) => socket.is_write_vectored(),
            Self::Secret(stream) => stream.is_write_vectored(),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        hand_on!(self.get_mut(), poll_flush, context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        hand_on!(self.get_mut(), poll_shutdown, context)
    }
}
