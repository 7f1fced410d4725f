//! `hark token`: makes, lists and removes the tokens of the reading API.

use crate::cli::{NamedToken, TokenCommand, TokenDeed, TokenPlace};
use crate::console::{print, say};
use crate::doorway::AccessFiles;
use crate::doorway::tokens::{self, Tokens};
use crate::failure::Failure;
use crate::settings;
use jiff::Timestamp;
use std::fs;
use std::io;

pub(crate) fn run(typed: TokenCommand, now: Timestamp) -> Result<(), Failure> {
    match typed.deed {
        TokenDeed::New(named) => new(named, now),
        TokenDeed::List(place) => list(place),
        TokenDeed::Remove(named) => remove(named),
    }
}

fn new(named: NamedToken, now: Timestamp) -> Result<(), Failure> {
    let NamedToken { name, place } = named;
    if !tokens::is_name(&name) {
        return Err(Failure::NoTokenName(name));
    }
    let said = change(place, |tokens| {
        if tokens.has(&name) {
            return Err(Failure::TokenExists(name));
        }
        tokens.add(&name, now).map_err(Failure::Runtime)
    })?;
    print(format_args!("{said}\n"))?;
    say("it is printed this once; say it as `Authorization: Bearer …`");
    Ok(())
}

fn list(place: TokenPlace) -> Result<(), Failure> {
    let tokens = read(&files(place)?)?;
    let width = tokens.iter().map(|token| token.name.len()).max();
    let width = width.unwrap_or(0);
    for token in tokens.iter() {
        print(format_args!(
            "{:width$}  {:.0}\n",
            token.name, token.created
        ))?;
    }
    Ok(())
}

fn remove(named: NamedToken) -> Result<(), Failure> {
    let NamedToken { name, place } = named;
    change(place, |tokens| {
        if tokens.remove(&name) {
            Ok(())
        } else {
            Err(Failure::NoSuchToken(name))
        }
    })
}

fn files(place: TokenPlace) -> Result<AccessFiles, Failure> {
    let data = settings::data_folder(&place.config, place.data)?;
    Ok(AccessFiles::of(&data))
}

fn read(files: &AccessFiles) -> Result<Tokens, Failure> {
    let path = files.tokens();
    match fs::read_to_string(&path) {
        Ok(text) => Tokens::read(&text).ok_or(Failure::BrokenTokens(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Tokens::default()),
        Err(source) => Err(Failure::Unreadable { path, source }),
    }
}

/// Changes the file, if `change` does not fail.
fn change<T>(
    place: TokenPlace,
    change: impl FnOnce(&mut Tokens) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let files = files(place)?;
    let path = files.tokens();
    let refused = |source| Failure::Unwritable {
        path: path.clone(),
        source,
    };
    let turn = files.turn().map_err(refused)?;
    let mut tokens = read(&files)?;
    let changed = change(&mut tokens)?;
    let text = tokens.text().map_err(|error| refused(error.into()))?;
    files.replace(&turn, &path, &text).map_err(refused)?;
    Ok(changed)
}
