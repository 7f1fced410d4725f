//! The three clocks that keep Hark from asking too often.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a visitor last did with a survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Act {
    /// Gave a score.
    Answered,
    /// Closed the card, and not by accident.
    Dismissed,
    /// Saw the card and did neither.
    Shown,
}

/// The last act on each survey and its time in seconds since 1970.
///
/// Where only the day may be kept, the time is that day's end: rounding never asks too early.
pub type Acts = BTreeMap<String, (Act, u64)>;

/// For how many seconds nobody is asked again after each act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frequency {
    /// After an answer.
    pub answered: u32,
    /// After a dismissal.
    pub dismissed: u32,
    /// After an impression with neither.
    pub shown: u32,
}

const DAY: u32 = 24 * 60 * 60;

/// How quickly closing a card is an accident and no refusal, in milliseconds.
pub const ACCIDENT_MILLISECONDS: f64 = 1_000.0;

impl Frequency {
    /// A survey's own clocks: 90, 30 and 14 days.
    pub const OF_A_SURVEY: Self = Self {
        answered: 90 * DAY,
        dismissed: 30 * DAY,
        shown: 14 * DAY,
    };

    /// The clocks across all surveys of a site: 30 days after an answer, else a day.
    pub const OF_A_SITE: Self = Self {
        answered: 30 * DAY,
        dismissed: DAY,
        shown: DAY,
    };

    const fn after(&self, act: Act) -> u32 {
        match act {
            Act::Answered => self.answered,
            Act::Dismissed => self.dismissed,
            Act::Shown => self.shown,
        }
    }
}

/// Why a visitor is left in peace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    /// What they did.
    pub act: Act,
    /// Whether it was another survey that they did it with.
    pub elsewhere: bool,
    /// When they may be asked again, in seconds since 1970.
    pub until: u64,
}

/// Whether this visitor is to be left in peace by this survey, and until when at the longest.
#[must_use]
pub fn quiet(
    acts: &Acts,
    survey: &str,
    own: &Frequency,
    site: &Frequency,
    now: u64,
) -> Option<Quiet> {
    acts.iter()
        .map(|(asked, &(act, at))| {
            let elsewhere = asked != survey;
            let site_clock = site.after(act);
            let clock = if elsewhere {
                site_clock
            } else {
                site_clock.max(own.after(act))
            };
            // A time from the future is a changed clock; a day's end is the one honest exception.
            let at = at.min(now + u64::from(DAY));
            let until = at + u64::from(clock);
            Quiet {
                act,
                elsewhere,
                until,
            }
        })
        .filter(|quiet| quiet.until > now)
        .max_by_key(|quiet| quiet.until)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000;
    const DAYS: u64 = DAY as u64;

    fn asked_again(survey: &str, act: Act, days_ago: u64) -> bool {
        let acts = Acts::from([("checkout".to_owned(), (act, NOW - days_ago * DAYS))]);
        quiet(
            &acts,
            survey,
            &Frequency::OF_A_SURVEY,
            &Frequency::OF_A_SITE,
            NOW,
        )
        .is_none()
    }

    #[test]
    fn each_clock_ends_on_its_day() {
        let rows = [
            ("checkout", Act::Answered, 89, false),
            ("checkout", Act::Answered, 90, true),
            ("checkout", Act::Dismissed, 29, false),
            ("checkout", Act::Dismissed, 30, true),
            ("checkout", Act::Shown, 13, false),
            ("checkout", Act::Shown, 14, true),
            ("another", Act::Answered, 29, false),
            ("another", Act::Answered, 30, true),
            ("another", Act::Dismissed, 0, false),
            ("another", Act::Dismissed, 1, true),
            ("another", Act::Shown, 0, false),
            ("another", Act::Shown, 1, true),
        ];
        for (survey, act, days_ago, expected) in rows {
            let found = asked_again(survey, act, days_ago);
            assert_eq!(found, expected, "{survey} {act:?} {days_ago} days ago");
        }
    }

    #[test]
    fn nobody_known_is_in_no_quiet_period() {
        let site = Frequency::OF_A_SITE;
        assert_eq!(quiet(&Acts::new(), "checkout", &site, &site, NOW), None);
    }

    #[test]
    fn a_clock_set_back_does_not_silence_for_ever() {
        let acts = Acts::from([("checkout".to_owned(), (Act::Shown, NOW * 2))]);
        let site = Frequency::OF_A_SITE;
        let quiet = quiet(&acts, "another", &site, &site, NOW).expect("quiet");
        assert_eq!(quiet.until, NOW + 2 * DAYS);
    }
}
