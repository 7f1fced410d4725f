//! Addresses of pages: what stands behind the `?`, read and written.

use axum::extract::Query;
use axum::http::Uri;
use serde::Serialize;

/// The address of the page at `path` with these values.
pub(super) fn of(path: &str, values: &impl Serialize) -> String {
    // Texts alone always make a query.
    let query = serde_urlencoded::to_string(values).unwrap_or_default();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{query}")
    }
}

/// Names and values, none where a value is empty. A page passes over names that mean nothing to it, and of a
/// name written twice the last counts.
pub(super) fn values(uri: &Uri) -> impl Iterator<Item = (String, Option<String>)> {
    let pairs = Query::<Vec<(String, String)>>::try_from_uri(uri);
    let pairs = pairs.map(|Query(pairs)| pairs).unwrap_or_default();
    pairs.into_iter().map(|(name, value)| {
        let value = Some(value.trim().to_owned());
        (name, value.filter(|value| !value.is_empty()))
    })
}
