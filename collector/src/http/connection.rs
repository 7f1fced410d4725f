//! One connection: TLS or not, HTTP/1.1 or HTTP/2, each bounded in headers and time.

use super::Front;
use super::admission::{Crowd, Ticket};
use super::measures::Cut;
use super::pace::{Late, Pace, Paced, SLOWEST_HEADER};
use super::server::{House, Stage};
use super::wire::{Socket, Wire};
use crate::certificate::Certificate;
use axum::http::header::CONNECTION;
use axum::http::{HeaderValue, Request, Version};
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulConnection;
use socket2::SockRef;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

/// How long an answer may wait for a client who does not read.
const SLOWEST_READER: Duration = Duration::from_secs(15);
const MOST_HEADERS: usize = 64;
/// All of them, in HTTP/2 with 32 bytes for each (RFC 9113, section 6.5.2).
const LARGEST_HEADER: u16 = 8 * 1024;
/// Requests at once on one connection: a page has a handful, and each may send a body of 64 KiB.
const MOST_STREAMS: u32 = 32;
/// Bytes of a body that may be under way in HTTP/2: of one, and of all together.
const WINDOW: u32 = 64 * 1024;
const WINDOWS: u32 = 256 * 1024;
/// Streams that may be called off without having been worked on before the connection is ended: a flood
/// of them is an attack (CVE-2023-44487).
const MOST_CALLED_OFF: usize = 20;
/// How HTTP/2 begins, so far as no method of HTTP/1.1 begins.
const PREFACE: &[u8] = b"PRI * HTTP/2";

/// A connection that was let in.
pub(super) struct Visitor {
    pub(super) stream: TcpStream,
    pub(super) peer: IpAddr,
    pub(super) ticket: Ticket,
}

pub(super) fn spawn(visitor: Visitor, house: &House) {
    let Visitor {
        stream,
        peer,
        ticket,
    } = visitor;
    // An answer is one small packet: waiting for a second one only delays it.
    let _ = stream.set_nodelay(true);
    // hyper writes for as long as it takes, and who does not read would hold a connection for ever.
    let _ = SockRef::from(&stream).set_tcp_user_timeout(Some(SLOWEST_READER));
    let front = house.front.clone();
    let acceptor = house.certificate.as_deref().map(Certificate::acceptor);
    let mut stage = house.stage.clone();
    tokio::spawn(async move {
        let app = Arc::clone(&front.app);
        // Who says nothing gets no buffers: ten thousand of them would hold 80 MB. It is peeked, since a
        // socket is also called readable when nothing has come yet.
        let began = tokio::select! {
            began = timeout(SLOWEST_HEADER, beginning(&stream)) => began,
            _ = stage.wait_for(|stage| *stage == Stage::Closing) => return,
        };
        let talk = Talk {
            front,
            peer,
            crowd: ticket.crowd(),
            stage,
        };
        let ended = match began {
            // Boxed, so that those who say nothing do not take the room of those who do.
            Ok(version) => Box::pin(talk.goes_on(stream, version, acceptor)).await,
            Err(_) => Err(Cut::Slow),
        };
        if let Err(why) = ended {
            app.measures.note_cut(why);
        }
        drop(ticket);
    });
}

/// What is said on one connection.
struct Talk {
    front: Front,
    peer: IpAddr,
    crowd: Option<Crowd>,
    stage: watch::Receiver<Stage>,
}

