//! What the shop's people do about bad answers: most of them within a day or two, until there are too many.

use fastrand::Rng;
use jiff::Timestamp;
use serde_json::{Value, json};

/// Who follows up, and what they write down.
const PEOPLE: [&str; 3] = ["mira", "jonas", "aylin"];
const NOTES: [&str; 5] = [
    "Wrote back, asked for the order number",
    "Sent a voucher",
    "Rang, nobody there; tries again tomorrow",
    "Passed on to the developers",
    "Explained the delivery times",
];

/// Chances: of being looked at, of needing nothing, of a note, of being settled afterwards.
const LOOKED_AT: f64 = 0.94;
const NEEDS_NOTHING: f64 = 0.08;
const NOTED: f64 = 0.4;
const SETTLED: f64 = 0.85;

/// Hours until somebody looks at it, on average, before and after everything broke.
const HOURS: [f64; 2] = [16.0, 44.0];
const HOURS_TO_SETTLE: f64 = 14.0;
const HOUR_MS: f64 = 3_600_000.0;

pub(super) struct Staff {
    rng: Rng,
    broke_ms: i64,
}

/// Somebody who should be answered.
struct Complaint {
    id: String,
    site: Value,
    survey: Value,
    received_ms: i64,
}

impl Staff {
    pub(super) fn new(seed: u64, broke: Timestamp) -> Self {
        Self {
            // Dice of their own: without them the month is the same.
            rng: Rng::with_seed(!seed),
            broke_ms: broke.as_millisecond(),
        }
    }

    /// Adds what is done about the complaints among the lines of one visit.
    pub(super) fn follow_up(&mut self, lines: &mut Vec<(i64, String)>) {
        let mut complaints: Vec<Complaint> = Vec::new();
        for complaint in lines
            .iter()
            .filter_map(|(at, line)| Complaint::of(*at, line))
        {
            complaints.retain(|earlier| earlier.id != complaint.id);
            complaints.push(complaint);
        }
        for complaint in complaints {
            if self.rng.f64() < LOOKED_AT {
                self.look_at(&complaint, lines);
            }
        }
    }

    fn look_at(&mut self, complaint: &Complaint, lines: &mut Vec<(i64, String)>) {
        let by = PEOPLE[self.rng.usize(..PEOPLE.len())];
        let hours = HOURS[usize::from(complaint.received_ms >= self.broke_ms)];
        let at = complaint.received_ms + self.after(hours);
        let mut what = json!({ "status": "answered", "owner": by, "by": by });
        if self.rng.f64() < NEEDS_NOTHING {
            what = json!({ "status": "no_action", "by": by });
        } else if self.rng.f64() < NOTED {
            what["note"] = json!(NOTES[self.rng.usize(..NOTES.len())]);
        }
        let is_answered = what["status"] == "answered";
        lines.push(complaint.deed(at, what));
        if is_answered && self.rng.f64() < SETTLED {
            let at = at + self.after(HOURS_TO_SETTLE);
            lines.push(complaint.deed(at, json!({ "status": "resolved", "by": by })));
        }
    }

    /// How long something takes that takes so many hours on average; never less than a few minutes.
    fn after(&mut self, hours: f64) -> i64 {
        let share = -(1.0 - self.rng.f64()).ln();
        ((hours * share + 0.05) * HOUR_MS) as i64
    }
}

impl Complaint {
    /// A low score with a comment or a contact, of a person.
    fn of(received_ms: i64, line: &str) -> Option<Self> {
        let line: Value = serde_json::from_str(line).ok()?;
        let last_low = match line["metric"].as_str()? {
            "nps" => 6,
            "ces" => 3,
            _ => 2,
        };
        let is_low = line["score"].as_u64()? <= last_low;
        let is_heard = line["contact"] == true || line["answers"]["comment"].is_string();
        (is_low && is_heard && line["automated"] == false).then(|| Self {
            id: line["id"].as_str().unwrap_or_default().to_owned(),
            site: line["site"].clone(),
            survey: line["survey"].clone(),
            received_ms,
        })
    }

    fn deed(&self, at_ms: i64, what: Value) -> (i64, String) {
        let moment = Timestamp::from_millisecond(at_ms).unwrap_or_default();
        let mut line =
            json!({ "type": "case", "id": self.id, "site": self.site, "survey": self.survey });
        if let (Value::Object(line), Value::Object(what)) = (&mut line, what) {
            line.extend(what);
            line.insert("received_at".to_owned(), json!(format!("{moment:.3}")));
        }
        (at_ms, format!("{line}\n"))
    }
}
