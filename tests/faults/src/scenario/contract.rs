//! Schemathesis: what the OpenAPI document allows and what it forbids, sent to the real program, and
//! every answer held to the document.

use crate::collector::Collector;
use crate::shop::{Shop, binary};
use crate::stored::Stored;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::process::Command;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance,\
                      negative_data_rejection,unsupported_method,allow_header_conformance";

/// Tries so many inputs of each operation; gives its last words.
///
/// # Errors
/// When an answer is not as the document says, or a line cannot be read afterwards.
pub fn holds(seed: u64, inputs: u64) -> Result<String> {
    let shop = Shop::new()?;
    let mut command = shop.command(&[]);
    let token = token(&shop)?;
    // With every address there is.
    let collector = Collector::start(command.args(["--demo", "--listen", "127.0.0.1:0"]))?;
    let root = fs::canonicalize(ROOT)?;
    let ours = root.join("tests/faults/contract");
    let output = Command::new(root.join("target/tools/schemathesis/bin/schemathesis"))
        .arg("--config-file")
        .arg(ours.join("schemathesis.toml"))
        .arg("run")
        .arg(root.join("docs/openapi.json"))
        .args(["--url", &format!("http://{}", collector.address)])
        .args(["--header", &format!("Authorization: Bearer {token}")])
        .args(["--seed", &seed.to_string()])
        .args(["--max-examples", &inputs.to_string()])
        .args(["--checks", CHECKS, "--continue-on-failure"])
        .args(["--phases", "examples,coverage,fuzzing", "--no-color"])
        .env("SCHEMATHESIS_HOOKS", ours.join("media_types.py"))
        .current_dir(shop.folder())
        .output()
        .context("schemathesis; `cargo xtask setup --tests` installs it")?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    ensure!(
        collector.gets("/readyz")?.status == 200,
        "it is not ready any more"
    );
    let ended = collector.stops()?;
    ensure!(ended.status.success(), "{ended:?}");
    let stored = Stored::read(shop.data())?;
    stored.is_readable()?;
    stored.has_no_double()?;
    let line = said.lines().find(|line| line.contains("generated"));
    Ok(line.unwrap_or_default().trim().to_owned())
}

/// One for the addresses that are read with a token.
fn token(shop: &Shop) -> Result<String> {
    let mut hark = Command::new(binary());
    let made = hark.args(["token", "new", "contract", "--data"]);
    let made = made.arg(shop.data()).output()?;
    ensure!(made.status.success(), "{made:?}");
    Ok(String::from_utf8(made.stdout)?.trim().to_owned())
}
