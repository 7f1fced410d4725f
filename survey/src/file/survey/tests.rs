use super::*;
use crate::frequency::Frequency;
use crate::offer::{Offer, SitePolicy};
use crate::trigger::{Moment, Trigger};
use crate::wording::Language;

fn faults(text: &str) -> String {
    let faults = parse("checkout", text).expect_err("a faulty file");
    let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

fn offered(text: &str, language: &str) -> crate::offer::OfferedSurvey {
    let survey = parse("checkout", text).expect("a good file");
    let site = SitePolicy {
        brand: "Fernlight".to_owned(),
        consent: crate::offer::Consent::Pending,
        remember_acts: true,
        frequency: Frequency::OF_A_SITE,
    };
    let language = Language::nearest(language);
    Offer::new(&site, [&survey].into_iter(), language)
        .surveys
        .remove(0)
}

#[test]
fn a_metric_is_enough() {
    let survey = parse("checkout", "metric = \"ces\"").expect("a good file");
    assert_eq!(survey.status, Status::Live);
    assert_eq!(survey.frequency, Frequency::OF_A_SURVEY);
    assert_eq!(survey.triggers.len(), 1);
    assert_eq!(survey.target.pages, ["^/"]);
}

#[test]
fn a_whole_file_is_read_as_written() {
    let survey = parse("checkout", include_str!("whole.toml")).expect("a good file");
    assert_eq!(survey.metric, Metric::Ces);
    assert_eq!(survey.status, Status::Paused);
    assert_eq!(survey.target.sample.to_string(), "0.25");
    assert_eq!(survey.target.conditions.len(), 1);
    assert_eq!(survey.frequency.answered, 90 * 86_400);
    assert_eq!(survey.frequency.dismissed, 7 * 86_400);
    assert_eq!(survey.position, Position::Center);
    assert_eq!(
        survey.triggers,
        [
            Trigger {
                moment: Moment::ExitIntent {
                    edge_px: 20.0,
                    armed_after: 2.5
                },
                delay: 0.0,
                all: Vec::new(),
            },
            Trigger {
                moment: Moment::Scroll { percent: 60.0 },
                delay: 2.0,
                all: vec![Moment::Dwell { seconds: 15.0 }],
            },
        ]
    );
}

#[test]
fn words_come_in_the_visitors_language() {
    let file = r#"
        metric = "ces"
        wording = "purchase"
        [[follow_up]]
        when = "low"
        question = { en = "What got in the way?", fr = "Qu’est-ce qui vous a gêné ?" }
        [[follow_up]]
    "#;
    let french = offered(file, "fr-CA");
    assert_eq!(
        french.question,
        "Fernlight m’a permis d’effectuer facilement mon achat."
    );
    assert_eq!(french.labels[0], "Pas du tout d’accord");
    assert_eq!(french.labels.len(), 7);
    let asked = |score| french.follow_up(score).map(|asked| asked.question.as_str());
    assert_eq!(asked(2), Some("Qu’est-ce qui vous a gêné ?"));
    assert_eq!(
        asked(6),
        Some("Quelle est la principale raison de votre réponse\u{202f}?")
    );
    assert_eq!(
        offered(file, "da").question,
        "Fernlight made it easy for me to complete my purchase."
    );
}

#[test]
fn a_question_of_its_own_brings_its_own_anchors() {
    let file = r#"
        metric = "ces"
        question = "How easy was it to order from {brand}?"
        anchor_low = "Very hard"
        anchor_high = "Very easy"
        [thanks]
        message = "Thank you from {brand}!"
    "#;
    let offered = offered(file, "en");
    assert_eq!(offered.question, "How easy was it to order from Fernlight?");
    assert_eq!(offered.labels, ["Very hard", "Very easy"]);
    assert_eq!(offered.intro, "");
    assert_eq!(offered.thanks, "Thank you from Fernlight!");
}

#[test]
fn a_survey_is_live_on_its_days_only() {
    let survey = parse(
        "checkout",
        "metric = \"nps\"\n[target]\nfrom = 2026-01-01\nuntil = 2026-01-31",
    )
    .expect("a good file");
    for (day, expected) in [
        ("2025-12-31", false),
        ("2026-01-01", true),
        ("2026-01-31", true),
        ("2026-02-01", false),
    ] {
        let day = day.parse().expect("day");
        assert_eq!(survey.is_live_on(day), expected, "{day}");
    }
}

#[test]
fn every_fault_is_named_with_its_place_and_a_way_out() {
    let rows = [
        ("", "1:1: `metric` is missing"),
        (
            "metric = \"npx\"",
            "1:10: `metric` cannot be `npx`\n  hint: did you mean `nps`?",
        ),
        ("metric = 3", "1:10: `metric` must be a string, not integer"),
        (
            "metric = \"nps\"\n[[tigger]]\non = \"load\"",
            "2:3: unknown key `tigger`\n  hint: did you mean `trigger`?",
        ),
        (
            "metric = \"nps\"\n[[trigger]]\non = \"exit\"\nseconds = 3",
            "3:6: `on` cannot be `exit`\n  hint: known here: `load`, `dwell`, `scroll`, \
             `exit_intent`, `event`",
        ),
        (
            "metric = \"nps\"\n[[trigger]]\non = \"scroll\"\npercent = 140",
            "4:11: `percent` is 140, but must be from 0 to 100",
        ),
        (
            "metric = \"nps\"\n[target]\nsample = 1.5\npages = [\"cart\"]",
            "3:10: `sample` is 1.5, but must be from 0 to 1\n4:10: `cart` is no page pattern\n  \
             hint: write a path such as \"/checkout/**\", or \"re:\" and a regular expression",
        ),
        (
            "metric = \"nps\"\nquestion = { en = \"Why?\", fx = \"Pourquoi ?\" }",
            "2:32: unknown language `fx`\n  hint: did you mean `fr`?",
        ),
        (
            "metric = \"nps\"\n[frequency]\nafter_answer = \"90\"",
            "3:16: `after_answer` cannot be `90`\n  hint: write a whole number and `s`, `m`, `h` or \
             `d`, for example \"30d\"",
        ),
        (
            "metric = \"nps\"\ntrigger = []\n[target]\npages = []",
            "2:11: `trigger` is empty\n  hint: leave it out for what is usual\n4:9: `pages` is \
             empty\n  hint: leave it out for what is usual",
        ),
        (
            "metric = \"nps\"\n[target]\nlanguages = [\"french\"]",
            "3:14: `french` is no language\n  hint: write its code, for example \"fr\"",
        ),
        (
            "metric = \"nps\"\n[target]\nfrom = 2026-02-01\nuntil = 2026-01-01",
            "2:1: `until` is 2026-01-01, before `from`, which is 2026-02-01",
        ),
        (
            "metric = \"ces\"\nanchor_low = \"Hard\"",
            "1:1: `anchor_low` and `anchor_high` come together or not at all",
        ),
        (
            "metric = \"nps\"\nwording = \"find\"",
            "2:11: `wording` cannot be `find`\n  hint: known here: `standard`",
        ),
    ];
    for (file, expected) in rows {
        assert_eq!(faults(file), expected, "{file}");
    }
}

#[test]
fn a_syntax_error_is_told_alone() {
    let told = faults("metric = \"nps\nstatus = ");
    assert!(told.starts_with("1:"), "{told}");
    assert!(!told.contains("missing"), "{told}");
}

#[test]
fn an_id_that_fits_no_address_is_refused() {
    for id in ["", "my survey", "../evil", &"x".repeat(65)] {
        assert!(parse(id, "metric = \"nps\"").is_err(), "{id}");
    }
}
