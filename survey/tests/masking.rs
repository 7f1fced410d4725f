//! Whatever is typed: cards and accounts in it are masked, and nothing breaks.
#![cfg(feature = "native")]

use proptest::prelude::*;
use serde_json::Value;
use std::fs;
use survey::mask::mask;

/// Text of what masking looks at: digits of several scripts, gaps, signs, words that tell.
fn crowded() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,6}",
        "[ .,:/()+#@%-]{1,2}",
        "[a-z]{1,3}",
        "[٠-٩０-９]{1,4}",
        Just("\u{a0}".to_owned()),
        Just("\u{200d}".to_owned()),
        Just("ー".to_owned()),
        Just("DE89".to_owned()),
        Just("tel ".to_owned()),
        Just("order ".to_owned()),
        Just("电话".to_owned()),
        Just("@gmail".to_owned()),
        Just("@shop.example".to_owned()),
        Just("(at)".to_owned()),
        Just("€".to_owned()),
        Just("[email]".to_owned()),
        Just("0171 1234567".to_owned()),
        Just("4111 1111 1111 1111".to_owned()),
        Just("06 12 34 56 78".to_owned()),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Digits that begin as a network's and end with the digit that Luhn wants.
fn card() -> impl Strategy<Value = String> {
    let begin = prop_oneof![
        Just(("4", 16)),
        Just(("4", 19)),
        Just(("51", 16)),
        Just(("55", 16)),
        Just(("2221", 16)),
        Just(("2720", 16)),
        Just(("34", 15)),
        Just(("37", 15)),
        Just(("36", 14)),
        Just(("3530", 16)),
        Just(("6011", 16)),
        Just(("62", 17)),
    ];
    (begin, proptest::collection::vec(0..10_u32, 19)).prop_map(|((begin, length), more)| {
        let more = more.iter().filter_map(|digit| char::from_digit(*digit, 10));
        let digits: String = begin.chars().chain(more).take(length - 1).collect();
        let fits = |last: &u32| luhn(&format!("{digits}{last}"));
        let last = (0..10).find(fits).unwrap_or_default();
        format!("{digits}{last}")
    })
}

/// The check as ISO/IEC 7812 tells it: double every second digit from the right.
fn luhn(digits: &str) -> bool {
    let digits = digits.chars().rev().filter_map(|digit| digit.to_digit(10));
    let sum: u32 = digits
        .enumerate()
        .map(|(place, digit)| if place % 2 == 1 { digit * 2 } else { digit })
        .map(|product| product / 10 + product % 10)
        .sum();
    sum.is_multiple_of(10)
}

/// An IBAN of one of a few countries, with its check digits.
fn account() -> impl Strategy<Value = String> {
    let country = prop_oneof![
        Just(("DE", "[0-9]{18}")),
        Just(("FR", "[0-9]{10}[0-9A-Z]{11}[0-9]{2}")),
        Just(("GB", "[A-Z]{4}[0-9]{14}")),
        Just(("NO", "[0-9]{11}")),
        Just(("MT", "[A-Z]{4}[0-9]{5}[0-9A-Z]{18}")),
        Just(("SA", "[0-9]{2}[0-9A-Z]{18}")),
    ];
    country.prop_flat_map(|(country, rest)| {
        rest.prop_map(move |rest| {
            let value = |text: String| {
                let values = text.chars().filter_map(|letter| letter.to_digit(36));
                let digits: String = values.map(|value| value.to_string()).collect();
                let digits = digits.chars().filter_map(|digit| digit.to_digit(10));
                digits.fold(0, |left, digit| (left * 10 + digit) % 97)
            };
            let check = 98 - value(format!("{rest}{country}00"));
            format!("{country}{check:02}{rest}")
        })
    })
}

/// How a person writes a long number: in groups of four, or of any size, parted in one way.
fn written(number: impl Strategy<Value = String>) -> impl Strategy<Value = (String, String)> {
    let gap = prop_oneof![
        Just(""),
        Just(" "),
        Just("-"),
        Just("."),
        Just("\u{a0}"),
        Just("\u{202f}"),
        Just("\u{200d}"),
        Just("–"),
        Just(" - "),
    ];
    let script = prop_oneof![Just('0'), Just('٠'), Just('۰'), Just('０'), Just('०')];
    // The two letters of a country stay together.
    let sizes = (2..8_usize, proptest::collection::vec(1..8_usize, 40));
    let sizes = sizes.prop_map(|(first, mut sizes)| {
        sizes.insert(0, first);
        sizes
    });
    let any_size = prop_oneof![Just(vec![4; 20]), sizes];
    (number, gap, script, any_size).prop_map(|(number, gap, zero, sizes)| {
        let (mut written, mut sizes, mut left) = (String::new(), sizes.into_iter(), 0);
        for (place, letter) in number.chars().enumerate() {
            if left == 0 {
                left = sizes.next().unwrap_or(1);
                written += if place > 0 { gap } else { "" };
            }
            left -= 1;
            let digit = letter.to_digit(10).map(|digit| u32::from(zero) + digit);
            written.push(digit.and_then(char::from_u32).unwrap_or(letter));
        }
        (number, written)
    })
}

