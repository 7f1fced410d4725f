//! The disk as the kernel sees it: a FUSE file system over a [`Medium`], with its [`Troubles`].

use super::medium::{File, Folder, Medium, Node, Number};
use super::troubles::Troubles;
use fastrand::Rng;
use fuser::{
    Errno, FileAttr, FileHandle, FileType, Filesystem, FopenFlags, Generation, INodeNo, LockOwner,
    OpenFlags, RenameFlags, ReplyAttr, ReplyCreate, ReplyData, ReplyDirectory, ReplyEmpty,
    ReplyEntry, ReplyOpen, ReplyStatfs, ReplyWrite, Request, TimeOrNow, WriteFlags,
};
use std::ffi::OsStr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Nothing may be remembered by the kernel: a power cut changes everything behind its back.
const NOT_CACHED: Duration = Duration::ZERO;
const BLOCK: u32 = 4096;

/// What the file system and the test hold together.
pub(super) struct Shared {
    pub(super) medium: Medium,
    pub(super) troubles: Troubles,
    pub(super) rng: Rng,
}

#[derive(Clone)]
pub(super) struct DiskFileSystem(pub(super) Arc<Mutex<Shared>>);

type Done<T> = Result<T, Errno>;

impl DiskFileSystem {
    pub(super) fn lock(&self) -> MutexGuard<'_, Shared> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn powered(&self) -> Done<MutexGuard<'_, Shared>> {
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

    fn find(&self, parent: INodeNo, name: &OsStr) -> Done<FileAttr> {
        let mut shared = self.powered()?;
        let folder = shared.medium.folder(parent.0).ok_or(Errno::ENOTDIR)?;
        let number = *folder.entries.get(name).ok_or(Errno::ENOENT)?;
        attributes(&shared.medium, number)
    }

    fn add(&self, parent: INodeNo, name: &OsStr, node: Node) -> Done<FileAttr> {
        let mut shared = self.writable()?;
        let number = shared.medium.add(parent.0, name, node);
        attributes(&shared.medium, number.ok_or(Errno::ENOTDIR)?)
    }

    fn cut(&self, number: Number, size: u64) -> Done<()> {
        let mut shared = self.writable()?;
        let file = shared.medium.file(number).ok_or(Errno::EISDIR)?;
        file.cut(size as usize);
        Ok(())
    }

    fn put(&self, number: Number, offset: u64, data: &[u8]) -> Done<usize> {
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

    fn sync_file(&self, number: Number) -> Done<()> {
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

    fn sync_folder(&self, number: Number) -> Done<()> {
        let mut shared = self.powered()?;
        let folder = shared.medium.folder(number).ok_or(Errno::ENOTDIR)?;
        folder.sync();
        Ok(())
    }

    fn remove(&self, parent: INodeNo, name: &OsStr) -> Done<()> {
        let mut shared = self.writable()?;
        let folder = shared.medium.folder(parent.0).ok_or(Errno::ENOTDIR)?;
        if !folder.entries.contains_key(name) {
            return Err(Errno::ENOENT);
        }
        folder.remove(name);
        Ok(())
    }

    /// Within one folder, which is all that the collector does.
    fn rename_within(&self, parent: INodeNo, old: &OsStr, new: &OsStr) -> Done<()> {
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

    fn free(&self) -> u64 {
        self.troubles.capacity.saturating_sub(self.medium.used())
    }
}

fn attributes(medium: &Medium, number: Number) -> Done<FileAttr> {
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

/// Answers with `ok` or the error.
macro_rules! answer {
    ($reply:ident, $done:expr, $value:pat => $ok:expr) => {
        match $done {
            Ok($value) => $ok,
            Err(error) => $reply.error(error),
        }
    };
}

impl Filesystem for DiskFileSystem {
    fn lookup(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEntry) {
        answer!(reply, self.find(parent, name), found => reply.entry(&NOT_CACHED, &found, Generation(0)));
    }

    fn getattr(&self, _: &Request, ino: INodeNo, _: Option<FileHandle>, reply: ReplyAttr) {
        let found = self
            .powered()
            .and_then(|shared| attributes(&shared.medium, ino.0));
        answer!(reply, found, found => reply.attr(&NOT_CACHED, &found));
    }

    fn setattr(
        &self,
        request: &Request,
        ino: INodeNo,
        _mode: Option<u32>,
        _uid: Option<u32>,
        _gid: Option<u32>,
        size: Option<u64>,
        _atime: Option<TimeOrNow>,
        _mtime: Option<TimeOrNow>,
        _ctime: Option<SystemTime>,
        handle: Option<FileHandle>,
        _crtime: Option<SystemTime>,
        _chgtime: Option<SystemTime>,
        _bkuptime: Option<SystemTime>,
        _flags: Option<fuser::BsdFileFlags>,
        reply: ReplyAttr,
    ) {
        match size.map_or(Ok(()), |size| self.cut(ino.0, size)) {
            Ok(()) => self.getattr(request, ino, handle, reply),
            Err(error) => reply.error(error),
        }
    }

    fn mkdir(&self, _: &Request, parent: INodeNo, name: &OsStr, _: u32, _: u32, reply: ReplyEntry) {
        let added = self.add(parent, name, Node::Folder(Folder::default()));
        answer!(reply, added, added => reply.entry(&NOT_CACHED, &added, Generation(0)));
    }

    fn unlink(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        answer!(reply, self.remove(parent, name), () => reply.ok());
    }

    fn rmdir(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        answer!(reply, self.remove(parent, name), () => reply.ok());
    }

    fn rename(
        &self,
        _: &Request,
        parent: INodeNo,
        name: &OsStr,
        new_parent: INodeNo,
        new_name: &OsStr,
        _: RenameFlags,
        reply: ReplyEmpty,
    ) {
        if parent != new_parent {
            return reply.error(Errno::EXDEV);
        }
        answer!(reply, self.rename_within(parent, name, new_name), () => reply.ok());
    }

    fn open(&self, _: &Request, _: INodeNo, _: OpenFlags, reply: ReplyOpen) {
        answer!(reply, self.powered().map(|_| ()), () => reply.opened(FileHandle(0), FopenFlags::FOPEN_DIRECT_IO));
    }

    fn create(
        &self,
        _: &Request,
        parent: INodeNo,
        name: &OsStr,
        _mode: u32,
        _umask: u32,
        _flags: i32,
        reply: ReplyCreate,
    ) {
        let added = self.add(parent, name, Node::File(File::default()));
        answer!(reply, added, added => reply.created(
            &NOT_CACHED, &added, Generation(0), FileHandle(0), FopenFlags::FOPEN_DIRECT_IO,
        ));
    }

    fn read(
        &self,
        _: &Request,
        ino: INodeNo,
        _: FileHandle,
        offset: u64,
        size: u32,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyData,
    ) {
        let mut shared = match self.powered() {
            Ok(shared) => shared,
            Err(error) => return reply.error(error),
        };
        let Some(file) = shared.medium.file(ino.0) else {
            return reply.error(Errno::EISDIR);
        };
        let begin = file.content.len().min(offset as usize);
        let end = file.content.len().min(begin + size as usize);
        reply.data(&file.content[begin..end]);
    }

    fn write(
        &self,
        _: &Request,
        ino: INodeNo,
        _: FileHandle,
        offset: u64,
        data: &[u8],
        _: WriteFlags,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyWrite,
    ) {
        answer!(reply, self.put(ino.0, offset, data), length => reply.written(length as u32));
    }

    fn flush(&self, _: &Request, _: INodeNo, _: FileHandle, _: LockOwner, reply: ReplyEmpty) {
        reply.ok();
    }

    fn fsync(&self, _: &Request, ino: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        answer!(reply, self.sync_file(ino.0), () => reply.ok());
    }

    fn fsyncdir(&self, _: &Request, ino: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        answer!(reply, self.sync_folder(ino.0), () => reply.ok());
    }

    fn readdir(
        &self,
        _: &Request,
        ino: INodeNo,
        _: FileHandle,
        offset: u64,
        mut reply: ReplyDirectory,
    ) {
        let mut shared = match self.powered() {
            Ok(shared) => shared,
            Err(error) => return reply.error(error),
        };
        let Some(folder) = shared.medium.folder(ino.0) else {
            return reply.error(Errno::ENOTDIR);
        };
        let entries: Vec<_> = folder.entries.clone().into_iter().collect();
        for (index, (name, number)) in entries.iter().enumerate().skip(offset as usize) {
            let kind = match shared.medium.node(*number) {
                Some(Node::Folder(_)) => FileType::Directory,
                _ => FileType::RegularFile,
            };
            if reply.add(INodeNo(*number), index as u64 + 1, kind, name) {
                break;
            }
        }
        reply.ok();
    }

    fn statfs(&self, _: &Request, _: INodeNo, reply: ReplyStatfs) {
        let shared = self.lock();
        let blocks = |bytes: u64| bytes / u64::from(BLOCK);
        let free = blocks(shared.free());
        let all = blocks(shared.troubles.capacity);
        reply.statfs(all, free, free, 1 << 20, 1 << 20, BLOCK, 255, BLOCK);
    }
}
