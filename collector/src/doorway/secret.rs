//! What only its owner knows: 256 random bits as text, kept as a fingerprint.
//!
//! Nobody guesses so many bits, so a plain SHA-256 keeps them: who reads the fingerprint learns nothing of
//! the secret, and needs no slow hash to be kept from trying.

use crate::random;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use std::io;

/// What a secret is recognised by.
pub(super) type Print = [u8; 32];

/// A new secret: 43 letters, digits, `-` and `_`.
///
/// # Errors
/// When the system gives no random numbers.
pub(super) fn draw() -> io::Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(random::bytes::<32>()?))
}

/// The fingerprint of a secret.
pub(super) fn print(secret: &str) -> Print {
    Sha256::digest(secret).into()
}

/// Another secret made of this one, from which nobody finds the way back.
pub(super) fn derived(purpose: &str, secret: &str) -> String {
    let made = Sha256::new()
        .chain_update(purpose)
        .chain_update([0])
        .chain_update(secret);
    URL_SAFE_NO_PAD.encode(made.finalize())
}

/// Whether both are the same, without telling by the time it takes how much of them is.
pub(super) fn are_alike(one: &str, other: &str) -> bool {
    let both = print(one).into_iter().zip(print(other));
    both.fold(0, |differ, (one, other)| differ | (one ^ other)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_differ_and_tell_nothing_of_each_other() {
        let (one, other) = (draw().expect("one"), draw().expect("another"));
        assert_eq!((one.len(), one == other), (43, false));
        assert!(are_alike(&one, &one.clone()) && !are_alike(&one, &other));
        assert!(!are_alike(&one, &one[1..]) && !are_alike("", &one));
        let form = derived("form", &one);
        assert_eq!(form, derived("form", &one));
        assert_ne!(form, derived("form", &other));
        assert_ne!(form, derived("other", &one));
    }

    /// RFC 6234, and `printf abc | sha256sum`.
    #[test]
    fn a_print_is_sha_256() {
        let hex: String = print("abc")
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            hex,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
