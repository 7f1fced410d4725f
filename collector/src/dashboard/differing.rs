//! Segments that differ from the rest, found without having been asked for.

use super::Asked;
use super::piece::{IntoPiece, Piece};
use leptos::prelude::*;
use report::{Differing, SurveyReport};

/// So many say enough; the tables have the others.
const MOST: usize = 8;

/// The list, the clearest first, each leading to the table it stands in.
pub(super) fn differing(survey: &SurveyReport, asked: &Asked) -> Piece {
    let mut found: Vec<&Differing> = survey
        .differing
        .iter()
        .filter(|one| one.comparison.is_real())
        .collect();
    found.sort_by(|one, other| {
        let p = |one: &Differing| one.comparison.p.unwrap_or(1.0);
        p(one).total_cmp(&p(other))
    });
    let rows: Vec<_> = found
        .into_iter()
        .take(MOST)
        .map(|one| row(one, asked))
        .collect();
    let contents = if rows.is_empty() {
        let said = "No device, page, language, trigger, channel or kind of visitor differs from the rest by \
                    more than chance makes it.";
        view! { <p>{said}</p> }.piece()
    } else {
        view! { <ul class="findings">{rows}</ul> }.piece()
    };
    view! { <h2>"Where it differs"</h2><div class="panel">{contents}</div> }.piece()
}

fn row(one: &Differing, asked: &Asked) -> Piece {
    let there = Asked {
        by: Some(one.by.clone()),
        ..asked.clone()
    };
    let path = Asked::path_of(asked.survey.as_deref().unwrap_or_default());
    let is_below = one
        .comparison
        .difference
        .is_some_and(|difference| difference < 0.0);
    let class = if is_below { "warn" } else { "" };
    let name = format!("{} {}", one.by, one.value);
    let verdict = one.comparison.verdict.clone();
    view! { <li><a class=class href=there.address(&path)>{name}</a>": "{verdict}</li> }.piece()
}
