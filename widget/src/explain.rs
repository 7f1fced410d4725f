//! `hark('explain')`: why a survey is shown or not, gate by gate.

use crate::director::Director;
use crate::mount;
use survey::gates::Gate;
use survey::offer::{Consent, OfferedSurvey};
use survey::plain::{Fields, Plain};

/// One row for each live survey: its id, whether it may be shown, and every gate with its reason.
pub(crate) fn explain(director: &'static Director) -> Plain {
    let rows = director
        .offer
        .surveys
        .iter()
        .map(|survey| row(director, survey));
    Plain::List(rows.collect())
}

fn row(director: &'static Director, survey: &OfferedSurvey) -> Plain {
    let mut gates = director.gates(survey).to_vec();
    let shows = gates.iter().all(|gate| gate.passes);
    let interruption = director.interruption();
    gates.push(consent(director));
    gates.push(Gate::new(
        "schedule",
        true,
        "live today, or it would not be offered",
        "",
    ));
    gates.push(Gate::new(
        "place",
        mount::place(survey).is_some(),
        "the page has a place for the card",
        "the page has no element for `inline`",
    ));
    gates.push(Gate::new(
        "moment",
        interruption.is_none(),
        "nobody would be interrupted",
        interruption.unwrap_or_default(),
    ));
    gates.push(Gate::new(
        "trigger",
        director.is_armed(survey),
        "waiting for a trigger",
        "no trigger is being waited for",
    ));
    let mut fields = Fields::default();
    fields.add("survey", survey.id.as_str());
    fields.add("shows", shows);
    fields.add("gates", gates.iter().map(plain).collect::<Vec<_>>());
    fields.into()
}

fn plain(gate: &Gate) -> Plain {
    let mut fields = Fields::default();
    fields.add("gate", gate.gate);
    fields.add("passes", gate.passes);
    fields.add("reason", gate.reason);
    fields.into()
}

/// Consent never closes a gate; it decides what is remembered.
fn consent(director: &'static Director) -> Gate {
    let kept = match director.memory.borrow().consent() {
        Consent::Granted => "granted: a random visitor id is kept",
        Consent::Pending => "pending: only answers and dismissals are remembered",
        Consent::Denied => "denied: nothing is kept on the device",
    };
    Gate::new("consent", true, kept, "")
}
