//! The secret that a webhook is signed with, as Standard Webhooks has it:
//! <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>.

use crate::random;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use std::ops::RangeInclusive;

/// A key that sender and receiver share.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(Vec<u8>);

const PREFIX: &str = "whsec_";
/// What the specification allows, in bytes.
const LENGTHS: RangeInclusive<usize> = 24..=64;
const LENGTH_OF_OURS: usize = 32;

impl Secret {
    /// `None` where the text is not `whsec_` and 24 to 64 bytes in base64.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let key = STANDARD.decode(text.trim().strip_prefix(PREFIX)?).ok()?;
        LENGTHS.contains(&key.len()).then_some(Self(key))
    }

    /// One that nobody has yet, as it is written.
    pub(crate) fn fresh() -> std::io::Result<String> {
        let key: [u8; LENGTH_OF_OURS] = random::bytes()?;
        Ok(format!("{PREFIX}{}", STANDARD.encode(key)))
    }

    /// The value of `webhook-signature`: who knows the secret sees that message, moment (in seconds of
    /// Unix time) and body are as they were sent.
    pub(crate) fn signature(&self, message: &str, seconds: i64, body: &str) -> String {
        // A key of any length will do for HMAC.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return String::new();
        };
        mac.update(format!("{message}.{seconds}.{body}").as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// Nothing of it belongs into a log.
impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_as_it_is_written_and_others_are_not() {
        let ours = Secret::fresh().expect("random bytes");
        assert!(Secret::read(&ours).is_some(), "{ours}");
        assert!(Secret::read(&format!("{ours}\n")).is_some());
        assert_ne!(ours, Secret::fresh().expect("random bytes"));
        let short = format!("{PREFIX}{}", STANDARD.encode([7; 23]));
        for wrong in ["", "whsec_", "secret", "whsec_%%%", &ours[6..], &short] {
            assert_eq!(Secret::read(wrong), None, "{wrong}");
        }
    }

    /// The example that libraries of Standard Webhooks are tested with, worked out again by Python's `hmac`.
    #[test]
    fn the_signature_is_that_of_others() {
        let secret = Secret::read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("a secret");
        let body = r#"{"test": 2432232314}"#;
        let signature = secret.signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert_eq!(format!("{secret:?}"), "Secret");
    }
}
