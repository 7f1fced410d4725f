//! Somebody else's server that webhooks are posted to: it remembers what it got and answers as it is told.

use crate::wait::until;
use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use hyper::body::Frame;
use serde_json::Value;
use standardwebhooks::Webhook;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::thread;
use tokio::net::TcpListener;
use tokio::runtime;
use tokio::sync::oneshot;

pub(crate) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct Got {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// How it answers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Answer {
    Status(u16),
    With(u16, &'static str, &'static str),
    /// A header, and then nothing of the body that it promises.
    Unfinished(u16),
    Never,
}

#[derive(Default)]
struct Shared {
    got: Vec<Got>,
    /// Each but the last is given once.
    answers: VecDeque<Answer>,
}

/// A running server; it ends with this.
pub(crate) struct Receiver {
    pub(crate) address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
    _stop: oneshot::Sender<()>,
}

impl Receiver {
    /// One that answers so, the last answer for good.
    pub(crate) fn that_says(answers: &[Answer]) -> Self {
        let shared = Arc::new(Mutex::new(Shared {
            got: Vec::new(),
            answers: answers.iter().copied().collect(),
        }));
        let app = Router::new().fallback(take).with_state(Arc::clone(&shared));
        let runtime = runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime");
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"));
        let listener = listener.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        thread::spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    served = axum::serve(listener, app) => served.expect("served"),
                    _ = stopped => {}
                }
            });
        });
        Self {
            address,
            shared,
            _stop: stop,
        }
    }

    pub(crate) fn new() -> Self {
        Self::that_says(&[Answer::Status(200)])
    }

    /// From now on.
    pub(crate) fn says(&self, answer: Answer) {
        self.shared.lock().expect("shared").answers = [answer].into();
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/hooks/very-secret-path", self.address)
    }

    pub(crate) fn got(&self) -> Vec<Got> {
        self.shared.lock().expect("shared").got.clone()
    }

    /// Waits for so many requests in all.
    pub(crate) fn gets(&self, count: usize) -> Vec<Got> {
        until(&format!("{count} requests"), || self.got().len() >= count);
        self.got()
    }
}

async fn take(
    State(shared): State<Arc<Mutex<Shared>>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = {
        let mut shared = shared.lock().expect("shared");
        shared.got.push(Got {
            headers,
            body: body.to_vec(),
        });
        if shared.answers.len() > 1 {
            shared.answers.pop_front()
        } else {
            shared.answers.front().copied()
        }
    };
    let status = |code| StatusCode::from_u16(code).expect("a status");
    match answer.expect("an answer") {
        Answer::Status(code) => (status(code), "thank you\x1b[31m").into_response(),
        Answer::With(code, name, value) => (status(code), [(name, value)]).into_response(),
        Answer::Unfinished(code) => (status(code), Body::new(Unfinished)).into_response(),
        Answer::Never => std::future::pending().await,
    }
}

/// A body that never comes.
struct Unfinished;

impl HttpBody for Unfinished {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Pending
    }
}

impl Got {
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("text"))
    }

    pub(crate) fn id(&self) -> &str {
        self.header("webhook-id")
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    pub(crate) fn text(&self) -> String {
        self.json()["text"].as_str().expect("a text").to_owned()
    }

    /// The reference library of Standard Webhooks believes it.
    pub(crate) fn is_signed(&self) -> bool {
        let library = Webhook::new(SECRET).expect("a secret");
        library.verify(&self.body, &self.headers).is_ok()
    }
}
