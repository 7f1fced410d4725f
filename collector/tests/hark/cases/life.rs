//! A case from a bad answer to its end.

use super::*;

#[test]
fn a_case_lives_from_a_bad_answer_to_its_end() {
    let folder = shop();
    let day = past(&folder);
    let shop = folder.opens(&[]);
    until("compression", || {
        day.join("000001.jsonl.zst").exists() && !day.join("000001.jsonl").exists()
    });
    assert_eq!(shop.hears(&complaint(1)).json()["accepted"], 1);

    let found = listed(&shop.folder, &[]);
    assert_eq!(found["total"], 2, "{found}");
    assert_eq!(found["cases"][0]["id"], id(111), "overdue ones come first");
    assert_eq!(found["cases"][0]["overdue"], true);
    assert_eq!(found["cases"][1]["id"], id(1));
    let figures = &found["figures"];
    assert_eq!(figures["open"], 2);
    assert_eq!(figures["overdue"], 1);
    assert_eq!(figures["with_contact"], 1);
    // Of 1, 2, … 10 hours; of 2, 3, … 11.
    assert_eq!(hours(figures, "first_response"), Some(5.5));
    assert_eq!(hours(figures, "resolution"), Some(6.5));
    // Ten of eleven: the time of the one of just now is not over.
    assert_eq!(figures["in_time"]["n"], 11);
    assert_eq!(figures["in_time"]["count"], 10);

    let opened = one(&shop.folder, 1);
    assert_eq!(opened["status"], "open");
    assert_eq!(
        opened["reach"],
        json!({"state": "kept", "address": "shopper1@mail.example"})
    );
    assert_eq!(opened["comment"], "the card was refused twice");
    let said = cases(&shop.folder, &["assign", &id(1), "anna", "--by", "ben"]);
    assert_eq!(said, format!("{} open, anna\n", id(1)));
    let note = ["--note", "wrote to shopper1@mail.example"];
    let (code, said, talk) = shop
        .folder
        .runs(&[&["cases", "answer", &id(1)], &note[..]].concat());
    assert_eq!(
        (code, said),
        (Some(0), format!("{} answered, anna\n", id(1)))
    );
    assert!(
        talk.contains("personal data in the note is masked"),
        "{talk}"
    );
    assert_eq!(one(&shop.folder, 1)["status"], "answered");

    let figures = listed(&shop.folder, &[])["figures"].clone();
    // Of 0, 1, … 10 hours.
    assert_eq!(hours(&figures, "first_response"), Some(5.0));
    assert_eq!(
        figures["in_time"],
        listed(&shop.folder, &["--status", "all"])["figures"]["in_time"]
    );
    assert_eq!(
        (&figures["in_time"]["count"], &figures["in_time"]["n"]),
        (&json!(10), &json!(11)),
        "what is answered early counts once its time is over"
    );

    // By another start and on a stopped collector it goes on.
    let (status, talk, folder) = shop.closes();
    assert!(status.success(), "{talk:?}");
    let said = cases(&folder, &["resolve", &id(1), "--note", "a new card"]);
    assert_eq!(said, format!("{} resolved, anna\n", id(1)));
    let shop = folder.opens(&[]);
    let resolved = one(&shop.folder, 1);
    assert_eq!(
        (&resolved["status"], &resolved["owner"]),
        (&json!("resolved"), &json!("anna"))
    );
    assert_eq!(listed(&shop.folder, &[])["total"], 1);
    cases(&shop.folder, &["reopen", &id(1)]);

    let reopened = one(&shop.folder, 1);
    assert_eq!(
        (&reopened["status"], &reopened["overdue"]),
        (&json!("open"), &json!(false))
    );
    let history = reopened["history"].as_array().expect("a history");
    let told: Vec<_> = history
        .iter()
        .map(|done| (&done["status"], &done["note"]))
        .collect();
    assert_eq!(
        told,
        [
            (&Value::Null, &Value::Null),
            (&json!("answered"), &json!("wrote to [email]")),
            (&json!("resolved"), &json!("a new card")),
            (&json!("open"), &Value::Null),
        ]
    );
    assert_eq!(
        (&history[0]["owner"], &history[0]["by"]),
        (&json!("anna"), &json!("ben"))
    );
    let figures = listed(&shop.folder, &[])["figures"].clone();
    // Reopening changes neither time: of 0, 2, 3, … 11 hours.
    assert_eq!(hours(&figures, "first_response"), Some(5.0));
    assert_eq!(hours(&figures, "resolution"), Some(6.0));
    assert_eq!(
        (&figures["open"], &figures["overdue"]),
        (&json!(2), &json!(1))
    );

    // Forgotten with its answer, everywhere.
    let (code, said, talk) = shop.folder.runs(&["erase", "--visitor", "visitor-1"]);
    assert_eq!(code, Some(0), "{talk}");
    assert_eq!(
        said, "lines removed: 6\n",
        "an answer, a contact, four deeds"
    );
    let text = shop.folder.everything();
    assert!(!text.contains(&id(1)) && !text.contains("anna"), "{text}");
    assert_eq!(listed(&shop.folder, &["--status", "all"])["total"], 11);
    let (code, talk) = refused(&shop.folder, &["show", &id(1)]);
    assert_eq!(code, Some(1));
    assert!(
        talk.contains("no case has an id that begins with"),
        "{talk}"
    );
}

#[test]
fn what_was_done_is_written_once_however_often_it_is_asked_for() {
    let shop = shop().opens(&[]);
    assert_eq!(shop.hears(&complaint(1)).status, 200);
    cases(&shop.folder, &["close", &id(1)]);
    let (code, said, talk) = shop.folder.runs(&["cases", "close", &id(1)]);
    assert_eq!((code, said), (Some(0), format!("{} no action\n", id(1))));
    assert!(
        talk.contains("nothing is written down: it is so already"),
        "{talk}"
    );
    cases(&shop.folder, &["close", &id(1), "--note", "a test order"]);
    let folder = shop.dies();
    let lines = folder.lines();
    let deeds: Vec<_> = lines
        .iter()
        .filter(|line| line.starts_with("{\"type\":\"case\""))
        .collect();
    assert_eq!(deeds.len(), 2, "{lines:?}");

    // A crash between doing and answering: the request is there still, and is done again.
    let again = json!({"case": serde_json::from_str::<Value>(deeds[1]).expect("a line")});
    folder.write("data/requests/1-1.request.json", again.to_string());
    let shop = folder.opens(&[]);
    until("the request's end", || {
        !shop.folder.path("data/requests/1-1.request.json").exists()
    });
    let found = one(&shop.folder, 1);
    assert_eq!(
        found["history"].as_array().map(Vec::len),
        Some(2),
        "{found}"
    );
}
