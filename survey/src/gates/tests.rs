use super::*;
use crate::frequency::Act;
use crate::offer::{Consent, Offer, SitePolicy};
use crate::wording::Language;

const NOW: u64 = 1_800_000_000;

fn survey(target: &str) -> OfferedSurvey {
    let survey = crate::file::parse("checkout", &format!("metric = \"ces\"\n[target]\n{target}"));
    let site = SitePolicy {
        brand: "Fernlight".to_owned(),
        consent: Consent::Pending,
        remember_acts: true,
        frequency: Frequency::OF_A_SITE,
    };
    let survey = survey.expect("a good file");
    Offer::new(&site, [&survey].into_iter(), Language::ENGLISH)
        .surveys
        .remove(0)
}

/// Somebody on any page, in no quiet period, whom every draw admits.
fn anybody<'f>(acts: &'f Acts, attributes: &'f Values) -> Facts<'f> {
    Facts {
        path_matches: &|_| true,
        device: Device::Mobile,
        language: "fr-CA",
        attributes,
        visit: Some(2),
        draw: 0.0,
        acts,
        site: &Frequency::OF_A_SITE,
        was_asked: false,
        now: NOW,
    }
}

fn closed_gates(target: &str, change: impl FnOnce(&mut Facts<'_>)) -> Vec<&'static str> {
    let matches = |pattern: &str| crate::targeting::matches(pattern, "/checkout/pay", "?step=pay");
    let acts = Acts::new();
    let attributes = Values::new();
    let mut facts = Facts {
        path_matches: &matches,
        draw: 0.3,
        ..anybody(&acts, &attributes)
    };
    change(&mut facts);
    let gates = gates(&survey(target), &facts);
    gates
        .iter()
        .filter(|gate| !gate.passes)
        .map(|gate| gate.gate)
        .collect()
}

#[test]
fn each_gate_closes_for_its_own_reason_only() {
    let rows: [(&str, &[&str]); 16] = [
        ("", &[]),
        ("pages = [\"/checkout/**\"]", &[]),
        ("pages = [\"/cart\"]", &["path"]),
        ("pages = [\"?step=pay\"]", &[]),
        ("exclude = [\"/checkout/*?step=pay\"]", &["path"]),
        ("exclude = [\"/checkout/*\"]", &["path"]),
        ("devices = [\"desktop\"]", &["device"]),
        ("languages = [\"fr\"]", &[]),
        ("languages = [\"de\"]", &["language"]),
        ("visitors = \"any\"", &[]),
        ("visitors = \"returning\"", &[]),
        ("visitors = \"new\"", &["visitors"]),
        ("quota = 1", &[]),
        ("sample = 0.3", &["sample"]),
        ("sample = 0.31", &[]),
        (
            "where = [{ attribute = \"cart_value\", op = \"gte\", value = 50 }]",
            &["attributes"],
        ),
    ];
    for (target, expected) in rows {
        assert_eq!(closed_gates(target, |_| ()), expected, "{target}");
    }
}

#[test]
fn who_has_been_here_before_is_known_with_consent_only() {
    let rows = [
        ("any", None, true),
        ("new", None, false),
        ("returning", None, false),
        ("new", Some(1), true),
        ("returning", Some(1), false),
        ("new", Some(2), false),
        ("returning", Some(2), true),
        ("returning", Some(9), true),
    ];
    for (visitors, visit, expected) in rows {
        let target = format!("visitors = \"{visitors}\"");
        let closed = closed_gates(&target, |facts| facts.visit = visit);
        assert_eq!(closed.is_empty(), expected, "{visitors} {visit:?}");
    }
}

#[test]
fn nobody_is_asked_when_enough_have_answered() {
    let mut survey = survey("quota = 1");
    survey.closed = Some(crate::offer::Closed::Quota);
    let (acts, attributes) = (Acts::new(), Values::new());
    let gates = gates(&survey, &anybody(&acts, &attributes));
    let closed = gates
        .iter()
        .filter(|gate| !gate.passes)
        .map(|gate| gate.gate);
    assert_eq!(closed.collect::<Vec<_>>(), ["quota"]);
}

#[test]
fn nobody_is_asked_twice_in_a_visit() {
    assert_eq!(
        closed_gates("", |facts| facts.was_asked = true),
        ["frequency"]
    );
}

#[test]
fn nobody_is_asked_in_a_quiet_period() {
    let mut acts = Acts::new();
    acts.note("other", Act::Answered, NOW - 60);
    let attributes = Values::new();
    let facts = anybody(&acts, &attributes);
    let closed = gates(&survey(""), &facts)[7];
    assert_eq!(closed.reason, "quiet: another survey was shown lately");
}
