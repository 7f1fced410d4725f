use super::*;

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
