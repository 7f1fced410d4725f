//! Whether a survey may be shown here and now, gate by gate, each with its reason.
//!
//! The widget asks this before it shows anything, and `hark('explain')` prints the same rows.

use crate::condition::Values;
use crate::frequency::{Acts, Frequency, quiet};
use crate::offer::{Device, OfferedSurvey, Position, Visitors};

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
    /// Which visit of theirs this is, the first being 1; unknown without consent.
    pub visit: Option<u32>,
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
pub fn gates(survey: &OfferedSurvey, facts: &Facts<'_>) -> [Gate; 8] {
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
        visitors(survey, facts),
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
        Gate::new(
            "quota",
            survey.closed.is_none(),
            "more answers are wanted",
            "as many have answered as were wanted",
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
    let mut languages = survey.languages.iter();
    languages.any(|tag| primary(tag).eq(primary(language)))
}

/// A tag's language in lower case, without what comes after it.
fn primary(tag: &str) -> impl Iterator<Item = u8> {
    let letters = tag.bytes().take_while(|letter| *letter != b'-');
    letters.map(|letter| letter.to_ascii_lowercase())
}

fn visitors(survey: &OfferedSurvey, facts: &Facts<'_>) -> Gate {
    let closed = match survey.visitors {
        _ if facts.visit.is_none() => "who is new and who returns is not known without consent",
        Visitors::New => "only new visitors are asked",
        _ => "only returning visitors are asked",
    };
    let passes = survey.visitors.admits(facts.visit);
    Gate::new("visitors", passes, "asked of this visitor", closed)
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
    // Whoever opens a card by its button has asked to be asked.
    let is_invited = survey.position == Position::Tab;
    let passes = is_invited || quiet.is_none() && !facts.was_asked;
    Gate::new("frequency", passes, "no quiet period", closed)
}

#[cfg(feature = "native")]
#[cfg(test)]
mod tests;
