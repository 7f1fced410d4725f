use super::*;
use serde_json::{Value as Json, json};

fn accepted(submission: Json) -> Result<Event, Refusal> {
    believed(submission.into())
}

fn believed(submission: super::Json<'_>) -> Result<Event, Refusal> {
    let survey =
        crate::file::parse("checkout", "metric = \"ces\"\nwording = \"purchase\"").expect("survey");
    accept(submission, &|id| (id == "checkout").then_some(&survey))
}

fn response() -> Json {
    json!({
        "type": "response", "id": "019aa5f0-4500-7fff-bfff-ffffffffffff", "seq": 2,
        "survey": "checkout", "score": 6, "answers": {"comment": "facile"}, "complete": true,
        "trigger": "exit_intent", "signal": "pointer", "draw": 0.25,
        "at": "2026-11-21T10:00:00.000Z", "channel": "web", "page": {"path": "/checkout"},
        "device": "mobile", "language": "fr", "visitor": "v1",
        "session": {"pages": 4, "seconds": 181, "visit": 2},
        "attributes": {"cart_value": 99.5, "member": true, "plan": "gold"}, "automated": false
    })
}

fn with(change: &Json) -> Json {
    let mut submission = response();
    let changes = change.as_object().expect("changes");
    for (name, value) in changes {
        submission[name] = value.clone();
    }
    submission
}

#[test]
fn a_line_is_the_event_with_its_site_and_time_of_receipt() {
    let event = accepted(response()).expect("accepted");
    let golden = include_str!("tests/response.jsonl");
    let line = event.line("demo", "2026-11-21T10:00:00.123Z");
    assert_eq!(format!("{line}\n"), golden);
}

#[test]
fn unknown_fields_survive_but_cannot_pose_as_ours() {
    let submission =
        with(&json!({"experiment": {"arm": "b"}, "site": "evil", "metric": "nps", "name": 1}));
    let line = accepted(submission).expect("accepted").line("demo", "now");
    let line: Json = serde_json::from_str(&line).expect("JSON");
    assert_eq!(line["experiment"], json!({"arm": "b"}));
    assert_eq!(line["site"], "demo");
    assert_eq!(line["metric"], "ces");
    assert!(line.get("name").is_none());
}

