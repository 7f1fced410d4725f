mod faults;
mod guide;

use super::*;
use crate::frequency::Frequency;
use crate::offer::{FollowUpKind, Offer, Position, SitePolicy, Visitors};
use crate::trigger::{Moment, Touch, Trigger};
use crate::wording::Language;

fn offered(text: &str, language: &str) -> crate::offer::OfferedSurvey {
    let survey = parse("checkout", text).expect("a good file");
    let site = SitePolicy {
        brand: "Fernlight".to_owned(),
        consent: crate::offer::Consent::Pending,
        remember_acts: true,
        frequency: Frequency::OF_A_SITE,
    };
    let language = Language::nearest(language).unwrap_or(Language::ENGLISH);
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
    assert_eq!(survey.priority, 10);
    assert_eq!(survey.target.visitors, Visitors::Returning);
    assert_eq!(survey.target.quota, Some(500));
    assert_eq!(survey.follow_ups[1].kind, FollowUpKind::Choice);
    assert_eq!(survey.follow_ups[1].options[0].key, "price");
    assert!(survey.thanks.link.is_some());
    assert_eq!(survey.appearance.position, Position::Center);
    assert_eq!(
        survey.triggers,
        [
            Trigger {
                moment: Moment::ExitIntent {
                    edge_px: 20.0,
                    armed_after: 2.5,
                    touch: vec![Touch::ScrollUp],
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
        "\u{2068}Fernlight\u{2069} m’a permis d’effectuer facilement mon achat."
    );
    assert_eq!(french.labels[0], "Pas du tout d’accord");
    assert_eq!(french.labels.len(), 7);
    let asked = |score| {
        let first = french.asked_after(score).first().copied()?;
        Some(french.follow_up[first].question.as_str())
    };
    assert_eq!(asked(2), Some("Qu’est-ce qui vous a gêné ?"));
    assert_eq!(
        asked(6),
        Some("Quelle est la principale raison de votre réponse\u{202f}?")
    );
    assert_eq!(
        offered(file, "da").question,
        "\u{2068}Fernlight\u{2069} made it easy for me to complete my purchase."
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
    assert_eq!(
        offered.question,
        "How easy was it to order from \u{2068}Fernlight\u{2069}?"
    );
    assert_eq!(offered.labels, ["Very hard", "Very easy"]);
    assert_eq!(offered.intro, "");
    assert_eq!(offered.thanks, "Thank you from \u{2068}Fernlight\u{2069}!");
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
