//! Which pages may read what: a site's data its own origins, the widget everybody.

use super::refusal::Refusal;
use crate::settings::Site;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_MAX_AGE, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// The origin a request came from, found among the site's; `None` where it names none, as a request
/// from the same origin or from no browser does.
pub(crate) struct Visiting(Option<HeaderValue>);

impl Visiting {
    /// Refuses a page that is not the site's.
    pub(crate) fn check(site: &Site, request: &HeaderMap) -> Result<Self, Refusal> {
        let Some(origin) = request.get(ORIGIN) else {
            return Ok(Self(None));
        };
        let text = String::from_utf8_lossy(origin.as_bytes());
        if site.origins.iter().any(|allowed| allowed.allows(&text)) {
            return Ok(Self(Some(origin.clone())));
        }
        Err(Refusal::Origin {
            site: site.key.clone(),
            origin: text.into_owned(),
        })
    }

    /// Lets the page read the response.
    pub(crate) fn may_read(self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        // Without an origin as well: a cache may hand the answer to somebody who has one.
        headers.append(VARY, HeaderValue::from_static("Origin"));
        if let Some(origin) = self.0 {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        }
        response
    }

    /// The answer to a browser that asks before it sends JSON.
    pub(crate) fn may_send(self) -> Response {
        let mut response = self.may_read(StatusCode::NO_CONTENT.into_response());
        let headers = response.headers_mut();
        set(headers, ACCESS_CONTROL_ALLOW_METHODS, "POST");
        set(headers, ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type");
        set(headers, ACCESS_CONTROL_MAX_AGE, "86400");
        response
    }
}

/// Lets every page load the response, as a script or as data.
pub(crate) fn anybody_may_load(mut response: Response) -> Response {
    let headers = response.headers_mut();
    set(headers, ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    set(headers, policy, "cross-origin");
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}
