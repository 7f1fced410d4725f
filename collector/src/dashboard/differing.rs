//! Segments that differ from the rest: those the survey is split by, and others found without having been
//! asked for.

use super::Asked;
use super::piece::{IntoPiece, Piece};
use leptos::prelude::*;
use report::{Comparison, SurveyReport, With};

/// So many say enough; the tables have the others.
const MOST: usize = 8;

/// A segment held against the rest.
struct Held<'s> {
    by: &'s str,
    value: &'s str,
    comparison: &'s Comparison,
}

/// The list, the clearest first, each leading to the table it stands in.
pub(super) fn differing(survey: &SurveyReport, asked: &Asked) -> Piece {
    let held = held(survey);
    let was_tested = !held.is_empty();
    let mut found: Vec<Held<'_>> = held
        .into_iter()
        .filter(|held| held.comparison.is_real())
        .collect();
    found.sort_by(|one, other| {
        let p = |held: &Held<'_>| held.comparison.p.unwrap_or(1.0);
        p(one).total_cmp(&p(other))
    });
    let rows: Vec<_> = found
        .iter()
        .take(MOST)
        .map(|held| row(held, asked))
        .collect();
    let contents = if rows.is_empty() {
        view! { <p>{nothing(was_tested)}</p> }.piece()
    } else {
        view! { <ul class="findings">{rows}</ul> }.piece()
    };
    view! { <h2>"Where it differs"</h2><div class="panel">{contents}</div> }.piece()
}

/// Every segment with answers enough on both sides.
fn held(survey: &SurveyReport) -> Vec<Held<'_>> {
    let split = survey.segments.iter().flatten().filter_map(|segment| {
        let (by, value) = segment.name.iter().next()?;
        let comparison = segment.comparison.as_ref()?;
        // What nobody said is no segment, and a week is held against the one before.
        let is_segment = comparison.with == With::Rest && !value.starts_with('(');
        is_segment.then_some(Held {
            by,
            value,
            comparison,
        })
    });
    let sought = survey.differing.iter().map(|one| Held {
        by: &one.by,
        value: &one.value,
        comparison: &one.comparison,
    });
    split
        .chain(sought)
        .filter(|held| held.comparison.difference.is_some())
        .collect()
}

/// That nothing was found does not mean that nothing is there.
const fn nothing(was_tested: bool) -> &'static str {
    if was_tested {
        "No device, page, language, trigger, channel or kind of visitor differs from the rest by as much as \
         these answers could show."
    } else {
        "Too few answered to hold a device, page, language, trigger, channel or kind of visitor against the \
         rest."
    }
}

fn row(held: &Held<'_>, asked: &Asked) -> Piece {
    let there = Asked {
        by: Some(held.by.to_owned()),
        ..asked.clone()
    };
    let path = Asked::path_of(asked.survey.as_deref().unwrap_or_default());
    let fell = held.comparison.is_real_fall();
    let class = if fell { "warn" } else { "" };
    let name = format!("{} {}", held.by, held.value);
    let verdict = held.comparison.verdict.clone();
    view! { <li><a class=class href=there.address(&path)>{name}</a>": "{verdict}</li> }.piece()
}
