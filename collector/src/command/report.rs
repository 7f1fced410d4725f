//! `hark report`: asks the journal and prints what it says.

use super::watch;
use crate::cli::{self, Format};
use crate::command::progress::Progress;
use crate::console::{print, say};
use crate::failure::Failure;
use crate::settings;
use jiff::Timestamp;
use report::comments::{Lexicon, Said};
use report::{By, Query, Report, when};
use std::path::Path;

pub(crate) fn run(typed: &cli::Report, clock: fn() -> Timestamp) -> Result<(), Failure> {
    let data = settings::data_folder(&typed.config, typed.data.clone())?;
    if typed.kpi {
        return shop_figures(typed, &data, clock());
    }
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
            let (report, said) = read(&data, &query, lexicon.as_ref(), &|_, _| {})?;
            Ok(report::render::table_and_comments(&report, &said))
        });
    }
    let query = query(typed, clock())?;
    // Rows are about figures alone.
    let lexicon = lexicon.filter(|_| !matches!(typed.format, Format::Csv));
    let (report, said) = Progress::shown(|progress| {
        read(&data, &query, lexicon.as_ref(), &|done, of| {
            progress.is_at(done, of);
        })
    })?;
    if let Some(By::Attribute(name)) = &query.by
        && report.is_unknown_everywhere()
    {
        return Err(Failure::NoSuchAttribute(name.clone()));
    }
    // The table says so itself.
    let absent = report.absent.iter();
    absent
        .filter(|_| !matches!(typed.format, Format::Table))
        .for_each(say);
    match typed.format {
        Format::Csv => print(report::render::csv(&report)?),
        Format::Html => print(report::render::html(&report, &said)),
        Format::Json => print(report::render::json(&report, &said)?),
        Format::Table => print(report::render::table_and_comments(&report, &said)),
    }
}

fn shop_figures(typed: &cli::Report, data: &Path, now: Timestamp) -> Result<(), Failure> {
    let query = query(typed, now)?;
    let shops = settings::shops(&typed.config)?;
    let kpi = Progress::shown(|progress| {
        report::kpi::read(data, &query, &shops, &|done, of| progress.is_at(done, of))
    })?;
    for absent in &kpi.absent {
        say(absent);
    }
    match typed.format {
        Format::Csv => print(report::render::kpi::csv(&kpi)?),
        Format::Html => print(report::render::kpi::html(&kpi)),
        Format::Json => print(report::render::kpi::json(&kpi)?),
        Format::Table => print(report::render::kpi::table(&kpi)),
    }
}

/// The report, and what people wrote where themes are to be heard.
fn read(
    data: &Path,
    query: &Query,
    lexicon: Option<&Lexicon>,
    progress: report::Progress<'_>,
) -> Result<(Report, Said), Failure> {
    Ok(match lexicon {
        Some(lexicon) => report::read_with_comments(data, query, lexicon, progress)?,
        None => (
            report::read_watched(data, query, progress)?,
            Said::default(),
        ),
    })
}

fn query(typed: &cli::Report, now: Timestamp) -> Result<Query, Failure> {
    let (since, until) = when::span(typed.since.as_deref(), typed.until.as_deref(), now)?;
    Ok(Query {
        since,
        until,
        survey: typed.survey.clone(),
        site: typed.site.clone(),
        method: typed.method.into(),
        all: typed.all,
        include_automated: typed.include_automated,
        by: typed.by.clone(),
        compare: typed.compare.into(),
        chart: typed.alert.into(),
        live: typed.live,
        seek_differing: false,
        look_back_days: 0,
        now: Some(now),
    })
}
