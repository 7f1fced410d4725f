//! An answer that browsers keep: its entity tag, its encodings, and `304` for who has it already.

use super::encoding::{Encoding, accepted};
use axum::body::Bytes;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use std::hash::{DefaultHasher, Hasher};

/// For what changes its address with its content.
pub(crate) const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// For the loader: a new release reaches every page within this time.
pub(crate) const FIVE_MINUTES: &str = "public, max-age=300";
/// For the surveys: a paused one stops within this time.
pub(crate) const A_MINUTE: &str = "public, max-age=60";
/// For what should be asked for each time.
pub(crate) const ASK_FIRST: &str = "no-cache";

/// Answers with the form the client likes best. `form` gives an encoding's bytes if there are any, and
/// the plain ones for `None`; without those there is no answer.
pub(crate) fn answer(
    request: &HeaderMap,
    keep: &'static str,
    media_type: &'static str,
    form: impl Fn(Option<Encoding>) -> Option<Bytes>,
) -> Option<Response> {
    let wished = accepted(request).into_iter().map(Some).chain([None]);
    let found = |encoding| form(encoding).map(|bytes| (encoding, bytes));
    let (encoding, bytes) = wished.into_iter().find_map(found)?;
    // Of the bytes sent, so that each encoding has a tag of its own, as a strong one must.
    let tag = tag(&bytes);
    let mut headers = HeaderMap::new();
    let mut set = |name, value| headers.insert(name, value);
    set(CACHE_CONTROL, HeaderValue::from_static(keep));
    set(VARY, HeaderValue::from_static("Accept-Encoding"));
    set(ETAG, tag.clone());
    if has(request, &tag) {
        return Some((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    set(CONTENT_TYPE, HeaderValue::from_static(media_type));
    set(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(encoding) = encoding {
        set(CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
    }
    Some((headers, bytes).into_response())
}

fn tag(bytes: &[u8]) -> HeaderValue {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    let tag = format!("\"{:016x}\"", hasher.finish());
    // Hexadecimal digits always make a header.
    HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\""))
}

/// Whether `If-None-Match` names this tag.
fn has(request: &HeaderMap, tag: &HeaderValue) -> bool {
    let lists = request.get_all(IF_NONE_MATCH).iter();
    let mut tags = lists.flat_map(|list| list.as_bytes().split(|byte| *byte == b','));
    tags.any(|listed| {
        let listed = listed.trim_ascii();
        // A proxy that compresses anew turns a tag into a weak one.
        listed == b"*" || listed.strip_prefix(b"W/").unwrap_or(listed) == tag.as_bytes()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_in_a_list_weak_or_not() {
        let rows = [
            (r#""0123""#, true),
            (r#"W/"0123""#, true),
            (r#""9999", "0123""#, true),
            ("*", true),
            (r#""9999""#, false),
            ("0123", false),
            ("", false),
        ];
        for (header, expected) in rows {
            let mut request = HeaderMap::new();
            request.insert(IF_NONE_MATCH, header.parse().unwrap());
            assert_eq!(
                has(&request, &HeaderValue::from_static("\"0123\"")),
                expected,
                "{header}"
            );
        }
    }
}
