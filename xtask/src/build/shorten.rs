//! Shorter names between the glue and the module, and no glue for what the module does not have.
//!
//! wasm-bindgen gives each of some 130 imports a name with a hash in it, which no compression shortens.
//! Text in, text out; a shape that is not the expected one is refused.

use std::collections::HashMap;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// The module that wasm-bindgen imports from.
const GLUE_MODULE: &str = "\"./hark_bg.js\"";
/// The only one whose names wasm-opt shortens.
const SHORT_MODULE: &str = "\"env\"";
/// What the stream library calls its classes, in either case; the linker has dropped them (`link`).
const UNCALLED: &str = "intounderlying";

/// The module's text, importing from the module whose names get shortened.
pub(super) fn module(text: &str) -> String {
    let import = |module| format!("(import {module} ");
    text.replace(&import(GLUE_MODULE), &import(SHORT_MODULE))
}

/// Which names became which, as wasm-opt prints it.
pub(super) struct Names {
    imports: HashMap<String, String>,
    exports: HashMap<String, String>,
}

impl Names {
    /// Reads what `--minify-imports-and-exports` printed.
    pub(super) fn read(printed: &str) -> Result<Self> {
        let printed: Value = serde_json::from_str(printed).context("wasm-opt printed no names")?;
        let pairs = |list: &str, from: usize| {
            let rows = printed[list].as_array().into_iter().flatten();
            let text = |row: &Value, column: usize| row[column].as_str().map(str::to_owned);
            rows.map(|row| Some((text(row, from)?, text(row, from + 1)?)))
                .collect::<Option<HashMap<_, _>>>()
                .with_context(|| format!("wasm-opt printed no names of {list}"))
        };
        Ok(Self {
            imports: pairs("imports", 1)?,
            exports: pairs("exports", 0)?,
        })
    }
}

/// The glue with the short names, and without the functions that the module no longer imports.
pub(super) fn glue(script: &str, names: &Names) -> Result<String> {
    let mut kept = Vec::new();
    let mut found = 0;
    let mut lines = script.lines();
    while let Some(line) = lines.next() {
        if let Some(end) = end_of_uncalled(line) {
            skip_to(&mut lines, line, end)?;
        } else if let Some(name) = imported(line) {
            match names.imports.get(name) {
                Some(short) => {
                    found += 1;
                    kept.push(line.replacen(name, short, 1));
                }
                None => skip_to(&mut lines, line, "        }")?,
            }
        } else if !(line.starts_with("if (Symbol.dispose)") && is_uncalled(line)) {
            kept.push(line.replace(&format!("{GLUE_MODULE}: "), "env: "));
        }
    }
    ensure!(
        found == names.imports.len(),
        "the glue defines {found} of the module's {} imports",
        names.imports.len()
    );
    Ok(with_short_exports(&kept.join("\n"), names))
}

/// How the definition that begins on this line ends, if nobody calls it.
fn end_of_uncalled(line: &str) -> Option<&'static str> {
    match line.split(' ').next() {
        Some("export") if is_uncalled(line) => Some("}"),
        Some("const") if is_uncalled(line) => Some("    :"),
        _ => None,
    }
}

fn is_uncalled(line: &str) -> bool {
    line.to_ascii_lowercase().contains(UNCALLED)
}

/// The name that a line of the imports' table defines.
fn imported(line: &str) -> Option<&str> {
    let (name, _) = line.strip_prefix("        ")?.split_once(": function(")?;
    let is_name = name
        .chars()
        .all(|character| character.is_alphanumeric() || character == '_');
    is_name.then_some(name)
}

fn skip_to<'s>(lines: &mut impl Iterator<Item = &'s str>, from: &str, end: &str) -> Result<()> {
    let last = lines.find(|line| line.starts_with(end));
    last.with_context(|| format!("the glue does not end what begins with `{from}`"))?;
    Ok(())
}

/// Every `wasm.name` by its short name.
fn with_short_exports(script: &str, names: &Names) -> String {
    let mut parts = script.split("wasm.");
    let mut short = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_name = |character: char| character.is_alphanumeric() || character == '_';
        let end = part
            .find(|character| !is_name(character))
            .unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        short.push_str("wasm.");
        short.push_str(names.exports.get(name).map_or(name, String::as_str));
        short.push_str(rest);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = r#"{
        "imports": [["env", "__wbg_log_12ab", "a"]],
        "exports": [["start", "b"], ["__wbindgen_malloc", "c"]]
    }"#;

    const GLUE: &str = "\
export class IntoUnderlyingSink {
    free() {
        wasm.__wbg_intounderlyingsink_free(ptr, 0);
    }
}
if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = IntoUnderlyingSink.prototype.free;
export function start(site) {
    wasm.start(wasm.__wbindgen_malloc, wasm.other);
}
    const import0 = {
        __wbg_log_12ab: function(arg0) {
            console.log(arg0);
        },
        __wbg_gone_34cd: function() { return handleError(function () {
            gone();
        }, arguments); },
    };
        \"./hark_bg.js\": import0,
const IntoUnderlyingSinkFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_intounderlyingsink_free(ptr, 1));
let last;";

    #[test]
    fn the_glue_keeps_what_the_module_imports_under_its_short_name() {
        let names = Names::read(PRINTED).unwrap();
        let expected = "\
export function start(site) {
    wasm.b(wasm.c, wasm.other);
}
    const import0 = {
        a: function(arg0) {
            console.log(arg0);
        },
    };
        env: import0,
let last;";
        assert_eq!(glue(GLUE, &names).unwrap(), expected);
    }

    #[test]
    fn an_import_that_the_glue_lacks_is_refused() {
        let names = Names::read(PRINTED).unwrap();
        let refusal = glue("let nothing;", &names).unwrap_err().to_string();
        assert_eq!(refusal, "the glue defines 0 of the module's 1 imports");
    }

    #[test]
    fn the_module_imports_from_where_names_are_shortened() {
        let text = "(module\n (import \"./hark_bg.js\" \"log\" (func))\n)";
        let expected = "(module\n (import \"env\" \"log\" (func))\n)";
        assert_eq!(module(text), expected);
    }
}
