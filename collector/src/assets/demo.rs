//! The demo shop: its pages as they are in `www/`, and its surveys.

use super::{bytes, is_plain};
use axum::body::Bytes;
use rust_embed::Embed;

#[derive(Embed)]
#[folder = "../www"]
#[allow_missing = true]
struct Shop;

const SURVEYS: &str = "surveys/";

/// The page or file of this path; a folder's is its `index.html`.
pub(crate) fn file(path: &str) -> Option<Bytes> {
    let is_public = path.is_empty() || is_plain(path) && !path.starts_with(SURVEYS);
    let file = is_public.then(|| Shop::get(path)).flatten();
    file.map(|file| bytes(file.data))
}

/// The survey files as (name, text).
pub(crate) fn surveys() -> Vec<(String, String)> {
    let read = |path: std::borrow::Cow<'static, str>| {
        let text = String::from_utf8(Shop::get(&path)?.data.into_owned()).ok()?;
        Some((path.strip_prefix(SURVEYS)?.to_owned(), text))
    };
    Shop::iter().filter_map(read).collect()
}
