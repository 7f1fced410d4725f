//! `hark check --tag`: what is pasted into pages, and into their Content-Security-Policy.

use crate::assets::{Assets, LOADER};
use crate::cli;
use crate::console::{self, say};
use crate::failure::Failure;
use crate::settings::{self, Origin};
use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha384};
use std::fmt::Write;

const ADVICE: &str = "\
With `integrity` a page runs exactly this hark.js and no other: paste the new tag with each new
version, or surveys stop until you do. Leave out `integrity` and `crossorigin` to get new versions
by themselves.";

pub(crate) fn print(typed: cli::Check) -> Result<(), Failure> {
    let door = settings::door(&typed.config, None)?;
    let scheme = if door.is_secret { "https" } else { "http" };
    let url = typed
        .url
        .unwrap_or_else(|| format!("{scheme}://{}", door.address));
    let url = url.trim_end_matches('/');
    let is_origin = Origin::new(url).is_some() && !url.ends_with('*');
    if !is_origin {
        return Err(Failure::NotAnOrigin(url.to_owned()));
    }
    let assets = Assets::new(typed.assets);
    let loader = hash(&assets, LOADER).ok_or_else(|| Failure::NoWidget(LOADER.to_owned()))?;
    let mut text = String::new();
    for site in door.sites {
        let key = site.key;
        add(
            &mut text,
            format_args!(
                "<script async src=\"{url}/{LOADER}\" data-site=\"{key}\" \
                 integrity=\"{loader}\" crossorigin=\"anonymous\"></script>"
            ),
        );
    }
    add(
        &mut text,
        format_args!(
            "\nContent-Security-Policy: script-src {url} 'wasm-unsafe-eval'; connect-src {url}\n"
        ),
    );
    for name in assets.names() {
        if let Some(hash) = hash(&assets, &name) {
            add(&mut text, format_args!("{hash}  {name}"));
        }
    }
    console::print(text)?;
    say(ADVICE);
    Ok(())
}

/// As `integrity` wants it: <https://www.w3.org/TR/sri-2/#the-integrity-attribute>.
fn hash(assets: &Assets, name: &str) -> Option<String> {
    let digest = Sha384::digest(assets.get(name)?);
    Some(format!("sha384-{}", BASE64_STANDARD.encode(digest)))
}

fn add(text: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{line}");
}
