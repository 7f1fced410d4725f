//! One origin for everything: the shop's page, the bundles, the collector or a stub; it counts what it
//! sends of the contender's, as it goes over the wire.

use crate::contender::Contender;
use crate::stubs;
use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use tokio::net::TcpListener;

/// A running site; it serves until the runtime ends.
#[derive(Clone)]
pub(crate) struct Site {
    pub(crate) address: String,
    shared: Arc<Shared>,
}

struct Shared {
    contender: Contender,
    is_armed: bool,
    collector: String,
    bytes: AtomicUsize,
    client: reqwest::Client,
}

impl Site {
    pub(crate) async fn open(contender: Contender, is_armed: bool, collector: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let shared = Arc::new(Shared {
            contender,
            is_armed,
            collector: collector.to_owned(),
            bytes: AtomicUsize::new(0),
            client: reqwest::Client::new(),
        });
        let app = Router::new().fallback(answer).with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { address, shared }
    }

    /// Whether a script at this address is the contender's, and not one of the shop's own or of this program.
    pub(crate) fn is_of_contender(&self, address: &str) -> bool {
        let path = address.strip_prefix(&self.address);
        path.is_some_and(|path| path != "/" && !shop().join(&path[1..]).exists())
    }

    /// How many bytes of bodies it has sent that are not the shop's own.
    pub(crate) fn bytes(&self) -> usize {
        self.shared.bytes.load(SeqCst)
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if let Some(page) = of_shop(&path, shared.contender) {
        return page;
    }
    let (headers, body) = match path.strip_prefix("/bundle/") {
        Some(file) => bundle(file),
        None if shared.contender == Contender::Hark => return pass_on(&shared, request).await,
        None => {
            let (kind, body) = stubs::answer(shared.contender, &path, shared.is_armed);
            match body.strip_prefix("bundle:") {
                Some(file) => bundle(file),
                None => (kinds(kind, false), Bytes::from(body)),
            }
        }
    };
    shared.bytes.fetch_add(body.len(), SeqCst);
    (headers, body).into_response()
}

fn kinds(kind: &str, is_brotli: bool) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, kind.parse().expect("a type"));
    if is_brotli {
        headers.insert(header::CONTENT_ENCODING, "br".parse().expect("a name"));
    }
    headers
}

/// Bundled and compressed by `cargo xtask bench widget`.
fn bundle(file: &str) -> (HeaderMap, Bytes) {
    let path = root()
        .join("target/bench-widget/out")
        .join(format!("{file}.br"));
    let packed = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    (kinds("text/javascript", true), Bytes::from(packed))
}

/// The home page of the demo shop with one contender's tags in place of Hark's, and what belongs to it.
fn of_shop(path: &str, contender: Contender) -> Option<Response> {
    let shop = shop();
    if path == "/favicon.ico" {
        return Some(StatusCode::NO_CONTENT.into_response());
    }
    if path == "/" {
        let page = std::fs::read_to_string(shop.join("index.html")).expect("the shop's page");
        let ours = |line: &&str| {
            !["hark", "data-trunk"]
                .iter()
                .any(|word| line.contains(word))
        };
        let page: Vec<&str> = page.lines().filter(ours).collect();
        let head = format!("{}</head>", contender.tags());
        let page = page.join("\n").replace("</head>", &head);
        return Some((kinds("text/html; charset=utf-8", false), page).into_response());
    }
    let kind = match path.rsplit_once('.')?.1 {
        "css" => "text/css",
        "svg" => "image/svg+xml",
        "js" => "text/javascript",
        _ => return None,
    };
    let file = std::fs::read(shop.join(path.trim_start_matches('/'))).ok()?;
    Some((kinds(kind, false), file).into_response())
}

fn shop() -> PathBuf {
    root().join("www")
}

fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// To the collector and back, counted as it is: the client takes no part in what is compressed.
async fn pass_on(shared: &Shared, request: Request) -> Response {
    let (mut head, body) = request.into_parts();
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    let url = format!("{}{path}", shared.collector);
    head.headers.remove(header::HOST);
    let body = to_bytes(body, 1 << 20).await.unwrap_or_default();
    let passed = shared.client.request(head.method, url);
    let Ok(answer) = passed.headers(head.headers).body(body).send().await else {
        return StatusCode::BAD_GATEWAY.into_response();
    };
    let (status, mut headers) = (answer.status(), answer.headers().clone());
    headers.remove(header::TRANSFER_ENCODING);
    let body = answer.bytes().await.unwrap_or_default();
    shared.bytes.fetch_add(body.len(), SeqCst);
    (status, headers, body).into_response()
}
