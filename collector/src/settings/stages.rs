//! `[site.stages]`: which pages come before, during and after a purchase.

use super::Site;
use report::kpi::{Shops, Stages};
use survey::file::section::{Entry, Section, optional};
use survey::targeting;

/// As written; what is left out is as usual.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct StagePatterns {
    pub(crate) during: Option<Vec<String>>,
    pub(crate) after: Option<Vec<String>>,
    /// One page load is a whole visit.
    pub(crate) single_page: bool,
}

pub(super) fn read(section: &Section<'_>) -> Option<StagePatterns> {
    let pages = |name| optional(section, name, |entry: &Entry<'_>| entry.filled_list(page));
    let (during, after) = (pages("during"), pages("after"));
    let single_page = optional(section, "single_page", Entry::flag);
    Some(StagePatterns {
        during: during?,
        after: after?,
        single_page: single_page?.unwrap_or(false),
    })
}

fn page(entry: &Entry<'_>) -> Option<String> {
    let pattern = entry.text()?;
    let (fault, hint) = match targeting::compile(pattern) {
        Ok(compiled) if !targeting::asks_for_a_query(&compiled) => return Some(pattern.to_owned()),
        Ok(_) => (
            format!("`{pattern}` asks for a query, and lines have none"),
            "write what the path alone tells, such as \"/checkout/**\"",
        ),
        Err(error) => (
            error.to_string(),
            "write a path such as \"/checkout/**\", or \"re:\" and a regular expression",
        ),
    };
    entry.fault(fault, Some(hint.to_owned()));
    None
}

/// What the report goes by.
pub(crate) fn shops(sites: &[Site]) -> Shops {
    let mut shops = Shops::default();
    for site in sites {
        let StagePatterns {
            during,
            after,
            single_page,
        } = &site.stages;
        // Each pattern was found to be one when the file was read.
        if let Ok(stages) = Stages::new(during.as_deref(), after.as_deref(), *single_page) {
            shops.named.insert(site.key.clone(), stages);
        }
    }
    shops
}
