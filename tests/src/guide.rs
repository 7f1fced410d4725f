//! The guides in `docs/`, read for what is to be typed: a recipe that nobody runs is wrong sooner or later.

use std::io::{Error, Result};
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
/// # Errors
/// When there is no such guide.
pub fn blocks(guide: &str) -> Result<Vec<Block>> {
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let mut guides = above.map(|folder| folder.join("docs").join(guide));
    let guide = guides.find(|path| path.is_file());
    let text = std::fs::read_to_string(guide.ok_or(Error::other("there is no such guide"))?)?;
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
    Ok(blocks)
}

/// What is to be typed under a heading: the text of its one block of this kind.
///
/// # Errors
/// When there is none, or more than one.
pub fn block(guide: &str, heading: &str, kind: &str) -> Result<String> {
    let mut found = blocks(guide)?;
    found.retain(|block| block.heading == heading && block.kind == kind);
    match &found[..] {
        [block] => Ok(block.text.clone()),
        _ => Err(Error::other(format!(
            "one block of `{kind}` under `{heading}` is wanted in {guide}, not {found:?}"
        ))),
    }
}
