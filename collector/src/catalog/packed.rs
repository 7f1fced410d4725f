//! A JSON document in the forms a browser may ask for, compressed once and as far as it goes.
//!
//! Not as brotli: its encoder and tables are nearly a megabyte of program, to save some fifty bytes.

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
        let encode = |encoding| Some((encoding, encode(encoding, &plain)?.ok()?.into()));
        let encoded = [Encoding::Zstd, Encoding::Gzip]
            .into_iter()
            .filter_map(encode)
            .collect();
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

/// `None` for an encoding that is not made here.
fn encode(encoding: Encoding, plain: &[u8]) -> Option<io::Result<Vec<u8>>> {
    match encoding {
        Encoding::Brotli => None,
        Encoding::Zstd => Some(zstd::encode_all(plain, 19)),
        Encoding::Gzip => Some(gzip(plain)),
    }
}

fn gzip(plain: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(plain)?;
    encoder.finish()
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
        assert_eq!(packed.form(Some(Encoding::Brotli)), None);
        let (zst, gz) = (bytes(Encoding::Zstd), bytes(Encoding::Gzip));
        let unpacked: [(&str, usize, Box<dyn Read>); 2] = [
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
