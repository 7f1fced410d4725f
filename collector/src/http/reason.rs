//! The names of all refusals: the end of a problem's `type`, and what they are counted under.

use axum::http::StatusCode;

/// Why a request was refused, without its particulars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    NotJson,
    Empty,
    BrokenOff,
    WrongParameter,
    NoToken,
    UnknownToken,
    Origin,
    NoSuchPath,
    UnknownSite,
    NoWidget,
    WrongMethod,
    TooSlow,
    TooLarge,
    TooManyEvents,
    MediaType,
    NoneAccepted,
    TooManyRequests,
    TooManyConnections,
    Unreadable,
    Busy,
    QueueFull,
    DiskFailing,
    ShortOfSpace,
    ShuttingDown,
}

impl Reason {
    /// Each once, in the order of the enum.
    pub(crate) const ALL: [Self; 24] = [
        Self::NotJson,
        Self::Empty,
        Self::BrokenOff,
        Self::WrongParameter,
        Self::NoToken,
        Self::UnknownToken,
        Self::Origin,
        Self::NoSuchPath,
        Self::UnknownSite,
        Self::NoWidget,
        Self::WrongMethod,
        Self::TooSlow,
        Self::TooLarge,
        Self::TooManyEvents,
        Self::MediaType,
        Self::NoneAccepted,
        Self::TooManyRequests,
        Self::TooManyConnections,
        Self::Unreadable,
        Self::Busy,
        Self::QueueFull,
        Self::DiskFailing,
        Self::ShortOfSpace,
        Self::ShuttingDown,
    ];

    /// Its name, in words with hyphens.
    pub(crate) const fn name(self) -> &'static str {
        self.row().0
    }

    /// The status it is answered with.
    pub(crate) const fn status(self) -> StatusCode {
        self.row().1
    }

    #[rustfmt::skip]
    const fn row(self) -> (&'static str, StatusCode) {
        match self {
            Self::NotJson            => ("not-json",             StatusCode::BAD_REQUEST),
            Self::Empty              => ("empty",                StatusCode::BAD_REQUEST),
            Self::BrokenOff          => ("broken-off",           StatusCode::BAD_REQUEST),
            Self::WrongParameter     => ("wrong-parameter",      StatusCode::BAD_REQUEST),
            Self::NoToken            => ("no-token",             StatusCode::UNAUTHORIZED),
            Self::UnknownToken       => ("unknown-token",        StatusCode::UNAUTHORIZED),
            Self::Origin             => ("origin",               StatusCode::FORBIDDEN),
            Self::NoSuchPath         => ("no-such-path",         StatusCode::NOT_FOUND),
            Self::UnknownSite        => ("unknown-site",         StatusCode::NOT_FOUND),
            Self::NoWidget           => ("no-widget",            StatusCode::NOT_FOUND),
            Self::WrongMethod        => ("wrong-method",         StatusCode::METHOD_NOT_ALLOWED),
            Self::TooSlow            => ("too-slow",             StatusCode::REQUEST_TIMEOUT),
            Self::TooLarge           => ("too-large",            StatusCode::PAYLOAD_TOO_LARGE),
            Self::TooManyEvents      => ("too-many-events",      StatusCode::PAYLOAD_TOO_LARGE),
            Self::MediaType          => ("media-type",           StatusCode::UNSUPPORTED_MEDIA_TYPE),
            Self::NoneAccepted       => ("none-accepted",        StatusCode::UNPROCESSABLE_ENTITY),
            Self::TooManyRequests    => ("too-many-requests",    StatusCode::TOO_MANY_REQUESTS),
            Self::TooManyConnections => ("too-many-connections", StatusCode::SERVICE_UNAVAILABLE),
            Self::Unreadable         => ("unreadable",           StatusCode::INTERNAL_SERVER_ERROR),
            Self::Busy               => ("busy",                 StatusCode::SERVICE_UNAVAILABLE),
            Self::QueueFull          => ("queue-full",           StatusCode::SERVICE_UNAVAILABLE),
            Self::DiskFailing        => ("disk-failing",         StatusCode::SERVICE_UNAVAILABLE),
            Self::ShortOfSpace       => ("short-of-space",       StatusCode::SERVICE_UNAVAILABLE),
            Self::ShuttingDown       => ("shutting-down",        StatusCode::SERVICE_UNAVAILABLE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_stands_at_its_place_under_a_name_of_its_own() {
        for (place, reason) in Reason::ALL.into_iter().enumerate() {
            assert_eq!(reason as usize, place, "{}", reason.name());
            let alike = Reason::ALL
                .iter()
                .filter(|other| other.name() == reason.name());
            assert_eq!(alike.count(), 1, "{}", reason.name());
        }
    }
}
