//! A JSON document in every form a browser may ask for, compressed once and as far as it goes.

use crate::http::encoding::Encoding;
use axum::body::Bytes;
use serde::Serialize;
use std::io::{self, Write};

pub(crate) struct Packed {
    plain: Bytes,
    encoded: Vec<(Encoding, Bytes)>,
}

impl Packed {
    pub(crate) fn new(document: &impl Serialize) -> Self {
        // Strings, numbers and lists of them: serialising them cannot fail.
        let plain = serde_json::to_vec(document).unwrap_or_default();
        let encode = |encoding| Some((encoding, encode(encoding, &plain).ok()?.into()));
        let encoded = Encoding::ALL.into_iter().filter_map(encode).collect();
        Self {
            plain: plain.into(),
            encoded,
        }
    }

    /// The bytes of this encoding, or the plain ones.
    pub(crate) fn form(&self, wanted: Option<Encoding>) -> Option<Bytes> {
        let Some(wanted) = wanted else {
            return Some(self.plain.clone());
        };
        let found = self
            .encoded
            .iter()
            .find(|(encoding, _)| *encoding == wanted);
        found.map(|(_, bytes)| bytes.clone())
    }
}

fn encode(encoding: Encoding, mut plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    match encoding {
        Encoding::Brotli => {
            let params = brotli::enc::BrotliEncoderParams {
                quality: 11,
                size_hint: plain.len(),
                ..Default::default()
            };
            brotli::BrotliCompress(&mut plain, &mut packed, &params)?;
        }
        Encoding::Zstd => packed = zstd::encode_all(plain, 19)?,
        Encoding::Gzip => {
            let mut encoder = flate2::write::GzEncoder::new(packed, flate2::Compression::best());
            encoder.write_all(plain)?;
            packed = encoder.finish()?;
        }
    }
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn every_form_unpacks_to_the_same_and_is_smaller() {
        let document = vec!["How easy was it to check out?"; 50];
        let packed = Packed::new(&document);
        let plain = packed.form(None).expect("plain").to_vec();
        assert_eq!(plain, serde_json::to_vec(&document).unwrap());
        let bytes = |encoding| packed.form(Some(encoding)).expect("encoded");
        let (br, zst, gz) = (
            bytes(Encoding::Brotli),
            bytes(Encoding::Zstd),
            bytes(Encoding::Gzip),
        );
        let unpacked: [(&str, usize, Box<dyn Read>); 3] = [
            (
                "br",
                br.len(),
                Box::new(brotli::Decompressor::new(&br[..], 4_096)),
            ),
            (
                "zstd",
                zst.len(),
                Box::new(zstd::Decoder::new(&zst[..]).unwrap()),
            ),
            (
                "gzip",
                gz.len(),
                Box::new(flate2::read::GzDecoder::new(&gz[..])),
            ),
        ];
        for (name, length, mut reader) in unpacked {
            let mut read = Vec::new();
            reader.read_to_end(&mut read).expect(name);
            assert_eq!(read, plain, "{name}");
            assert!(length < plain.len() / 4, "{name}: {length}");
        }
    }
}
