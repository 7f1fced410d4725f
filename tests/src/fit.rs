//! Whether the card fits: into its window, and its words into what holds them.

use crate::visitor::Visitor;

/// What does not fit of the card that is shown, as a function of JavaScript.
pub(crate) const MISFITS: &str = "const misfits = () => { \
    const root = document.querySelector('hark-survey').shadowRoot; \
    const card = root.querySelector('[part=card],[part=tab]'); \
    const found = []; \
    const name = (element) => (element.getAttribute('part') ?? element.localName) + ': ' + element.textContent.slice(0, 60); \
    const box = card.getBoundingClientRect(); \
    if (getComputedStyle(card).position == 'fixed' && \
        (box.left < -0.5 || box.top < -0.5 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5)) \
      found.push('leaves the window: ' + [box.left, box.top, box.right, box.bottom]); \
    if (card.scrollWidth > card.clientWidth) found.push(`scrolls sideways: ${card.scrollWidth} > ${card.clientWidth}`); \
    const texts = document.createTreeWalker(card, NodeFilter.SHOW_TEXT); \
    while (texts.nextNode()) { \
      const text = texts.currentNode; \
      const holder = text.parentElement.closest('label,legend,button,p,a,.anchors,section'); \
      if (!text.data.trim() || text.parentElement.closest('.spoken') || !holder.getClientRects().length) continue; \
      const range = document.createRange(); \
      range.selectNodeContents(text); \
      const edge = holder.getBoundingClientRect(); \
      for (const line of range.getClientRects()) \
        if (line.left < edge.left - 1 || line.right > edge.right + 1 || \
            (holder != card && (line.top < edge.top - 6 || line.bottom > edge.bottom + 6))) { \
          found.push(`does not hold its words, ${name(holder)}, ${[line.left, line.top, line.right, line.bottom].map(Math.round)} in ${[edge.left, edge.top, edge.right, edge.bottom].map(Math.round)}`); break; } \
    } \
    return found; };";

impl Visitor {
    /// What does not fit of the card that is shown.
    pub async fn misfits(&self) -> Vec<String> {
        let found = self.runs(&format!("{MISFITS} return misfits()")).await;
        let found = found
            .as_array()
            .unwrap_or_else(|| panic!("{found}"))
            .clone();
        found.iter().map(ToString::to_string).collect()
    }

    /// The same for every step of every one of these surveys, as it is worded on this page: each with the
    /// error and the thanks that belong to it in place of nothing.
    pub async fn misfits_of_every_step(
        &self,
        surveys: &[&str],
        errors: &[&str],
        thanks: &str,
    ) -> Vec<String> {
        let script = format!(
            "{MISFITS} await hark('explain'); const found = []; const errors = {errors:?}; \
             for (const survey of {surveys:?}) {{ \
             hark('show', survey); const root = document.querySelector('hark-survey').shadowRoot; \
             const forms = [...root.querySelectorAll('form')]; \
             for (const [step, form] of forms.entries()) {{ \
               for (const other of forms) other.hidden = other != form; \
               for (const text of errors) {{ \
               for (const error of form.querySelectorAll('[part=error]')) error.textContent = text; \
               for (const misfit of misfits()) found.push(`${{survey}}, step ${{step}}: ${{misfit}}`); }} form.hidden = true; }} \
             root.querySelector('[part=thanks]').textContent = {thanks:?}; \
             for (const misfit of misfits()) found.push(`${{survey}}, thanks: ${{misfit}}`); }} \
             hark('close'); return found"
        );
        let found = self.runs(&script).await;
        let found = found
            .as_array()
            .unwrap_or_else(|| panic!("{found}"))
            .clone();
        found.iter().map(ToString::to_string).collect()
    }
}
