//! People's own words. They are text here, whatever they look like.

use super::piece::{IntoPiece, Piece};
use leptos::prelude::*;
use report::comments::Quote;

/// Comments side by side, each with its score.
pub(super) fn quotes(quotes: &[Quote]) -> Option<Piece> {
    if quotes.is_empty() {
        return None;
    }
    let quotes: Vec<_> = quotes.iter().map(quote).collect();
    Some(view! { <ul class="quotes">{quotes}</ul> }.piece())
}

fn quote(quote: &Quote) -> impl IntoView + use<> {
    let day = quote.received_at.strftime("%-d %b, %H:%M").to_string();
    let scored = quote.score.map(|score| format!("scored {score} · "));
    let device = (!quote.device.is_empty()).then(|| format!("{} · ", quote.device));
    view! {
        <li>
            <blockquote lang=quote.language.clone() dir="auto">{quote.text.clone()}</blockquote>
            <p class="soft">{scored}{device}{day}</p>
        </li>
    }
}
