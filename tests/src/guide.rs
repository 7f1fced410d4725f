//! The guides in `docs/`, read for what is to be typed: a recipe that nobody runs is wrong sooner or later.

use std::path::Path;

/// A fenced block of a guide.
#[derive(Clone, Debug)]
pub struct Block {
    /// The heading it stands under.
    pub heading: String,
    /// What stands after the fence, such as `sql duckdb`.
    pub kind: String,
    /// The text between the fences.
    pub text: String,
}

/// The blocks of a guide, in their order.
///
/// # Panics
/// When there is no such guide.
#[must_use]
pub fn blocks(guide: &str) -> Vec<Block> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let text = std::fs::read_to_string(docs.join(guide)).expect("a guide");
    let mut blocks: Vec<Block> = Vec::new();
    let (mut heading, mut is_open) = (String::new(), false);
    for line in text.lines() {
        match (line.strip_prefix("```"), blocks.last_mut()) {
            (Some(kind), _) if !is_open => {
                is_open = true;
                blocks.push(Block {
                    heading: heading.clone(),
                    kind: kind.to_owned(),
                    text: String::new(),
                });
            }
            (Some(_), _) => is_open = false,
            (None, Some(block)) if is_open => block.text += &format!("{line}\n"),
            _ => {
                if let Some(title) = line.strip_prefix('#') {
                    title.trim_matches(['#', ' ']).clone_into(&mut heading);
                }
            }
        }
    }
    blocks
}

/// What is to be typed under a heading: the text of its one block of this kind.
///
/// # Panics
/// When there is none, or more than one.
#[must_use]
pub fn block(guide: &str, heading: &str, kind: &str) -> String {
    let mut found = blocks(guide);
    found.retain(|block| block.heading == heading && block.kind == kind);
    let [block] = &found[..] else {
        panic!("one block of `{kind}` under `{heading}` in {guide}, not {found:?}");
    };
    block.text.clone()
}
