//! Erasure: what somebody said is forgotten, by visitor or by response.
//!
//! Segments are rewritten beside themselves and take their own place in one step, so that a crash
//! leaves the old one or the new one.

use super::compress;
use super::lines::{Parsed, each_line, key_as_written, parse};
use super::segment::{Form, Found};
use super::storage::{self, Sequential, Storage};
use memchr::memmem;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, BufWriter, IntoInnerError, Write};
use survey::id::EventId;

/// Whose lines are to go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Erasure {
    /// Visitors, as their lines name them.
    pub(crate) visitors: BTreeSet<String>,
    /// Responses, by their ids.
    pub(crate) responses: BTreeSet<String>,
}

impl Erasure {
    /// The lines that hide everything of this from whoever reads the journal.
    pub(super) fn lines(&self, received_at: &str) -> Vec<String> {
        let line = |name: &str, value: &String| {
            json!({"type": "erase", name: value, "received_at": received_at}).to_string()
        };
        let visitors = self.visitors.iter().map(|id| line("visitor", id));
        let responses = self.responses.iter().map(|id| line("id", id));
        visitors.chain(responses).collect()
    }

    /// The same with every response that its visitors gave: some lines of it may not name the visitor,
    /// and its contact never does.
    pub(super) fn with_responses(
        &self,
        storage: &dyn Storage,
        segments: &[Found],
    ) -> io::Result<Self> {
        let mut erasure = self.clone();
        if self.visitors.is_empty() {
            return Ok(erasure);
        }
        let meant = Meant::of(self);
        for segment in segments.iter().filter(|segment| segment.has_lines()) {
            each_line(storage, segment, |line, _| {
                if let Some(id) = meant.response_of_visitor(line) {
                    erasure.responses.insert(id);
                }
                Ok(())
            })?;
        }
        Ok(erasure)
    }
}

/// An erasure, ready to be held against lines.
pub(super) struct Meant {
    visitors: BTreeSet<String>,
    responses: BTreeSet<u128>,
}

impl Meant {
    pub(super) fn of(erasure: &Erasure) -> Self {
        let id = |text: &String| text.parse().ok().map(|id: EventId| id.as_u128());
        Self {
            visitors: erasure.visitors.clone(),
            responses: erasure.responses.iter().filter_map(id).collect(),
        }
    }

    fn response_of_visitor(&self, line: &[u8]) -> Option<String> {
        // Most lines are without a visitor, and this is quicker than parsing them.
        memmem::find(line, b"\"visitor\"")?;
        let line = parse(line)?;
        let is_theirs = self.visitors.contains(line.visitor.as_deref()?);
        let is_response = is_theirs && !line.is_erasure();
        line.id.filter(|_| is_response).map(Cow::into_owned)
    }

    /// Whether the line is to go. One that cannot be read goes if it may be meant.
    pub(super) fn is_meant(&self, line: &[u8]) -> bool {
        if self.is_certainly_another(line) {
            return false;
        }
        match parse(line) {
            Some(line) => self.is_theirs(&line) && !line.is_erasure(),
            None => self
                .names()
                .any(|name| memmem::find(line, name.as_bytes()).is_some()),
        }
    }

    /// Whether the line is one of those that hid what is gone by now.
    pub(super) fn is_own(&self, line: &[u8]) -> bool {
        // Erase lines have no `seq`, and so are none of those with a key.
        let line = if key_as_written(line).is_none() {
            parse(line)
        } else {
            None
        };
        line.is_some_and(|line| line.is_erasure() && self.is_theirs(&line))
    }

    fn is_theirs(&self, line: &Parsed<'_>) -> bool {
        let visitor = line.visitor.as_deref();
        visitor.is_some_and(|visitor| self.visitors.contains(visitor))
            || line.id().is_some_and(|id| self.responses.contains(&id))
    }

    /// What can be seen without parsing: most lines are of other responses, and name no visitor.
    fn is_certainly_another(&self, line: &[u8]) -> bool {
        key_as_written(line).is_some_and(|key| {
            !self.responses.contains(&key.id)
                && (self.visitors.is_empty() || memmem::find(line, b"\"visitor\"").is_none())
        })
    }

    fn names(&self) -> impl Iterator<Item = String> {
        let responses = self.responses.iter();
        let responses = responses.filter_map(|&id| EventId::from_u128(id));
        let responses = responses.map(EventId::text);
        self.visitors.iter().cloned().chain(responses)
    }
}

/// Takes the lines that are meant out of a sealed segment; gives how many there were.
pub(super) fn rewrite(
    storage: &dyn Storage,
    segment: &Found,
    is_meant: impl Fn(&[u8]) -> bool,
) -> io::Result<usize> {
    if !segment.has_lines() {
        return Ok(0);
    }
    let mut meant = 0;
    each_line(storage, segment, |line, _| {
        meant += usize::from(is_meant(line));
        Ok(())
    })?;
    if meant == 0 {
        return Ok(0);
    }
    let unfinished = segment.path.with_added_extension("tmp");
    let file = Sequential::create(storage, &unfinished)?;
    let file = if segment.form == Form::Packed {
        let mut packer = compress::packer(file)?;
        keep(storage, segment, is_meant, &mut packer)?;
        packer.finish()?
    } else {
        keep(storage, segment, is_meant, file)?
    };
    file.sync()?;
    storage::settle(storage, &unfinished, &segment.path)?;
    Ok(meant)
}

/// Writes the lines that are not meant.
fn keep<W: Write>(
    storage: &dyn Storage,
    segment: &Found,
    is_meant: impl Fn(&[u8]) -> bool,
    file: W,
) -> io::Result<W> {
    let mut file = BufWriter::with_capacity(256 << 10, file);
    each_line(storage, segment, |line, _| {
        if is_meant(line) {
            Ok(())
        } else {
            file.write_all(line)
        }
    })?;
    file.into_inner().map_err(IntoInnerError::into_error)
}
