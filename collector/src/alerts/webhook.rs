//! One webhook: where to, signed how, and which alerts it wants.

use super::address::Address;
use super::kind::{Format, Kind};
use super::secret::Secret;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// A webhook as the settings want it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Webhook {
    /// How logs, figures and the outbox call it.
    pub(crate) name: String,
    pub(crate) address: Address,
    pub(crate) secret: Option<Secret>,
    pub(crate) format: Format,
    pub(crate) kinds: Vec<Kind>,
    /// Keys of sites; empty for all.
    pub(crate) sites: Vec<String>,
    /// Ids of surveys; empty for all.
    pub(crate) surveys: Vec<String>,
    /// When the digest is sent, by the clock of `zone`.
    pub(crate) digest_at: Time,
    pub(crate) zone: TimeZone,
    /// Whether what people wrote may be sent.
    pub(crate) quotes: bool,
    /// Where the dashboard is found, without a slash at its end: alerts link to it.
    pub(crate) dashboard: Option<String>,
}

impl Webhook {
    /// Whether it wants alerts of this kind.
    pub(crate) fn wants(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }

    /// Whether it wants to hear of this survey of this site.
    pub(crate) fn is_about(&self, site: &str, survey: &str) -> bool {
        let among =
            |wanted: &[String], one: &str| wanted.is_empty() || wanted.iter().any(|w| w == one);
        among(&self.sites, site) && among(&self.surveys, survey)
    }

    /// The latest moment not after `now` at which a digest was due, and the day it bears.
    pub(crate) fn last_digest(&self, now: Timestamp) -> Option<(Date, Timestamp)> {
        let today = now.to_zoned(self.zone.clone()).date();
        let due = |day: Date| {
            let moment = day.to_datetime(self.digest_at).to_zoned(self.zone.clone());
            moment.ok().map(|moment| (day, moment.timestamp()))
        };
        let is_past = |(_, moment): &(Date, Timestamp)| *moment <= now;
        due(today)
            .filter(is_past)
            .or_else(|| due(today.yesterday().ok()?))
    }

    /// In a line, without anything secret.
    pub(crate) fn summary(&self) -> String {
        let kinds: Vec<&str> = self.kinds.iter().map(|kind| kind.word()).collect();
        let mut said = vec![
            self.address.to_string(),
            self.format.word().to_owned(),
            if self.secret.is_some() {
                "signed"
            } else {
                "not signed"
            }
            .to_owned(),
            kinds.join(" "),
        ];
        for (what, only) in [("sites", &self.sites), ("surveys", &self.surveys)] {
            if !only.is_empty() {
                said.push(format!("{what} {}", only.join(" ")));
            }
        }
        if self.wants(Kind::Digest) {
            let zone = self.zone.iana_name().unwrap_or("UTC");
            said.push(format!(
                "digest at {} {zone}",
                self.digest_at.strftime("%H:%M")
            ));
        }
        if self.quotes {
            said.push("with quotes".to_owned());
        }
        said.join(", ")
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// One that wants everything, at this address.
    pub(crate) fn webhook(url: &str) -> Webhook {
        Webhook {
            name: "team".to_owned(),
            address: Address::read(url, false).expect("an address"),
            secret: Secret::read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            format: Format::Hark,
            kinds: super::super::kind::KINDS.map(|(_, kind)| kind).to_vec(),
            sites: Vec::new(),
            surveys: Vec::new(),
            digest_at: jiff::civil::time(8, 0, 0, 0),
            zone: TimeZone::UTC,
            quotes: false,
            dashboard: None,
        }
    }

    #[test]
    fn a_digest_is_due_at_its_time_of_day_in_its_zone() {
        let at = |zone: TimeZone, now: &str| {
            let webhook = Webhook {
                zone,
                ..webhook("https://a.example/b")
            };
            let (day, moment) = webhook
                .last_digest(now.parse().expect("a moment"))
                .expect("a day");
            format!("{day} {moment}")
        };
        let berlin = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a zone");
        let rows = [
            (
                TimeZone::UTC,
                "2026-11-27T07:59:59Z",
                "2026-11-26 2026-11-26T08:00:00Z",
            ),
            (
                TimeZone::UTC,
                "2026-11-27T08:00:00Z",
                "2026-11-27 2026-11-27T08:00:00Z",
            ),
            (
                berlin.clone(),
                "2026-11-27T07:00:00Z",
                "2026-11-27 2026-11-27T07:00:00Z",
            ),
            (
                berlin,
                "2026-07-01T06:30:00Z",
                "2026-07-01 2026-07-01T06:00:00Z",
            ),
        ];
        for (zone, now, expected) in rows {
            assert_eq!(at(zone, now), expected, "{now}");
        }
    }

    #[test]
    fn an_empty_filter_lets_everything_through() {
        let all = webhook("https://a.example/b");
        assert!(all.is_about("demo", "recommend"));
        let one = Webhook {
            surveys: vec!["recommend".to_owned()],
            ..all
        };
        assert!(one.is_about("demo", "recommend") && !one.is_about("demo", "other"));
    }

    #[test]
    fn the_summary_keeps_the_secret_and_the_path() {
        let said = webhook("https://hooks.example/services/T0/B0/x").summary();
        let expected = "https://hooks.example/…, hark, signed, low_score alarm overdue digest, digest at 08:00 UTC";
        assert_eq!(said, expected);
    }
}
