//! How often each score was given, as upright bars.

use super::at;
use crate::dashboard::piece::{IntoPiece, Piece};
use leptos::prelude::*;
use report::Distribution;
use report::render::words;
use survey::metric::Band;

const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 290.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 26.0;

/// The chart: scores below, their counts above the bars.
pub(in crate::dashboard) fn bars(title: &str, answers: &Distribution) -> Piece {
    let points: Vec<(u8, u64)> = answers.points().collect();
    let most = points
        .iter()
        .map(|(_, count)| *count)
        .max()
        .unwrap_or(0)
        .max(1);
    let step = WIDTH / points.len().max(1) as f64;
    let bars: Vec<_> = points
        .into_iter()
        .enumerate()
        .map(|(place, (score, count))| {
            let left = step * place as f64;
            let height = count as f64 / most as f64 * (HEIGHT - TOP - BOTTOM);
            let top = HEIGHT - BOTTOM - height;
            let middle = at(left + step / 2.0);
            let class = match answers.metric().band(score) {
                Band::Low => "bar low",
                Band::Middle => "bar middle",
                Band::High => "bar high",
            };
            view! {
                <rect class=class x=at(left + step * 0.12) y=at(top) width=at(step * 0.76) height=at(height) rx="3"/>
                <text class="middle count" x=middle.clone() y=at(top - 7.0)>{words::thousands(count)}</text>
                <text class="middle" x=middle y=at(HEIGHT - 6.0)>{score.to_string()}</text>
            }
        })
        .collect();
    let view_box = format!("0 0 {WIDTH} {HEIGHT}");
    view! {
        <svg class="bars" viewBox=view_box role="img" aria-label=title.to_owned()>{bars}</svg>
    }
    .piece()
}

/// The same as rows: score, answers, share.
pub(in crate::dashboard) fn rows(answers: &Distribution) -> Vec<Vec<String>> {
    let n = answers.n().max(1) as f64;
    let row = |(score, count): (u8, u64)| {
        let share = format!("{:.1} %", count as f64 / n * 100.0);
        vec![score.to_string(), words::thousands(count), share]
    };
    answers.points().map(row).collect()
}
