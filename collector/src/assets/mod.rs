//! The files the program carries: the built widget and the demo shop.
//!
//! A release carries them inside; a debug build reads them from the repository at each request.

pub(crate) mod demo;
mod media_type;

pub(crate) use media_type::media_type;

use crate::http::encoding::Encoding;
use axum::body::Bytes;
use rust_embed::Embed;
use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

/// What `cargo xtask build` made.
#[derive(Embed)]
#[folder = "../dist"]
#[allow_missing = true]
struct Built;

/// Where the built widget is read from.
pub(crate) enum Assets {
    Carried,
    Folder(PathBuf),
}

/// The loader, without which there is no widget.
pub(crate) const LOADER: &str = "hark.js";

impl Assets {
    pub(crate) fn new(folder: Option<PathBuf>) -> Self {
        folder.map_or(Self::Carried, Self::Folder)
    }

    /// What is missing for the widget to work, if anything is.
    pub(crate) fn missing(&self) -> Option<String> {
        if self.get(LOADER).is_some() {
            return None;
        }
        Some(match self {
            Self::Carried => LOADER.to_owned(),
            Self::Folder(folder) => folder.join(LOADER).display().to_string(),
        })
    }

    /// Every file that a page may load, as it is before it is compressed.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = match self {
            Self::Carried => Built::iter().map(Cow::into_owned).collect(),
            Self::Folder(folder) => {
                let entries = std::fs::read_dir(folder.join("assets"));
                let names = entries.into_iter().flatten().flatten();
                let names = names.filter_map(|entry| entry.file_name().into_string().ok());
                let names = names.map(|name| format!("assets/{name}"));
                names.chain([LOADER.to_owned()]).collect()
            }
        };
        let is_plain = |name: &String| {
            let ending = name.rsplit_once('.').map(|(_, ending)| ending);
            Encoding::ALL
                .iter()
                .all(|encoding| Some(encoding.ending()) != ending)
        };
        names.retain(is_plain);
        names.sort();
        names
    }

    /// The file of this path, which may come from anybody.
    pub(crate) fn get(&self, path: &str) -> Option<Bytes> {
        if !is_plain(path) {
            return None;
        }
        match self {
            Self::Carried => Built::get(path).map(|file| bytes(file.data)),
            Self::Folder(folder) => std::fs::read(folder.join(path)).ok().map(Bytes::from),
        }
    }
}

/// Whether the path stays inside the folder it is joined to.
fn is_plain(path: &str) -> bool {
    let is_name = |part| matches!(part, Component::Normal(_));
    !path.contains('\\') && Path::new(path).components().all(is_name)
}

fn bytes(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => data.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let outer = tempfile::tempdir().expect("a folder");
        std::fs::write(outer.path().join("secret"), "secret").expect("written");
        std::fs::create_dir(outer.path().join("dist")).expect("a folder");
        std::fs::write(outer.path().join("dist/hark.js"), "loader").expect("written");
        let assets = Assets::new(Some(outer.path().join("dist")));
        assert_eq!(assets.get("hark.js"), Some(Bytes::from("loader")));
        let absolute = outer.path().join("secret");
        for path in [
            "../secret",
            "assets/../../secret",
            absolute.to_str().unwrap(),
            "",
            ".",
            "..\\secret",
        ] {
            assert_eq!(assets.get(path), None, "{path}");
        }
    }
}
