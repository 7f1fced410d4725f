//! Sealed segments become smaller, and no line is at risk meanwhile.
//!
//! The packed file is whole, read back, compared and synced before it gets its name, and its name is
//! synced before the plain file goes. A crash leaves the plain file alone, both, or the packed one.

use super::lines::unpacked;
use super::segment::{Form, Found};
use super::storage::{self, Sequential, Storage};
use std::io::{self, BufRead, BufReader, Read};

/// What `zstd` uses unless told otherwise.
const LEVEL: i32 = 3;
/// It looks back 512 KiB and not the usual 2 MiB: packing must not cost more memory than serving.
const WINDOW_LOG: u32 = 19;

/// Packs a plain segment; gives the packed one.
pub(super) fn compress(storage: &dyn Storage, segment: &Found) -> io::Result<Found> {
    let packed = Found {
        path: segment.path.with_added_extension("zst"),
        form: Form::Packed,
        ..segment.clone()
    };
    let unfinished = packed.path.with_added_extension("tmp");
    let mut packer = packer(Sequential::create(storage, &unfinished)?)?;
    io::copy(&mut unpacked(storage, segment)?, &mut packer)?;
    packer.finish()?.sync()?;
    let unnamed = Found {
        path: unfinished.clone(),
        ..packed.clone()
    };
    let is_same = same(unpacked(storage, segment)?, unpacked(storage, &unnamed)?)?;
    if !is_same {
        storage.remove(&unfinished)?;
        let path = segment.path.display();
        return Err(io::Error::other(format!(
            "`{path}` came back from compression changed"
        )));
    }
    storage::settle(storage, &unfinished, &packed.path)?;
    storage.remove(&segment.path)?;
    Ok(packed)
}

/// Packs what is written to it into the file.
pub(super) fn packer(file: Sequential) -> io::Result<zstd::Encoder<'static, Sequential>> {
    let mut packer = zstd::Encoder::new(file, LEVEL)?;
    packer.include_checksum(true)?;
    packer.window_log(WINDOW_LOG)?;
    Ok(packer)
}

/// Whether both give the same bytes: closer than any count of lines or hash of them could tell.
fn same(one: impl Read, other: impl Read) -> io::Result<bool> {
    let mut one = BufReader::with_capacity(1 << 16, one);
    let mut other = BufReader::with_capacity(1 << 16, other);
    loop {
        let (left, right) = (one.fill_buf()?, other.fill_buf()?);
        let length = left.len().min(right.len());
        if length == 0 {
            return Ok(left.is_empty() && right.is_empty());
        }
        if left[..length] != right[..length] {
            return Ok(false);
        }
        one.consume(length);
        other.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_the_same_only_if_every_byte_is() {
        let text = "line\n".repeat(40_000);
        let reader = || text.as_bytes();
        assert!(same(reader(), reader().chain(&b""[..])).expect("read"));
        assert!(!same(reader(), &reader()[1..]).expect("read"));
        assert!(!same(reader(), reader().chain(&b"x"[..])).expect("read"));
        assert!(!same(reader(), &reader()[..text.len() - 1]).expect("read"));
    }
}
