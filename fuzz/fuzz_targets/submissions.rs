//! A body as it arrives, split into submissions, each believed or not: array, object, or one a line.
//!
//! The collector's own file does it. Here stands only what it knows of refusals.
#![no_main]

use libfuzzer_sys::fuzz_target;
use submissions::{MOST, Shape};

#[allow(dead_code)] // Not every part of the file is asked here.
#[path = "../../collector/src/http/submissions.rs"]
mod submissions;

mod refusal {
    #[derive(Debug)]
    pub(crate) enum Refusal {
        MediaType(#[allow(dead_code)] String),
        NotJson(String),
        Empty,
        TooMany { most: usize, sent: usize },
    }
}

fuzz_target!(|bytes: &[u8]| {
    for shape in [Shape::Json, Shape::Lines, Shape::Text] {
        match shape.read(bytes) {
            Ok(submissions) => {
                assert!((1..=MOST).contains(&submissions.len()));
                assert!(submissions.iter().any(Result::is_ok), "nothing is JSON");
                let lines = bytes.split(|byte| *byte == b'\n').count();
                assert!(shape != Shape::Lines || submissions.len() <= lines);
            }
            Err(refusal::Refusal::TooMany { most, sent }) => assert!(sent > most),
            Err(refusal::Refusal::NotJson(why)) => assert!(!why.is_empty()),
            Err(refusal::Refusal::Empty) => {
                assert!(bytes.is_empty() || shape == Shape::Lines || bytes.contains(&b'['));
            }
            Err(refusal) => panic!("{refusal:?} is no matter of the body"),
        }
    }
});
