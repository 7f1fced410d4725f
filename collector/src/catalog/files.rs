//! Finding and reading the survey files: `surveys/<id>.toml`.

use crate::assets::demo;
use crate::failure::Failure;
use crate::lookout::{Fingerprint, Prints};
use crate::settings::SurveyFiles;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A survey file, not yet understood.
pub(super) struct File {
    pub(super) id: String,
    /// As shown to people.
    pub(super) path: String,
    pub(super) text: io::Result<String>,
}

pub(super) fn read(files: &SurveyFiles) -> Result<Vec<File>, Failure> {
    match files {
        SurveyFiles::Folder(folder) => Ok(list(folder)?.into_iter().map(in_folder).collect()),
        SurveyFiles::Demo => Ok(demo::surveys()
            .into_iter()
            .filter_map(of_the_demo)
            .collect()),
    }
}

/// By which it is seen that a file changed, came or went; nothing where files cannot change.
pub(super) fn prints(files: &SurveyFiles) -> Prints {
    let SurveyFiles::Folder(folder) = files else {
        return Prints::new();
    };
    let mut prints = Prints::from([(folder.clone(), Fingerprint::of(folder))]);
    let files = list(folder).unwrap_or_default();
    prints.extend(files.into_iter().map(|(_, path)| {
        let print = Fingerprint::of(&path);
        (path, print)
    }));
    prints
}

fn of_the_demo((name, text): (String, String)) -> Option<File> {
    Some(File {
        id: name.strip_suffix(".toml")?.to_owned(),
        path: format!("www/surveys/{name}"),
        text: Ok(text),
    })
}

/// The id and path of every survey file, in the order of the ids.
fn list(folder: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let unreadable = |source| Failure::Unreadable {
        path: folder.to_owned(),
        source,
    };
    let entries = fs::read_dir(folder).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Failure::NoSurveys(folder.to_owned()),
        _ => unreadable(error),
    })?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(unreadable)?.path();
        if let Some(id) = id(&path) {
            files.push((id, path));
        }
    }
    files.sort();
    Ok(files)
}

/// The name without `.toml`; other files, such as an editor's, are passed over.
fn id(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let id = name.strip_suffix(".toml")?;
    (!id.starts_with('.')).then(|| id.to_owned())
}

fn in_folder((id, path): (String, PathBuf)) -> File {
    File {
        id,
        text: fs::read_to_string(&path),
        path: path.display().to_string(),
    }
}
