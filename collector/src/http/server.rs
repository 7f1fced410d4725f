//! Connections: each bounded in headers and time, each allowed to finish when the collector stops.
//!
//! `axum::serve` has no time-out of any kind, so connections are accepted here, with hyper's timer.

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use socket2::SockRef;
use std::io;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// How long a whole header may take, and an idle connection stays open.
const SLOWEST_HEADER: Duration = Duration::from_secs(5);
/// How long an answer may wait for a client who does not read.
const SLOWEST_READER: Duration = Duration::from_secs(15);
const MOST_HEADERS: usize = 64;
const LARGEST_HEADER: usize = 8 * 1024;
/// How long connections may take to finish once the collector stops.
const LONGEST_GOODBYE: Duration = Duration::from_secs(8);

/// Serves until `stop` resolves, then lets every request under way be answered.
pub(crate) async fn serve<T>(
    listener: TcpListener,
    routes: Router,
    stop: impl Future<Output = T>,
) -> T {
    let connections = GracefulShutdown::new();
    let service = TowerToHyperService::new(routes);
    let (goes_on, stopping) = watch::channel(());
    let mut stop = std::pin::pin!(stop);
    let why = loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    let watcher = connections.watcher();
                    spawn(stream, service.clone(), watcher, stopping.clone());
                }
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

fn spawn(
    stream: TcpStream,
    service: TowerToHyperService<Router>,
    watcher: Watcher,
    mut stopping: watch::Receiver<()>,
) {
    // An answer is one small packet: waiting for a second one only delays it.
    let _ = stream.set_nodelay(true);
    // hyper writes for as long as it takes, and who does not read would hold a connection for ever.
    let _ = SockRef::from(&stream).set_tcp_user_timeout(Some(SLOWEST_READER));
    tokio::spawn(async move {
        // Who says nothing gets no buffers: ten thousand of them would hold 80 MB.
        let speaks = tokio::select! {
            ready = tokio::time::timeout(SLOWEST_HEADER, stream.readable()) => {
                matches!(ready, Ok(Ok(())))
            }
            _ = stopping.changed() => false,
        };
        if !speaks {
            return;
        }
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(SLOWEST_HEADER)
            .max_headers(MOST_HEADERS)
            .max_header_size(LARGEST_HEADER)
            .serve_connection(TokioIo::new(stream), service);
        // A visitor who leaves in the middle is no news.
        let _ = watcher.watch(connection).await;
    });
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