#[test]
fn of_a_name_that_stands_twice_the_last_one_counts() {
    let sent = response().to_string();
    let sent = sent.replacen('{', r#"{"score":1,"channel":"x","new":1,"#, 1);
    let sent = format!("{},\"new\":{{\"a\":1,\"a\":2}}}}", &sent[..sent.len() - 1]);
    let sent = serde_json::from_str(&sent).expect("JSON");
    let line = believed(sent).expect("believed").line("demo", "now");
    let line: Json = serde_json::from_str(&line).expect("JSON");
    let read = (&line["score"], &line["channel"], &line["new"]);
    assert_eq!(read, (&json!(6), &json!("web"), &json!({"a": 2})));
}

#[test]
fn what_has_too_many_fields_is_refused_before_they_are_looked_at() {
    for count in [33, 5_000] {
        let fields: Json = (0..count)
            .map(|number| (number.to_string(), json!(1)))
            .collect();
        let refusal = accepted(with(&fields)).expect_err("too many");
        let said = "`event` must be an object with at most 32 unknown fields";
        assert_eq!(refusal.to_string(), said, "{count}");
    }
}

#[test]
fn what_is_chosen_is_what_the_survey_offers() {
    let survey = crate::file::parse(
        "checkout",
        "metric = \"ces\"\n[[follow_up]]\nkind = \"choices\"\nwording = \"abandon\"\n\
         [[follow_up]]\nkind = \"contact\"",
    )
    .expect("survey");
    let line = |answers: Json| {
        let submission = with(&json!({ "answers": answers }));
        let event = accept(submission.into(), &|id| {
            (id == "checkout").then_some(&survey)
        })?;
        let line = event.line("demo", "now");
        Ok::<Json, Refusal>(serde_json::from_str(&line).expect("JSON"))
    };
    let chosen = json!({"choices": ["price", "other"], "choice": "shipping"});
    assert_eq!(line(chosen.clone()).expect("accepted")["answers"], chosen);
    let left = line(json!({"contact": "ada@shop.example"})).expect("accepted");
    assert_eq!(left["contact"], true);
    assert!(!left.to_string().contains("ada"), "{left}");
    let submission = with(&json!({"answers": {"contact": "ada@shop.example"}}));
    let event = accept(submission.into(), &|_| Some(&survey)).expect("accepted");
    assert_eq!(
        event.contact_line("demo", "now").as_deref(),
        Some(
            "{\"id\":\"019aa5f0-4500-7fff-bfff-ffffffffffff\",\"site\":\"demo\",\"survey\":\"checkout\",\
             \"contact\":\"ada@shop.example\",\"visitor\":\"v1\",\"received_at\":\"now\"}"
        )
    );
    for wrong in [
        json!({"choice": "bribe"}),
        json!({"choices": ["price", "price"]}),
        json!({"choices": "price"}),
        json!({"choices": [1]}),
        json!({"choices": [""]}),
        json!({"other": 1}),
    ] {
        assert!(line(wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn a_line_never_breaks_in_two() {
    let submission = with(&json!({"answers": {"comment": "one\ntwo\r\n\u{2028}three\u{0}"}}));
    let line = accepted(submission).expect("accepted").line("demo", "now");
    assert!(!line.contains(['\n', '\r']), "{line}");
    let line: Json = serde_json::from_str(&line).expect("JSON");
    assert_eq!(line["answers"]["comment"], "one\ntwo\r\n\u{2028}three\u{0}");
}

#[test]
fn zero_is_a_score_and_nothing_is_none() {
    let survey = crate::file::parse("recommend", "metric = \"nps\"").expect("survey");
    let submission = with(&json!({"survey": "recommend", "score": 0}));
    let event = accept(submission.into(), &|_| Some(&survey)).expect("accepted");
    assert!(event.line("demo", "now").contains("\"score\":0"));

    let skipped = accepted(with(&json!({"score": null}))).expect("accepted");
    assert!(!skipped.line("demo", "now").contains("score"));
}

#[test]
fn every_refusal_names_its_reason() {
    let long = "x".repeat(2_001);
    let rows = [
        (json!({"survey": "chekout"}), "there is no survey `chekout`"),
        (
            json!({"score": 8}),
            "`score` is 8, but ces goes from 1 to 7",
        ),
        (
            json!({"score": 0}),
            "`score` is 0, but ces goes from 1 to 7",
        ),
        (
            json!({"score": 6.5}),
            "`score` is 6.5, but ces goes from 1 to 7",
        ),
        (
            json!({"score": -1}),
            "`score` is -1, but ces goes from 1 to 7",
        ),
        (json!({"score": "6"}), "`score` must be a number"),
        (json!({"id": "42"}), "`id` must be a UUID of version 7"),
        (json!({"id": null}), "`id` is missing"),
        (json!({"seq": 0}), "`seq` must be a whole number from 1"),
        (
            json!({"seq": 4_294_967_296_u64}),
            "`seq` must be a whole number from 1",
        ),
        (
            json!({"type": "respnse"}),
            "`type` must be `impression`, `response`, `dismissal` or `event`",
        ),
        (
            json!({"answers": {"comment": long}}),
            "`answers.comment` must be a string of at most 2000 characters",
        ),
        (
            json!({"answers": {"email": "x"}}),
            "`answers.email` must be left out: nothing else is stored there",
        ),
        (
            json!({"answers": null, "score": null}),
            "a response needs a `score` or an answer",
        ),
        (json!({"complete": null}), "`complete` is missing"),
        (
            json!({"at": "yesterday"}),
            "`at` must be a time such as `2026-11-21T10:00:00.000Z`",
        ),
        (
            json!({"page": {"path": "/a?b"}}),
            "`page.path` must not carry a query string or fragment",
        ),
        (
            json!({"page": {"path": "a"}}),
            "`page.path` must be a path that starts with `/`",
        ),
        (
            json!({"page": {"path": "/a", "title": "x"}}),
            "`page.title` must be left out: nothing else is stored there",
        ),
        (json!({"page": null}), "`page` is missing"),
        (
            json!({"device": "fridge"}),
            "`device` must be `mobile`, `tablet` or `desktop`",
        ),
        (json!({"draw": 2}), "`draw` must be a number from 0 to 1"),
        (
            json!({"language": "f\nr"}),
            "`language` must be free of control characters",
        ),
        (json!({"automated": 1}), "`automated` must be true or false"),
    ];
    for (change, expected) in rows {
        let refusal = accepted(with(&change)).expect_err(expected);
        assert_eq!(refusal.to_string(), expected, "{change}");
    }
    assert_eq!(accepted(json!([])).expect_err("list"), Refusal::NotAnObject);
}

#[test]
fn attributes_are_few_short_and_plain() {
    let many: serde_json::Map<String, Json> = (0..33)
        .map(|number| (number.to_string(), json!(1)))
        .collect();
    for attributes in [
        json!(many),
        json!({"a": [1]}),
        json!({"a": "x".repeat(201)}),
        json!({"x".repeat(201): 1}),
    ] {
        let refusal = accepted(with(&json!({"attributes": attributes}))).expect_err("refused");
        assert!(
            refusal
                .to_string()
                .starts_with("`attributes` must be an object of"),
            "{refusal}"
        );
    }
}
