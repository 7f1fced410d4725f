//! From a body to the submissions in it: one JSON object, an array of them, or one a line.

use super::refusal::Refusal;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use survey::accept::Json;

/// The most events of one request.
pub(super) const MOST: usize = 100;

/// A submission, or why what stands in its place is not JSON.
pub(super) type Submission<'b> = Result<Json<'b>, String>;

/// How a body is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One value: an object or an array of objects.
    Json,
    /// One object a line.
    Lines,
    /// Either; what a browser sends without asking first.
    Text,
}

impl Shape {
    /// What the headers say the body is.
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, Refusal> {
        if let Some(encoding) = headers
            .get(CONTENT_ENCODING)
            .filter(|encoding| *encoding != "identity")
        {
            let encoding = String::from_utf8_lossy(encoding.as_bytes());
            return Err(Refusal::MediaType(encoding.into_owned()));
        }
        let sent = headers
            .get(CONTENT_TYPE)
            .map_or("", |sent| sent.to_str().unwrap_or_default());
        let essence = sent.split(';').next().unwrap_or_default().trim();
        match essence.to_ascii_lowercase().as_str() {
            "application/json" => Ok(Self::Json),
            "application/x-ndjson" => Ok(Self::Lines),
            "text/plain" => Ok(Self::Text),
            _ => Err(Refusal::MediaType(essence.to_owned())),
        }
    }

    /// The submissions in the body, at least one of them JSON.
    pub(super) fn read(self, body: &[u8]) -> Result<Vec<Submission<'_>>, Refusal> {
        let submissions = match self {
            Self::Json => json(body)?,
            Self::Lines => lines(body)?,
            Self::Text => json(body).or_else(|error| match lines(body) {
                Ok(lines) if lines.len() > 1 => Ok(lines),
                _ => Err(error),
            })?,
        };
        match submissions.len() {
            0 => Err(Refusal::Empty),
            1..=MOST => Ok(submissions),
            sent => Err(Refusal::TooMany { most: MOST, sent }),
        }
    }
}

fn json(body: &[u8]) -> Result<Vec<Submission<'_>>, Refusal> {
    match serde_json::from_slice(body) {
        Ok(Json::List(values)) => Ok(values.into_iter().map(Ok).collect()),
        Ok(value) => Ok(vec![Ok(value)]),
        Err(error) => Err(Refusal::NotJson(error.to_string())),
    }
}

fn lines(body: &[u8]) -> Result<Vec<Submission<'_>>, Refusal> {
    let lines = body
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.trim_ascii().is_empty());
    let read = |line| serde_json::from_slice(line).map_err(|error| format!("not JSON: {error}"));
    let submissions: Vec<Submission<'_>> = lines.map(read).collect();
    let mut unread = submissions
        .iter()
        .filter_map(|submission| submission.as_ref().err());
    match unread.next() {
        Some(first) if submissions.iter().all(Result::is_err) => Err(Refusal::NotJson(
            first.trim_start_matches("not JSON: ").to_owned(),
        )),
        _ => Ok(submissions),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `1` for JSON, `0` for not, or the refusal's status kind.
    fn read(shape: Shape, body: &str) -> String {
        match shape.read(body.as_bytes()) {
            Ok(submissions) => submissions
                .iter()
                .map(|one| if one.is_ok() { '1' } else { '0' })
                .collect(),
            Err(refusal) => refusal.to_string(),
        }
    }

    #[test]
    fn each_shape_is_read_as_it_says() {
        let rows = [
            (Shape::Json, "{}", "1"),
            (Shape::Json, "[{},{}]", "11"),
            (Shape::Json, "{\n}", "1"),
            (
                Shape::Json,
                "{}\n{}",
                "the body is not JSON: trailing characters at line 2 column 1",
            ),
            (Shape::Json, "[]", "the body holds no event"),
            (
                Shape::Json,
                "",
                "the body is not JSON: EOF while parsing a value at line 1 column 0",
            ),
            (Shape::Lines, "{}\n{}\n", "11"),
            (Shape::Lines, "{}\r\n\r\n{}", "11"),
            (Shape::Lines, "{}\n{\n{}", "101"),
            (Shape::Lines, "\n\n", "the body holds no event"),
            (
                Shape::Lines,
                "no\nno",
                "the body is not JSON: expected ident at line 1 column 2",
            ),
            (Shape::Text, "{}", "1"),
            (Shape::Text, "[{},{},{}]", "111"),
            (Shape::Text, "{}\n{}", "11"),
            (Shape::Text, "{}\n{", "10"),
            (Shape::Text, "{\n\n}", "1"),
            (
                Shape::Text,
                "hello",
                "the body is not JSON: expected value at line 1 column 1",
            ),
        ];
        for (shape, body, expected) in rows {
            assert_eq!(read(shape, body), expected, "{shape:?} {body:?}");
        }
    }

    #[test]
    fn what_nests_too_deep_is_not_read() {
        let deep = "[".repeat(16_000) + &"]".repeat(16_000);
        assert!(read(Shape::Json, &deep).starts_with("the body is not JSON: recursion limit"));
    }

    #[test]
    fn a_hundred_events_are_the_most() {
        let events = |count| format!("[{}]", vec!["{}"; count].join(","));
        assert_eq!(read(Shape::Json, &events(MOST)), "1".repeat(MOST));
        assert!(read(Shape::Json, &events(MOST + 1)).contains("100 events at most, not 101"));
    }
}
