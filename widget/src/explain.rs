//! `hark('explain')`: why a survey is shown or not, gate by gate.

use crate::director::Director;
use serde::Serialize;
use survey::gates::Gate;
use survey::offer::Consent;

/// Every gate of one live survey.
#[derive(Serialize)]
pub(crate) struct Row<'o> {
    survey: &'o str,
    /// Whether it may be shown once a trigger fires.
    shows: bool,
    gates: Vec<Gate>,
}

/// One row for each live survey.
pub(crate) fn explain(director: &Director) -> Vec<Row<'_>> {
    let row = |survey| {
        let mut gates = director.gates(survey);
        let shows = gates.iter().all(|gate| gate.passes);
        gates.push(consent(director));
        gates.push(Gate::new(
            "schedule",
            true,
            "live today, or it would not be offered",
            "",
        ));
        gates.push(Gate::new(
            "trigger",
            director.is_armed(survey),
            "waiting for a trigger",
            "no trigger is being waited for",
        ));
        Row {
            survey: &survey.id,
            shows,
            gates,
        }
    };
    director.offer.surveys.iter().map(row).collect()
}

/// Consent never closes a gate; it decides what is remembered.
fn consent(director: &Director) -> Gate {
    let kept = match director.memory.borrow().consent() {
        Consent::Granted => "granted: a random visitor id is kept",
        Consent::Pending => "pending: only answers and dismissals are remembered",
        Consent::Denied => "denied: nothing is kept on the device",
    };
    Gate::new("consent", true, kept, "")
}