impl Talk {
    async fn goes_on(
        self,
        stream: TcpStream,
        begun: Version,
        acceptor: Option<TlsAcceptor>,
    ) -> Result<(), Cut> {
        let socket = Socket::new(stream);
        let (wire, version) = match acceptor {
            None => (Wire::Plain(socket), begun),
            Some(acceptor) => timeout(SLOWEST_HEADER, shake_hands(socket, &acceptor))
                .await
                .map_err(|_| Cut::Slow)??,
        };
        let pace = Pace::begin(version);
        let wire = TokioIo::new(Paced::new(wire, pace.clone()));
        let (stage, requests) = (self.stage.clone(), pace.clone());
        let service = service_fn(move |request| self.answer(&requests, request));
        if version == Version::HTTP_2 {
            let connection = http2::Builder::new(TokioExecutor::new())
                .timer(TokioTimer::new())
                .max_header_list_size(LARGEST_HEADER.into())
                .max_concurrent_streams(MOST_STREAMS)
                .initial_stream_window_size(WINDOW)
                .initial_connection_window_size(WINDOWS)
                .max_send_buf_size(WINDOW as usize)
                .max_pending_accept_reset_streams(MOST_CALLED_OFF)
                .max_local_error_reset_streams(MOST_CALLED_OFF)
                .serve_connection(wire, service);
            // Boxed: it is several times as large as the other, and the other is the usual one.
            Box::pin(until_it_ends(connection, pace, stage)).await
        } else {
            let connection = http1::Builder::new()
                // Patience ends beside it.
                .header_read_timeout(None)
                .max_headers(MOST_HEADERS)
                .max_header_size(LARGEST_HEADER.into())
                .serve_connection(wire, service);
            until_it_ends(connection, pace, stage).await
        }
    }

    /// Answers a request; with the last answer of the connection if the collector is stopping.
    fn answer(
        &self,
        pace: &Pace,
        request: Request<Incoming>,
    ) -> impl Future<Output = Result<Response, Infallible>> + use<> {
        let under_way = pace.begin_request();
        let stage = self.stage.clone();
        let is_alone = request.version() < Version::HTTP_2;
        let (front, peer, crowd) = (self.front.clone(), self.peer, self.crowd);
        async move {
            let mut response = front.answer(peer, crowd, request).await?;
            // HTTP/2 says goodbye once for all that is under way.
            if is_alone && *stage.borrow() != Stage::Serving {
                let close = HeaderValue::from_static("close");
                response.headers_mut().insert(CONNECTION, close);
            }
            drop(under_way);
            Ok(response)
        }
    }
}

/// Waits for the first bytes and tells which HTTP begins so; TLS agrees on one later.
async fn beginning(stream: &TcpStream) -> Version {
    let mut first = [0; PREFACE.len()];
    match stream.peek(&mut first).await {
        Ok(length @ 3..) if PREFACE.starts_with(&first[..length]) => Version::HTTP_2,
        _ => Version::HTTP_11,
    }
}

/// Begins to speak TLS, and gives the HTTP that was agreed on.
async fn shake_hands(socket: Socket, acceptor: &TlsAcceptor) -> Result<(Wire, Version), Cut> {
    let secret = acceptor.accept(socket).await;
    let secret = secret.map_err(|_| Cut::Handshake)?;
    let version = match secret.get_ref().1.alpn_protocol() {
        Some(b"h2") => Version::HTTP_2,
        _ => Version::HTTP_11,
    };
    Ok((Wire::Secret(Box::new(secret)), version))
}

/// Carries a connection on until it ends; which it is asked to when the collector stops, or when it has
/// been waited for long enough.
async fn until_it_ends<C: GracefulConnection<Error = hyper::Error>>(
    connection: C,
    pace: Pace,
    mut stage: watch::Receiver<Stage>,
) -> Result<(), Cut> {
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        biased;
        ended = connection.as_mut() => return judge(ended),
        late = pace.runs_out() => if late == Late::Header { return Err(Cut::Slow) },
        _ = stage.wait_for(|stage| *stage == Stage::Closing) => {}
    }
    connection.as_mut().graceful_shutdown();
    tokio::select! {
        biased;
        ended = connection => judge(ended),
        _ = pace.runs_out() => Ok(()),
    }
}

/// Whether it was the collector that ended the connection, and why. A visitor who leaves in the middle is
/// no news.
fn judge(ended: Result<(), hyper::Error>) -> Result<(), Cut> {
    match ended {
        Err(error) if error.is_parse_too_large() => Err(Cut::LargeHeader),
        Err(error) if error.is_parse() => Err(Cut::NotHttp),
        _ => Ok(()),
    }
}
