//! `hark digest`: what moved, for whoever has no time for a report.

use super::output;
use crate::cli;
use crate::command::progress::Progress;
use crate::console::{print, say};
use crate::failure::Failure;
use crate::settings;
use jiff::Timestamp;
use report::digest::{self, Digest, Wanted};
use report::{Query, when};

pub(crate) fn run(typed: cli::Digest, now: Timestamp) -> Result<(), Failure> {
    let (since, until) = when::span(typed.since.as_deref(), typed.until.as_deref(), now)?;
    let lexicon = settings::themes(&typed.config)?;
    let data = settings::data_folder(&typed.config, typed.data)?;
    let wanted = Wanted {
        query: Query {
            survey: typed.survey,
            site: typed.site,
            since,
            until,
            now: Some(now),
            ..Query::default()
        },
        now,
        lexicon,
    };
    let digest = Progress::shown(|progress| {
        Digest::of(&data, &wanted, &|done, of| progress.is_at(done, of))
    })?;
    for absent in &digest.absent {
        say(absent);
    }
    if let Some(path) = &typed.html {
        let page = digest::html(&digest);
        output::whole(path, |file| file.write_all(page.as_bytes()))?;
        say(format_args!("the digest is in `{}`", path.display()));
    }
    if typed.text || typed.html.is_none() {
        print(digest::text(&digest))?;
    }
    Ok(())
}
