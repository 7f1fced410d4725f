//! Who may see the dashboard: whoever sits at this machine.

use crate::http::{App, Caller};
use axum::Router;
use axum::extract::Request;
use axum::http::header::{CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Nothing but what this collector serves, and nothing within a page itself.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The routes, for those who may.
pub(super) fn before(routes: Router<Arc<App>>) -> Router<Arc<App>> {
    routes.layer(from_fn(look))
}

async fn look(request: Request, next: Next) -> Response {
    let caller = request.extensions().get::<Caller>();
    let is_near =
        caller.is_some_and(|Caller(address)| address.is_none_or(|address| address.is_loopback()));
    let mut response = if is_near {
        next.run(request).await
    } else {
        let said = "the dashboard is served to this machine alone";
        (StatusCode::FORBIDDEN, said).into_response()
    };
    let headers = response.headers_mut();
    let set = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("x-content-type-options"), "nosniff"),
    ];
    for (name, value) in set {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
