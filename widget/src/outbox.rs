//! Events on their way to the collector: each is kept until its receipt is certain.

use crate::js;
use crate::page::{self, Timer};
use gloo_net::http::Request;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use survey::submission::Submission;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

/// Waiting times between attempts, in milliseconds; each is lengthened at random.
const BACKOFF: [f64; 5] = [1_000.0, 3_000.0, 10_000.0, 30_000.0, 90_000.0];

/// The outbox of one page.
#[derive(Clone)]
pub(crate) struct Outbox(Rc<Sending>);

struct Sending {
    url: String,
    /// What no collector has acknowledged yet, oldest first.
    waiting: RefCell<Vec<String>>,
    attempt: Cell<usize>,
    /// How many of them, from the oldest on, are on their way right now.
    under_way: Cell<usize>,
    timer: RefCell<Option<Timer>>,
}

enum Outcome {
    /// Stored, or refused for good.
    Done,
    /// Worth another attempt, after this many milliseconds if the collector said so.
    TryAgain(Option<f64>),
}

impl Outbox {
    /// For the events of a site, at a collector's address with a slash at its end.
    pub(crate) fn new(base: &str, site: &str) -> Self {
        Self(Rc::new(Sending {
            url: [base, "v1/sites/", site, "/events"].concat(),
            waiting: RefCell::default(),
            attempt: Cell::new(0),
            under_way: Cell::new(0),
            timer: RefCell::default(),
        }))
    }

    /// Sends an event now, and again until it has arrived.
    pub(crate) fn send(&self, submission: &Submission) {
        let text = js::to_json(&submission.into());
        self.0.waiting.borrow_mut().push(text);
        self.flush();
    }

    /// The page goes away: what waits is handed to the browser, which outlives the page.
    pub(crate) fn leave(&self) {
        // What is under way was sent with `keepalive` and outlives the page as it is.
        let waiting = self.0.waiting.borrow();
        let left = waiting.get(self.0.under_way.get()..).unwrap_or_default();
        if !left.is_empty() {
            let navigator = page::window().navigator();
            let _ = navigator.send_beacon_with_opt_str(&self.0.url, Some(&left.join("\n")));
        }
    }

    fn flush(&self) {
        let count = self.0.waiting.borrow().len();
        if count == 0 || self.0.under_way.get() > 0 {
            return;
        }
        self.0.under_way.set(count);
        let outbox = self.clone();
        // One event a line.
        let batch = self.0.waiting.borrow().join("\n");
        spawn_local(async move {
            let outcome = post(&outbox.0.url, &batch).await;
            outbox.0.under_way.set(0);
            match outcome {
                Outcome::Done => {
                    outbox.0.waiting.borrow_mut().drain(..count);
                    outbox.0.attempt.set(0);
                    outbox.flush();
                }
                Outcome::TryAgain(wish) => outbox.try_again(wish),
            }
        });
    }

    fn try_again(&self, wish: Option<f64>) {
        let attempt = self.0.attempt.get();
        // Given up on this page only: what waits still leaves with it.
        if let Some(&backoff) = BACKOFF.get(attempt) {
            let jitter = 1.0 + js_sys::Math::random();
            let outbox = self.clone();
            let timer = page::after(wish.unwrap_or(backoff) * jitter, move || outbox.flush());
            self.0.attempt.set(attempt + 1);
            self.0.timer.replace(Some(timer));
        }
    }
}

async fn post(url: &str, body: &str) -> Outcome {
    let Some(request) = request(url, body) else {
        return Outcome::TryAgain(None);
    };
    match request.send().await {
        Err(_) => Outcome::TryAgain(None),
        Ok(answer) => match answer.status() {
            408 | 429 | 500.. => {
                let wish = answer.headers().get("retry-after");
                let seconds: Option<u32> = wish.and_then(|seconds| seconds.parse().ok());
                Outcome::TryAgain(seconds.map(|seconds| f64::from(seconds) * 1_000.0))
            }
            status => {
                if status >= 400 {
                    let reason = answer.text().await.unwrap_or_default();
                    page::complain(&["an event was refused: ", &reason].concat());
                }
                Outcome::Done
            }
        },
    }
}

/// Plain text needs no preflight; `keepalive` outlives the page; no credentials, ever.
fn request(url: &str, body: &str) -> Option<Request> {
    let init = web_sys::RequestInit::new();
    init.set_method("POST");
    init.set_credentials(web_sys::RequestCredentials::Omit);
    init.set_body(&body.into());
    let keepalive = js_sys::Reflect::set(&init, &"keepalive".into(), &JsValue::TRUE);
    keepalive.ok()?;
    let request = web_sys::Request::new_with_str_and_init(url, &init).ok()?;
    Some(request.into())
}
