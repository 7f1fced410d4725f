//! What the writer adds at the end of a line that completes a response: which one of its survey it is.
//!
//! `…,"completed":37}`, with `,"quota":50` before the brace where the survey has one; or
//! `…,"over_quota":true}` once there are that many. No submission can bring such a name of its own, and in
//! no other way can a line end like this.

use serde::Deserialize;
use std::io::Write;
use survey::accept::EventKey;

/// A line completes a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Completion {
    /// Of which survey on which site.
    pub(crate) subject: Subject,
    /// How many there may be.
    pub(crate) quota: Option<u32>,
}

/// A survey on a site: `site/survey`.
pub(crate) type Subject = String;

/// How what is counted together is named.
pub(crate) fn subject(site: &str, survey: &str) -> Subject {
    [site, "/", survey].concat()
}

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// It completes the so manyth response.
    Counted {
        number: u64,
        quota: Option<u32>,
    },
    OverQuota,
}

impl Mark {
    /// Adds the line, with this at its end, to others.
    pub(super) fn put_on(self, line: &str, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(line.strip_suffix('}').unwrap_or(line).as_bytes());
        // Writing to memory cannot fail.
        let _ = match self {
            Self::Counted {
                number,
                quota: None,
            } => writeln!(bytes, ",\"completed\":{number}}}"),
            Self::Counted {
                number,
                quota: Some(quota),
            } => {
                writeln!(bytes, ",\"completed\":{number},\"quota\":{quota}}}")
            }
            Self::OverQuota => writeln!(bytes, ",\"over_quota\":true}}"),
        };
    }

    /// How this line ends, with its newline, and what stands before; `None` for most lines.
    pub(super) fn split(line: &[u8]) -> Option<(Self, &[u8])> {
        let fields = line.strip_suffix(b"}\n")?;
        if let Some(before) = fields.strip_suffix(b",\"over_quota\":true") {
            return Some((Self::OverQuota, before));
        }
        let (before, last) = number_at_end(fields)?;
        let (before, number, quota) = match before.strip_suffix(b",\"quota\":") {
            Some(before) => {
                let (before, number) = number_at_end(before)?;
                (before, number, Some(u32::try_from(last).ok()?))
            }
            None => (before, last, None),
        };
        let before = before.strip_suffix(b",\"completed\":")?;
        Some((Self::Counted { number, quota }, before))
    }

    /// Whether the response must be recognised when it is completed once more.
    pub(super) const fn is_for_a_quota(self) -> bool {
        matches!(self, Self::OverQuota | Self::Counted { quota: Some(_), .. })
    }
}

/// The key under which a completed response is known, beside those of its lines: theirs begin at 1.
pub(super) const fn completed(id: u128) -> EventKey {
    EventKey { id, seq: 0 }
}

fn number_at_end(text: &[u8]) -> Option<(&[u8], u64)> {
    let digits = text.iter().rev().take_while(|byte| byte.is_ascii_digit());
    let (before, digits) = text.split_at(text.len() - digits.count());
    Some((before, str::from_utf8(digits).ok()?.parse().ok()?))
}

/// The site and survey that a line names.
pub(super) fn names_of(line: &[u8]) -> Option<(String, String)> {
    #[derive(Deserialize)]
    struct Named {
        site: String,
        survey: String,
    }
    let named: Named = serde_json::from_slice(line).ok()?;
    Some((named.site, named.survey))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_on_a_line_is_found_there() {
        let marks = [
            Mark::Counted {
                number: 1,
                quota: None,
            },
            Mark::Counted {
                number: 37,
                quota: Some(50),
            },
            Mark::OverQuota,
        ];
        for mark in marks {
            let mut line = Vec::new();
            let unmarked = r#"{"site":"demo","x":{"a":1},"survey":"effort"}"#;
            mark.put_on(unmarked, &mut line);
            let read = serde_json::from_slice::<serde_json::Value>(&line);
            assert!(read.is_ok(), "{mark:?}: {read:?}");
            assert_eq!(Mark::split(&line).map(|(mark, _)| mark), Some(mark));
            let names = names_of(&line).expect("names");
            assert_eq!(subject(&names.0, &names.1), "demo/effort");
        }
    }

    #[test]
    fn nothing_else_looks_like_a_mark() {
        for line in [
            r#"{"site":"demo"}"#,
            r#"{"x":{"a":1,"completed":37}}"#,
            r#"{"x":",\"completed\":37"}"#,
            r#"{"x":[1,"completed",37]}"#,
            r#"{"n":37}"#,
            r#"{"a":1,"quota":50}"#,
            r#"{"a":1,"completed":5,"over_quota":false}"#,
            r#"{"a":1,"completed":37"#,
            "",
        ] {
            assert_eq!(Mark::split(format!("{line}\n").as_bytes()), None, "{line}");
        }
        assert_eq!(
            Mark::split(br#"{"a":1,"completed":37}"#),
            None,
            "torn off before its newline"
        );
    }
}
