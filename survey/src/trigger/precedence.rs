//! Which survey is shown when several could be: the most important, else the one that was nominated
//! first, else the one whose id comes first.

/// A survey whose trigger has fired.
#[derive(Clone, Copy, Debug)]
pub struct Nominee<'n> {
    /// The survey's `priority`.
    pub priority: i32,
    /// When it was nominated, in milliseconds of a monotonic clock.
    pub nominated_at: f64,
    /// The survey's id.
    pub survey: &'n str,
}

impl Nominee<'_> {
    fn goes_before(&self, other: &Self) -> bool {
        if self.priority != other.priority {
            self.priority > other.priority
        } else if self.nominated_at != other.nominated_at {
            self.nominated_at < other.nominated_at
        } else {
            self.survey < other.survey
        }
    }
}

/// The position of the nominee that is shown.
#[must_use]
pub fn winner(nominees: &[Nominee<'_>]) -> Option<usize> {
    let mut winner: Option<(usize, &Nominee<'_>)> = None;
    for (position, nominee) in nominees.iter().enumerate() {
        if winner.is_none_or(|(_, best)| nominee.goes_before(best)) {
            winner = Some((position, nominee));
        }
    }
    winner.map(|(position, _)| position)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priority_goes_before_time_and_time_before_the_name() {
        let nominee = |priority, nominated_at, survey| Nominee {
            priority,
            nominated_at,
            survey,
        };
        let early = nominee(0, 4.0, "c");
        let late = nominee(0, 5.0, "b");
        let just_as_late = nominee(0, 5.0, "a");
        let urgent = nominee(1, 9.0, "d");
        let unimportant = nominee(-1, 0.0, "0");
        assert_eq!(winner(&[]), None);
        let rows = [
            ([late, urgent, early], 1),
            ([late, early, unimportant], 1),
            ([late, unimportant, just_as_late], 2),
            ([just_as_late, late, unimportant], 0),
        ];
        for (nominees, expected) in rows {
            assert_eq!(winner(&nominees), Some(expected), "{nominees:?}");
        }
    }
}
