//! `hark report`: asks the journal and prints what it says.

use super::watch;
use crate::cli::{self, Alert, Compare, Format, Method};
use crate::command::progress::Progress;
use crate::console::print;
use crate::failure::Failure;
use crate::settings;
use jiff::Timestamp;
use report::comments::{Lexicon, Said, SurveyComments, Voices};
use report::{By, Chart, Headline, Query, Report, when};
use serde::Serialize;
use std::path::Path;

pub(crate) fn run(typed: &cli::Report, clock: fn() -> Timestamp) -> Result<(), Failure> {
    let data = settings::data_folder(&typed.config, typed.data.clone())?;
    let lexicon = if typed.no_comments {
        None
    } else {
        Some(settings::themes(&typed.config)?)
    };
    if typed.watch {
        return watch::run(&data, || {
            let query = Query {
                // Whoever looks all the time would otherwise find what chance brings.
                live: true,
                ..query(typed, clock())?
            };
            let report = report::read(&data, &query)?;
            let said = said(&data, &query, &report, lexicon.as_ref())?;
            Ok(report::render::table_and_comments(&report, &said))
        });
    }
    let query = query(typed, clock())?;
    let progress = Progress::begins();
    let report = report::read_watched(&data, &query, &|done, of| progress.is_at(done, of))?;
    progress.ends();
    if let Some(By::Attribute(name)) = &query.by
        && report.is_unknown_everywhere()
    {
        return Err(Failure::NoSuchAttribute(name.clone()));
    }
    if matches!(typed.format, Format::Csv) {
        return print(report::render::csv(&report)?);
    }
    let said = said(&data, &query, &report, lexicon.as_ref())?;
    match typed.format {
        Format::Html => print(report::render::html(&report, &said)),
        Format::Json => print(json(&report, &said)?),
        Format::Table | Format::Csv => print(report::render::table_and_comments(&report, &said)),
    }
}

fn query(typed: &cli::Report, now: Timestamp) -> Result<Query, Failure> {
    let moment = |text: &Option<String>, meaning: fn(&str, Timestamp) -> _| {
        text.as_deref().map(|text| meaning(text, now)).transpose()
    };
    Ok(Query {
        since: moment(&typed.since, when::since)?,
        until: moment(&typed.until, when::until)?,
        survey: typed.survey.clone(),
        site: typed.site.clone(),
        method: match typed.method {
            Method::AdjustedWald => report::Method::AdjustedWald,
            Method::BonettPrice => report::Method::BonettPrice,
        },
        all: typed.all,
        include_automated: typed.include_automated,
        by: typed.by.clone(),
        compare: match typed.compare {
            Compare::Previous => report::Compare::Previous,
            Compare::Nothing => report::Compare::Nothing,
        },
        chart: match typed.alert {
            Alert::Ewma => Chart::Ewma,
            Alert::Cusum => Chart::Cusum,
        },
        live: typed.live,
        now: Some(now),
    })
}

/// What people wrote; nothing where no themes are to be heard.
fn said(
    data: &Path,
    query: &Query,
    report: &Report,
    lexicon: Option<&Lexicon>,
) -> Result<Said, Failure> {
    let Some(lexicon) = lexicon else {
        return Ok(Said::default());
    };
    let group = report.headline.as_ref().and_then(Headline::group);
    Ok(Said::of(data, query, group, lexicon)?)
}

/// The report and what people wrote.
#[derive(Serialize)]
struct Whole<'r> {
    #[serde(flatten)]
    report: &'r Report,
    /// Behind the headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    voices: Option<&'r Voices>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    comments: &'r [SurveyComments],
}

fn json(report: &Report, said: &Said) -> Result<String, Failure> {
    let whole = Whole {
        report,
        voices: said.voices.as_ref(),
        comments: &said.surveys,
    };
    let text = serde_json::to_string_pretty(&whole);
    text.map(|text| text + "\n")
        .map_err(|error| Failure::Output(error.into()))
}
