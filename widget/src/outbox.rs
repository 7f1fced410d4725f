//! Events on their way to the collector: each is kept until its receipt is certain.
//!
//! What may be kept on the device has an entry of its own there, so that two tabs never overwrite each
//! other's, and the next page goes on with it. Whatever is sent twice is stored once.

use crate::js;
use crate::memory::Memory;
use crate::page::{self, Listener, Timer};
use gloo_net::http;
use js_sys::{Function, Object, Promise};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use survey::submission::Submission;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{RequestCredentials, RequestInit, Response};

/// How long after a first failure it is tried again, in milliseconds; twice as long after each other.
const FIRST_BACKOFF: f64 = 1_000.0;
/// How often that time is doubled: up to some four minutes.
const MOST_DOUBLINGS: i32 = 8;
/// The most that waits, in bytes: browsers let a page leave with 64 KiB, and the collector takes no more.
const MOST_BYTES: usize = 60_000;
/// The most events that wait: the collector takes no more at once.
const MOST_LETTERS: usize = 100;

/// How an answer begins, as it is sent.
const ANSWER: &str = "{\"type\":\"response\"";

/// The outbox of one page.
#[derive(Clone)]
pub(crate) struct Outbox(Rc<Sending>);

struct Sending {
    url: String,
    /// What every entry on the device begins with.
    prefix: String,
    /// What no collector has acknowledged yet, oldest first.
    waiting: RefCell<Vec<Letter>>,
    attempt: Cell<i32>,
    is_under_way: Cell<bool>,
    has_complained: Cell<bool>,
    timer: RefCell<Option<Timer>>,
    listener: RefCell<Option<Listener>>,
}

/// One event.
struct Letter {
    /// Of its entry on the device.
    name: String,
    text: String,
    is_under_way: bool,
}

enum Outcome {
    /// Stored, or refused for good.
    Done,
    /// Worth another attempt, after this many milliseconds if the collector said so.
    TryAgain(Option<f64>),
}

impl Outbox {
    /// For the events of a site, at a collector's address with a slash at its end. What earlier pages
    /// could not send is sent first.
    pub(crate) fn new(base: &str, site: &str) -> Self {
        let outbox = Self(Rc::new(Sending {
            url: [base, "v1/sites/", site, "/events"].concat(),
            prefix: ["hark:", site, "/"].concat(),
            waiting: RefCell::default(),
            attempt: Cell::new(0),
            is_under_way: Cell::new(false),
            has_complained: Cell::new(false),
            timer: RefCell::default(),
            listener: RefCell::default(),
        }));
        let online = outbox.clone();
        let listener = page::listen(&page::window(), "online", move |_| {
            online.0.timer.take();
            online.0.attempt.set(0);
            online.flush();
        });
        outbox.0.listener.replace(Some(listener));
        outbox.recall();
        outbox.flush();
        outbox
    }

    /// Sends an event now, and again until it has arrived; gives it as the page may see it.
    pub(crate) fn send(&self, submission: &Submission, memory: &Memory) -> JsValue {
        let event = submission.into();
        let text = js::to_json(&event);
        let seq = js::to_json(&submission.seq.into());
        let name = [&self.0.prefix, &submission.id, "/", &seq].concat();
        if let Some(shelf) = memory.shelf(submission.kind) {
            // Storage that is full leaves the memory of this page.
            let _ = shelf.set_item(&name, &text);
        }
        self.add(name, text);
        // While a collector that is down or busy is given time, one more event is no reason to ask.
        if self.0.timer.borrow().is_none() {
            self.flush();
        }
        js::to_js(&event)
    }

    /// The page goes away: what waits is handed to the browser, which outlives the page. On the device
    /// it stays until a collector has acknowledged it to some page.
    pub(crate) fn leave(&self) {
        // What is under way was sent with `keepalive` and outlives the page as it is.
        let body = self.letters(|letter| !letter.is_under_way);
        let Some(init) = request(&body).filter(|_| !body.is_empty()) else {
            return;
        };
        let navigator = page::window().navigator();
        let is_taken = ask("fetchLater", &self.0.url, &init).is_some()
            || navigator
                .send_beacon_with_opt_str(&self.0.url, Some(&body))
                .unwrap_or(false);
        if !is_taken {
            ask("fetch", &self.0.url, &init);
        }
    }

    /// Takes up what earlier pages, or other tabs, have left on the device.
    fn recall(&self) {
        for storage in [
            page::storage("localStorage"),
            page::storage("sessionStorage"),
        ] {
            let Some(storage) = storage else { continue };
            for name in Object::keys(&storage) {
                // The shop keeps what it likes beside it, and as much: only what is ours is looked into.
                let name = name.as_string().unwrap_or_default();
                if name.starts_with(&self.0.prefix) {
                    let text = page::text_of(&storage, &name);
                    if js::from_json(&text).is_some() {
                        self.add(name, text);
                    }
                }
            }
        }
    }

