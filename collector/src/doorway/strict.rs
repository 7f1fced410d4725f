//! What every answer of the dashboard tells browsers, whatever page it is.

use axum::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};

/// Nothing but what this collector serves, and nothing within a page itself.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// `Referrer-Policy` is not `no-referrer`, which would have browsers send forms with `Origin: null`.
const ALWAYS: [(HeaderName, &str); 7] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (HeaderName::from_static("x-robots-tag"), "noindex"),
];

/// Says it; of what is the same for everybody the handler says how long it may be kept.
pub(super) fn make_strict(headers: &mut HeaderMap, is_the_same_for_all: bool) {
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Refusals of the collector may be read by any page; what is here, by none.
    headers.remove(ACCESS_CONTROL_ALLOW_ORIGIN);
    if !is_the_same_for_all {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
}
