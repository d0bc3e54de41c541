//! Backups as files: whole under their name, or not there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::format::{Header, Trailer};
use super::parse::{Part, parse};
use super::write::{Written, backup};
use super::{BackupError, Damage};
use crate::domain::Timestamp;
use crate::store::Store;

/// Only its owner may read a backup: it has everything.
const MODE: u32 = 0o600;

/// Writes a backup to `file`, which it replaces when the backup is whole and on the disk.
///
/// # Errors
/// If the database fails or the file can't be written; what was there before is still there then.
pub async fn to_file(store: &Store, file: &Path, made_at: Timestamp) -> Result<Written, BackupError> {
    let failed = |error| BackupError::Write { file: file.to_owned(), error };
    let temporary = temporary_of(file).map_err(failed)?;
    let written = fill(store, &temporary, made_at).await;
    let renamed = match written {
        Ok(written) => fs::rename(&temporary, file).and_then(|()| sync_folder(file)).map(|()| written).map_err(failed),
        Err(BackupError::Output(error)) => Err(failed(error)),
        Err(error) => Err(error),
    };
    if renamed.is_err() {
        // It may not have been made at all, and its loss is no worse than the error that is told.
        drop(fs::remove_file(&temporary));
    }
    renamed
}

async fn fill(store: &Store, temporary: &Path, made_at: Timestamp) -> Result<Written, BackupError> {
    let created = OpenOptions::new().write(true).create(true).truncate(true).mode(MODE).open(temporary);
    let out = BufWriter::new(created.map_err(BackupError::Output)?);
    let (written, mut out) = backup(store, out, made_at).await?;
    let synced = tokio::task::spawn_blocking(move || out.flush().and_then(|()| out.get_ref().sync_all())).await;
    synced.map_err(io::Error::other).and_then(|synced| synced).map_err(BackupError::Output)?;
    Ok(written)
}

/// The name under which a backup grows.
fn temporary_of(file: &Path) -> io::Result<PathBuf> {
    let name = file.file_name().ok_or_else(|| io::Error::other("this is no file's name"))?;
    Ok(file.with_file_name(format!(".{}.{}.tmp", name.to_string_lossy(), std::process::id())))
}

/// Makes a new name last.
fn sync_folder(file: &Path) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    File::open(folder)?.sync_all()
}

/// Reads a backup from its first byte to its last, and tells what it is of.
///
/// # Errors
/// If it can't be read, or is damaged.
pub fn check(file: &Path) -> Result<(Header, Trailer), BackupError> {
    let source = File::open(file).map_err(|error| BackupError::Read { file: file.to_owned(), error })?;
    let (mut header, mut trailer) = (None, None);
    parse(source, &mut |part| {
        match part {
            Part::Header(first) => header = Some(first),
            Part::End(last) => trailer = Some(last),
            Part::Table(_) | Part::Rows(_) => {}
        }
        true
    })?;
    header.zip(trailer).ok_or(BackupError::Damaged(Damage::Foreign))
}
