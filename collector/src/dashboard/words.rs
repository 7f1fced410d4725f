//! Sentences of the pages that the report has none for.

use super::Asked;
use super::asked::{EVER, USUAL_SPAN};
use report::render::words::{amount, capitalised, moved as subject};
use report::{Headline, SurveyReport};

/// What moved, by how much and among whom; where, since when and how sure stand beside it.
pub(super) fn moved(headline: &Headline) -> String {
    let verb = if headline.fell() { "fell" } else { "rose" };
    let by = amount(headline.figure, headline.difference.abs());
    let among = headline.segment.as_ref().map_or_else(String::new, |among| {
        format!(" where {} is {}", among.by, among.value)
    });
    capitalised(&subject(headline.figure, &format!("{verb} by {by}{among}")))
}

/// Whether a survey's figure moved since the stretch before.
pub(super) fn change(survey: &SurveyReport) -> Option<String> {
    let found = survey.comparison.as_ref()?;
    if found.there.n == 0 {
        return Some("Nothing to compare with: no answers in the time before".to_owned());
    }
    Some(capitalised(&subject(found.figure, &found.verdict)))
}

/// The stretch of time a page is about.
pub(super) fn stretch(asked: &Asked) -> String {
    let since = asked.since.as_deref();
    match (since, asked.until.as_deref()) {
        (Some(EVER) | None, Some(until)) => format!("Until {until}"),
        (Some(EVER), None) => "All the time".to_owned(),
        (Some(since), Some(until)) => format!("From {since} until {until}"),
        (since, None) => match since.unwrap_or(USUAL_SPAN) {
            "24h" => "The last 24 hours".to_owned(),
            since => match since.strip_suffix('d').map(str::parse::<u32>) {
                Some(Ok(1)) => "The last day".to_owned(),
                Some(Ok(days)) => format!("The last {days} days"),
                _ => format!("Since {since}"),
            },
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_is_called_what_it_is() {
        let rows = [
            (None, None, "The last 7 days"),
            (Some("24h"), None, "The last 24 hours"),
            (Some("1d"), None, "The last day"),
            (Some("30d"), None, "The last 30 days"),
            (Some("2026-11-01"), None, "Since 2026-11-01"),
            (Some(EVER), None, "All the time"),
            (None, Some("2026-11-01"), "Until 2026-11-01"),
            (Some("14d"), Some("7d"), "From 14d until 7d"),
        ];
        for (since, until, expected) in rows {
            let asked = Asked {
                since: since.map(str::to_owned),
                until: until.map(str::to_owned),
                ..Asked::default()
            };
            assert_eq!(stretch(&asked), expected);
        }
    }
}
