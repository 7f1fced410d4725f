//! The card's style sheet in fewer bytes: every shopper downloads it with the Wasm.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=src/card/card.css");
    let sheet = fs::read_to_string("src/card/card.css")?;
    let folder = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    fs::write(Path::new(&folder).join("card.css"), smaller(&sheet))
}

/// Without comments, line breaks, and the blanks, quotes and zeros that say nothing; sums need the blanks
/// around their signs.
fn smaller(sheet: &str) -> String {
    let mut kept = String::new();
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        kept += before;
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept += rest;
    let mut smaller = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    for (long, short) in [
        (" {", "{"),
        ("{ ", "{"),
        ("; ", ";"),
        (": ", ":"),
        (", ", ","),
        (" > ", ">"),
        ("=\"", "="),
        ("\"]", "]"),
        (":0.", ":."),
        (" 0.", " ."),
        ("(0.", "(."),
        ("} ", "}"),
        ("; }", "}"),
        (";}", "}"),
        (" * ", "*"),
        ("( ", "("),
        (" )", ")"),
        (" / ", "/"),
        (" !", "!"),
    ] {
        smaller = smaller.replace(long, short);
    }
    smaller
}
