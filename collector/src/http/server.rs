//! Connections: each bounded in headers and time, each allowed to finish when the collector stops.
//!
//! `axum::serve` has no time-out of any kind, so connections are accepted here, and
//! [`super::pace`] is their timer.

use super::Front;
use super::admission::Ticket;
use super::measures::Cut;
use super::pace::{Late, Pace, Paced, SLOWEST_HEADER};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use socket2::SockRef;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// How long an answer may wait for a client who does not read.
const SLOWEST_READER: Duration = Duration::from_secs(15);
const MOST_HEADERS: usize = 64;
const LARGEST_HEADER: usize = 8 * 1024;
/// How long connections may take to finish once the collector stops.
const LONGEST_GOODBYE: Duration = Duration::from_secs(8);

/// Serves until `stop` resolves, then lets every request under way be answered.
pub(crate) async fn serve<T>(
    listener: TcpListener,
    front: Front,
    stop: impl Future<Output = T>,
) -> T {
    let connections = GracefulShutdown::new();
    let app = Arc::clone(&front.app);
    let (goes_on, stopping) = watch::channel(());
    let mut stop = std::pin::pin!(stop);
    let why = loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, address)) => match app.admission.enter(address.ip(), &app.proxies) {
                    Some(ticket) => {
                        let visitor = Visitor { stream, peer: address.ip(), ticket };
                        spawn(visitor, front.clone(), connections.watcher(), stopping.clone());
                    }
                    None => app.measures.note_cut(Cut::Crowded),
                },
                Err(error) => wait_out(&error).await,
            },
            why = &mut stop => break why,
        }
    };
    drop((listener, goes_on));
    // Whoever is still sending after this long has had their chance.
    let _ = tokio::time::timeout(LONGEST_GOODBYE, connections.shutdown()).await;
    why
}

/// A connection that was let in.
struct Visitor {
    stream: TcpStream,
    peer: IpAddr,
    ticket: Ticket,
}

fn spawn(visitor: Visitor, front: Front, watcher: Watcher, mut stopping: watch::Receiver<()>) {
    let Visitor {
        stream,
        peer,
        ticket,
    } = visitor;
    // An answer is one small packet: waiting for a second one only delays it.
    let _ = stream.set_nodelay(true);
    // hyper writes for as long as it takes, and who does not read would hold a connection for ever.
    let _ = SockRef::from(&stream).set_tcp_user_timeout(Some(SLOWEST_READER));
    tokio::spawn(async move {
        let app = Arc::clone(&front.app);
        // Who says nothing gets no buffers: ten thousand of them would hold 80 MB.
        let speaks = tokio::select! {
            ready = tokio::time::timeout(SLOWEST_HEADER, stream.readable()) => ready.is_ok(),
            _ = stopping.changed() => return,
        };
        if !speaks {
            app.measures.note_cut(Cut::Slow);
            return;
        }
        let crowd = ticket.crowd();
        let pace = Pace::begin();
        let stream = Paced::new(stream, pace.clone());
        let paced = pace.clone();
        let service = service_fn(move |request| {
            let (front, under_way) = (front.clone(), paced.begin_request());
            async move {
                let answer = front.answer(peer, crowd, request).await;
                drop(under_way);
                answer
            }
        });
        let connection = http1::Builder::new()
            // Patience ends beside it.
            .header_read_timeout(None)
            .max_headers(MOST_HEADERS)
            .max_header_size(LARGEST_HEADER)
            .serve_connection(TokioIo::new(stream), service);
        let why = tokio::select! {
            biased;
            // A visitor who leaves in the middle is no news.
            ended = watcher.watch(connection) => ended.err().and_then(|error| cut(&error)),
            late = pace.runs_out() => (late == Late::Header).then_some(Cut::Slow),
        };
        if let Some(why) = why {
            app.measures.note_cut(why);
        }
        drop(ticket);
    });
}

/// Whether the collector ended the connection, and why.
fn cut(error: &hyper::Error) -> Option<Cut> {
    if error.is_parse_too_large() {
        Some(Cut::LargeHeader)
    } else if error.is_parse() {
        Some(Cut::NotHttp)
    } else {
        None
    }
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
