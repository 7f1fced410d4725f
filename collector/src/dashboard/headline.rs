//! What moved most: where, since when, how sure, and what people say.

use super::Asked;
use super::piece::{IntoPiece, Piece};
use super::quotes::quotes;
use super::words;
use leptos::prelude::*;
use report::Headline;
use report::comments::Voices;
use report::render::about;
use report::render::words::{capitalised, number, p_value, thousands, value};

/// The panel on top of the overview.
pub(super) fn headline(headline: &Headline, voices: Option<&Voices>, asked: &Asked) -> Piece {
    let (class, label) = if headline.fell() {
        ("lead alarm", "What is wrong")
    } else {
        ("lead good", "What changed")
    };
    let place = asked.address_of(&headline.survey, &headline.site);
    let among = headline.segment.as_ref().map(|among| {
        view! { <span class="chip">{format!("{}: {}", among.by, among.value)}</span> }
    });
    let since = headline.since.strftime("%A %-d %B %Y").to_string();
    let side = |side: &report::Side| side.value.map(|known| value(headline.figure, known));
    let (before, after) = (side(&headline.before), side(&headline.after));
    let n = format!(
        "{} and {} answers",
        thousands(headline.before.n),
        thousands(headline.after.n)
    );
    let range = headline.low.zip(headline.high).map(|(low, high)| {
        format!(
            "between {} and {}",
            number(headline.figure, low),
            number(headline.figure, high)
        )
    });
    let elsewhere = headline.elsewhere.as_deref();
    let elsewhere = elsewhere.map(|said| view! { <p class="soft">{capitalised(said)}</p> });
    view! {
        <section class=class aria-labelledby="lead">
            <p class="label">{label}</p>
            <h2 id="lead">{words::moved(headline)}</h2>
            <dl class="facts">
                <div><dt>"Where"</dt><dd><a href=place>{headline.survey.clone()}</a>" on "{headline.site.clone()}" "{among}</dd></div>
                <div><dt>"Since"</dt><dd>{since}</dd></div>
                <div><dt>"Before and since"</dt><dd class="numbers">{before}" → "<strong>{after}</strong><span class="soft">{n}</span></dd></div>
                <div>
                    <dt>"How sure"</dt>
                    <dd class="numbers">{p_value(headline.p)}<span class="soft">{range.map(|range| format!("difference {range}, 95 %"))}</span></dd>
                </div>
            </dl>
            {elsewhere}
            {voices.map(said)}
        </section>
    }
    .piece()
}

fn said(voices: &Voices) -> Option<Piece> {
    let quotes = quotes(&voices.quotes)?;
    let heard = format!(
        "{} comments since then{}",
        thousands(voices.comments),
        about(voices)
    );
    Some(view! { <h3>{heard}</h3>{quotes} }.piece())
}

/// Where nothing moved.
pub(super) fn calm(surveys: usize) -> Piece {
    let looked = match surveys {
        1 => "the survey".to_owned(),
        several => format!("all {several} surveys"),
    };
    view! {
        <section class="lead" aria-labelledby="lead">
            <p class="label">"What is wrong"</p>
            <h2 id="lead">"Nothing stands out"</h2>
            <p>{format!("In {looked} and all their segments no change is larger than chance makes it.")}</p>
        </section>
    }
    .piece()
}
