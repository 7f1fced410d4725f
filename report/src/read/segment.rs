//! One segment: what was kept of it, or its lines.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::Progress;
use crate::cache::{Cache, Segment};
use crate::lines;
use crate::run::{Folding, StoredRun};

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
    pub(super) fn new(paths: &'r [PathBuf], cache: &'r Cache, progress: Progress<'r>) -> Self {
        let length = |path: &PathBuf| path.metadata().map_or(0, |metadata| metadata.len());
        Self {
            cache,
            newest: paths.last(),
            progress,
            bytes: paths.iter().map(length).sum(),
            bytes_done: AtomicU64::new(0),
        }
    }

    /// The runs of a segment; `folding` is empty before and after.
    pub(super) fn read(&self, path: &PathBuf, folding: &mut Folding) -> io::Result<Vec<StoredRun>> {
        let segment = Segment::look(path)?;
        let may_be_kept = self.newest != Some(path) && segment.bytes >= KEPT_FROM_BYTES;
        let kept = may_be_kept.then(|| self.cache.load(&segment)).flatten();
        let runs = match kept {
            Some(runs) => runs,
            None => {
                let mut runs = fold(path, folding)?;
                if may_be_kept {
                    // Where nothing can be kept, the report is as right and only slower.
                    let _ = self.cache.keep(&segment, &mut runs);
                }
                runs
            }
        };
        let done = self.bytes_done.fetch_add(segment.bytes, Ordering::Relaxed);
        (self.progress)(done + segment.bytes, self.bytes);
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
