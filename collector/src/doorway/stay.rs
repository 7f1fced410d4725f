//! Why somebody is in, for the pages that are made for them.
//!
//! The guard says it for as long as a request is answered, so that it need not be handed through every page
//! to the one form that asks for it.

use super::secret;
use tokio::task_local;

/// By what right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stay {
    /// There is no password, and the request comes from this machine.
    Near,
    /// With a session of this id.
    SignedIn { id: String },
}

/// Of the request that is being answered.
#[derive(Clone, Debug)]
pub(super) struct Current {
    pub(super) stay: Option<Stay>,
    /// What forms must carry.
    pub(super) token: String,
}

task_local! {
    pub(super) static CURRENT: Current;
}

/// What forms of this request's page carry; on another thread than the one that makes it, it is empty.
pub(super) fn form_token() -> String {
    CURRENT
        .try_with(|current| current.token.clone())
        .unwrap_or_default()
}

/// Whether the page is made for somebody who can sign out.
pub(super) fn is_signed_in() -> bool {
    matches!(current(), Some(Stay::SignedIn { .. }))
}

/// By what right the request that is being answered came in.
pub(super) fn current() -> Option<Stay> {
    let current = CURRENT.try_with(|current| current.stay.clone());
    current.ok().flatten()
}

impl Stay {
    /// What forms of this stay carry; `near` is the secret of those without a session.
    pub(super) fn form_token(&self, near: &str) -> String {
        let of = match self {
            Self::Near => near,
            Self::SignedIn { id } => id,
        };
        secret::derived("form", of)
    }
}
