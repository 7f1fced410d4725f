//! What holds for one site, key by key, and whether `hark.toml` says so: for `hark serve --check`.

use super::choices::{Choice, Shown};
use super::{Site, StagePatterns};
use crate::cli::Lasting;
use survey::frequency::Frequency;
use survey::offer::Consent;

/// Every key of `[[site]]` but its own name, with where it comes from: `from`, or the default.
pub(super) fn of(site: &Site, from: &str) -> Vec<Choice> {
    let policy = &site.policy;
    let rows = [
        ("origins", origins(site)),
        ("brand", policy.brand.clone()),
        ("language", site.language.tag().to_owned()),
        ("consent", consent(policy.consent).to_owned()),
        ("remember_acts", policy.remember_acts.shown()),
        ("frequency", frequency(policy.frequency)),
        ("stages", stages(&site.stages)),
    ];
    let choice = |(name, value)| Choice {
        name: format!("site {} {name}", site.key),
        value,
        from: site.written.contains(&name).then(|| from.to_owned()),
    };
    rows.map(choice).into()
}

fn origins(site: &Site) -> String {
    let origins: Vec<String> = site.origins.iter().map(ToString::to_string).collect();
    if origins.is_empty() {
        "no page may send".to_owned()
    } else {
        origins.join(", ")
    }
}

const fn consent(consent: Consent) -> &'static str {
    match consent {
        Consent::Pending => "pending",
        Consent::Granted => "granted",
        Consent::Denied => "denied",
    }
}

fn frequency(frequency: Frequency) -> String {
    let clocks = [
        ("after_answer", frequency.answered),
        ("after_dismissal", frequency.dismissed),
        ("after_impression", frequency.shown),
    ];
    let clocks = clocks.map(|(name, seconds)| format!("{name} {}", Lasting(seconds).shown()));
    clocks.join(", ")
}

fn stages(stages: &StagePatterns) -> String {
    let pages = |pages: &Option<Vec<String>>| match pages {
        Some(patterns) => patterns.join(" "),
        None => "as usual".to_owned(),
    };
    let (during, after) = (pages(&stages.during), pages(&stages.after));
    let single_page = stages.single_page.shown();
    format!("during {during}, after {after}, single_page {single_page}")
}
