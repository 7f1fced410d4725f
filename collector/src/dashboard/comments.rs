//! What people write: themes, and the latest comments as they are.

use super::piece::{IntoPiece, Piece};
use super::quotes::quotes;
use leptos::prelude::*;
use report::Response;
use report::comments::{SurveyComments, Topic};
use report::digest::topic_in_words;
use report::render::words::thousands;

/// So many themes, and half as many phrases, are shown.
const THEMES: usize = 8;

/// What comments are about, in the section of a page that `section` names.
pub(super) fn themes(comments: Option<&SurveyComments>, section: &str) -> Option<Piece> {
    let comments = comments?;
    let covered = comments
        .covered
        .map(|rate| format!("; themes cover {:.0} % of them", rate.value));
    let named = comments.themes.iter().take(THEMES);
    let id = |kind: &str, of: &str| format!("{kind}-{section}-{of}");
    let named = named.map(|one| {
        let id = id("theme", &one.id);
        topic(one.name.clone(), one, &id, comments.comments)
    });
    let phrases = comments.terms.iter().take(THEMES / 2);
    let phrases = phrases.map(|one| {
        let id = id("phrase", &one.id);
        topic(format!("“{}”", one.name), one, &id, comments.comments)
    });
    let rows: Vec<_> = named.chain(phrases).collect();
    let view = view! {
        <h2>"What comments are about"</h2>
        <div class="panel">
            <p class="soft">{thousands(comments.comments)}" comments"{covered}</p>
            <ul class="themes">{rows}</ul>
        </div>
    };
    Some(view.piece())
}

fn topic(name: String, topic: &Topic, id: &str, all: u64) -> Piece {
    let said = topic_in_words(topic);
    let class = if topic.is_rising() { "warn" } else { "" };
    let width = format!("{:.1}", topic.n as f64 / all.max(1) as f64 * 100.0);
    let quoted = quotes(&topic.quotes).map(|quoted| {
        let id = id.replace(char::is_whitespace, "-");
        view! { <details id=id><summary>"In their words"</summary>{quoted}</details> }
    });
    view! {
        <li>
            <p><strong class=class>{name}</strong>" "<span class="soft numbers">{thousands(topic.n)}</span></p>
            <svg class="share" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect class="rest" width="100" height="4"/>
                <rect class="dot" width=width height="4"/>
            </svg>
            <p class="soft">{said}</p>
            {quoted}
        </li>
    }
    .piece()
}

/// The latest comments, masked as they were stored.
pub(super) fn latest(responses: &[Response]) -> Piece {
    let rows: Vec<_> = responses.iter().map(comment).collect();
    let contents = if rows.is_empty() {
        let said =
            "None in this stretch of time, or of fewer than five people, whom one could recognise.";
        view! { <p>{said}</p> }.piece()
    } else {
        view! { <ul class="comments">{rows}</ul> }.piece()
    };
    view! { <h2>"Latest comments"</h2><div class="panel">{contents}</div> }.piece()
}

fn comment(response: &Response) -> Piece {
    let moment = response
        .received_at
        .strftime("%a %-d %b, %H:%M UTC")
        .to_string();
    let scored = response.score.map(|score| {
        let class = match response.band {
            Some(survey::metric::Band::Low) => "score low",
            Some(survey::metric::Band::High) => "score high",
            _ => "score middle",
        };
        view! { <span class=class><span class="spoken">"Score "</span>{score.to_string()}</span> }
    });
    let about = [&response.page, &response.device, &response.language];
    let about: Vec<&str> = about
        .into_iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    let about = about.join(" · ");
    let contact = response
        .contact
        .then(|| view! { " "<span class="chip">"left a contact"</span> });
    let text = response.comment.clone();
    view! {
        <li id=format!("comment-{}", response.id)>
            {scored}
            <div>
                <blockquote lang=response.language.clone() dir="auto">{text}</blockquote>
                <p class="soft">{moment}" · "{about}{contact}</p>
            </div>
        </li>
    }
    .piece()
}
