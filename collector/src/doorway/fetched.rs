//! What a browser says of the page that a request comes from: Fetch Metadata
//! (<https://www.w3.org/TR/fetch-metadata/>) and, where there is none, `Origin`.
//!
//! Only pages of the dashboard may send it anything, or load anything of it into themselves. Whoever follows a
//! link from elsewhere may come in.

use axum::http::header::{HOST, ORIGIN};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method};

/// Where a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// A page of ours, the address bar, or no browser at all.
    Here,
    /// A link elsewhere, which a visitor has followed.
    Link,
    /// A page elsewhere that tries to send or to load something.
    Elsewhere,
}

/// Where this request comes from.
pub(super) fn from(request: &Parts) -> From {
    let headers = &request.headers;
    let only_reads = matches!(request.method, Method::GET | Method::HEAD);
    let says = |name, value: &str| text(headers, name) == Some(value);
    let is_ours = match text(headers, "sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        // Browsers do not say it to addresses without TLS; all of them name the origin where it matters.
        None => headers.get(ORIGIN).is_none() || is_own_origin(request),
    };
    if is_ours {
        From::Here
    } else if only_reads && says("sec-fetch-mode", "navigate") && says("sec-fetch-dest", "document")
    {
        From::Link
    } else {
        From::Elsewhere
    }
}

/// Whether `Origin` names the host that the request is for. Which scheme a proxy spoke is not known here.
fn is_own_origin(request: &Parts) -> bool {
    let host = request.uri.authority().map(Authority::as_str);
    let host = host.or_else(|| text(&request.headers, HOST.as_str()));
    let origin = text(&request.headers, ORIGIN.as_str());
    let origin = origin.and_then(|origin| origin.split_once("://"));
    matches!((origin, host), (Some((_, of)), Some(host)) if of.eq_ignore_ascii_case(host))
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    type Headers<'h> = &'h [(&'h str, &'h str)];

    fn asked(method: &str, headers: Headers<'_>) -> From {
        let mut request = Request::builder().method(method).uri("/dashboard");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        from(&request.body(()).expect("a request").into_parts().0)
    }

    #[test]
    fn only_the_dashboards_own_pages_send_or_load_anything() {
        let host = ("host", "feedback.example.com");
        let site = |site| ("sec-fetch-site", site);
        let origin = |origin| ("origin", origin);
        let rows: [(&str, Headers<'_>, From); 15] = [
            ("GET", &[host], From::Here),
            ("POST", &[host], From::Here),
            ("GET", &[host, site("none")], From::Here),
            ("POST", &[host, site("same-origin")], From::Here),
            ("POST", &[host, site("same-site")], From::Elsewhere),
            ("POST", &[host, site("cross-site")], From::Elsewhere),
            // What it says itself counts, not what stands beside it.
            (
                "POST",
                &[
                    host,
                    site("cross-site"),
                    origin("https://feedback.example.com"),
                ],
                From::Elsewhere,
            ),
            (
                "POST",
                &[host, origin("http://feedback.example.com")],
                From::Here,
            ),
            (
                "POST",
                &[host, origin("http://feedback.example.com:8080")],
                From::Elsewhere,
            ),
            (
                "POST",
                &[host, origin("https://evil.example")],
                From::Elsewhere,
            ),
            ("POST", &[host, origin("null")], From::Elsewhere),
            ("POST", &[origin("https://")], From::Elsewhere),
            // A picture, a frame, a script's request.
            ("GET", &[host, site("cross-site")], From::Elsewhere),
            (
                "GET",
                &[
                    host,
                    site("cross-site"),
                    ("sec-fetch-mode", "navigate"),
                    ("sec-fetch-dest", "iframe"),
                ],
                From::Elsewhere,
            ),
            (
                "GET",
                &[
                    host,
                    site("cross-site"),
                    ("sec-fetch-mode", "navigate"),
                    ("sec-fetch-dest", "document"),
                ],
                From::Link,
            ),
        ];
        for (method, headers, expected) in rows {
            assert_eq!(asked(method, headers), expected, "{method} {headers:?}");
        }
        let navigates = [
            site("cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
        ];
        assert_eq!(asked("POST", &navigates), From::Elsewhere);
    }
}
