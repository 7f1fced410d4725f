use super::*;
use std::hint::black_box;
use std::time::Instant;

/// The rows of a file, without its remarks, with `\u{…}` read.
fn rows(file: &str) -> Vec<String> {
    let rows = file
        .lines()
        .filter(|row| !row.is_empty() && !row.starts_with("# "));
    rows.map(unescaped).collect()
}

fn unescaped(row: &str) -> String {
    let mut parts = row.split("\\u{");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let (code, rest) = part.split_once('}').expect("a closing brace");
        let code = u32::from_str_radix(code, 16).expect("a code");
        format!("{text}{}{rest}", char::from_u32(code).expect("a character"))
    })
}

#[test]
fn personal_data_is_masked() {
    let mut wrong = String::new();
    for row in rows(include_str!("tests/masked.txt")) {
        let (text, expected) = row.split_once(" → ").expect("an arrow");
        let masked = mask(text);
        if masked != expected {
            wrong += &format!("{text}\n  became {masked}\n  not    {expected}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn numbers_of_things_stay() {
    let mut wrong = String::new();
    for text in rows(include_str!("tests/kept.txt")) {
        let masked = mask(&text);
        if masked != text {
            wrong += &format!("{text}\n  became {masked}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What a rule might look at again and again, were it not written with care.
const WEARISOME: [&str; 20] = [
    "@",
    "a@",
    "a.b@",
    "@a.b",
    "ada@shop.example ",
    "%40",
    "a%40a.",
    "!{at}",
    "a (at) ",
    "a[dot]",
    "\"@a.bc",
    "1",
    "1 ",
    "1) - ",
    "+1 ",
    "06 12 ",
    "call 0612345678, ",
    "4111 1111 1111 1111 ",
    "GB82 WEST 1234 5698 7654 32",
    "gb8",
];

/// Held against each other, since how quick a machine is says nothing: four times the text takes four times as
/// long, and sixteen times if it is looked at anew for each of its parts.
#[test]
fn a_body_full_of_what_is_wearisome_takes_time_as_it_is_long() {
    for unit in WEARISOME {
        let takes = |bytes: usize| {
            let text = "06 1".to_owned() + &unit.repeat(bytes / unit.len()) + ".org 12";
            let begun = Instant::now();
            black_box((mask(&text), mask_value("phone", &text), mask_path(&text)));
            begun.elapsed()
        };
        let grows_alike = |_| takes(64 << 10) < takes(16 << 10) * 8;
        // What else the machine does may delay some of them.
        assert!((0..9).any(grows_alike), "`{unit}`, again and again");
    }
}
