//! A survey's answers set apart: each segment's figure, and whether it differs from the rest.

use super::Asked;
use super::asked::by;
use super::chart::{self, Scale};
use super::piece::{IntoPiece, Piece};
use leptos::prelude::*;
use report::render::words::{
    capitalised, figure as figure_name, number, preliminary, signed, thousands, value,
};
use report::{ANSWERS_MIN, By, Figure, SegmentReport, SurveyReport};

/// More rows than this nobody reads; the report on the command line has them all.
const MOST: usize = 40;

/// The table, those that differ marked.
pub(super) fn segments(survey: &SurveyReport, asked: &Asked, id: &str) -> Option<Piece> {
    let by = &by(asked.by.as_deref()?);
    let all = survey.segments.as_deref()?;
    let overall = survey.summary.compared()?;
    let heads = all.iter().filter_map(|segment| segment.summary.compared());
    let scale = Scale::fitting(overall.name, heads.chain([overall]));
    let rows: Vec<_> = all
        .iter()
        .take(MOST)
        .map(|segment| row(segment, scale, overall.value))
        .collect();
    let more = all.len().saturating_sub(MOST);
    let more = (more > 0).then(|| {
        view! { <p class="soft">{format!("and {more} more, in `hark report --by {by}`")}</p> }
    });
    let caption = format!(
        "By {by}: {}, the dashed line is all answers",
        figure_name(overall.name)
    );
    let label = format!("{} by {by}", survey.survey);
    let beside = if by.is_time() {
        "Since before"
    } else {
        "Beside the rest"
    };
    let view = view! {
        <h2 id=format!("segments-{id}")>{format!("By {by}")}</h2>
        <div class="panel">
            <ul class="spans by" aria-label="Split by">{ways(asked)}</ul>
            <div class="wide" role="region" aria-label=label tabindex="0">
                <table class="segments">
                    <caption>{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{capitalised(by.name())}</th>
                            <th scope="col">"Value"</th>
                            <th scope="col" class="drawn">"Range"</th>
                            <th scope="col">{beside}</th>
                            <th scope="col">"Answers"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {more}
        </div>
    };
    Some(view.piece())
}

/// Other ways to split, as links; attributes are written into the form.
fn ways(asked: &Asked) -> Vec<Piece> {
    let link = |(name, _): (&'static str, By)| {
        let current = (asked.by.as_deref() == Some(name)).then_some("true");
        let there = Asked {
            by: Some(name.to_owned()),
            ..asked.clone()
        };
        let path = Asked::path_of(asked.survey.as_deref().unwrap_or_default());
        view! { <li><a href=there.address(&path) aria-current=current>{capitalised(name)}</a></li> }
            .piece()
    };
    By::NAMED.into_iter().map(link).collect()
}

fn row(segment: &SegmentReport, scale: Scale, overall: Option<f64>) -> Piece {
    let figure = segment.summary.compared();
    let known = figure.and_then(|figure| Some((figure, figure.value?)));
    let n = thousands(segment.summary.n);
    let is_real = segment
        .comparison
        .as_ref()
        .is_some_and(report::Comparison::is_real);
    let marked = is_real.then(|| view! { " "<span class="chip">"differs from the rest"</span> });
    let name = segment.value().to_owned();
    let beside = segment.comparison.as_ref().and_then(|comparison| {
        let raw = comparison.difference?;
        Some(signed(comparison.figure, raw))
    });
    match known {
        Some((figure, known)) => view! {
            <tr>
                <th scope="row">{name}{marked}</th>
                <td><strong>{value(figure.name, known)}</strong></td>
                <td class="drawn">{chart::range(known, [figure.low, figure.high], scale, overall)}<span class="soft">{range(figure)}</span></td>
                <td>{beside}</td>
                <td>{n}{preliminary(segment.summary.n)}</td>
            </tr>
        }
        .piece(),
        None => view! {
            <tr>
                <th scope="row">{name}</th>
                <td>"–"</td>
                <td class="drawn soft">{format!("fewer than {ANSWERS_MIN} answers")}</td>
                <td>"–"</td>
                <td>{n}</td>
            </tr>
        }
        .piece(),
    }
}

fn range(figure: &Figure) -> Option<String> {
    let (low, high) = figure.low.zip(figure.high)?;
    Some(format!(
        "{} to {}",
        number(figure.name, low),
        number(figure.name, high)
    ))
}
