//! What a page is asked for, as its address says it: site, survey, stretch of time, segments.

use super::address;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use jiff::Timestamp;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use report::when::{self, NotASpan};
use report::{By, Query as Question};
use serde::Serialize;
use std::convert::Infallible;

/// The stretch shown where none is asked for.
pub(crate) const USUAL_SPAN: &str = "7d";

/// Written for [`Asked::since`], it means from the beginning.
pub(crate) const EVER: &str = "all";

/// Values of the address, as they were written; what is empty counts as left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub(crate) struct Asked {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) site: Option<String>,
    /// Part of the path where a page is about one survey.
    #[serde(skip)]
    pub(crate) survey: Option<String>,
    /// `30d`, a day, a moment, or [`EVER`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) until: Option<String>,
    /// What surveys are split by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<String>,
}

impl Asked {
    /// The same as a question to the journal, asked `now`.
    pub(crate) fn question(&self, now: Timestamp) -> Result<Question, NotASpan> {
        let since = match (self.since.as_deref(), &self.until) {
            (Some(EVER), _) | (None, Some(_)) => None,
            (Some(since), _) => Some(since),
            (None, None) => Some(USUAL_SPAN),
        };
        let (since, until) = when::span(since, self.until.as_deref(), now)?;
        Ok(Question {
            survey: self.survey.clone(),
            site: self.site.clone(),
            since,
            until,
            by: self.by.as_deref().map(by),
            // Whoever has a page open looks all the time.
            live: true,
            now: Some(now),
            ..Question::default()
        })
    }

    /// The address of one survey's page, for the same stretch of time.
    pub(crate) fn address_of(&self, survey: &str, site: &str) -> String {
        let asked = Self {
            site: Some(site.to_owned()),
            ..self.clone()
        };
        asked.address(&Self::path_of(survey))
    }

    /// The path of one survey's page.
    pub(crate) fn path_of(survey: &str) -> String {
        let name = utf8_percent_encode(survey, NON_ALPHANUMERIC);
        format!("/dashboard/surveys/{name}")
    }

    /// The address of a page with these values.
    pub(crate) fn address(&self, path: &str) -> String {
        address::of(path, self)
    }
}

/// What is split by, as it is written.
pub(super) fn by(text: &str) -> By {
    match text.parse() {
        Ok(by) => by,
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let mut asked = Self::default();
        for (name, value) in address::values(&parts.uri) {
            match name.as_str() {
                "site" => asked.site = value,
                "since" => asked.since = value,
                "until" => asked.until = value,
                "by" => asked.by = value,
                _ => {}
            }
        }
        Ok(asked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(address: &str) -> Asked {
        let (mut parts, ()) = axum::http::Request::get(address)
            .body(())
            .expect("a request")
            .into_parts();
        let reading = Asked::from_request_parts(&mut parts, &());
        let Some(Ok(asked)) = futures_util::FutureExt::now_or_never(reading) else {
            panic!("it waits for nothing");
        };
        asked
    }

    #[test]
    fn an_address_says_what_is_asked_and_is_said_again() {
        let rows = [
            ("/dashboard", "/dashboard"),
            (
                "/dashboard?since=30d&by=device",
                "/dashboard?since=30d&by=device",
            ),
            ("/dashboard?by=+page+&site=&x=1", "/dashboard?by=page"),
            ("/dashboard?site=a&site=b%26c", "/dashboard?site=b%26c"),
            ("/dashboard?site=%3Cb%3E", "/dashboard?site=%3Cb%3E"),
            ("/dashboard?survey=x", "/dashboard"),
            ("/dashboard?%&=&&", "/dashboard"),
        ];
        for (address, again) in rows {
            assert_eq!(asked(address).address("/dashboard"), again, "{address}");
        }
    }

    #[test]
    fn the_last_week_is_meant_where_nothing_is_said() {
        let now: Timestamp = "2026-11-27T12:00:00Z".parse().expect("a moment");
        let rows = [
            ("", Some("2026-11-20T12:00:00Z"), None),
            ("?since=all", None, None),
            ("?since=24h", Some("2026-11-26T12:00:00Z"), None),
            ("?until=2026-11-01", None, Some("2026-11-02T00:00:00Z")),
            ("?since=all&until=1d", None, Some("2026-11-26T12:00:00Z")),
        ];
        for (query, since, until) in rows {
            let question = asked(&format!("/dashboard{query}")).question(now);
            let question = question.expect(query);
            let said = |moment: Option<Timestamp>| moment.map(|moment| moment.to_string());
            assert_eq!(said(question.since).as_deref(), since, "{query}");
            assert_eq!(said(question.until).as_deref(), until, "{query}");
            assert!(question.live, "who has a page open looks all the time");
        }
    }

    #[test]
    fn a_survey_of_any_name_has_an_address() {
        let asked = Asked {
            since: Some("30d".to_owned()),
            ..Asked::default()
        };
        let address = asked.address_of("a/b?c=<d>", "shop");
        assert_eq!(
            address,
            "/dashboard/surveys/a%2Fb%3Fc%3D%3Cd%3E?site=shop&since=30d"
        );
    }
}
