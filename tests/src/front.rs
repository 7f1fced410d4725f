//! A server in front of the collector, as shops have one: it passes on, says `503` or `429` when told to be busy,
//! and `502` while the collector is down.

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use std::sync::atomic::{AtomicU16, AtomicU32, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// A running front; it serves until the runtime ends.
#[derive(Clone)]
pub struct Front {
    pub(crate) address: String,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    collector: Mutex<Option<String>>,
    to_refuse: AtomicU32,
    refused: AtomicU32,
    status: AtomicU16,
    seconds: AtomicU32,
    lost: Mutex<Option<String>>,
    client: reqwest::Client,
}

const LARGEST: usize = 1 << 20;

impl Front {
    pub(crate) async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let shared = Arc::new(Shared::default());
        let app = Router::new().fallback(answer).with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { address, shared }
    }

    /// From now on this is where requests go; nowhere while the collector is down.
    pub(crate) fn leads_to(&self, collector: Option<String>) {
        *self.shared.collector.lock().expect("an address") = collector;
    }

    /// Answers so many posts with `503` and `Retry-After: 1`.
    pub fn refuses(&self, posts: u32) {
        self.refuses_for(posts, StatusCode::SERVICE_UNAVAILABLE, 1);
    }

    /// Answers so many posts with `503` and `Retry-After: 3600`.
    pub fn refuses_for_an_hour(&self, posts: u32) {
        self.refuses_for(posts, StatusCode::SERVICE_UNAVAILABLE, 3_600);
    }

    /// Answers so many posts with `429` and `Retry-After: 1`.
    pub fn finds_too_many(&self, posts: u32) {
        self.refuses_for(posts, StatusCode::TOO_MANY_REQUESTS, 1);
    }

    fn refuses_for(&self, posts: u32, status: StatusCode, seconds: u32) {
        self.shared.status.store(status.as_u16(), SeqCst);
        self.shared.seconds.store(seconds, SeqCst);
        self.shared.refused.store(0, SeqCst);
        self.shared.to_refuse.store(posts, SeqCst);
    }

    /// From now on it has nothing under paths that begin like this: their requests fail.
    ///
    /// # Panics
    /// When another thread has panicked over it.
    pub fn loses(&self, part: &str) {
        *self.shared.lost.lock().expect("a path") = Some(part.to_owned());
    }

    /// How many it has refused since.
    #[must_use]
    pub fn refused(&self) -> u32 {
        self.shared.refused.load(SeqCst)
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let is_post = head.method == Method::POST;
    let one_less = |left: u32| left.checked_sub(1);
    if is_post
        && shared
            .to_refuse
            .fetch_update(SeqCst, SeqCst, one_less)
            .is_ok()
    {
        shared.refused.fetch_add(1, SeqCst);
        let seconds = shared.seconds.load(SeqCst).to_string();
        let headers = [
            (header::RETRY_AFTER, seconds.as_str()),
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
            (header::ACCESS_CONTROL_EXPOSE_HEADERS, "Retry-After"),
        ];
        let status = StatusCode::from_u16(shared.status.load(SeqCst)).expect("a status");
        return (status, headers).into_response();
    }
    let collector = shared.collector.lock().expect("an address").clone();
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let lost = shared.lost.lock().expect("a path").clone();
    if lost.is_some_and(|part| path.starts_with(&part)) {
        return StatusCode::BAD_GATEWAY.into_response();
    }
    match (collector, to_bytes(body, LARGEST).await) {
        (Some(collector), Ok(body)) => {
            let url = format!("{collector}{path}");
            let passed = shared.client.request(head.method, url);
            pass_on(passed.headers(without_host(head.headers)).body(body)).await
        }
        _ => StatusCode::BAD_GATEWAY.into_response(),
    }
}

async fn pass_on(request: reqwest::RequestBuilder) -> Response {
    let Ok(answer) = request.send().await else {
        return StatusCode::BAD_GATEWAY.into_response();
    };
    let (status, mut headers) = (answer.status(), answer.headers().clone());
    headers.remove(header::TRANSFER_ENCODING);
    // As it comes: some answers have no end.
    let body = stream::try_unfold(answer, async |mut answer| {
        let part: Option<Bytes> = answer.chunk().await?;
        Ok::<_, reqwest::Error>(part.map(|part| (part, answer)))
    });
    (status, headers, Body::from_stream(body)).into_response()
}

fn without_host(mut headers: HeaderMap) -> HeaderMap {
    headers.remove(header::HOST);
    headers
}
