//! Posting to a receiver: one connection, one request, bounded in time and in what is read of the answer.
//! A redirect is followed nowhere, since what is sent is meant for the receiver that was named.

use super::address::Address;
use super::webhook::Webhook;
use axum::body::Body;
use axum::http::header::{CONNECTION, CONTENT_TYPE, HOST, RETRY_AFTER, USER_AGENT};
use axum::http::{HeaderMap, Request, Response, StatusCode};
use hyper::body::{Body as _, Incoming};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use jiff::{SignedDuration, Timestamp};
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// From looking up the name until the answer's header has come: as Standard Webhooks advises.
pub(crate) const PATIENCE: Duration = Duration::from_secs(15);
/// What an answer says besides its status is only for whoever tries a webhook: it is waited for no longer.
const PATIENCE_TO_READ: Duration = Duration::from_secs(1);
/// More of it nobody reads.
const MOST_READ: usize = 1_024;
/// More of its header neither.
const MOST_HEADER: usize = 16 << 10;

/// Posts to any webhook.
pub(crate) struct Post {
    tls: Option<TlsConnector>,
}

/// What a receiver answered.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// How long it wants to be left alone.
    pub(crate) asked: Option<SignedDuration>,
    /// The beginning of what it said.
    pub(crate) said: String,
}

/// Why nothing can be posted, or was.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PostError {
    #[error(
        "no certificates of authorities are found on this machine, and so no receiver can be trusted"
    )]
    NoRoots,
    #[error("TLS cannot be used: {0}")]
    Tls(tokio_rustls::rustls::Error),
    #[error("no answer within {} seconds", PATIENCE.as_secs())]
    Late,
    #[error("cannot connect: {0}")]
    Connect(io::Error),
    #[error("the connection broke: {0}")]
    Broken(#[from] hyper::Error),
    #[error("cannot be written as a request")]
    NoRequest,
}

/// A connection at work; it ends when this is dropped, whatever the receiver does.
type Driving = JoinSet<hyper::Result<()>>;

impl Answer {
    /// Its status, and why that may surprise.
    pub(crate) fn words(&self) -> String {
        let redirected = if self.status.is_redirection() {
            ", and redirects are not followed"
        } else {
            ""
        };
        format!("HTTP {}{redirected}", self.status.as_u16())
    }
}

impl Post {
    /// For these webhooks; what this machine trusts is read only if one of them speaks TLS.
    pub(crate) fn new<'w>(
        webhooks: impl IntoIterator<Item = &'w Webhook>,
    ) -> Result<Self, PostError> {
        let is_secret = webhooks
            .into_iter()
            .any(|webhook| webhook.address.is_secret);
        let tls = is_secret.then(connector).transpose()?;
        Ok(Self { tls })
    }

    /// Sends a body once, signed at this moment, and says what came back.
    pub(crate) async fn send(
        &self,
        webhook: &Webhook,
        id: &str,
        body: &str,
        now: Timestamp,
    ) -> Result<Answer, PostError> {
        let request = request(webhook, id, body, now).ok_or(PostError::NoRequest)?;
        let exchange = self.exchange(&webhook.address, request);
        let answered = timeout(PATIENCE, exchange).await;
        let (answer, _driving) = answered.map_err(|_| PostError::Late)??;
        Ok(Answer {
            status: answer.status(),
            asked: asked(answer.headers()),
            said: beginning(answer).await,
        })
    }

    async fn exchange(
        &self,
        address: &Address,
        request: Request<Body>,
    ) -> Result<(Response<Incoming>, Driving), PostError> {
        let host = (&address.host[..], address.port);
        let stream = TcpStream::connect(host).await.map_err(PostError::Connect)?;
        if !address.is_secret {
            return speak(stream, request).await;
        }
        let name = ServerName::try_from(address.host.clone());
        let name = name.map_err(|error| PostError::Connect(io::Error::other(error)))?;
        let tls = self.tls.as_ref().ok_or(PostError::NoRoots)?;
        let stream = tls
            .connect(name, stream)
            .await
            .map_err(PostError::Connect)?;
        speak(stream, request).await
    }
}

fn connector() -> Result<TlsConnector, PostError> {
    let mut roots = RootCertStore::empty();
    // Some of what a machine trusts is often malformed; the rest will do.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        return Err(PostError::NoRoots);
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(PostError::Tls)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config).into())
}

fn request(webhook: &Webhook, id: &str, body: &str, now: Timestamp) -> Option<Request<Body>> {
    let seconds = now.as_second();
    let mut request = Request::post(&webhook.address.path)
        .header(HOST, &webhook.address.authority)
        .header(USER_AGENT, concat!("hark/", env!("CARGO_PKG_VERSION")))
        .header(CONTENT_TYPE, "application/json")
        .header(CONNECTION, "close")
        .header("webhook-id", id)
        .header("webhook-timestamp", seconds);
    if let Some(secret) = &webhook.secret {
        request = request.header("webhook-signature", secret.signature(id, seconds, body));
    }
    request.body(Body::from(body.to_owned())).ok()
}

async fn speak(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    request: Request<Body>,
) -> Result<(Response<Incoming>, Driving), PostError> {
    let mut protocol = http1::Builder::new();
    protocol.max_buf_size(MOST_HEADER);
    let (mut sender, connection) = protocol.handshake(TokioIo::new(stream)).await?;
    let mut driving = JoinSet::new();
    driving.spawn(connection);
    let answer = sender.send_request(request).await?;
    Ok((answer, driving))
}

/// As much of the body as comes in time: it changes nothing about what the status says.
async fn beginning(answer: Response<Incoming>) -> String {
    let mut body = answer.into_body();
    let mut read = Vec::new();
    let reading = async {
        while read.len() < MOST_READ
            && let Some(Ok(frame)) =
                poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await
        {
            if let Some(data) = frame.data_ref() {
                read.extend_from_slice(data);
            }
        }
    };
    // What has come by then will do.
    let _ = timeout(PATIENCE_TO_READ, reading).await;
    read.truncate(MOST_READ);
    String::from_utf8_lossy(&read).into_owned()
}

/// `Retry-After`, in seconds or as a moment.
fn asked(headers: &HeaderMap) -> Option<SignedDuration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(SignedDuration::from_secs(seconds.into()));
    }
    let then = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    let date = headers.get("date").and_then(|date| date.to_str().ok())?;
    let now = jiff::fmt::rfc2822::parse(date).ok()?.timestamp();
    Some(then.duration_since(now).max(SignedDuration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_receiver_asks_for_patience_in_seconds_or_by_its_own_clock() {
        let rows = [
            ("120", Some(120)),
            ("Fri, 27 Nov 2026 10:02:00 GMT", Some(120)),
            ("Fri, 27 Nov 2026 09:00:00 GMT", Some(0)),
            ("soon", None),
            ("-5", None),
        ];
        for (said, expected) in rows {
            let mut headers = HeaderMap::new();
            headers.insert(
                "date",
                HeaderValue::from_static("Fri, 27 Nov 2026 10:00:00 GMT"),
            );
            headers.insert(RETRY_AFTER, HeaderValue::from_static(said));
            let expected = expected.map(SignedDuration::from_secs);
            assert_eq!(asked(&headers), expected, "{said}");
        }
    }
}