    fn add(&self, name: String, text: String) {
        let mut waiting = self.0.waiting.borrow_mut();
        waiting.push(Letter {
            name,
            text,
            is_under_way: false,
        });
        // What is too much goes, the oldest first, answers last.
        let size = |letter: &Letter| letter.text.len() + 1;
        let bytes = |letters: &[Letter]| letters.iter().map(size).sum::<usize>();
        while waiting.len() > MOST_LETTERS || bytes(&waiting) > MOST_BYTES {
            let is_no_answer = |letter: &Letter| !letter.text.starts_with(ANSWER);
            let goes = waiting.iter().position(is_no_answer).unwrap_or(0);
            erase(&waiting.remove(goes).name);
        }
    }

    /// One event a line.
    fn letters(&self, which: impl Fn(&Letter) -> bool) -> String {
        let waiting = self.0.waiting.borrow();
        let texts = waiting.iter().filter(|letter| which(letter));
        let texts: Vec<&str> = texts.map(|letter| letter.text.as_str()).collect();
        texts.join("\n")
    }

    fn flush(&self) {
        if self.0.waiting.borrow().is_empty() || self.0.is_under_way.replace(true) {
            return;
        }
        for letter in self.0.waiting.borrow_mut().iter_mut() {
            letter.is_under_way = true;
        }
        let body = self.letters(|_| true);
        let outbox = self.clone();
        spawn_local(async move {
            let outcome = post(&outbox.0, &body).await;
            outbox.0.is_under_way.set(false);
            outbox.0.timer.take();
            match outcome {
                Some(Outcome::Done) => outbox.delivered(),
                Some(Outcome::TryAgain(wish)) => outbox.try_again(wish),
                None => outbox.try_again(None),
            }
        });
    }

    fn delivered(&self) {
        self.0.waiting.borrow_mut().retain(|letter| {
            if letter.is_under_way {
                erase(&letter.name);
            }
            !letter.is_under_way
        });
        self.0.attempt.set(0);
        self.flush();
    }

    fn try_again(&self, wish: Option<f64>) {
        for letter in self.0.waiting.borrow_mut().iter_mut() {
            letter.is_under_way = false;
        }
        let attempt = self.0.attempt.get();
        self.0.attempt.set((attempt + 1).min(MOST_DOUBLINGS));
        let backoff = FIRST_BACKOFF * f64::from(1 << attempt);
        // Not everybody at once when a collector comes back.
        let jitter = js_sys::Math::random() * backoff;
        let outbox = self.clone();
        let timer = page::after(wish.unwrap_or(backoff) + jitter, move || outbox.flush());
        self.0.timer.replace(Some(timer));
    }
}

fn erase(name: &str) {
    for storage in ["localStorage", "sessionStorage"] {
        if let Some(storage) = page::storage(storage) {
            let _ = storage.remove_item(name);
        }
    }
}

/// Nothing where the network fails.
async fn post(sending: &Sending, body: &str) -> Option<Outcome> {
    // Not by way of `Request`: old libraries have one of their own.
    let answer: Promise = ask("fetch", &sending.url, &request(body)?)?.unchecked_into();
    let answer = JsFuture::from(answer).await.ok()?;
    let answer = http::Response::from(answer.unchecked_into::<Response>());
    let status = answer.status();
    if matches!(status, 408 | 429 | 500..) {
        let wish = answer.headers().get("retry-after");
        let seconds: Option<u32> = wish.and_then(|seconds| seconds.parse().ok());
        let wish = seconds.map(|seconds| f64::from(seconds) * 1_000.0);
        return Some(Outcome::TryAgain(wish));
    }
    let text = answer.text().await.ok()?;
    let refuses_some =
        || js::from_json(&text).is_some_and(|said| !said.list("rejected").is_empty());
    // What is wrong with one is wrong with the next: one line is enough.
    if (status >= 400 || refuses_some()) && !sending.has_complained.replace(true) {
        page::complain(&["an event was refused: ", &text].concat());
    }
    Some(Outcome::Done)
}

/// `fetch`, or `fetchLater` where the browser has it; nothing where it refuses at once.
fn ask(name: &str, url: &str, init: &RequestInit) -> Option<JsValue> {
    let window = page::window();
    let function = page::read(&window, name).dyn_into::<Function>().ok()?;
    function.call2(&window, &url.into(), init).ok()
}

/// Plain text needs no preflight; `keepalive` outlives the page; no credentials, ever.
fn request(body: &str) -> Option<RequestInit> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_credentials(RequestCredentials::Omit);
    init.set_body(&body.into());
    // The second is for `fetchLater` alone: when the page is hidden, later is now.
    for (name, value) in [("keepalive", JsValue::TRUE), ("activateAfter", 0.into())] {
        js_sys::Reflect::set(&init, &name.into(), &value).ok()?;
    }
    Some(init)
}
