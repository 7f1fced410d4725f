//! What is believed of a deed, row by row.

use super::*;

fn owner(text: &str) -> Deed {
    Deed {
        owner: Some(text.to_owned()),
        ..Deed::default()
    }
}

fn note(text: &str) -> Deed {
    Deed {
        note: Some(text.to_owned()),
        ..Deed::default()
    }
}

#[test]
fn a_line_says_only_what_changes() {
    let id = "019aa5f0-4500-7000-8000-000000000001".parse().unwrap();
    let deed = Deed {
        status: Some(Status::NoAction),
        by: Some("anna".to_owned()),
        ..Deed::default()
    };
    let line = CaseLine::new(
        id,
        "shop",
        "effort",
        deed,
        "2026-11-21T10:00:00.000Z".to_owned(),
    );
    assert_eq!(
        line.text(),
        r#"{"type":"case","id":"019aa5f0-4500-7000-8000-000000000001","site":"shop","survey":"effort","status":"no_action","by":"anna","received_at":"2026-11-21T10:00:00.000Z"}"#
    );
    assert_eq!(
        serde_json::from_str::<CaseLine>(&line.text()).unwrap(),
        line
    );
}

#[test]
fn what_was_typed_is_tidied_and_masked() {
    let rows = [
        (" Called back \r\n twice ", "Called back \n twice"),
        ("wrote to jane@example.org", "wrote to [email]"),
        ("naïve 👩‍👩‍👧 שלום", "naïve 👩‍👩‍👧 שלום"),
    ];
    for (typed, kept) in rows {
        let deed = note(typed).checked().unwrap();
        assert_eq!(deed.note.as_deref(), Some(kept));
    }
    // Whoever works here is named as the shop names them.
    let deed = owner(" anna@shop.example ").checked().unwrap();
    assert_eq!(deed.owner.as_deref(), Some("anna@shop.example"));
    assert_eq!(owner(" ").checked().unwrap().owner.as_deref(), Some(""));
}

#[test]
fn what_says_nothing_is_refused() {
    for deed in [
        Deed::default(),
        note(" \n"),
        Deed {
            by: Some("anna".to_owned()),
            ..Deed::default()
        },
    ] {
        assert_eq!(deed.checked(), Err(Refusal::Nothing));
    }
}

#[test]
fn what_cannot_be_seen_is_refused_with_its_place() {
    for character in [
        '\0', '\x1b', '\u{7f}', '\u{9b}', '\u{202e}', '\u{2066}', '\u{2028}',
    ] {
        for (field, deed) in [
            (Field::Note, note(&format!("a{character}b"))),
            (Field::Owner, owner(&format!("a{character}b"))),
        ] {
            let refusal = Refusal::Invisible { field, character };
            assert_eq!(
                deed.checked(),
                Err(refusal),
                "{}",
                character.escape_unicode()
            );
        }
    }
    let refusal = owner("a\nb").checked().unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "the owner has the invisible character U+000A; write it without"
    );
}

#[test]
fn lengths_are_those_of_characters() {
    for (field, deed, most) in [
        (Field::Note, note as fn(&str) -> Deed, NOTE_CHARACTERS_MAX),
        (Field::Owner, owner, NAME_CHARACTERS_MAX),
    ] {
        assert!(deed(&"é".repeat(most)).checked().is_ok());
        let length = most + 1;
        let refusal = Refusal::TooLong {
            field,
            length,
            most,
        };
        assert_eq!(deed(&"é".repeat(length)).checked(), Err(refusal));
    }
}

#[test]
fn every_status_has_one_name() {
    for status in Status::ALL {
        assert_eq!(Status::named(status.name()), Some(status));
        let json = serde_json::to_value(status).unwrap();
        assert_eq!(json, status.name());
    }
}
