//! A page of somebody else at an origin of its own, as odd as a test needs it.

use crate::engine::Engine;
use crate::storefront::RECORDS;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use tokio::net::TcpListener;

/// Where the script is that every page begins with.
const FIRST: &str = "/first.js";

/// What stands on the page: its policy, what comes before everything else, and its body.
#[derive(Clone, Default)]
pub struct Host {
    policy: String,
    head: String,
    body: String,
    frame: String,
    first: String,
    language: Option<(&'static str, &'static str)>,
}

impl Host {
    /// A page that says little and forbids nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Says its language and direction, instead of English from left to right.
    #[must_use]
    pub const fn in_language(mut self, tag: &'static str, direction: &'static str) -> Self {
        self.language = Some((tag, direction));
        self
    }

    /// Puts it under a Content-Security-Policy.
    #[must_use]
    pub fn under(mut self, policy: &str) -> Self {
        policy.clone_into(&mut self.policy);
        self
    }

    /// Runs a script before everything else on it: from a file of its own, which its policy lets in.
    #[must_use]
    pub fn that_begins_with(mut self, script: &str) -> Self {
        script.clone_into(&mut self.first);
        self
    }

    /// Adds to its head.
    #[must_use]
    pub fn with_head(mut self, markup: &str) -> Self {
        self.head += markup;
        self
    }

    /// Adds to its body.
    #[must_use]
    pub fn with(mut self, markup: &str) -> Self {
        self.body += markup;
        self
    }

    /// What stands in its body under `/frame`, in place of everything else.
    #[must_use]
    pub fn with_frame(mut self, markup: &str) -> Self {
        markup.clone_into(&mut self.frame);
        self
    }

    /// Serves it under every other path until the runtime ends; gives the address of the first.
    ///
    /// # Panics
    /// When there is no free port.
    pub async fn opens(self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let app = Router::new().fallback(page).with_state(Arc::new(self));
        tokio::spawn(async move { axum::serve(listener, app).await });
        format!("http://{address}/")
    }
}

async fn page(uri: Uri, request: HeaderMap, State(host): State<Arc<Host>>) -> Response {
    if uri.path() == "/favicon.ico" {
        return StatusCode::NO_CONTENT.into_response();
    }
    let Host {
        policy,
        head,
        body,
        frame,
        first,
        language,
    } = host.as_ref();
    let (language, direction) = language.unwrap_or(("en", "ltr"));
    // Only Chromium tells what its console says; elsewhere the page writes it down.
    let recorder = match Engine::of_this_run() {
        Engine::Chromium => "",
        Engine::Firefox | Engine::WebKit => RECORDS,
    };
    if uri.path() == FIRST {
        let kind = [(header::CONTENT_TYPE, "text/javascript")];
        // Each in a block of its own, so that neither sees the other's names.
        return (kind, format!("{{ {recorder} }} {{ {first} }}")).into_response();
    }
    let begins = if recorder.is_empty() && first.is_empty() {
        String::new()
    } else {
        format!("<script src={FIRST}></script>")
    };
    let (head, body) = match uri.path() {
        "/frame" => ("", frame),
        _ => (head.as_str(), body),
    };
    let markup = format!(
        "<!doctype html><html lang={language} dir={direction}><meta charset=utf-8><title>Stoneware</title>{begins}{head}\
         <p><label>Search <input id=search></label> <button id=pay>Pay</button>{body}"
    );
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    let mut answer = (kind, markup).into_response();
    if !policy.is_empty() {
        let host = request
            .get(header::HOST)
            .and_then(|host| host.to_str().ok());
        let lets_in = format!("script-src http://{}{FIRST} ", host.unwrap_or_default());
        let policy = policy.replace("script-src ", &lets_in);
        let policy = policy.parse().expect("a policy");
        answer
            .headers_mut()
            .insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    answer
}
