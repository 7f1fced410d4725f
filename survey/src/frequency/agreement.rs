//! Rows that hold the loader's quiet rule against this one: written here, read by `tests/tests/signals.rs`.

use super::{Act, Acts, DAY, Frequency, quiet};
use crate::plain::json::to_json;
use serde_json::json;

const NOW: u64 = 1_800_000_000;
/// `HARK_GOLDEN=1 cargo test -p survey --features native` writes it anew.
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors/quiet.json");

fn rows() -> Vec<String> {
    let none = Frequency {
        answered: 0,
        dismissed: 0,
        shown: 0,
    };
    let clocks = [
        (Frequency::OF_A_SURVEY, Frequency::OF_A_SITE),
        (none, Frequency::OF_A_SITE),
        (Frequency::OF_A_SURVEY, none),
        (none, none),
    ];
    let mut rows = vec![row(&Acts::new(), &clocks[0].0, &clocks[0].1)];
    for (own, site) in &clocks {
        for act in Act::ALL {
            for asked in ["asked", "another"] {
                for at in moments(act, own, site) {
                    let mut acts = Acts::new();
                    acts.note(asked, act, at);
                    rows.push(row(&acts, own, site));
                    acts.note("a-third", Act::Dismissed, NOW - 2 * u64::from(DAY));
                    rows.push(row(&acts, own, site));
                }
            }
        }
    }
    rows
}

/// Around the end of either clock, and in a future that a changed clock makes.
fn moments(act: Act, own: &Frequency, site: &Frequency) -> Vec<u64> {
    let mut moments = vec![NOW, NOW + 1, NOW + u64::from(DAY) + 1, NOW * 2];
    for clock in [own.after(act), site.after(act)] {
        let end = NOW - u64::from(clock);
        moments.extend([end - 1, end, end + 1]);
    }
    moments.sort_unstable();
    moments.dedup();
    moments
}

fn row(acts: &Acts, own: &Frequency, site: &Frequency) -> String {
    let is_quiet = quiet(acts, "asked", own, site, NOW).is_some();
    let acts = to_json(&acts.into());
    json!({ "acts": acts, "own": own, "site": site, "now": NOW, "quiet": is_quiet }).to_string()
}

#[test]
fn the_rows_for_the_loader_say_what_this_rule_says() {
    let rows = format!("[\n{}\n]\n", rows().join(",\n"));
    if std::env::var_os("HARK_GOLDEN").is_some() {
        std::fs::write(FILE, &rows).expect("the rows");
    }
    let written = std::fs::read_to_string(FILE).expect("the rows");
    assert!(written == rows, "renew `{FILE}` with HARK_GOLDEN=1");
}
