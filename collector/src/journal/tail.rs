//! The end of a segment, which a crash or a failing disk may have left torn, or not really on disk.

use super::lines::{self, each_line_of, parse};
use super::segment::Found;
use super::storage::{self, Sequential, Storage};
use std::io::{self, ErrorKind, Read};

/// Of the newest segment, moves what follows the last complete line that parses to `<segment>.torn`.
/// Interrupted anywhere, it can be done again: the segment is cut only once the tail is safe beside it.
///
/// A full disk has no room for that, and is no reason not to start: nothing is ever added to this
/// segment, so its tail can stay until the keeper finds room.
pub(super) fn set_aside(storage: &dyn Storage, newest: &Found) -> io::Result<()> {
    let is_whole = |line: &[u8]| line.ends_with(b"\n") && parse(line).is_some();
    match set_aside_after(storage, newest, is_whole) {
        Err(error) if is_full(&error) => {
            let path = newest.path.display();
            tracing::warn!("cannot set the unfinished end of `{path}` aside yet: {error}");
            Ok(())
        }
        done => done,
    }
}

/// Of any sealed segment, moves an unfinished last line aside likewise, and nothing else: a bad line further
/// up is the report's to count.
pub(super) fn set_last_line_aside(storage: &dyn Storage, sealed: &Found) -> io::Result<()> {
    let length = storage.length(&sealed.path)?;
    let mut last = [b'\n'];
    if length > 0 {
        storage
            .read(&sealed.path, length - 1)?
            .read_exact(&mut last)?;
    }
    if last == *b"\n" {
        return Ok(());
    }
    let is_whole = |line: &[u8]| line.ends_with(b"\n") || parse(line).is_some();
    set_aside_after(storage, sealed, is_whole)
}

fn set_aside_after(
    storage: &dyn Storage,
    segment: &Found,
    is_whole: impl Fn(&[u8]) -> bool,
) -> io::Result<()> {
    let path = &segment.path;
    let begin = lines::doubtful_from(storage, segment)?;
    let (mut good, mut end) = (begin, begin);
    each_line_of(storage.read(path, begin)?, |line, after| {
        end = begin + after;
        // What the first piece belongs to began before: it is behind all doubt.
        let is_rest = begin > 0 && good == begin && line.ends_with(b"\n");
        if is_rest || is_whole(line) {
            good = end;
        }
        Ok(())
    })?;
    if good == end {
        return Ok(());
    }
    let torn = path.with_added_extension("torn");
    let mut tail = Vec::new();
    storage.read(path, good)?.read_to_end(&mut tail)?;
    storage::replace(storage, &torn, &tail)?;
    storage.open(path)?.truncate(good)?;
    let bytes = tail.len();
    tracing::warn!(
        "set {bytes} bytes of an unfinished write aside as {}",
        torn.display()
    );
    Ok(())
}

/// Has a plain segment on disk for certain, whatever became of the process that wrote it.
///
/// A sync alone does not: where one has failed and the lines could not be taken back, Linux holds the pages for
/// written, and the next sync succeeds without them. So what one write may have left is written once more.
pub(super) fn store_again(storage: &dyn Storage, segment: &Found) -> io::Result<()> {
    let path = &segment.path;
    let begin = lines::doubtful_from(storage, segment)?;
    let mut file = Sequential::from(storage.open(path)?, begin);
    match io::copy(&mut storage.read(path, begin)?, &mut file) {
        // Only where the file system copies what it overwrites; the sync is then all that can be done.
        Err(error) if is_full(&error) => {
            tracing::warn!(
                "cannot write the end of `{}` again: {error}",
                path.display()
            );
        }
        copied => _ = copied?,
    }
    file.sync()
}

fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded
    )
}

#[cfg(test)]
mod tests {
    use super::super::memory::{Failure, Memory};
    use super::super::process::Process;
    use super::*;
    use jiff::civil::date;
    use std::path::Path;

    const DAY: &str = "data/events/date=2026-11-21";
    const LINE: &str = "{\"id\":\"019aa5f0-4500-7000-8000-000000000001\",\"seq\":1}\n";

    fn file(memory: &Memory, name: &str) -> Option<String> {
        let bytes = memory.files().remove(&Path::new(DAY).join(name))?;
        Some(String::from_utf8(bytes).expect("text"))
    }

    #[test]
    fn a_full_disk_is_started_on_with_a_torn_tail_which_is_set_aside_once_there_is_room() {
        let memory = Memory::default();
        let torn = format!("{LINE}{{\"id\":");
        memory.put(&format!("{DAY}/000001.jsonl"), torn.as_bytes());
        memory.fails(Failure::Full);
        let process = Process::start(&memory).expect("a start");
        let tended = process.keeper.tend(date(2026, 11, 21));
        assert!(tended.is_err_and(|error| is_full(&error)));
        assert_eq!(file(&memory, "000001.jsonl"), Some(torn));
        memory.fails(Failure::Never);
        // By now it need not be the newest.
        memory.put(&format!("{DAY}/000002.jsonl"), LINE.as_bytes());
        process.keeper.tend(date(2026, 11, 21)).expect("room");
        assert_eq!(file(&memory, "000001.jsonl").as_deref(), Some(LINE));
        assert_eq!(
            file(&memory, "000001.jsonl.torn").as_deref(),
            Some("{\"id\":")
        );
    }

    #[test]
    fn nothing_else_is_cut_from_an_older_segment() {
        let rows = [
            format!("{{\"id\":\n{LINE}"),
            format!("{LINE}{{\"id\":\n"),
            // Saved by an editor.
            format!("{LINE}{}", LINE.trim_end()),
            String::new(),
        ];
        for text in rows {
            let memory = Memory::default();
            memory.put(&format!("{DAY}/000001.jsonl"), text.as_bytes());
            memory.put(&format!("{DAY}/000002.jsonl"), LINE.as_bytes());
            let process = Process::start(&memory).expect("a start");
            process.keeper.tend(date(2026, 11, 21)).expect("tended");
            assert_eq!(file(&memory, "000001.jsonl"), Some(text));
        }
    }
}
