//! Accepts connections, and lets each finish when the collector stops.
//!
//! `axum::serve` has no time-out of any kind, so connections are accepted here; what each may take is in
//! [`super::connection`]. How nobody is cut off at the end: docs/decisions/0054.

use super::Front;
use super::connection::{self, Visitor};
use super::measures::Cut;
use crate::certificate::Certificate;
use socket2::{SockFilter, SockRef};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::timeout;

/// How long connections are listened to for one more request once the collector stops.
const LAST_REQUESTS: Duration = Duration::from_secs(2);
/// How long they may take to finish after that.
const LONGEST_GOODBYE: Duration = Duration::from_secs(7);

/// How far the collector is with stopping.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Serving,
    /// Nobody new is let in, and each answer is the last of its connection.
    LastRequests,
    /// What is under way is answered, nothing else is read.
    Closing,
}

/// What every connection shares.
pub(super) struct House {
    pub(super) front: Front,
    /// With which TLS is spoken, if it is.
    pub(super) certificate: Option<Arc<Certificate>>,
    pub(super) stage: watch::Receiver<Stage>,
}

/// Serves until `stop` resolves, then lets every request under way be answered.
pub(crate) async fn serve<T>(
    listener: TcpListener,
    front: Front,
    certificate: Option<Arc<Certificate>>,
    stop: impl Future<Output = T>,
) -> T {
    let (now, stage) = watch::channel(Stage::Serving);
    let house = House {
        front,
        certificate,
        stage,
    };
    let mut stop = std::pin::pin!(stop);
    let why = loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, address)) => house.lets_in(stream, address),
                Err(error) => wait_out(&error).await,
            },
            why = &mut stop => break why,
        }
    };
    for (stream, address) in the_last(listener) {
        house.lets_in(stream, address);
    }
    // From here on only connections know the stage, and it is closed when the last of them has ended.
    drop(house);
    now.send_replace(Stage::LastRequests);
    if timeout(LAST_REQUESTS, now.closed()).await.is_err() {
        now.send_replace(Stage::Closing);
        // Whoever is still sending after this long has had their chance.
        let _ = timeout(LONGEST_GOODBYE, now.closed()).await;
    }
    why
}

impl House {
    fn lets_in(&self, stream: TcpStream, address: SocketAddr) {
        let app = &self.front.app;
        let peer = address.ip();
        match app.admission.enter(peer, &app.proxies) {
            Some(ticket) => connection::spawn(
                Visitor {
                    stream,
                    peer,
                    ticket,
                },
                self,
            ),
            None => app.measures.note_cut(Cut::Crowded),
        }
    }
}

/// Closes the door; those who came through it before are still let in.
///
/// A listening socket that is closed resets whoever the kernel has let in and nobody accepted, and more
/// may come while they are being accepted. So the socket is first told to hear nothing: whoever knocks
/// then knocks again a second later, at the next collector's door perhaps.
fn the_last(listener: TcpListener) -> Vec<(TcpStream, SocketAddr)> {
    /// `BPF_RET | BPF_K`: takes so many bytes of a packet, here none.
    const RETURN: u16 = 0x06;
    let deaf = SockRef::from(&listener).attach_filter(&[SockFilter::new(RETURN, 0, 0, 0)]);
    if let Err(error) = deaf {
        tracing::warn!("the last to connect may be cut off: {error}");
    }
    // Not tokio's `accept`, which may believe that nobody waits until the kernel says otherwise.
    let Ok(listener) = listener.into_std() else {
        return Vec::new();
    };
    let mut last = Vec::new();
    while let Ok((stream, address)) = listener.accept() {
        let stream = stream
            .set_nonblocking(true)
            .and_then(|()| TcpStream::from_std(stream));
        last.extend(stream.map(|stream| (stream, address)));
    }
    last
}

/// After a failed accept: a visitor gone already is nothing, too many open files takes a moment.
async fn wait_out(error: &io::Error) {
    let is_theirs = matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    );
    if !is_theirs {
        tracing::error!("cannot accept connections: {error}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
