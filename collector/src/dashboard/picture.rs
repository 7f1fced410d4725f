//! What the pages about answers are made of: the report and what people wrote.

use super::desk::{Means, Reading, Unread};
use super::{Asked, Desk};
use report::comments::Said;
use report::when::NotASpan;
use report::{Report, SurveyReport};
use std::sync::Arc;

/// Days before today that a trend is drawn of, and a change looked for, however short the stretch asked for.
pub(super) const LOOK_BACK_DAYS: u16 = 35;

/// What one reading found.
pub(super) struct Picture {
    pub(super) report: Report,
    pub(super) said: Said,
}

/// Why there is no picture.
pub(super) enum NoPicture {
    /// What was asked for makes no sense.
    Asked(NotASpan),
    Unread,
}

impl From<Unread> for NoPicture {
    fn from(_: Unread) -> Self {
        Self::Unread
    }
}

impl Picture {
    /// What the journal says now of what is asked for.
    pub(super) async fn of(desk: &Desk, asked: &Asked) -> Result<Arc<Reading<Self>>, NoPicture> {
        asked.question(desk.now()).map_err(NoPicture::Asked)?;
        let mine = asked.clone();
        Ok(desk.read(asked, move |means| mine.picture(means)).await?)
    }

    /// The surveys, those that somebody should look at first.
    pub(super) fn most_urgent_first(&self) -> Vec<&SurveyReport> {
        let mut surveys: Vec<&SurveyReport> = self.report.surveys.iter().collect();
        let named = self.report.headline.as_ref();
        surveys.sort_by_key(|survey| {
            let is_named = named.is_some_and(|headline| headline.fell() && headline.is_of(survey));
            (!is_named, !survey.has_fallen(), survey.alert.is_none())
        });
        surveys
    }
}

impl Asked {
    fn picture(&self, means: &Means<'_>) -> Result<Picture, String> {
        let said = |error: &dyn std::fmt::Display| error.to_string();
        let question = report::Query {
            look_back_days: LOOK_BACK_DAYS,
            seek_differing: self.survey.is_some(),
            ..self.question(means.now).map_err(|error| said(&error))?
        };
        let read = report::read_with_comments(means.data, &question, means.lexicon, &|_, _| {});
        let (report, said) = read.map_err(|error| said(&error))?;
        Ok(Picture { report, said })
    }
}
