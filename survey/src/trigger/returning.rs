//! Coming back to a page that was hidden for a while.

/// Notes when the page is hidden, and judges each return.
#[derive(Clone, Debug)]
pub struct Return {
    shortest: f64,
    hidden_at: Option<f64>,
}

impl Return {
    /// Only a page that was hidden for so many seconds is returned to.
    #[must_use]
    pub fn after(seconds: f64) -> Self {
        Self {
            shortest: seconds * 1_000.0,
            hidden_at: None,
        }
    }

    /// Notes whether the page is visible from `now` on (milliseconds of a monotonic clock); whether
    /// that is a return.
    pub fn observe(&mut self, visible: bool, now: f64) -> bool {
        if !visible {
            self.hidden_at = self.hidden_at.or(Some(now));
            return false;
        }
        let hidden_at = self.hidden_at.take();
        hidden_at.is_some_and(|at| now - at >= self.shortest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_being_away_for_long_enough_is_a_return() {
        let (away, here) = (false, true);
        let rows = [
            (vec![(away, 1.0), (here, 10_001.0)], true),
            (vec![(away, 1.0), (here, 10_000.0)], false),
            (vec![(here, 60_000.0)], false),
            (vec![(away, 1.0), (away, 5_000.0), (here, 10_001.0)], true),
            (vec![(away, 1.0), (here, 2.0), (here, 60_000.0)], false),
            (
                vec![(away, 1.0), (here, 2.0), (away, 3.0), (here, 9_000.0)],
                false,
            ),
        ];
        for (seen, expected) in rows {
            let mut back = Return::after(10.0);
            let judged = seen
                .iter()
                .map(|(visible, now)| back.observe(*visible, *now));
            assert_eq!(judged.last(), Some(expected), "{seen:?}");
        }
    }
}
