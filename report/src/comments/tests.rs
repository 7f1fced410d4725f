//! From responses to topics.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan};
use survey::id::EventId;
use survey::metric::Metric;

use super::*;
use crate::figures::nps::Method;
use crate::response::{Outcome, Response};

/// The number-th response, of the day so many days after the first of November.
pub(crate) fn response(number: u64, day: i64, score: u8, comment: Option<&str>) -> Response {
    let received_at = "2026-11-01T12:00:00Z".parse::<Timestamp>().unwrap() + (24 * day).hours();
    Response {
        id: EventId::new(number, u128::from(number)),
        survey: "recommend".to_owned(),
        metric: Metric::Nps,
        site: "demo".to_owned(),
        outcome: Outcome::Answered,
        score: Some(score),
        band: Some(Metric::Nps.band(score)),
        comment: comment.map(str::to_owned),
        choice: None,
        choices: Vec::new(),
        contact: false,
        page: "/".to_owned(),
        device: "mobile".to_owned(),
        language: "en".to_owned(),
        trigger: "dwell".to_owned(),
        signal: String::new(),
        channel: "web".to_owned(),
        visit: None,
        visitors: None,
        attributes: BTreeMap::new(),
        at: received_at,
        received_at,
        seconds_to_answer: Some(4.0),
        complete: true,
        automated: false,
    }
}

fn findings(responses: &[Response]) -> SurveyComments {
    let mut tally = Tally::new(Lexicon::default());
    for response in responses {
        tally.hear(response);
    }
    tally.findings(Method::default()).remove(0)
}

/// A month in which happy people praise the delivery, and unhappy ones of the last days the button.
fn month() -> Vec<Response> {
    let complaints = [
        "The pay button does nothing",
        "Nothing happens when I pay",
        "Cannot pay on my phone at all",
        "Payment freezes every time",
    ];
    let mut responses = Vec::new();
    for number in 0..120 {
        let day = (number / 4) as i64;
        responses.push(response(number, day, 9, Some("Fast delivery, thank you")));
        responses.push(response(1_000 + number, day, 8, None));
        let complaint = complaints[(number % 4) as usize];
        if day >= 24 {
            responses.push(response(2_000 + number, day, 1, Some(complaint)));
        }
    }
    responses
}

#[test]
fn what_low_scorers_mention_comes_first_with_effect_trend_and_quotes() {
    let survey = findings(&month());
    assert_eq!((survey.comments, survey.themes.len()), (144, 3));
    let payment = &survey.themes[0];
    assert_eq!((payment.id.as_str(), payment.n), ("payment", 24));
    assert!(payment.low_scorers.unwrap().is_more());
    assert!(payment.is_rising() && payment.is_new());
    let effect = payment.effect.unwrap();
    assert!(effect.is_clear() && effect.value < -150.0, "{effect:?}");
    assert_eq!(payment.days.len(), 30);
    assert_eq!(payment.days[..24].iter().sum::<u64>(), 0);
    assert_eq!(payment.quotes.len(), QUOTES);
    let delivery = survey.themes.iter().find(|topic| topic.id == "delivery");
    assert!(!delivery.unwrap().low_scorers.unwrap().is_more());
}

#[test]
fn words_of_low_scorers_are_found_without_a_lexicon() {
    let mut tally = Tally::new(Lexicon::empty());
    for response in month() {
        tally.hear(&response);
    }
    let survey = tally.findings(Method::default()).remove(0);
    assert!(survey.themes.is_empty());
    let terms: Vec<&str> = survey.terms.iter().map(|term| term.id.as_str()).collect();
    assert!(terms.contains(&"pay button"), "{terms:?}");
    assert!(
        !terms.iter().any(|term| term.contains("delivery")),
        "{terms:?}"
    );
}

#[test]
fn the_order_of_responses_changes_nothing() {
    let mut responses = month();
    let one = findings(&responses);
    responses.reverse();
    assert_eq!(findings(&responses), one);
}

#[test]
fn of_fewer_than_five_people_nothing_is_quoted() {
    for (people, quotes) in [(4, 0), (5, 1)] {
        let responses: Vec<Response> = (0..people)
            .map(|number| response(number, 0, 1, Some("The parcel never arrived")))
            .collect();
        let topic = &findings(&responses).themes[0];
        assert_eq!((topic.n, topic.quotes.len()), (people, quotes));
    }
}

#[test]
fn a_quote_gives_no_orders_to_a_terminal_and_ends_somewhere() {
    let text = "late\u{1b}[31m\u{202e} parcel\n".to_owned() + &"x".repeat(500);
    let responses: Vec<Response> = (0..5)
        .map(|number| response(number, 0, 1, Some(&text)))
        .collect();
    let quote = &findings(&responses).themes[0].quotes[0].text;
    assert!(quote.starts_with("late[31m parcel xxx"), "{quote}");
    assert!(
        quote.ends_with('…') && quote.chars().count() == 161,
        "{quote}"
    );
}

#[test]
fn themes_are_counted_over_all_comments_and_words_over_a_sample() {
    let mut tally = Tally::new(Lexicon::default());
    for number in 0..(tally::SAMPLE as u64 + 500) {
        tally.hear(&response(number, 0, 3, Some("late parcel")));
    }
    let survey = tally.findings(Method::default()).remove(0);
    assert_eq!(survey.themes[0].n, tally::SAMPLE as u64 + 500);
    assert_eq!(survey.sampled, Some(tally::SAMPLE as u64));
}

#[test]
fn the_voices_behind_a_fall_are_of_those_who_fell_since_it_began() {
    let mut listener = voices::Listener::new(
        Group {
            survey: "recommend".to_owned(),
            site: "demo".to_owned(),
            among: Some((crate::By::Device, "mobile".to_owned())),
            since: "2026-11-25T00:00:00Z".parse().unwrap(),
            fell: true,
        },
        Lexicon::default(),
    );
    for response in month() {
        listener.hear(&response);
        let mut desktop = response;
        desktop.device = "desktop".to_owned();
        desktop.comment = Some("never to be quoted, I cannot pay".to_owned());
        listener.hear(&desktop);
    }
    let voices = listener.finish();
    assert_eq!(voices.themes[0], "payment");
    assert_eq!(voices.comments, 48);
    assert_eq!(voices.quotes.len(), QUOTES);
    for quote in &voices.quotes {
        assert_eq!((quote.score, quote.device.as_str()), (Some(1), "mobile"));
    }
}
