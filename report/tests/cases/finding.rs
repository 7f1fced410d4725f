//! One case: found by its id, with all that was done and the address that was left.

use super::*;

#[test]
fn a_case_is_found_by_the_beginning_of_its_id() {
    let shop = Shop::opens();
    let mut other = complaint(3);
    other["id"] = json!("019aa5f1-0000-7000-8000-000000000003");
    shop.receives(&[
        complaint(1),
        complaint(2),
        other,
        answer(4, 9),
        answer(5, 2),
    ]);
    assert_eq!(
        found(&shop, "019aa5f1").case.id(),
        "019aa5f1-0000-7000-8000-000000000003"
    );
    assert_eq!(found(&shop, &id(2)).case.id(), id(2));
    assert_eq!(
        found(&shop, &id(1).replace('-', "").to_uppercase())
            .case
            .id(),
        id(1)
    );
    match look_up(&shop, "019aa5f0-45") {
        Lookup::Several { total, first } => {
            let first: Vec<_> = first.iter().map(Case::id).collect();
            assert_eq!((total, first), (2, vec![id(1), id(2)]));
        }
        other => panic!("{other:?}"),
    }
    for visitor in [4, 5] {
        assert!(
            matches!(look_up(&shop, &id(visitor)), Lookup::NoCase(found) if found.to_string() == id(visitor))
        );
    }
    assert!(matches!(look_up(&shop, "ff"), Lookup::Nothing));
    for text in ["", "-", "019g", "é", &"0".repeat(33)] {
        assert!(text.parse::<Idea>().is_err(), "{text}");
    }
}

#[test]
fn all_that_was_done_is_told_in_its_order() {
    let shop = Shop::opens();
    let noted = deed(1, 30, &json!({"note": "rang", "by": "anna"}));
    shop.receives(&[
        becomes(1, 40, "answered"),
        // Asked for once more, because the answer to it was lost.
        noted.clone(),
        noted,
        deed(1, 10, &json!({"owner": "anna"})),
        complaint(1),
        deed(2, 10, &json!({"owner": "ben"})),
    ]);
    let found = found(&shop, &id(1));
    let history = serde_json::to_value(&found.history).unwrap();
    assert_eq!(
        history,
        json!([
            {"at": "2026-11-21T12:10:00Z", "owner": "anna"},
            {"at": "2026-11-21T12:30:00Z", "note": "rang", "by": "anna"},
            {"at": "2026-11-21T12:40:00Z", "status": "answered"},
        ])
    );
    assert_eq!(found.case.owner.as_deref(), Some("anna"));
    assert_eq!(found.reach, Contact::None);
}

#[test]
fn an_address_is_told_while_it_is_kept() {
    let shop = Shop::opens();
    shop.receives(&[
        with(answer(1, 2), "contact", true),
        with(answer(2, 2), "contact", true),
    ]);
    assert_eq!(found(&shop, &id(1)).reach, Contact::Gone);
    let keeps = |day: &str, name: &str, bytes: &[u8]| {
        let folder = shop.data().join(format!("contacts/date={day}"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(name), bytes).unwrap();
    };
    let line = |visitor, contact: &str| {
        format!(
            "{}\n",
            json!({"id": id(visitor), "site": "demo", "survey": "recommend", "contact": contact, "received_at": NOON})
        )
    };
    // Of no day that it could be of.
    keeps(
        "2026-11-20",
        "000001.jsonl",
        line(1, "old@example.org").as_bytes(),
    );
    assert_eq!(found(&shop, &id(1)).reach, Contact::Gone);
    let packed = zstd::encode_all(line(1, "a@example.org").as_bytes(), 3).unwrap();
    keeps("2026-11-21", "000002.jsonl.zst", &packed);
    assert_eq!(
        found(&shop, &id(1)).reach,
        Contact::Kept("a@example.org".into())
    );
    let corrected = line(1, "b@example.org") + &line(2, "+49 30 123456") + "{\"id\":\"019a";
    keeps("2026-11-22", "000003.jsonl", corrected.as_bytes());
    assert_eq!(
        found(&shop, &id(1)).reach,
        Contact::Kept("b@example.org".into())
    );
    assert_eq!(
        found(&shop, &id(2)).reach,
        Contact::Kept("+49 30 123456".into())
    );
}
