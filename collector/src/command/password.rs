//! `hark password`: sets the password of the dashboard, or takes it away.

use crate::cli;
use crate::console::say;
use crate::doorway::{AccessFiles, password};
use crate::failure::Failure;
use crate::settings;
use std::io::{self, IsTerminal};
use std::path::Path;

pub(crate) fn run(typed: cli::Password) -> Result<(), Failure> {
    let data = settings::data_folder(&typed.config, typed.data)?;
    let files = AccessFiles::of(&data);
    let path = files.password();
    let refused = |source| Failure::Unwritable {
        path: path.clone(),
        source,
    };
    if typed.remove {
        let turn = files.turn().map_err(refused)?;
        let was_there = files.remove(&turn, &path).map_err(refused)?;
        say(if was_there {
            "the password is removed: the dashboard is shown on this machine at most"
        } else {
            "there was no password"
        });
        return Ok(());
    }
    let chosen = ask(&data)?;
    let hash = password::hash(&chosen).map_err(|error| Failure::NoHash(error.to_string()))?;
    let turn = files.turn().map_err(refused)?;
    let text = format!("{hash}\n");
    files.replace(&turn, &path, &text).map_err(refused)?;
    say(format_args!("the password is set, in `{}`", path.display()));
    Ok(())
}

/// The password, which may be set.
fn ask(data: &Path) -> Result<String, Failure> {
    let chosen = if io::stdin().is_terminal() {
        if !data.join("events").exists() {
            let data = data.display();
            say(format_args!(
                "no collector has stored anything in `{data}` yet; is that the right folder?"
            ));
        }
        let hear = |question| rpassword::prompt_password(question).map_err(Failure::Input);
        let chosen = hear("Password of the dashboard: ")?;
        password::judge(&chosen)?;
        if hear("The same again: ")? != chosen {
            return Err(Failure::PasswordsDiffer);
        }
        chosen
    } else {
        let mut line = String::new();
        io::stdin().read_line(&mut line).map_err(Failure::Input)?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    };
    password::judge(&chosen)?;
    Ok(chosen)
}
