//! `hark report`: asks the journal and prints what it says.

use crate::cli::{self, Alert, Compare, Format, Method};
use crate::command::progress::Progress;
use crate::console::print;
use crate::failure::Failure;
use crate::settings;
use jiff::Timestamp;
use report::{By, Chart, Query, when};

pub(crate) fn run(typed: cli::Report, now: Timestamp) -> Result<(), Failure> {
    let data = settings::data_folder(&typed.config, typed.data.clone())?;
    let format = typed.format;
    let query = query(typed, now)?;
    let progress = Progress::begins();
    let report = report::read_watched(&data, &query, &|done, of| progress.is_at(done, of))?;
    progress.ends();
    if let Some(By::Attribute(name)) = &query.by
        && report.is_unknown_everywhere()
    {
        return Err(Failure::NoSuchAttribute(name.clone()));
    }
    match format {
        Format::Table => print(report::render::table(&report)),
        Format::Json => print(json(&report)?),
    }
}

fn query(typed: cli::Report, now: Timestamp) -> Result<Query, Failure> {
    let moment = |text: &Option<String>, meaning: fn(&str, Timestamp) -> _| {
        text.as_deref().map(|text| meaning(text, now)).transpose()
    };
    Ok(Query {
        since: moment(&typed.since, when::since)?,
        until: moment(&typed.until, when::until)?,
        survey: typed.survey,
        site: typed.site,
        method: match typed.method {
            Method::AdjustedWald => report::Method::AdjustedWald,
            Method::BonettPrice => report::Method::BonettPrice,
        },
        all: typed.all,
        include_automated: typed.include_automated,
        by: typed.by,
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

fn json(report: &report::Report) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(report);
    text.map(|text| text + "\n")
        .map_err(|error| Failure::Output(error.into()))
}
