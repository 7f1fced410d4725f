//! Random bytes, which the system alone gives.

use rustix::rand::{GetRandomFlags, getrandom};
use std::io;

/// So many bytes that nobody can guess; 256 at most, which the system gives whole.
pub(crate) fn bytes<const LENGTH: usize>() -> io::Result<[u8; LENGTH]> {
    let mut bytes = [0; LENGTH];
    if getrandom(&mut bytes, GetRandomFlags::empty())? < LENGTH {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}
