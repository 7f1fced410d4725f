//! Stands before every address under `/dashboard`, whatever is routed there.

use super::fetched::{self, From};
use super::notice::Notice;
use super::noticed::{Found, Now};
use super::onward::{self, SIGN_IN};
use super::password::Kept;
use super::stay::{CURRENT, Current, Stay};
use super::{Doorway, Secrecy, cookie, near, secret, strict, until};
use crate::http::{App, body};
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::header::{ACCEPT, CONTENT_TYPE, REFERER};
use axum::http::request::Parts;
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;
use std::sync::Arc;

/// By this a page says that it asks by itself, which is no use of a session.
const BY_ITSELF: &str = "x-refresh";
const LIVE: &str = "/dashboard/live";

/// The same for everybody, and needed by those who are not in yet.
const FOR_ALL: [&str; 2] = ["/dashboard/style.css", "/dashboard/live.js"];

/// Answers a request from `peer` by `answer`, if it may come in.
pub(crate) async fn guard<A: Future<Output = Response>>(
    app: &Arc<App>,
    peer: IpAddr,
    mut request: Request,
    answer: impl FnOnce(Request) -> A,
) -> Response {
    let is_for_all = FOR_ALL.contains(&request.uri().path());
    let is_secret = app.doorway.speaks_tls || app.proxies.say_https(peer, request.headers());
    let password = app.doorway.password.now();
    request.extensions_mut().insert(Secrecy(is_secret));
    request.extensions_mut().insert(password.clone());
    let mut response = match admit(&app.doorway, &password, peer, request).await {
        Ok((request, current)) => {
            let stay = current.stay.clone();
            let response = CURRENT.scope(current, answer(request)).await;
            match stay {
                Some(stay) if goes_on(response.headers()) => {
                    response.map(|body| until::over(body, Arc::clone(app), stay))
                }
                _ => response,
            }
        }
        Err(notice) => notice.into_response(),
    };
    strict::make_strict(response.headers_mut(), is_for_all);
    response
}

/// The request and by what right it comes in, or why it does not.
async fn admit(
    doorway: &Doorway,
    password: &Now<Kept>,
    peer: IpAddr,
    request: Request,
) -> Result<(Request, Current), Notice> {
    let (parts, body) = request.into_parts();
    let from = fetched::from(&parts);
    if from == From::Elsewhere {
        return Err(Notice::Elsewhere);
    }
    let stay = doorway.stay(password, peer, &parts);
    let path = parts.uri.path();
    if stay.is_none() && !FOR_ALL.contains(&path) {
        match *password.found {
            Found::Nothing => return Err(Notice::NoPassword),
            _ if path == SIGN_IN => {}
            _ => return Err(must_sign_in(&parts, from)),
        }
    }
    let token = stay.as_ref().map(|stay| stay.form_token(&doorway.near));
    let token = token.unwrap_or_default();
    // Signing in carries none: there is one password, and nobody gains by signing somebody else in.
    let needs_none = matches!(parts.method, Method::GET | Method::HEAD) || path == SIGN_IN;
    let request = Request::from_parts(parts, body);
    let request = if needs_none {
        request
    } else {
        with_token(request, &token).await?
    };
    Ok((request, Current { stay, token }))
}

impl Doorway {
    /// By what right a request may come in, if it may.
    fn stay(&self, password: &Now<Kept>, peer: IpAddr, request: &Parts) -> Option<Stay> {
        if let Found::Nothing = *password.found {
            let is_near = self.stays_here && near::is_near(peer, request);
            return is_near.then_some(Stay::Near);
        }
        let now = (self.clock)();
        let is_by_itself = request.headers.contains_key(BY_ITSELF) || request.uri.path() == LIVE;
        let mut ids = cookie::ids(&request.headers);
        let id = ids.find(|id| match is_by_itself {
            true => self.sessions.time_left(id, password.edition, now).is_some(),
            false => self.sessions.visit(id, password.edition, now),
        })?;
        Some(Stay::SignedIn { id: id.to_owned() })
    }
}

fn must_sign_in(request: &Parts, from: From) -> Notice {
    let accepted = request.headers.get(ACCEPT);
    let is_for_people = accepted
        .and_then(|accepted| accepted.to_str().ok())
        .is_some_and(|accepted| accepted.contains("text/html"));
    let only_reads = matches!(request.method, Method::GET | Method::HEAD);
    let address = |uri: &Uri| {
        let address = uri.path_and_query().map(PathAndQuery::as_str);
        onward::sign_in_for(address.unwrap_or_default())
    };
    match from {
        _ if !is_for_people => Notice::SignedOut,
        // The cookie did not come along, as it does not with whoever comes from elsewhere: docs/decisions/0093.
        From::Link => Notice::OnceMore(address(&request.uri)),
        _ if only_reads => Notice::SignInFirst(address(&request.uri)),
        _ => {
            let page = request.headers.get(REFERER);
            let page = page.and_then(|page| page.to_str().ok()?.parse::<Uri>().ok());
            Notice::SignInAndSendAgain(
                page.map_or_else(|| SIGN_IN.to_owned(), |page| address(&page)),
            )
        }
    }
}

/// The same request, if its form carries the token.
async fn with_token(request: Request, token: &str) -> Result<Request, Notice> {
    let (parts, body) = request.into_parts();
    let mut unread = Request::new(body);
    DefaultBodyLimit::max(body::LARGEST).apply(&mut unread);
    let bytes = body::read(unread).await;
    let bytes = bytes.map_err(|_| Notice::NotOurForm)?;
    let fields = serde_urlencoded::from_bytes::<Vec<(String, String)>>(&bytes);
    let fields = fields.unwrap_or_default();
    let carried = fields.iter().find(|(name, _)| name == "token");
    let is_ours = |carried: &str| !token.is_empty() && secret::are_alike(carried, token);
    if !carried.is_some_and(|(_, carried)| is_ours(carried)) {
        return Err(Notice::NotOurForm);
    }
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

/// Whether an answer is told bit by bit for as long as a page is open.
fn goes_on(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"))
}
