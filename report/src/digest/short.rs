//! The digest in a few sentences, for a channel that people read between other things. It quotes nobody, and
//! leaves alarms to whoever looks at more days than a digest that is short.

use super::{Digest, SurveyDigest, words};
use crate::headline::Headline;

/// A line for what moved most, then one for each survey, of those that `is_about` (a site, a survey) wants.
#[must_use]
pub fn short(digest: &Digest, is_about: impl Fn(&str, &str) -> bool) -> Vec<String> {
    let headline = digest.headline.as_ref();
    let headline =
        headline.filter(|headline: &&Headline| is_about(&headline.site, &headline.survey));
    let mut lines: Vec<String> = headline
        .map(|headline| format!("Moved most: {}.", words::headline(headline)))
        .into_iter()
        .collect();
    let surveys = digest.surveys.iter();
    let wanted = surveys.filter(|survey| is_about(&survey.site, &survey.survey));
    let told: Vec<String> = wanted.map(line).collect();
    if told.is_empty() {
        lines.push("Nothing was asked in this time.".to_owned());
    }
    lines.extend(told);
    lines
}

fn line(survey: &SurveyDigest) -> String {
    format!(
        "{} on {}: {}; {}.",
        survey.survey,
        survey.site,
        words::figure(&survey.figure),
        words::change(survey),
    )
}
