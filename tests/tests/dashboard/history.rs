//! Lines that a collector wrote before: a month in which one thing broke on phones.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// The survey whose scores fell.
pub(crate) const BROKEN: &str = "checkout-effort";
/// Another, whose did not.
pub(crate) const SOUND: &str = "recommend";

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// So many days ago it broke.
const BROKE_DAYS_AGO: i32 = 4;

/// An answered impression, so long ago; `number` makes its id its own.
pub(crate) fn answer(
    survey: &str,
    metric: &str,
    score: u64,
    ago: SignedDuration,
    number: usize,
) -> Value {
    let at = Timestamp::now() - ago;
    let milliseconds = at.as_millisecond();
    let id = format!(
        "{:08x}-{:04x}-7{:03x}-8{:03x}-{number:012x}",
        milliseconds >> 16,
        milliseconds & 0xffff,
        number % 0x1000,
        number / 0x1000 % 0x1000
    );
    let moment = format!("{at:.3}");
    json!({ "type": "response", "id": id, "seq": 2, "survey": survey, "metric": metric, "wording": "standard",
        "score": score, "complete": true, "trigger": "load", "at": moment, "channel": "web",
        "page": { "path": "/checkout" }, "device": "desktop", "language": "en",
        "attributes": {}, "automated": false, "site": "shop", "received_at": moment })
}

/// Thirty days: every survey answered alike, but for one since four days ago, on phones, where people also say why.
pub(crate) fn month() -> Vec<Value> {
    let mut lines = Vec::new();
    for day in 0..30i32 {
        for place in 0..24u32 {
            let ago = DAY * day + SignedDuration::from_secs(i64::from(place) * 300 + 60);
            let is_phone = place % 2 == 0;
            let is_broken = is_phone && day < BROKE_DAYS_AGO;
            let usual = u64::from(5 + place % 3);
            let score = if is_broken {
                u64::from(1 + place % 3)
            } else {
                usual
            };
            let mut line = answer(BROKEN, "ces", score, ago, lines.len());
            line["device"] = json!(if is_phone { "mobile" } else { "desktop" });
            if is_broken {
                let said = [
                    "The pay button does nothing",
                    "Payment button is dead",
                    "Cannot pay on my phone",
                ];
                line["answers"] = json!({ "comment": said[place as usize % said.len()] });
            }
            lines.push(line);
            let score = [10, 9, 8, 9, 6, 10][place as usize % 6];
            lines.push(answer(SOUND, "nps", score, ago, lines.len()));
        }
    }
    lines
}
