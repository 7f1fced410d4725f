//! Finding and reading the survey files: `surveys/<id>.toml`.

use crate::assets::demo;
use crate::failure::Failure;
use crate::settings::SurveyFiles;
use std::fs;
use std::io;
use std::path::Path;

/// A survey file, not yet understood.
pub(super) struct File {
    pub(super) id: String,
    /// As shown to people.
    pub(super) path: String,
    pub(super) text: String,
}

pub(super) fn read(files: &SurveyFiles) -> Result<Vec<File>, Failure> {
    match files {
        SurveyFiles::Folder(folder) => in_folder(folder),
        SurveyFiles::Demo => Ok(demo::surveys()
            .into_iter()
            .filter_map(of_the_demo)
            .collect()),
    }
}

fn of_the_demo((name, text): (String, String)) -> Option<File> {
    Some(File {
        id: name.strip_suffix(".toml")?.to_owned(),
        path: format!("www/surveys/{name}"),
        text,
    })
}

fn in_folder(folder: &Path) -> Result<Vec<File>, Failure> {
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
            files.push(in_file(id, &path)?);
        }
    }
    files.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(files)
}

/// The name without `.toml`; other files, such as an editor's, are passed over.
fn id(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let id = name.strip_suffix(".toml")?;
    (!id.starts_with('.')).then(|| id.to_owned())
}

fn in_file(id: String, path: &Path) -> Result<File, Failure> {
    let text = fs::read_to_string(path);
    let text = text.map_err(|source| Failure::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    let path = path.display().to_string();
    Ok(File { id, path, text })
}
