//! The story: one Tuesday morning a release broke the pay button on phones.

use jiff::civil::{Date, Weekday, time};
use jiff::{Timestamp, ToSpan, tz::TimeZone};

use super::shopper::Device;

/// When it broke.
pub(super) struct Story {
    since: Timestamp,
}

impl Story {
    /// It broke on the latest Tuesday that is at least three days before `today`, so that there are
    /// answers enough to say so; at five in the morning, UTC.
    pub(super) fn before(today: Date) -> Option<Self> {
        let tuesday = today
            .checked_sub(2.days())
            .ok()?
            .nth_weekday(-1, Weekday::Tuesday)
            .ok()?;
        let since = tuesday.to_datetime(time(5, 0, 0, 0));
        Some(Self {
            since: since.to_zoned(TimeZone::UTC).ok()?.timestamp(),
        })
    }

    /// The moment it broke.
    pub(super) fn since(&self) -> Timestamp {
        self.since
    }

    /// Is the pay button dead on this device at this moment, in milliseconds since 1970?
    pub(super) fn is_broken(&self, device: Device, at_ms: i64) -> bool {
        device == Device::Mobile && at_ms >= self.since.as_millisecond()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_broke_on_a_tuesday_three_to_nine_days_ago() {
        let rows = [
            ("2026-11-27", "2026-11-24T05:00:00Z"),
            ("2026-11-26", "2026-11-17T05:00:00Z"),
            ("2026-11-24", "2026-11-17T05:00:00Z"),
            ("2026-11-30", "2026-11-24T05:00:00Z"),
        ];
        for (today, since) in rows {
            let story = Story::before(today.parse().unwrap()).unwrap();
            assert_eq!(story.since().to_string(), since, "{today}");
        }
    }
}
