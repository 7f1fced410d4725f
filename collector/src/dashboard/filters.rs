//! What a page is narrowed down to: a plain form that asks the same address anew, and a few usual stretches
//! of time as links.

use super::Asked;
use super::asked::{EVER, USUAL_SPAN};
use super::piece::{IntoPiece, Piece};
use leptos::prelude::*;
use report::By;

/// Stretches of time one asks for often.
const SPANS: [(&str, &str); 5] = [
    ("24h", "24 hours"),
    (USUAL_SPAN, "7 days"),
    ("30d", "30 days"),
    ("90d", "90 days"),
    (EVER, "All"),
];

/// The form above a page at `path`; segments can be chosen where `with_segments`.
pub(crate) fn filters(path: &str, asked: &Asked, sites: &[String], with_segments: bool) -> Piece {
    let spans: Vec<_> = SPANS
        .into_iter()
        .map(|(span, name)| link(path, asked, span, name))
        .collect();
    let sites = site(asked.site.as_ref(), sites);
    let segments = with_segments.then(|| segments(asked));
    let since = asked.since.clone().unwrap_or_default();
    let until = asked.until.clone().unwrap_or_default();
    view! {
        <section class="tools" aria-label="Filters">
            <ul class="spans" aria-label="Stretch of time">{spans}</ul>
            <details id="filters">
                <summary>"More filters"</summary>
                <form method="get" action=path.to_owned()>
                    {sites}
                    <label>"From"<input name="since" value=since placeholder="7d, 2026-11-01" autocomplete="off"/></label>
                    <label>"Until"<input name="until" value=until placeholder="now" autocomplete="off"/></label>
                    {segments}
                    <button>"Show"</button>
                    <a href=path.to_owned()>"Clear"</a>
                    <p class="soft">
                        "Write a time as a stretch back from now ("<code>"30d"</code>", "<code>"12h"</code>
                        "), a day in UTC ("<code>"2026-11-21"</code>") or a moment."
                    </p>
                </form>
            </details>
        </section>
    }
    .piece()
}

fn link(path: &str, asked: &Asked, span: &str, name: &'static str) -> impl IntoView + use<> {
    let is_usual = |since: &Option<String>| since.as_deref().unwrap_or(USUAL_SPAN) == span;
    let current = (asked.until.is_none() && is_usual(&asked.since)).then_some("true");
    let there = Asked {
        since: (span != USUAL_SPAN).then(|| span.to_owned()),
        until: None,
        ..asked.clone()
    };
    view! { <li><a href=there.address(path) aria-current=current>{name}</a></li> }
}

/// Which of several sites, or of none that is known, is meant.
pub(super) fn site(chosen: Option<&String>, sites: &[String]) -> Option<Piece> {
    let unknown = chosen.filter(|chosen| !sites.contains(chosen));
    if sites.len() < 2 && chosen.is_none() {
        return None;
    }
    let options: Vec<_> = sites
        .iter()
        .chain(unknown)
        .map(|site| option(site, site, chosen == Some(site)))
        .collect();
    let choice = view! {
        <label>"Site"<select name="site"><option value="">"All sites"</option>{options}</select></label>
    };
    Some(choice.piece())
}

fn segments(asked: &Asked) -> impl IntoView + use<> {
    let by = asked.by.clone().unwrap_or_default();
    let names = By::NAMED.into_iter().map(|(name, _)| name);
    let options: Vec<_> = names.map(|name| option(name, name, false)).collect();
    view! {
        <label>"Split by"<input name="by" value=by list="ways" placeholder="device, cart_value" autocomplete="off"/></label>
        <datalist id="ways">{options}</datalist>
    }
}

fn option(value: &str, name: &str, is_chosen: bool) -> impl IntoView + use<> {
    view! { <option value=value.to_owned() selected=is_chosen>{name.to_owned()}</option> }
}
