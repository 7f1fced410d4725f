//! How well bad answers are followed up, on top of the list.

use crate::dashboard::piece::{IntoPiece, Piece};
use leptos::prelude::*;
use report::ANSWERS_MIN;
use report::cases::{DUE_HOURS, Figures, Share, Span};
use report::render::case_time;
use report::render::words::thousands;

pub(super) fn figures(figures: &Figures) -> Piece {
    let class = if figures.overdue > 0 {
        "panel alarm"
    } else {
        "panel"
    };
    let waiting = format!("{} overdue", thousands(figures.overdue));
    let overdue = if figures.overdue > 0 { "warn" } else { "soft" };
    view! {
        <section class=class aria-label="Figures">
            <dl class="facts numbers">
                <div>
                    <dt>"Open now"</dt>
                    <dd>{thousands(figures.open)}<span class=overdue>{waiting}</span></dd>
                </div>
                <div><dt>"First answer after"</dt><dd>{span(&figures.first_response)}</dd></div>
                <div><dt>"Settled after"</dt><dd>{span(&figures.resolution)}</dd></div>
                <div>
                    <dt>{format!("Answered within {DUE_HOURS} hours")}</dt>
                    <dd>{share(&figures.in_time)}</dd>
                </div>
            </dl>
        </section>
    }
    .piece()
}

fn span(span: &Span) -> Piece {
    let Some(seconds) = span.seconds else {
        return too_few(span.n);
    };
    let range = span.low.zip(span.high);
    let range = range.map_or_else(String::new, |(low, high)| {
        format!("{} to {}, ", case_time(low), case_time(high))
    });
    let said = format!("{range}median of {}", thousands(span.n));
    view! { {case_time(seconds)}<span class="soft">{said}</span> }.piece()
}

fn share(share: &Share) -> Piece {
    let Some(rate) = share.percent else {
        let said = format!(
            "{} of {}; a share needs {ANSWERS_MIN} cases",
            share.count, share.n
        );
        return view! { "too few yet"<span class="soft">{said}</span> }.piece();
    };
    let said = format!(
        "{:.0} to {:.0} %, {} of {}",
        rate.low,
        rate.high,
        thousands(share.count),
        thousands(share.n)
    );
    view! { {format!("{:.0} %", rate.value)}<span class="soft">{said}</span> }.piece()
}

fn too_few(n: u64) -> Piece {
    let said = format!("{n} of at least {ANSWERS_MIN} cases");
    view! { "too few yet"<span class="soft">{said}</span> }.piece()
}
