//! Pages with nothing to show, which say what to do about it.

use super::Asked;
use super::asked::EVER;
use super::piece::{IntoPiece, Piece};
use crate::http::App;
use leptos::prelude::*;

/// Nothing was ever stored: how to add the tag.
pub(super) fn no_answers(app: &App) -> Piece {
    let tags: Vec<_> = app
        .sites
        .iter()
        .map(|site| {
            let tag = format!(
                "<script async src=\"https://your-collector.example/hark.js\" data-site=\"{}\"></script>",
                site.key
            );
            view! { <pre tabindex="0"><code>{tag}</code></pre> }
        })
        .collect();
    let demo = app.demo.then(|| {
        view! { <p>"Or answer a survey in the "<a href="/demo/">"demo shop"</a>" and come back."</p> }
    });
    view! {
        <section class="lead">
            <h1>"No answers yet"</h1>
            <p>"Paste this into your pages, with the address that shoppers reach this collector at:"</p>
            {tags}
            <p>
                "The first answer appears here by itself. Whether a survey may be shown on a page, and why not, \
                 says "<code>"hark('explain')"</code>" in the console of the browser."
            </p>
            {demo}
        </section>
    }
    .piece()
}

/// There are lines, but none of those asked for.
pub(super) fn none_of_these(path: &str, asked: &Asked) -> Piece {
    let ever = Asked {
        since: Some(EVER.to_owned()),
        until: None,
        ..asked.clone()
    };
    view! {
        <section class="lead">
            <h1>"No answers among these"</h1>
            <p>"Nobody was asked where and when the filters say."</p>
            <p><a class="action" href=ever.address(path)>"Show all the time"</a></p>
        </section>
    }
    .piece()
}

/// Nobody was asked this survey in this stretch of time, or ever.
pub(super) fn none_of_survey(survey: &str, nearest: Option<String>, asked: &Asked) -> Piece {
    let ever = Asked {
        since: Some(EVER.to_owned()),
        until: None,
        ..asked.clone()
    };
    let nearest = nearest.map(|nearest| {
        let address = asked.address(&Asked::path_of(&nearest));
        view! { <p>"Did you mean "<a href=address>{nearest}</a>"?"</p> }
    });
    let is_ever = asked.since.as_deref() == Some(EVER);
    let more = (!is_ever).then(|| {
        view! { <p><a class="action" href=ever.address(&Asked::path_of(survey))>"Show all the time"</a></p> }
    });
    view! {
        <section class="lead">
            <h1>{format!("No answers to “{survey}” here")}</h1>
            <p>"Nobody was asked it where and when the filters say."</p>
            {nearest}
            {more}
            <p><a href=asked.address("/dashboard")>"To the overview"</a></p>
        </section>
    }
    .piece()
}
