//! Who is weighed, what a shop puts on its page for each, and how each is asked for a form.

/// One of them, or the page alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Contender {
    Nothing,
    Hark,
    PostHog,
    Sprig,
    Sentry,
    Form,
}

impl Contender {
    pub(crate) const ALL: [Self; 6] = [
        Self::Nothing,
        Self::Hark,
        Self::PostHog,
        Self::Sprig,
        Self::Sentry,
        Self::Form,
    ];

    /// As the table has it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Nothing => "the page alone",
            Self::Hark => "Hark",
            Self::PostHog => "PostHog surveys",
            Self::Sprig => "Sprig",
            Self::Sentry => "Sentry feedback",
            Self::Form => "hand-written form",
        }
    }

    /// What stands in the page's head.
    pub(crate) const fn tags(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Hark => "<script async src=/hark.js data-site=shop></script>",
            Self::PostHog => "<script type=module src=/bundle/posthog.js></script>",
            Self::Sprig => "<script type=module src=/bundle/sprig.js></script>",
            Self::Sentry => "<script type=module src=/bundle/sentry.js></script>",
            Self::Form => "<script type=module src=/bundle/form.js></script>",
        }
    }

    /// What the page says for a form to come up.
    pub(crate) const fn trigger(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Hark => "hark('event', 'now')",
            Self::PostHog => "posthog.capture('now')",
            Self::Sprig => "SprigApi('track', 'now')",
            Self::Sentry => "openFeedback()",
            Self::Form => "feedbackForm.renderModal()",
        }
    }
}