/// Words around a number, and what parts them from it.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[a-zäéß]{1,8}[ ,.:!?]{1,2}",
        "[\\p{Han}\\p{Arabic}\\p{Hangul}]{1,8}\n?"
            .prop_map(|words| words.replace(char::is_numeric, "")),
    ]
}

proptest! {
    #[test]
    fn a_card_is_never_stored(((number, written), before, after) in (written(card()), words(), words())) {
        // So written it is the order number of a large shop.
        let groups = written.split(['-', '–']);
        prop_assume!(!groups.map(|group| group.trim().chars().count()).eq([3, 7, 7]));
        let masked = mask(&format!("{before} {written} {after}")).into_owned();
        prop_assert!(masked.contains("[card]"), "{number}, written {written}: {masked}");
        prop_assert!(!masked.contains(|letter: char| letter.is_numeric()), "{masked}");
    }

    #[test]
    fn an_account_is_never_stored(((number, written), before, after) in (written(account()), words(), words())) {
        let masked = mask(&format!("{before} {written} {after}")).into_owned();
        prop_assert!(masked.contains("[iban]"), "{number}, written {written}: {masked}");
        prop_assert!(!masked.contains(|letter: char| letter.is_numeric()), "{masked}");
    }

    #[test]
    fn an_address_is_never_stored(
        (name, host, before, after) in ("[a-z0-9_]{1,12}([.+-][a-z0-9]{1,6})?", "[a-z0-9]{1,8}(-[a-z]{1,4})?(\\.[a-z]{2,5}){1,3}", words(), words())
    ) {
        let masked = mask(&format!("{before} {name}@{host} {after}")).into_owned();
        let address = format!("{name}@{host}");
        prop_assert!(masked.contains("[email]") && !masked.contains(&address), "{masked}");
        prop_assert!(!masked.contains('@'), "{masked}");
    }

    #[test]
    fn masking_twice_is_masking_once(text in prop_oneof![crowded(), any::<String>()]) {
        let once = mask(&text).into_owned();
        prop_assert_eq!(&mask(&once), &once, "from {:?}", text);
    }

    #[test]
    fn a_mask_adds_a_character_at_most(text in prop_oneof![crowded(), any::<String>()]) {
        let masked = mask(&text);
        let masks = masked.matches('[').count();
        prop_assert!(masked.chars().count() <= text.chars().count() + masks, "{text}: {masked}");
    }
}

/// Three hundred comments in four languages, none with personal data in it.
#[test]
fn what_people_write_of_shops_stays() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../report/evaluation/comments.jsonl"
    );
    let comments = fs::read_to_string(file).unwrap();
    let mut read = 0;
    for line in comments.lines() {
        let comment: Value = serde_json::from_str(line).unwrap();
        let text = comment["text"].as_str().unwrap();
        assert_eq!(mask(text), text);
        read += 1;
    }
    assert!(read >= 300, "{read} comments");
}

/// How often masking is right, over comments that were written without a look at the rules.
#[allow(clippy::print_stdout)] // It is run for its figures.
#[test]
fn most_personal_data_is_found_and_hardly_anything_else() {
    let (mut masked, mut wanted, mut right, mut lost) = (0, 0, 0, String::new());
    let comments = include_str!("personal.txt").lines();
    for marked in comments.filter(|line| !line.starts_with('#')) {
        let (mut text, mut expected) = (String::new(), String::new());
        for piece in marked.split('}') {
            let (before, personal) = piece.split_once('{').unwrap_or((piece, ""));
            text += before;
            expected += before;
            if let Some((kind, data)) = personal.split_once(':') {
                text += data;
                expected += &format!("[{kind}]");
                wanted += 1;
            }
        }
        let found = mask(&text);
        masked += found.matches('[').count();
        if found == expected {
            right += expected.matches('[').count();
        } else {
            lost += &format!("\n{text}\n  became {found}");
        }
    }
    println!("{wanted} wanted, {masked} masked, {right} in comments without a fault{lost}");
    assert!(
        right * 100 >= wanted * 95,
        "recall: {right} of {wanted}{lost}"
    );
    assert!(
        right * 100 >= masked * 98,
        "precision: {right} of {masked}{lost}"
    );
}
