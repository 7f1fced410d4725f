//! One case with all that is known of it.

use jiff::Timestamp;
use survey::case::{Deed, Status};

use super::words::{due, moment, plain, score, status};
use crate::cases::{Case, Contact, Done, Found};
use crate::render::wrap;

const INDENT: usize = 13;

/// What was answered, where it stands, how to reach whoever waits, and all that was done.
#[must_use]
pub fn case(found: &Found, now: Timestamp) -> String {
    let Found {
        case,
        reach,
        history,
    } = found;
    let response = &case.response;
    let mut lines = vec![format!("Case {}", case.id())];
    let mut say = |label: &str, text: &str| {
        for (place, text) in text.lines().enumerate() {
            let label = if place == 0 { label } else { "" };
            let text = format!("  {label:<11}{}", plain(text));
            lines.extend(wrapped(&text));
        }
    };
    say("status", &standing(case, now));
    say("owner", case.owner.as_deref().unwrap_or("nobody"));
    let survey = format!("{} on {}", response.survey, response.site);
    say("score", &format!("{} in {survey}", score(case)));
    say("where", &circumstances(case));
    say("comment", response.comment.as_deref().unwrap_or_default());
    let chosen = response.choice.iter().chain(&response.choices);
    let chosen: Vec<&str> = chosen.map(String::as_str).collect();
    say("chosen", &chosen.join(", "));
    let set = response.attributes.iter();
    let set: Vec<String> = set.map(|(name, value)| format!("{name} {value}")).collect();
    say("set", &set.join(", "));
    say(
        "contact",
        match reach {
            Contact::None => "none was left",
            Contact::Kept(address) => address,
            Contact::Gone => "one was left and is no longer kept: too old, or erased",
        },
    );
    lines.push(String::new());
    let opened = format!("  {:<19}opened", moment(case.opened_at));
    lines.push(opened);
    lines.extend(history.iter().flat_map(deed));
    lines.push(String::new());
    lines.join("\n")
}

fn standing(case: &Case, now: Timestamp) -> String {
    let word = status(case.status);
    match (case.status, case.overdue) {
        (Status::Open, true) => format!("{word}, overdue: {}", due(case, now)),
        (Status::Open, false) => {
            format!(
                "{word}, due {} UTC, {}",
                moment(case.due_at),
                due(case, now)
            )
        }
        _ => word.to_owned(),
    }
}

fn circumstances(case: &Case) -> String {
    let response = &case.response;
    let parts = [&response.page, &response.device, &response.language];
    let parts = parts.map(String::as_str).into_iter();
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

fn deed(done: &Done) -> Vec<String> {
    let Deed {
        status: turned,
        owner,
        note,
        by,
    } = &done.deed;
    let turned = turned.map(|turned| status(turned).to_owned());
    let owner = owner.as_deref().map(|owner| match owner {
        "" => "nobody's any more".to_owned(),
        owner => format!("owner {}", plain(owner)),
    });
    let by = by.as_deref().map(|by| format!(", by {}", plain(by)));
    let has_words = turned.is_some() || owner.is_some();
    let noted = (!has_words).then(|| "note".to_owned());
    let words = turned.into_iter().chain(owner).chain(noted);
    let what = words.collect::<Vec<_>>().join(", ");
    let what = what + &by.unwrap_or_default();
    let mut lines = wrapped(&format!("  {:<19}{what}", moment(done.at)));
    for line in note.iter().flat_map(|note| note.lines()) {
        lines.extend(wrapped(&format!("{:21}{}", "", plain(line))));
    }
    lines
}

fn wrapped(text: &str) -> Vec<String> {
    let words = text.trim_start();
    let start = text.len() - words.len();
    // What must not be broken counts, and is made spaces again.
    let text = "\u{a0}".repeat(start) + words;
    let mut lines = wrap::wrap(&text, INDENT.max(start));
    if let Some(first) = lines.first_mut() {
        *first = first.replacen(&"\u{a0}".repeat(start), &" ".repeat(start), 1);
    }
    lines
}
