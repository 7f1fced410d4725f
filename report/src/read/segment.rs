//! One segment: what was kept of it, or its lines.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::Progress;
use crate::cache::{Cache, End, Segment};
use crate::lines;
use crate::run::{Folding, StoredRun};
use crate::segments;

/// Lines of smaller segments are read as quickly as what would be kept of them.
const KEPT_FROM_BYTES: u64 = 256 << 10;

/// Reads segments, from several threads at once.
pub(super) struct Reader<'r> {
    cache: &'r Cache,
    /// The segment that may still grow.
    newest: Option<&'r PathBuf>,
    progress: Progress<'r>,
    bytes: u64,
    bytes_done: AtomicU64,
}

impl<'r> Reader<'r> {
    pub(super) fn new(
        paths: &'r [PathBuf],
        newest: Option<&'r PathBuf>,
        cache: &'r Cache,
        progress: Progress<'r>,
    ) -> Self {
        let length = |path: &PathBuf| path.metadata().map_or(0, |metadata| metadata.len());
        Self {
            cache,
            newest,
            progress,
            bytes: paths.iter().map(length).sum(),
            bytes_done: AtomicU64::new(0),
        }
    }

    /// The runs of a segment; `folding` is empty before and after.
    pub(super) fn read(&self, path: &PathBuf, folding: &mut Folding) -> io::Result<Vec<StoredRun>> {
        let segment = Segment::look(path)?;
        let runs = if self.newest == Some(path) && segments::is_plain(path) {
            self.read_on(path, folding)?
        } else {
            self.read_whole(&segment, folding)?
        };
        let done = self.bytes_done.fetch_add(segment.bytes, Ordering::Relaxed);
        (self.progress)(done + segment.bytes, self.bytes);
        Ok(runs)
    }
}

impl Reader<'_> {
    fn read_whole(
        &self,
        segment: &Segment<'_>,
        folding: &mut Folding,
    ) -> io::Result<Vec<StoredRun>> {
        let may_be_kept = segment.bytes >= KEPT_FROM_BYTES;
        if let Some(runs) = may_be_kept.then(|| self.cache.load(segment)).flatten() {
            return Ok(runs);
        }
        let mut runs = fold(segment.path, folding)?;
        if may_be_kept {
            // Where nothing can be kept, the report is as right and only slower.
            let _ = self.cache.keep(segment, &mut runs);
        }
        Ok(runs)
    }

    /// The segment that may still grow: its full runs stay as they are, and only what came after them is read
    /// anew.
    fn read_on(&self, path: &Path, folding: &mut Folding) -> io::Result<Vec<StoredRun>> {
        let segment = Segment::growing(path)?;
        let (mut runs, reached) = self.cache.load_full(&segment);
        let mut is_kept = true;
        lines::for_each_after(path, reached, |reached, line| {
            folding.take(reached.lines, line);
            if !folding.is_full() {
                return;
            }
            let mut run = folding.finish();
            // The last line may be half of one.
            let line = line.ok().filter(|_| reached.bytes < segment.bytes);
            is_kept = is_kept
                && line.is_some_and(|line| {
                    let end = End::after(*reached, line);
                    let kept = self.cache.keep_full(&segment, runs.len(), &mut run, &end);
                    kept.is_ok()
                });
            runs.push(run);
        })?;
        runs.push(folding.finish());
        Ok(runs)
    }
}

/// Folds the lines of a segment; there is always one run, be it empty.
fn fold(path: &Path, folding: &mut Folding) -> io::Result<Vec<StoredRun>> {
    let mut runs = Vec::new();
    lines::for_each(path, |number, bytes| {
        folding.take(number, bytes);
        if folding.is_full() {
            runs.push(folding.finish());
        }
    })?;
    runs.push(folding.finish());
    Ok(runs)
}
