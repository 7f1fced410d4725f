//! A file and its compressed forms beside it, each as small as its method gets: paid once here,
//! not by every visitor.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

/// Writes `file`, `file.br`, `file.gz` and `file.zst`.
pub(super) fn write(file: &Path, content: &[u8]) -> Result<()> {
    save(file, content)?;
    save(&beside(file, "br"), &brotli(content)?)?;
    save(&beside(file, "gz"), &gzip(content)?)?;
    save(&beside(file, "zst"), &zstd::encode_all(content, 19)?)
}

/// `hark.js` → `hark.js.br`.
fn beside(file: &Path, extension: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

fn save(file: &Path, content: &[u8]) -> Result<()> {
    fs::write(file, content).with_context(|| format!("cannot write `{}`", file.display()))
}

fn brotli(mut content: &[u8]) -> Result<Vec<u8>> {
    let best = BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut squeezed = Vec::new();
    brotli::BrotliCompress(&mut content, &mut squeezed, &best)?;
    Ok(squeezed)
}

fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}
