//! A body as it arrives, split into submissions, each believed or not: array, object, or one a line.
//!
//! The collector's own file does it. Here stands only what it knows of refusals.
#![no_main]

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue};
use libfuzzer_sys::fuzz_target;
use refusal::Refusal;
use submissions::{MOST, Shape};

#[path = "../../collector/src/http/submissions.rs"]
mod submissions;

mod refusal {
    #[derive(Debug)]
    pub(crate) enum Refusal {
        MediaType(String),
        NotJson(String),
        Empty,
        TooMany { most: usize, sent: usize },
    }
}

/// How a body is to be read that is said to be this.
fn shape(sent: &'static str) -> Shape {
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(sent))]);
    match Shape::of(&headers) {
        Ok(shape) => shape,
        Err(Refusal::MediaType(read)) => panic!("{sent} is read as {read}"),
        Err(refusal) => panic!("{sent}: {refusal:?}"),
    }
}

fuzz_target!(|bytes: &[u8]| {
    for shape in ["application/json", "application/x-ndjson", "text/plain"].map(shape) {
        match shape.read(bytes) {
            Ok(submissions) => {
                assert!((1..=MOST).contains(&submissions.len()));
                assert!(submissions.iter().any(Result::is_ok), "nothing is JSON");
                let lines = bytes.split(|byte| *byte == b'\n').count();
                assert!(shape != Shape::Lines || submissions.len() <= lines);
            }
            Err(Refusal::TooMany { most, sent }) => assert!(sent > most),
            Err(Refusal::NotJson(why)) => assert!(!why.is_empty()),
            Err(Refusal::Empty) => {
                assert!(bytes.is_empty() || shape == Shape::Lines || bytes.contains(&b'['));
            }
            Err(refusal) => panic!("{refusal:?} is no matter of the body"),
        }
    }
});
