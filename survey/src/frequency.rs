//! The three clocks that keep Hark from asking too often.

use crate::plain::{Fields, Plain};
use serde::Serialize;

/// What a visitor last did with a survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acts(Vec<(String, Act, u64)>);

impl Act {
    const ALL: [Self; 3] = [Self::Answered, Self::Dismissed, Self::Shown];

    /// The name used on the device; the clocks of an offer have the same names.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Dismissed => "dismissed",
            Self::Shown => "shown",
        }
    }
}

impl Acts {
    /// None yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Notes an act on a survey, in place of the one before.
    pub fn note(&mut self, survey: &str, act: Act, at: u64) {
        self.0.retain(|(known, ..)| known != survey);
        self.0.push((survey.to_owned(), act, at));
    }

    /// Adds what is known from elsewhere: of each survey the last act is kept.
    pub fn recall(&mut self, others: Self) {
        for (survey, act, at) in others.0 {
            let is_later = |(known, _, when): &(String, Act, u64)| *known == survey && *when >= at;
            if !self.0.iter().any(is_later) {
                self.note(&survey, act, at);
            }
        }
    }

    /// Keeps of each time no more than the end of its period, in seconds: that of its day, say.
    pub fn round_up(&mut self, seconds: u64) {
        for (_, _, at) in &mut self.0 {
            *at = at.div_ceil(seconds).saturating_mul(seconds);
        }
    }

    /// What the visitor did on purpose: an impression is not their act.
    #[must_use]
    pub fn on_purpose(&self) -> Self {
        let acts = self.0.iter().filter(|(_, act, _)| *act != Act::Shown);
        Self(acts.cloned().collect())
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads what a device has kept: `{"checkout": ["answered", 1800000000]}`.
    #[must_use]
    pub fn read(plain: &Plain) -> Self {
        let Plain::Object(entries) = plain else {
            return Self::new();
        };
        let act = |(survey, kept): &(String, Plain)| match kept {
            Plain::List(kept) => match kept.as_slice() {
                [Plain::Text(name), Plain::Number(at)] => {
                    let act = Act::ALL.into_iter().find(|act| act.name() == name)?;
                    Some((survey.clone(), act, *at as u64))
                }
                _ => None,
            },
            _ => None,
        };
        Self(entries.iter().filter_map(act).collect())
    }
}

impl From<&Acts> for Plain {
    fn from(acts: &Acts) -> Self {
        let mut fields = Fields::default();
        for (survey, act, at) in &acts.0 {
            fields.add(survey, vec![act.name().into(), Self::Number(*at as f64)]);
        }
        fields.into()
    }
}

/// For how many seconds nobody is asked again after each act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

    /// Reads the clocks of an offer.
    pub(crate) fn read(plain: &Plain) -> Self {
        let clock = |act: Act| plain.number(act.name()) as u32;
        Self {
            answered: clock(Act::Answered),
            dismissed: clock(Act::Dismissed),
            shown: clock(Act::Shown),
        }
    }

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
    let acts = acts.0.iter();
    acts.map(|(asked, act, at)| {
        let (act, at) = (*act, *at);
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

#[cfg(all(test, feature = "native"))]
mod agreement;

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_800_000_000;
    const DAYS: u64 = DAY as u64;

    fn acts(survey: &str, act: Act, at: u64) -> Acts {
        let mut acts = Acts::new();
        acts.note(survey, act, at);
        acts
    }

    fn asked_again(survey: &str, act: Act, days_ago: u64) -> bool {
        let acts = acts("checkout", act, NOW - days_ago * DAYS);
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
    fn of_two_clocks_the_longer_one_wins() {
        let clocks = |days: u32| Frequency {
            answered: days * DAY,
            dismissed: days * DAY,
            shown: days * DAY,
        };
        let rows = [
            // Own clock, the site's, the survey asked about, days it is left in peace.
            (9, 3, "checkout", 9),
            (3, 9, "checkout", 9),
            (9, 3, "another", 3),
            (0, 0, "checkout", 0),
            (0, 0, "another", 0),
        ];
        for (own, site, survey, expected) in rows {
            for act in Act::ALL {
                let acts = acts("checkout", act, NOW);
                let quiet = quiet(&acts, survey, &clocks(own), &clocks(site), NOW);
                let days = quiet.map_or(0, |quiet| (quiet.until - NOW) / DAYS);
                assert_eq!(days, expected, "{own} {site} {survey} {act:?}");
            }
        }
    }

    #[test]
    fn of_several_surveys_the_one_that_speaks_longest_decides() {
        let mut acts = acts("checkout", Act::Shown, NOW);
        acts.note("recommend", Act::Answered, NOW - 2 * DAYS);
        let (own, site) = (Frequency::OF_A_SURVEY, Frequency::OF_A_SITE);
        let about = |survey| quiet(&acts, survey, &own, &site, NOW).expect("quiet");
        assert_eq!(about("recommend").until, NOW + 88 * DAYS);
        assert!(!about("recommend").elsewhere);
        assert_eq!(about("checkout").until, NOW + 28 * DAYS);
        assert!(about("checkout").elsewhere);
    }

    #[test]
    fn nobody_known_is_in_no_quiet_period() {
        let site = Frequency::OF_A_SITE;
        assert_eq!(quiet(&Acts::new(), "checkout", &site, &site, NOW), None);
    }

    #[test]
    fn a_clock_set_back_does_not_silence_for_ever() {
        let acts = acts("checkout", Act::Shown, NOW * 2);
        let site = Frequency::OF_A_SITE;
        let quiet = quiet(&acts, "another", &site, &site, NOW).expect("quiet");
        assert_eq!(quiet.until, NOW + 2 * DAYS);
    }

    #[test]
    fn acts_are_read_as_they_were_kept() {
        let mut kept = acts("checkout", Act::Answered, NOW);
        kept.note("recommend", Act::Shown, NOW + 1);
        kept.note("checkout", Act::Dismissed, NOW + 2);
        assert_eq!(Acts::read(&Plain::from(&kept)), kept);
        assert_eq!(kept.on_purpose(), acts("checkout", Act::Dismissed, NOW + 2));
        assert_eq!(Acts::read(&Plain::Text("nonsense".to_owned())), Acts::new());
    }

    #[test]
    fn the_last_act_counts_wherever_it_happened() {
        let mut here = acts("checkout", Act::Answered, NOW);
        here.recall(acts("checkout", Act::Shown, NOW - 1));
        assert_eq!(here, acts("checkout", Act::Answered, NOW));
        here.recall(acts("checkout", Act::Dismissed, NOW));
        assert_eq!(here, acts("checkout", Act::Answered, NOW));
        here.recall(acts("checkout", Act::Dismissed, NOW + 1));
        assert_eq!(here, acts("checkout", Act::Dismissed, NOW + 1));
    }

    #[test]
    fn a_rounded_time_says_the_day_and_never_asks_too_early() {
        let mut kept = acts("checkout", Act::Answered, NOW);
        kept.round_up(DAYS);
        let end = NOW - NOW % DAYS + DAYS;
        assert_eq!(kept, acts("checkout", Act::Answered, end));
        kept.round_up(DAYS);
        assert_eq!(kept, acts("checkout", Act::Answered, end));
    }
}
