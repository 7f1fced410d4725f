//! Facts parted into shares by the session they are about, so that one share at a time is put together in
//! memory. What is too much for memory waits in a file that has no name.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

use super::fact::Fact;
use crate::owner;
use crate::run::varint::Reader;

/// A million sessions are some 16,000 a share.
const SHARES: usize = 64;

/// So many bytes wait in memory before they are written away.
const WAITING_BYTES_MAX: usize = 16 << 20;

/// Facts, share by share.
pub(super) struct Shares<'d> {
    shares: Vec<Share>,
    /// Bytes of all shares that are in memory.
    waiting: usize,
    /// Where the file is to be made; where that cannot be, among the system's temporary files.
    folder: &'d Path,
    file: Option<File>,
    /// How long the file is.
    written: u64,
}

/// Facts of some of the sessions, in the order in which they were told.
#[derive(Default)]
struct Share {
    /// Where in the file, and how many bytes.
    written: Vec<(u64, usize)>,
    /// What was told since.
    waiting: Vec<u8>,
}

impl<'d> Shares<'d> {
    pub(super) fn new(folder: &'d Path) -> Self {
        Self {
            shares: (0..SHARES).map(|_| Share::default()).collect(),
            waiting: 0,
            folder,
            file: None,
            written: 0,
        }
    }

    pub(super) fn add(&mut self, fact: &Fact) -> io::Result<()> {
        // The lowest bit says what the link is of; the others are as chance will.
        let place = (fact.link.0 >> 1) as usize % SHARES;
        if let Some(share) = self.shares.get_mut(place) {
            let before = share.waiting.len();
            fact.write(&mut share.waiting);
            self.waiting += share.waiting.len() - before;
        }
        if self.waiting > WAITING_BYTES_MAX {
            self.write()?;
        }
        Ok(())
    }

    /// Tells `each` the facts of one share after the other; all of a session are in one.
    pub(super) fn tell(mut self, mut each: impl FnMut(Facts<'_>)) -> io::Result<()> {
        for share in std::mem::take(&mut self.shares) {
            let mut bytes = Vec::with_capacity(share.bytes());
            for (offset, length) in share.written {
                let start = bytes.len();
                bytes.resize(start + length, 0);
                if let (Some(file), Some(bytes)) = (&self.file, bytes.get_mut(start..)) {
                    file.read_exact_at(bytes, offset)?;
                }
            }
            bytes.extend(share.waiting);
            each(Facts(Reader { bytes: &bytes }));
        }
        Ok(())
    }

    fn write(&mut self) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(nameless(self.folder)?),
        };
        for share in &mut self.shares {
            file.write_all_at(&share.waiting, self.written)?;
            share.written.push((self.written, share.waiting.len()));
            self.written += share.waiting.len() as u64;
            share.waiting.clear();
        }
        self.waiting = 0;
        Ok(())
    }
}

impl Share {
    fn bytes(&self) -> usize {
        let written: usize = self.written.iter().map(|(_, length)| length).sum();
        written + self.waiting.len()
    }
}

/// The facts of one share.
pub(super) struct Facts<'b>(Reader<'b>);

impl Iterator for Facts<'_> {
    type Item = Fact;

    fn next(&mut self) -> Option<Fact> {
        Fact::read(&mut self.0)
    }
}

/// It holds what was bought, and is gone with whoever reads, however that ends.
fn nameless(folder: &Path) -> io::Result<File> {
    let there = owner::create_folder(folder).and_then(|()| tempfile::tempfile_in(folder));
    there.or_else(|_| tempfile::tempfile())
}

#[cfg(test)]
mod tests {
    use super::super::fact::What;
    use super::super::link::Link;
    use super::*;
    use std::collections::HashMap;

    const NOW: i64 = 1_795_000_000_000_000;

    #[test]
    fn facts_of_a_session_come_together_and_in_their_order_though_they_were_written_away() {
        let folder = tempfile::tempdir().unwrap();
        let mut shares = Shares::new(folder.path());
        let sessions = 10_000_u64;
        for told in 0..100_i64 {
            for session in 0..sessions {
                let fact = Fact {
                    site: 0,
                    link: Link(session << 1),
                    received: NOW + told,
                    heard: NOW + told,
                    at: NOW + told,
                    pages: 1,
                    what: What::SoughtHelp,
                };
                shares.add(&fact).unwrap();
            }
        }
        assert!(shares.written > 0, "too little to be written away");
        assert!(shares.waiting <= WAITING_BYTES_MAX);
        let mut heard: HashMap<u64, i64> = HashMap::new();
        let mut most = 0;
        shares
            .tell(|facts| {
                let mut of_share: HashMap<u64, i64> = HashMap::new();
                for fact in facts {
                    let times = of_share.entry(fact.link.0).or_default();
                    assert_eq!(fact.received, NOW + *times);
                    *times += 1;
                }
                most = most.max(of_share.len());
                heard.extend(of_share);
            })
            .unwrap();
        assert_eq!(heard.len() as u64, sessions);
        assert!(heard.values().all(|&times| times == 100));
        assert!(most < 400, "{most} in one share");
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    }
}
