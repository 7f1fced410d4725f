//! `/dashboard/sign-in` and `/dashboard/sign-out`: in with the password, and out again.

use super::attempts::Verdict;
use super::notice::{page, see};
use super::noticed::Now;
use super::onward::{self, HOME, SIGN_IN, SIGN_OUT};
use super::password::Kept;
use super::stay::{self, Stay};
use super::{Secrecy, cookie};
use crate::dashboard::piece::IntoPiece;
use crate::http::{App, Caller, body};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use leptos::prelude::*;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Instant;

#[rustfmt::skip]
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(SIGN_IN,  get(ask).post(take))
        .route(SIGN_OUT, post(leave))
}

/// What leads to the page.
#[derive(Default, Deserialize)]
struct Way {
    next: Option<String>,
    /// What was sent before has not been saved.
    lost: Option<String>,
    /// Somebody has just signed out.
    out: Option<String>,
}

/// What the form sends.
#[derive(Default, Deserialize)]
struct Form {
    #[serde(default)]
    password: String,
    next: Option<String>,
}

/// What the page says above its form.
#[derive(Clone, Copy)]
enum Said {
    Nothing,
    Lost,
    Out,
    Wrong,
    TooMany(u64),
}

async fn ask(way: Result<Query<Way>, QueryRejection>) -> Response {
    let way = way.map(|Query(way)| way).unwrap_or_default();
    let next = onward::safe(way.next.as_deref());
    if stay::current().is_some() {
        return see(next);
    }
    let said = match (way.lost, way.out) {
        (Some(_), _) => Said::Lost,
        (_, Some(_)) => Said::Out,
        _ => Said::Nothing,
    };
    form(StatusCode::OK, said, next)
}

async fn take(
    State(app): State<Arc<App>>,
    Extension(caller): Extension<Caller>,
    Extension(secrecy): Extension<Secrecy>,
    Extension(password): Extension<Now<Kept>>,
    request: Request,
) -> Response {
    let bytes = body::read(request).await.unwrap_or_default();
    let sent: Form = serde_urlencoded::from_bytes(&bytes).unwrap_or_default();
    let next = onward::safe(sent.next.as_deref());
    let doorway = &app.doorway;
    let judged = doorway
        .attempts
        .judge(caller, sent.password, password.found, Instant::now());
    match judged.await {
        Verdict::Right => {}
        Verdict::Wrong => {
            tracing::warn!("a sign-in with a wrong password");
            return form(StatusCode::FORBIDDEN, Said::Wrong, next);
        }
        Verdict::TooMany(seconds) => {
            let mut response = form(StatusCode::TOO_MANY_REQUESTS, Said::TooMany(seconds), next);
            let wait = HeaderValue::from(seconds);
            response.headers_mut().insert(RETRY_AFTER, wait);
            return response;
        }
    }
    // What was open before is not left lying about.
    if let Some(Stay::SignedIn { id }) = stay::current() {
        doorway.sessions.end(&id);
    }
    let begun = doorway.sessions.begin(password.edition, (app.clock)());
    let cookie = begun.ok().and_then(|id| cookie::set(&id, secrecy.0));
    let Some(cookie) = cookie else {
        tracing::error!("no session can begin: the system gives no random numbers");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = see(next);
    response.headers_mut().insert(SET_COOKIE, cookie);
    response
}

async fn leave(State(app): State<Arc<App>>, Extension(secrecy): Extension<Secrecy>) -> Response {
    let Some(Stay::SignedIn { id }) = stay::current() else {
        return see(HOME);
    };
    app.doorway.sessions.end(&id);
    let mut response = see(&format!("{SIGN_IN}?out="));
    if let Some(cookie) = cookie::clear(secrecy.0) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

fn form(status: StatusCode, said: Said, next: &str) -> Response {
    let (is_wrong, text) = match said {
        Said::Nothing => (false, None),
        Said::Lost => {
            let text =
                "You were signed out in the meantime, and what you have just sent was not saved.";
            (false, Some(text.to_owned()))
        }
        Said::Out => (false, Some("You are signed out.".to_owned())),
        Said::Wrong => (true, Some("That is not the password.".to_owned())),
        Said::TooMany(seconds) => {
            let text = format!("There were too many attempts. Try again in {seconds} s.");
            (false, Some(text))
        }
    };
    let describes = text.is_some().then_some("said");
    let text = text.map(|text| view! { <p id="said" class="said" role="alert">{text}</p> }.piece());
    let next = (next != HOME)
        .then(|| view! { <input type="hidden" name="next" value=next.to_owned()/> }.piece());
    page(
        status,
        "Sign in",
        None,
        view! {
            {text}
            <form method="post" action=SIGN_IN>
                {next}
                <input type="text" name="username" autocomplete="username" value="hark" hidden/>
                <label for="password">"Password"</label>
                <input
                    id="password"
                    name="password"
                    type="password"
                    autocomplete="current-password"
                    required
                    autofocus
                    aria-invalid=is_wrong.then_some("true")
                    aria-describedby=describes
                />
                <button type="submit">"Sign in"</button>
            </form>
        }
        .piece(),
    )
}
