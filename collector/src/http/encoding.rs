//! Which of the forms we have is sent: `Accept-Encoding` (RFC 9110, section 12.5.3).

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_ENCODING;

/// A content coding; `None` of them is the file as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Brotli,
    Zstd,
    Gzip,
}

impl Encoding {
    /// The smallest first.
    pub(crate) const ALL: [Self; 3] = [Self::Brotli, Self::Zstd, Self::Gzip];

    /// Its name in HTTP.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
        }
    }

    /// The ending of a file so encoded.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Zstd => "zst",
            Self::Gzip => "gz",
        }
    }
}

/// The encodings the client takes, best liked first and then smallest first; after them comes none.
pub(crate) fn accepted(headers: &HeaderMap) -> Vec<Encoding> {
    let values = headers.get_all(ACCEPT_ENCODING).iter();
    let listed: Vec<(&str, f32)> = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .map(wish)
        .collect();
    let liking = |name: &str| {
        listed
            .iter()
            .find(|(listed, _)| listed.eq_ignore_ascii_case(name))
    };
    let liking = |name| {
        liking(name)
            .or_else(|| liking("*"))
            .map_or(0.0, |(_, liking)| *liking)
    };
    let mut accepted = Encoding::ALL.to_vec();
    accepted.retain(|encoding| liking(encoding.name()) > 0.0);
    accepted.sort_by(|a, b| liking(b.name()).total_cmp(&liking(a.name())));
    accepted
}

/// `gzip;q=0.5` as a name and how much it is liked.
fn wish(item: &str) -> (&str, f32) {
    let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
    let quality = parameters
        .trim()
        .strip_prefix("q=")
        .map_or(1.0, |q| q.parse().unwrap_or(0.0));
    (name.trim(), quality)
}

#[cfg(test)]
mod tests {
    use super::Encoding::{Brotli, Gzip, Zstd};
    use super::*;

    #[test]
    fn the_client_chooses_and_among_equals_the_smallest_is_first() {
        let rows: [(&str, &[Encoding]); 9] = [
            ("gzip, deflate, br, zstd", &[Brotli, Zstd, Gzip]),
            ("gzip", &[Gzip]),
            ("GZIP;q=0.5, br; q=0.4", &[Gzip, Brotli]),
            ("*", &[Brotli, Zstd, Gzip]),
            ("br;q=0, *;q=0.1", &[Zstd, Gzip]),
            ("gzip;q=much", &[]),
            ("identity", &[]),
            ("", &[]),
            ("bread, gzipped", &[]),
        ];
        for (header, expected) in rows {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, header.parse().unwrap());
            assert_eq!(accepted(&headers), expected, "{header}");
        }
    }
}
