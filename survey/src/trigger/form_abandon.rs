//! A form that was begun and not sent. What was typed is never looked at.

use super::Progress;

/// Follows one form, or several as if they were one.
#[derive(Clone, Debug)]
pub struct FormAbandon {
    wait: f64,
    typed_at: Option<f64>,
}

impl FormAbandon {
    /// A form is given up after so many seconds without any input.
    #[must_use]
    pub fn after(seconds: f64) -> Self {
        Self {
            wait: seconds * 1_000.0,
            typed_at: None,
        }
    }

    /// Somebody changed a field, at `now` in milliseconds of a monotonic clock; look again after
    /// what [`Self::look`] says.
    pub const fn typed(&mut self, now: f64) {
        self.typed_at = Some(now);
    }

    /// The form was sent.
    pub const fn sent(&mut self) {
        self.typed_at = None;
    }

    /// Whether the form has been waiting for long enough.
    #[must_use]
    pub fn look(&self, now: f64) -> Progress {
        self.typed_at.map_or(Progress::Paused, |typed_at| {
            Progress::until(typed_at + self.wait, now)
        })
    }

    /// Whether somebody who is about to go would leave a form that was begun.
    #[must_use]
    pub const fn is_begun(&self) -> bool {
        self.typed_at.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_given_up_when_nobody_goes_on() {
        let mut form = FormAbandon::after(20.0);
        assert_eq!(form.look(60_000.0), Progress::Paused);
        form.typed(60_000.0);
        form.typed(65_000.0);
        assert_eq!(form.look(80_000.0), Progress::LookAgainIn(5_000.0));
        assert_eq!(form.look(85_000.0), Progress::Reached);
    }

    #[test]
    fn a_form_that_was_sent_is_not_given_up() {
        let mut form = FormAbandon::after(20.0);
        form.typed(0.0);
        assert!(form.is_begun());
        form.sent();
        assert!(!form.is_begun());
        assert_eq!(form.look(60_000.0), Progress::Paused);
        form.typed(61_000.0);
        assert!(form.is_begun());
    }
}
