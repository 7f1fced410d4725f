//! The password of the dashboard: which ones are taken, and how one is kept and recognised.
//!
//! Kept as a PHC string of argon2id, the parameters of which are the second of those that OWASP recommends:
//! <https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html>.

use crate::random;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{self, PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use std::collections::BTreeSet;
use std::io;
use unicode_normalization::UnicodeNormalization;

/// Characters of a password, at least.
const SHORTEST: usize = 12;
/// Bytes, at most: a body holds more, and a hash need not be asked for them.
const LONGEST: usize = 1_024;
/// Different characters, at least.
const FEWEST_KINDS: usize = 5;

const MEMORY_KIB: u32 = 19 * 1_024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unfit {
    #[error("the password is empty")]
    Empty,
    #[error("the password has {0} characters, and {SHORTEST} are the least")]
    TooShort(usize),
    #[error("the password is longer than {LONGEST} bytes")]
    TooLong,
    #[error("the password repeats so few characters that it is guessed at once")]
    TooPlain,
}

/// Why there is no hash.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HashError {
    #[error(transparent)]
    Random(#[from] io::Error),
    #[error("{0}")]
    Hash(#[from] password_hash::Error),
    #[error("{0}")]
    Parameters(#[from] argon2::Error),
}

/// Whether it may be set.
pub(crate) fn judge(password: &str) -> Result<(), Unfit> {
    let characters = password.chars().count();
    let kinds: BTreeSet<char> = password.chars().collect();
    match characters {
        0 => Err(Unfit::Empty),
        1..SHORTEST => Err(Unfit::TooShort(characters)),
        _ if plain(password).len() > LONGEST => Err(Unfit::TooLong),
        _ if kinds.len() < FEWEST_KINDS => Err(Unfit::TooPlain),
        _ => Ok(()),
    }
}

/// What is kept of it. Takes some 19 MiB of memory and tens of milliseconds.
pub(crate) fn hash(password: &str) -> Result<String, HashError> {
    let parameters = Params::new(MEMORY_KIB, PASSES, LANES, None)?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters);
    let salt: [u8; 16] = random::bytes()?;
    let hash: PasswordHash = argon2.hash_password_with_salt(plain(password).as_bytes(), &salt)?;
    Ok(hash.to_string())
}

/// Whether this is the password of which that is kept; takes as long and as much whether it is or not, but for
/// what is too long to be one.
pub(super) fn fits(password: &str, kept: &Kept) -> bool {
    let password = plain(password);
    let verify = || Argon2::default().verify_password(password.as_bytes(), &kept.0);
    password.len() <= LONGEST && verify().is_ok()
}

/// What is kept of a password.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Kept(PasswordHash);

impl Kept {
    /// Reads what [`hash`] has made; `None` where it was another.
    pub(super) fn read(text: &str) -> Option<Self> {
        let hash = PasswordHash::new(text.trim()).ok()?;
        let is_whole = hash.hash.is_some() && hash.salt.is_some();
        (is_whole && hash.algorithm == argon2::ARGON2ID_IDENT).then_some(Self(hash))
    }
}

/// The same characters typed on another system may be other bytes.
fn plain(password: &str) -> String {
    password.nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_kept_as_owasp_says_and_recognised() {
        let kept = hash("correct horse battery").expect("a hash");
        assert!(
            kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{kept}"
        );
        assert_ne!(kept, hash("correct horse battery").expect("another salt"));
        let kept = Kept::read(&format!("{kept}\n")).expect("readable");
        assert!(fits("correct horse battery", &kept));
        assert!(!fits("correct horse battery ", &kept));
        assert!(!fits("", &kept));
    }

    #[test]
    fn the_same_letters_composed_otherwise_are_the_same_password() {
        let kept = hash("M\u{fc}nchen leuchtet").expect("a hash");
        let kept = Kept::read(&kept).expect("readable");
        assert!(fits("Mu\u{308}nchen leuchtet", &kept));
    }

    #[test]
    fn short_endless_and_plain_ones_are_refused() {
        let rows = [
            ("", Err(Unfit::Empty)),
            ("elevenchars", Err(Unfit::TooShort(11))),
            ("twelve chars", Ok(())),
            ("zw\u{f6}lf Zeichen", Ok(())),
            ("121212121212", Err(Unfit::TooPlain)),
        ];
        for (password, expected) in rows {
            assert_eq!(judge(password), expected, "{password}");
        }
        assert_eq!(judge(&"abcdef".repeat(200)), Err(Unfit::TooLong));
    }

    #[test]
    fn what_is_too_long_to_be_set_is_not_tried() {
        for (length, expected) in [(LONGEST, true), (LONGEST + 1, false)] {
            let password = "a".repeat(length);
            let kept = hash(&password).expect("a hash");
            let kept = Kept::read(&kept).expect("readable");
            assert_eq!(fits(&password, &kept), expected, "{length}");
        }
    }

    #[test]
    fn what_is_no_hash_of_ours_is_not_read() {
        let rows = [
            "",
            "correct horse battery",
            "$argon2id$v=19$m=19456,t=2,p=1",
            "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0",
            "$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA",
            "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW",
        ];
        for text in rows {
            assert_eq!(Kept::read(text), None, "{text}");
        }
    }
}
