//! The short cut and serde_json never say different things of a line.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;

use super::super::tests::stored as whole_line;
use super::*;

fn by_scan(text: &str) -> Option<Stored<'_>> {
    let mut line = Stored::of(Type::Event);
    stored(text, &mut line).map(|()| line)
}

fn by_serde(text: &str) -> Option<Stored<'_>> {
    serde_json::from_str(text).ok()
}

#[test]
fn what_the_collector_writes_takes_the_short_cut() {
    let mut line = whole_line();
    line["answers"] = json!({"comment": "Délivré vite", "choice": "a", "choices": ["b", "c"]});
    line["unknown"] = json!({"deep": [1, -0.5, {"x": []}, {}], "yes": true});
    let text = line.to_string().replace("-0.5", "0.5");
    let found = by_scan(&text);
    assert!(found.is_some(), "{text}");
    assert_eq!(found, by_serde(&text));
}

#[test]
fn the_end_of_a_text_is_found_wherever_it_is() {
    for length in 0..40 {
        let text = "é".repeat(length) + "\"!\"";
        assert_eq!(bytes_before_quote(text.as_bytes()), 2 * length, "{text:?}");
    }
    assert_eq!(bytes_before_quote("\u{7f}!#[]~ÿ".as_bytes()), 8);
}

#[test]
fn what_may_not_stand_in_a_string_is_found_wherever_it_is() {
    for end in ['\\', '\n', '\u{1f}', '\0'] {
        for length in 0..40 {
            let text = "é".repeat(length);
            assert!(is_plain(text.as_bytes()));
            assert!(
                !is_plain(format!("{text}{end}{text}").as_bytes()),
                "{text:?}{end:?}"
            );
        }
    }
}

/// Pieces out of which lines, and what only looks like them, are put together.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u0041",
        " ",
        "null",
        "true",
        "false",
        "0",
        "01",
        "-1",
        "1.5",
        "1.",
        "1e9",
        "4294967296",
        "256",
        "\"type\":\"response\"",
        "\"type\":\"event\"",
        "\"id\":\"x\"",
        "\"seq\":1",
        "\"score\":0",
        "\"metric\":\"nps\"",
        "\"page\":{\"path\":\"/\"}",
        "\"answers\":{\"comment\":\"ok\"}",
        "\"attributes\":{\"a\":[1,{}]}",
        "\"session\":{\"visit\":2}",
        "\"session\":{\"pages\":3,\"id\":\"x\"}",
        "\"name\":\"purchase\"",
        "\"props\":{\"value\":8}",
        "\"complete\":true",
        "\"x\":",
        "\u{1}",
        "é",
    ];
    proptest::sample::select(words.map(str::to_owned).to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn the_short_cut_gives_up_or_agrees_on_fields(fields in vec(piece(), 0..6)) {
        let text = format!("{{\"type\":\"response\",{}}}", fields.join(","));
        if let Some(found) = by_scan(&text) {
            prop_assert_eq!(Some(found), by_serde(&text), "{}", text);
        }
    }

    #[test]
    fn the_short_cut_gives_up_or_agrees_on_anything(pieces in vec(piece(), 0..12)) {
        let text = format!("{{\"type\":\"event\",\"x\":{}", pieces.concat());
        if let Some(found) = by_scan(&text) {
            prop_assert_eq!(Some(found), by_serde(&text), "{}", text);
        }
    }

    #[test]
    fn the_short_cut_gives_up_or_agrees_on_damaged_lines(
        place in any::<proptest::sample::Index>(),
        instead in piece(),
        removed in 0..4_usize,
    ) {
        let mut text = whole_line().to_string();
        let start = (0..=place.index(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap();
        let end = (start + removed..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(start);
        text.replace_range(start..end, &instead);
        if let Some(found) = by_scan(&text) {
            prop_assert_eq!(Some(found), by_serde(&text), "{}", text);
        }
    }
}
