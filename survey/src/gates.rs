//! Whether a survey may be shown here and now, gate by gate, each with its reason.
//!
//! The widget asks this before it shows anything, and `hark('explain')` prints the same rows.

use crate::condition::Values;
use crate::frequency::{Acts, Frequency, quiet};
use crate::offer::{Device, OfferedSurvey};

/// What is known about the visit when a survey is considered.
#[derive(Clone, Copy)]
pub struct Facts<'f> {
    /// Whether a regular expression (JavaScript) matches the page's path.
    pub path_matches: &'f dyn Fn(&str) -> bool,
    /// The visitor's kind of device.
    pub device: Device,
    /// The page's language, as a BCP 47 tag.
    pub language: &'f str,
    /// What the page said about the visitor or cart.
    pub attributes: &'f Values,
    /// The visitor's draw for this survey, from 0 to below 1.
    pub draw: f64,
    /// What the visitor did before.
    pub acts: &'f Acts,
    /// The site's clocks.
    pub site: &'f Frequency,
    /// Whether a survey was shown in this visit already.
    pub was_asked: bool,
    /// Seconds since 1970.
    pub now: u64,
}

/// One gate and whether it lets the survey through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gate {
    /// Which.
    pub gate: &'static str,
    /// Whether it is open.
    pub passes: bool,
    /// Why.
    pub reason: &'static str,
}

impl Gate {
    /// A gate that is open or closed for one of two reasons.
    #[must_use]
    pub const fn new(
        gate: &'static str,
        passes: bool,
        open: &'static str,
        closed: &'static str,
    ) -> Self {
        let reason = if passes { open } else { closed };
        Self {
            gate,
            passes,
            reason,
        }
    }
}

/// Every gate that depends on the survey and the visit; what triggers it comes on top.
#[must_use]
pub fn gates(survey: &OfferedSurvey, facts: &Facts<'_>) -> [Gate; 6] {
    [
        path(survey, facts),
        Gate::new(
            "device",
            survey.devices.is_empty() || survey.devices.contains(&facts.device),
            "asked on this kind of device",
            "not asked on this kind of device",
        ),
        Gate::new(
            "language",
            survey.languages.is_empty() || speaks(survey, facts.language),
            "asked in this language",
            "not asked in this language",
        ),
        Gate::new(
            "attributes",
            survey
                .conditions
                .iter()
                .all(|condition| condition.holds(facts.attributes)),
            "every condition in `where` holds",
            "a condition in `where` does not hold",
        ),
        Gate::new(
            "sample",
            facts.draw < survey.sample,
            "the draw is within `sample`",
            "the draw is outside of `sample`",
        ),
        frequency(survey, facts),
    ]
}

fn path(survey: &OfferedSurvey, facts: &Facts<'_>) -> Gate {
    let matches = |pattern: &String| (facts.path_matches)(pattern);
    let is_excluded = survey.exclude.iter().any(matches);
    let is_named = survey.pages.iter().any(matches);
    let closed = if is_excluded {
        "the path is in `exclude`"
    } else {
        "the path is not in `pages`"
    };
    Gate::new(
        "path",
        is_named && !is_excluded,
        "the path is in `pages`",
        closed,
    )
}

fn speaks(survey: &OfferedSurvey, language: &str) -> bool {
    let primary = |tag: &str| {
        tag.split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    let spoken = primary(language);
    survey.languages.iter().any(|tag| primary(tag) == spoken)
}

fn frequency(survey: &OfferedSurvey, facts: &Facts<'_>) -> Gate {
    let quiet = quiet(
        facts.acts,
        &survey.id,
        &survey.frequency,
        facts.site,
        facts.now,
    );
    let closed = match quiet {
        _ if facts.was_asked => "quiet: a survey was shown in this visit",
        Some(quiet) if quiet.elsewhere => "quiet: another survey was shown lately",
        _ => "quiet: this survey was shown lately",
    };
    let passes = quiet.is_none() && !facts.was_asked;
    Gate::new("frequency", passes, "no quiet period", closed)
}

#[cfg(feature = "native")]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::frequency::Act;
    use crate::offer::{Consent, Offer, SitePolicy};
    use crate::wording::Language;

    const NOW: u64 = 1_800_000_000;

    fn survey(target: &str) -> OfferedSurvey {
        let survey =
            crate::file::parse("checkout", &format!("metric = \"ces\"\n[target]\n{target}"));
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

    fn closed_gates(target: &str, change: impl FnOnce(&mut Facts<'_>)) -> Vec<&'static str> {
        let matches = |pattern: &str| {
            let regex = regress::Regex::new(pattern).expect("compiles");
            regex.find("/checkout/pay").is_some()
        };
        let acts = Acts::new();
        let attributes = Values::new();
        let mut facts = Facts {
            path_matches: &matches,
            device: Device::Mobile,
            language: "fr-CA",
            attributes: &attributes,
            draw: 0.3,
            acts: &acts,
            site: &Frequency::OF_A_SITE,
            was_asked: false,
            now: NOW,
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
        let rows: [(&str, &[&str]); 10] = [
            ("", &[]),
            ("pages = [\"/checkout/**\"]", &[]),
            ("pages = [\"/cart\"]", &["path"]),
            ("exclude = [\"/checkout/*\"]", &["path"]),
            ("devices = [\"desktop\"]", &["device"]),
            ("languages = [\"fr\"]", &[]),
            ("languages = [\"de\"]", &["language"]),
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
        let matches = |_: &str| true;
        let facts = Facts {
            path_matches: &matches,
            device: Device::Desktop,
            language: "en",
            attributes: &Values::new(),
            draw: 0.0,
            acts: &acts,
            site: &Frequency::OF_A_SITE,
            was_asked: false,
            now: NOW,
        };
        let closed = gates(&survey(""), &facts)[5];
        assert_eq!(closed.reason, "quiet: another survey was shown lately");
    }
}
