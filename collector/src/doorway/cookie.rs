//! The cookie that holds the id of a session: for the dashboard's own requests alone, and for no script.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

const NAME: &str = "hark_session";
const FLAGS: &str = "Path=/dashboard; HttpOnly; SameSite=Strict";

/// Sets it until the browser is closed.
pub(super) fn set(id: &str, is_secret: bool) -> Option<HeaderValue> {
    let secure = secure(is_secret);
    HeaderValue::from_str(&format!("{NAME}={id}; {FLAGS}{secure}")).ok()
}

/// Takes it away.
pub(super) fn clear(is_secret: bool) -> Option<HeaderValue> {
    let secure = secure(is_secret);
    HeaderValue::from_str(&format!("{NAME}=; {FLAGS}; Max-Age=0{secure}")).ok()
}

/// Every id that is sent: a neighbouring domain may have put another beside ours.
pub(super) fn ids(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let lists = headers.get_all(COOKIE).iter();
    let pairs = lists
        .filter_map(|list| list.to_str().ok())
        .flat_map(|list| list.split(';'));
    pairs.filter_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        (name == NAME).then_some(value)
    })
}

const fn secure(is_secret: bool) -> &'static str {
    if is_secret { "; Secure" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        let list = "hark=1; hark_session=abc;hark_session=def; hark_sessions=ghi; x";
        headers.append(COOKIE, list.parse().expect("a value"));
        headers.append(COOKIE, HeaderValue::from_static("hark_session=jkl"));
        assert_eq!(ids(&headers).collect::<Vec<_>>(), ["abc", "def", "jkl"]);
    }
}
