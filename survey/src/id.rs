//! The identity an impression shares with its responses and its dismissal: a UUID of version 7.

use std::fmt;
use std::str::FromStr;

/// A UUIDv7 (RFC 9562): 48 bits of time in milliseconds, then 74 random bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(u128);

/// The text is not a UUID of version 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnEventId;

const VERSION_AND_VARIANT: u128 = 0xf000_c000_0000_0000_0000;
const VERSION_7_RFC_VARIANT: u128 = 0x7000_8000_0000_0000_0000;

impl EventId {
    /// Makes an id from the time in milliseconds since 1970 and random bits, of which 74 are used.
    #[must_use]
    pub const fn new(unix_milliseconds: u64, random: u128) -> Self {
        let time = (unix_milliseconds as u128) << 80;
        let rest = random & ((1 << 80) - 1) & !VERSION_AND_VARIANT;
        Self(time | rest | VERSION_7_RFC_VARIANT)
    }

    /// The 128 bits, for a compact index.
    #[must_use]
    pub const fn as_u128(self) -> u128 {
        self.0
    }

    /// From the 128 bits; `None` if they are not those of a UUID of version 7.
    #[must_use]
    pub const fn from_u128(bits: u128) -> Option<Self> {
        if bits & VERSION_AND_VARIANT == VERSION_7_RFC_VARIANT {
            Some(Self(bits))
        } else {
            None
        }
    }
}

/// Where the dashes stand.
const DASHES: [usize; 4] = [8, 13, 18, 23];

/// What each byte is worth as a hexadecimal digit in either case; 255 if it is none.
const VALUES: [u8; 256] = {
    let mut values = [u8::MAX; 256];
    let mut digit = 0;
    while digit < 16 {
        values[b"0123456789abcdef"[digit] as usize] = digit as u8;
        values[b"0123456789ABCDEF"[digit] as usize] = digit as u8;
        digit += 1;
    }
    values
};

impl FromStr for EventId {
    type Err = NotAnEventId;

    /// Reads the usual form, 8-4-4-4-12 hexadecimal digits in either case.
    fn from_str(text: &str) -> Result<Self, NotAnEventId> {
        let text: &[u8; 36] = text.as_bytes().try_into().map_err(|_| NotAnEventId)?;
        if DASHES.iter().any(|&dash| text[dash] != b'-') {
            return Err(NotAnEventId);
        }
        // What is no digit is looked for once, at the end: reports read millions of ids.
        let (mut bits, mut seen) = (0_u128, 0);
        for group in [0..8, 9..13, 14..18, 19..23, 24..36] {
            for &byte in &text[group] {
                let value = VALUES[usize::from(byte)];
                seen |= value;
                bits = bits << 4 | u128::from(value & 0xf);
            }
        }
        if seen > 0xf {
            return Err(NotAnEventId);
        }
        Self::from_u128(bits).ok_or(NotAnEventId)
    }
}

impl EventId {
    /// The usual form. Written by hand, since formatting would be two kilobytes of Wasm.
    #[must_use]
    pub fn text(self) -> String {
        let mut text = hexadecimal(self.0);
        for dash in [20, 16, 12, 8] {
            text.insert(dash, '-');
        }
        text
    }
}

/// 128 bits as 32 hexadecimal digits.
#[must_use]
pub fn hexadecimal(bits: u128) -> String {
    let digit = |place: u32| char::from_digit((bits >> (124 - 4 * place)) as u32 & 0xf, 16);
    (0..32).filter_map(digit).collect()
}

impl fmt::Display for EventId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_being_written_and_read() {
        let id = EventId::new(1_763_719_200_000, u128::MAX);
        assert_eq!(id.to_string(), "019aa5db-3d00-7fff-bfff-ffffffffffff");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string().to_uppercase().parse(), Ok(id));
    }

    #[test]
    fn an_id_carries_its_time_and_randomness() {
        let early = EventId::new(1_000, 5);
        let late = EventId::new(1_001, 0);
        assert!(early < late);
        assert_ne!(early, EventId::new(1_000, 6));
    }

    #[test]
    fn what_is_not_version_7_is_refused() {
        for text in [
            "",
            "019aa5f0-4500-4fff-bfff-ffffffffffff",
            "019aa5f0-4500-7fff-3fff-ffffffffffff",
            "019aa5f045007fffbfffffffffffffff",
            "019aa5f0-4500-7fff-bfff-fffffffffffg",
            "019aa5f0-4500-7fff-bfff-ffffffffffé",
            "019aa5f0+4500-7fff-bfff-ffffffffffff",
            "019aa5f0-4500-7fff-bfff+ffffffffffff",
            "019aa5f-04500-7fff-bfff-ffffffffffff",
            "019aa5f0-4500-7fff-bfff-fffffffff-ff",
        ] {
            assert_eq!(text.parse::<EventId>(), Err(NotAnEventId), "{text}");
        }
    }
}
