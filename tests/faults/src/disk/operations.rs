//! What the kernel asks of the disk, carried out on the [`Medium`] within its [`Troubles`].

use super::medium::{Medium, Node, Number};
use super::troubles::Troubles;
use fastrand::Rng;
use fuser::{Errno, FileAttr, FileType, INodeNo};
use std::ffi::OsStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::UNIX_EPOCH;

pub(super) const BLOCK: u32 = 4096;

/// What the file system and the test hold together.
pub(super) struct Shared {
    pub(super) medium: Medium,
    pub(super) troubles: Troubles,
    pub(super) rng: Rng,
}

#[derive(Clone)]
pub(super) struct DiskFileSystem(pub(super) Arc<Mutex<Shared>>);

pub(super) type Done<T> = Result<T, Errno>;

impl DiskFileSystem {
    pub(super) fn lock(&self) -> MutexGuard<'_, Shared> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn powered(&self) -> Done<MutexGuard<'_, Shared>> {
        let shared = self.lock();
        if shared.troubles.has_power {
            Ok(shared)
        } else {
            Err(Errno::EIO)
        }
    }

    fn writable(&self) -> Done<MutexGuard<'_, Shared>> {
        let shared = self.powered()?;
        if shared.troubles.read_only {
            Err(Errno::EROFS)
        } else {
            Ok(shared)
        }
    }

    pub(super) fn find(&self, parent: INodeNo, name: &OsStr) -> Done<FileAttr> {
        let mut shared = self.powered()?;
        let folder = shared.medium.folder(parent.0).ok_or(Errno::ENOTDIR)?;
        let number = *folder.entries.get(name).ok_or(Errno::ENOENT)?;
        attributes(&shared.medium, number)
    }

    pub(super) fn add(&self, parent: INodeNo, name: &OsStr, node: Node) -> Done<FileAttr> {
        let mut shared = self.writable()?;
        let number = shared.medium.add(parent.0, name, node);
        attributes(&shared.medium, number.ok_or(Errno::ENOTDIR)?)
    }

    pub(super) fn cut(&self, number: Number, size: u64) -> Done<()> {
        let mut shared = self.writable()?;
        let chance = shared.troubles.failing_cuts;
        if shared.happens(chance) {
            return Err(Errno::EIO);
        }
        let file = shared.medium.file(number).ok_or(Errno::EISDIR)?;
        file.cut(size as usize);
        Ok(())
    }

    pub(super) fn put(&self, number: Number, offset: u64, data: &[u8]) -> Done<usize> {
        let mut shared = self.writable()?;
        let chances = [shared.troubles.failing_writes, shared.troubles.short_writes];
        if shared.happens(chances[0]) {
            return Err(Errno::EIO);
        }
        let mut data = data;
        if shared.happens(chances[1]) && data.len() > 1 {
            data = &data[..shared.rng.usize(1..data.len())];
        }
        let free = shared.free();
        let file = shared.medium.file(number).ok_or(Errno::EISDIR)?;
        let room = (file.content.len() as u64).saturating_sub(offset) + free;
        data = &data[..data.len().min(room as usize)];
        if data.is_empty() {
            return Err(Errno::ENOSPC);
        }
        file.write(offset as usize, data);
        Ok(data.len())
    }

    pub(super) fn sync_file(&self, number: Number) -> Done<()> {
        let takes = self.powered()?.troubles.sync_takes;
        // Not under the lock: while one file is synced, others can be read.
        thread::sleep(takes);
        let mut shared = self.powered()?;
        let chance = shared.troubles.failing_syncs;
        let fails = shared.happens(chance);
        let file = shared.medium.file(number).ok_or(Errno::EISDIR)?;
        if fails {
            file.fail_to_sync();
            return Err(Errno::EIO);
        }
        file.sync();
        Ok(())
    }

    pub(super) fn sync_folder(&self, number: Number) -> Done<()> {
        let takes = self.powered()?.troubles.sync_takes;
        thread::sleep(takes);
        let mut shared = self.powered()?;
        let chance = shared.troubles.failing_folder_syncs;
        if shared.happens(chance) {
            return Err(Errno::EIO);
        }
        let folder = shared.medium.folder(number).ok_or(Errno::ENOTDIR)?;
        folder.sync();
        Ok(())
    }

    pub(super) fn remove(&self, parent: INodeNo, name: &OsStr) -> Done<()> {
        let mut shared = self.writable()?;
        let folder = shared.medium.folder(parent.0).ok_or(Errno::ENOTDIR)?;
        if !folder.entries.contains_key(name) {
            return Err(Errno::ENOENT);
        }
        folder.remove(name);
        Ok(())
    }

    /// Within one folder, which is all that the collector does.
    pub(super) fn rename_within(&self, parent: INodeNo, old: &OsStr, new: &OsStr) -> Done<()> {
        let mut shared = self.writable()?;
        let folder = shared.medium.folder(parent.0).ok_or(Errno::ENOTDIR)?;
        let number = *folder.entries.get(old).ok_or(Errno::ENOENT)?;
        folder.rename(old, new, number);
        Ok(())
    }
}

impl Shared {
    fn happens(&mut self, in_a_thousand: u32) -> bool {
        in_a_thousand > 0 && self.rng.u32(..1000) < in_a_thousand
    }

    pub(super) fn free(&self) -> u64 {
        self.troubles.capacity.saturating_sub(self.medium.used())
    }
}

pub(super) fn attributes(medium: &Medium, number: Number) -> Done<FileAttr> {
    let (kind, size) = match medium.node(number).ok_or(Errno::ENOENT)? {
        Node::File(file) => (FileType::RegularFile, file.content.len() as u64),
        Node::Folder(_) => (FileType::Directory, 0),
    };
    Ok(FileAttr {
        ino: INodeNo(number),
        size,
        blocks: size.div_ceil(512),
        atime: UNIX_EPOCH,
        mtime: UNIX_EPOCH,
        ctime: UNIX_EPOCH,
        crtime: UNIX_EPOCH,
        kind,
        perm: 0o777,
        nlink: 1,
        uid: 0,
        gid: 0,
        rdev: 0,
        blksize: BLOCK,
        flags: 0,
    })
}
