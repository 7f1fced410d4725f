//! What axe-core finds wrong with the card: <https://github.com/dequelabs/axe-core>.

use crate::visitor::Visitor;
use serde_json::Value;
use std::path::PathBuf;

/// Every rule of WCAG 2.2 AA and the best practices, and two more that axe leaves out unless asked.
const RUN: &str = "const found = await axe.run(document, { \
    runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }, \
    rules: { 'target-size': { enabled: true }, 'label-content-name-mismatch': { enabled: true } } }); \
    const ours = ({ target }) => JSON.stringify(target).includes('hark-survey'); \
    const rows = (results) => results.flatMap(({ id, nodes }) => nodes.filter(ours).map( \
      ({ target, failureSummary }) => [id, target.flat().slice(1).join(' '), failureSummary ?? ''])); \
    return { faults: rows(found.violations), unsure: rows(found.incomplete), held: rows(found.passes).map(([id]) => id) }";

/// What axe says of the card.
pub struct Verdict {
    /// What is wrong: rule, element, and what to do.
    pub faults: Vec<Value>,
    /// What it could not tell: the same.
    pub unsure: Vec<Value>,
    /// The rules that something of the card holds to.
    pub held: Vec<String>,
}

impl Visitor {
    /// Has axe look at the page; gives what it says of the card.
    ///
    /// # Panics
    /// When axe is not there: `cargo xtask setup` installs it.
    pub async fn asks_axe(&self) -> Verdict {
        if self.runs("return 'axe' in window").await == false {
            let source = std::fs::read_to_string(axe()).expect("axe-core of `cargo xtask setup`");
            self.runs(&source).await;
        }
        let found = self.runs(RUN).await;
        let list = |name: &str| {
            let list = found[name].as_array();
            list.unwrap_or_else(|| panic!("{name} in {found}")).clone()
        };
        Verdict {
            faults: list("faults"),
            unsure: list("unsure"),
            held: list("held")
                .iter()
                .filter_map(|id| id.as_str().map(str::to_owned))
                .collect(),
        }
    }
}

fn axe() -> PathBuf {
    let installed = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../target/tools/node/node_modules/axe-core/axe.min.js"
    );
    std::env::var_os("HARK_AXE").map_or_else(|| installed.into(), PathBuf::from)
}
