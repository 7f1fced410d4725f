//! The npm package as somebody would install it: packed, unpacked beside what the guides are written for,
//! its types and the guides' code checked by TypeScript, and bundled for the end-to-end tests.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use crate::{child, house::House, setup::NodeTools, step::Step};

const LOCK: &str = "package-lock.json";

/// What it holds, and nothing else.
const FILES: [&str; 4] = ["README.md", "index.d.ts", "index.js", "package.json"];

/// The guides whose blocks of code begin with the name of a file.
const GUIDES: [&str; 3] = [
    "docs/single-page-apps.md",
    "docs/webview.md",
    "npm/README.md",
];

/// Vue with what compiles templates in the page.
const WITH_TEMPLATES: &str = "--alias:vue=./node_modules/vue/dist/vue.esm-bundler.js";

/// The npm package as a step.
pub(super) struct Package;

impl Step for Package {
    fn name(&self) -> String {
        "npm package".into()
    }

    fn usually(&self) -> &'static str {
        "installing what it is checked with, usually 15 s"
    }

    fn make(&self, house: &House) -> Result<()> {
        let folder = house.target().join("npm-check");
        install(house, &folder)?;
        unpack(house, &folder)?;
        write_guides(house, &folder.join("guide"))?;
        let tool = |name| folder.join("node_modules/.bin").join(name);
        child::run(Command::new(tool("tsc")).current_dir(&folder))?;
        child::run(Command::new("node").arg("server.mjs").current_dir(&folder))?;
        child::run(
            Command::new(NodeTools::program(house, "esbuild"))
                .args(["app.tsx", "--bundle", "--minify", "--jsx=automatic"])
                .args(["--loader:.html=text", WITH_TEMPLATES])
                .args(["--define:process.env.NODE_ENV=\"production\""])
                .args(["--outfile=app.js", "--log-level=warning"])
                .current_dir(&folder),
        )
    }

    fn remedy(&self) -> &'static str {
        "mend what is named above in `npm/`, or in the guide: a block of code there is a file, \
         named in its first line"
    }
}

/// Copies the check, and installs what it needs unless that is there.
fn install(house: &House, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let installed = fs::read(folder.join("node_modules").join(LOCK)).ok();
    let source = house.root.join("npm/check");
    for entry in fs::read_dir(&source).context("cannot read `npm/check`")? {
        let file = entry?.path();
        let name = file.file_name().context("a file without a name")?;
        fs::copy(&file, folder.join(name))?;
    }
    let lock = fs::read(folder.join(LOCK))?;
    if installed.as_ref() == Some(&lock) {
        return Ok(());
    }
    child::run(
        Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
            .current_dir(folder),
    )?;
    Ok(fs::write(folder.join("node_modules").join(LOCK), lock)?)
}

/// Packs it as for the registry, and puts it where an app has it.
fn unpack(house: &House, folder: &Path) -> Result<()> {
    let packed = child::read(
        Command::new("npm")
            .args(["pack", "--loglevel=error", "--pack-destination"])
            .arg(folder)
            .current_dir(house.root.join("npm")),
    )?;
    let package = folder.join("node_modules/hark-survey");
    let _ = fs::remove_dir_all(&package);
    fs::create_dir_all(&package)?;
    let archive = folder.join(packed.lines().last().unwrap_or_default());
    let archive = archive.to_string_lossy().into_owned();
    child::run(
        Command::new("tar")
            .args(["-xzf", &archive, "--strip-components=1", "-C"])
            .arg(&package),
    )?;
    let mut files = fs::read_dir(&package)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<Vec<_>>>()?;
    files.sort();
    ensure!(files == FILES, "the package holds {}", files.join(", "));
    Ok(())
}

/// Writes every block of code that names its file into that file.
fn write_guides(house: &House, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for guide in GUIDES {
        let text = fs::read_to_string(house.root.join(guide))
            .with_context(|| format!("cannot read `{guide}`"))?;
        let files = code_files(&text);
        ensure!(!files.is_empty(), "`{guide}` has no code");
        for (name, code) in files {
            fs::write(folder.join(PathBuf::from(name)), code)?;
        }
    }
    Ok(())
}

/// The blocks whose first line is `// name` or `<!-- name -->`, each with that name.
fn code_files(guide: &str) -> Vec<(&str, &str)> {
    let blocks = guide.split("\n```").skip(1).step_by(2);
    blocks
        .filter_map(|block| {
            let (_, code) = block.split_once('\n')?;
            let first = code.lines().next()?;
            let of_markup = || first.strip_prefix("<!-- ")?.strip_suffix(" -->");
            let name = first.strip_prefix("// ").or_else(of_markup)?;
            let is_name = name.contains('.') && !name.contains(' ');
            is_name.then_some((name, code))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_of_code_is_the_file_it_names() {
        let guide = "Text\n\n```ts\n// plain.ts\nexport {};\n```\n\n```sh\nnpm pack\n```\n\n```js\n// some words\n```\n\n\
             ```html\n<!-- order.html -->\n<p>\n```\n";
        let files = [
            ("plain.ts", "// plain.ts\nexport {};"),
            ("order.html", "<!-- order.html -->\n<p>"),
        ];
        assert_eq!(code_files(guide), files);
    }
}
