//! What axe-core finds wrong with the card: <https://github.com/dequelabs/axe-core>.

use crate::visitor::Visitor;
use serde_json::Value;
use std::path::PathBuf;

/// Every rule of WCAG 2.2 AA and the best practices, and two more that axe leaves out unless asked.
const RUN: &str = "const found = await axe.run(document, { \
    runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }, \
    rules: { 'target-size': { enabled: true }, 'label-content-name-mismatch': { enabled: true } } }); \
    const ours = ({ target }) => JSON.stringify(target).includes(within); \
    const rows = (results) => results.flatMap(({ id, nodes }) => nodes.filter(ours).map( \
      ({ target, failureSummary }) => [id, target.flat().slice(within ? 1 : 0).join(' '), failureSummary ?? ''])); \
    return { faults: rows(found.violations), held: rows(found.passes).map(([id]) => id) }";

/// Contrast that axe leaves open (single letters, text under a control), from the colours as painted.
const FAINT: &str = "const root = document.querySelector('hark-survey').shadowRoot; \
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true }); \
    const painted = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; \
      canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; }; \
    const luminance = ([r, g, b]) => { const [x, y, z] = [r, g, b].map((part) => { const share = part / 255; \
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4; }); \
      return 0.2126 * x + 0.7152 * y + 0.0722 * z; }; \
    const behind = (element) => { while (element) { \
      const colour = painted(getComputedStyle(element).backgroundColor); \
      if (colour[3] == 255) return colour; element = element.parentElement; } }; \
    const faint = []; \
    for (const element of root.querySelectorAll('section *, [part=tab]')) { \
      const says = [...element.childNodes].some((node) => node.nodeType == 3 && node.data.trim()); \
      if (!says || !element.getClientRects().length || element.className == 'spoken') continue; \
      const [high, low] = [painted(getComputedStyle(element).color), behind(element)].map(luminance).sort((a, b) => b - a); \
      const contrast = (high + 0.05) / (low + 0.05); \
      if (contrast < 4.5) faint.push(`${contrast.toFixed(2)}: ${element.textContent}`); } \
    return faint";

/// What axe says of the card.
pub struct Verdict {
    /// What is wrong: rule, element, and what to do.
    pub faults: Vec<Value>,
    /// The rules that something of the card holds to.
    pub held: Vec<String>,
}

impl Visitor {
    /// What of the card's text is too faint against what is behind it, with its contrast.
    pub async fn faint_texts(&self) -> Value {
        self.runs(FAINT).await
    }

    /// Has axe look at the page; gives what it says of the card.
    pub async fn asks_axe(&self) -> Verdict {
        self.asks_axe_about("hark-survey").await
    }

    /// Has axe look at the page; gives what it says of all of it.
    pub async fn asks_axe_about_the_page(&self) -> Verdict {
        self.asks_axe_about("").await
    }

    /// Gives what axe says of elements whose selectors hold `within`.
    ///
    /// # Panics
    /// When axe is not there: `cargo xtask setup` installs it.
    async fn asks_axe_about(&self, within: &str) -> Verdict {
        if self.runs("return 'axe' in window").await == false {
            let source = std::fs::read_to_string(axe()).expect("axe-core of `cargo xtask setup`");
            self.runs(&source).await;
        }
        let run = format!("const within = '{within}'; {RUN}");
        let found = self.runs(&run).await;
        let list = |name: &str| {
            let list = found[name].as_array();
            list.unwrap_or_else(|| panic!("{name} in {found}")).clone()
        };
        Verdict {
            faults: list("faults"),
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
