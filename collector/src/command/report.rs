//! `hark report`: asks the journal and prints what it says.

use crate::cli::{self, Format, Method};
use crate::console::print;
use crate::failure::Failure;
use crate::settings;
use jiff::Timestamp;
use report::{Query, when};

pub(crate) fn run(typed: cli::Report, now: Timestamp) -> Result<(), Failure> {
    let since = typed
        .since
        .as_deref()
        .map(|text| when::since(text, now))
        .transpose()?;
    let until = typed
        .until
        .as_deref()
        .map(|text| when::until(text, now))
        .transpose()?;
    let data = settings::data_folder(&typed.config, typed.data)?;
    let query = Query {
        survey: typed.survey,
        site: typed.site,
        since,
        until,
        method: match typed.method {
            Method::AdjustedWald => report::Method::AdjustedWald,
            Method::BonettPrice => report::Method::BonettPrice,
        },
        all: typed.all,
        include_automated: typed.include_automated,
        now: Some(now),
        ..Query::default()
    };
    let report = report::read(&data, &query)?;
    match typed.format {
        Format::Table => print(report::render::table(&report)),
        Format::Json => print(json(&report)?),
    }
}

fn json(report: &report::Report) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(report);
    text.map(|text| text + "\n")
        .map_err(|error| Failure::Output(error.into()))
}
