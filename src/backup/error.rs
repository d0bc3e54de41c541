//! Why there is no backup, or no restored database.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::store::StoreError;

/// A backup could not be made, or not be restored.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The database failed, or is not one that can be filled.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file can't be written.
    #[error("{} can't be written: {error}", .file.display())]
    Write {
        /// The file.
        file: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// The file can't be read.
    #[error("{} can't be read: {error}", .file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// What the file goes through broke.
    #[error("the backup can't be written: {0}")]
    Output(io::Error),
    /// The file is not a whole backup.
    #[error("this is no whole backup: {0}")]
    Damaged(#[from] Damage),
    /// The database doesn't fit the file.
    #[error("{0}")]
    Unfit(String),
    /// What was written reads back differently.
    #[error("the database doesn't keep what the backup has, nothing was restored: {0}")]
    Different(String),
}

/// What is wrong with a file.
#[derive(Debug, Error)]
pub enum Damage {
    /// It can't be read, or is not compressed as backups are, or ends in the middle.
    #[error("{0}")]
    Unreadable(#[from] io::Error),
    /// It is something else.
    #[error("it doesn't begin as a backup does")]
    Foreign,
    /// A later version of Modelry wrote it, in another form.
    #[error("it has the format {0}, which a later Modelry writes")]
    LaterFormat(u32),
    /// A line can't be understood.
    #[error("line {0} is damaged")]
    Line(u64),
    /// A line is longer than any that is written.
    #[error("line {0} is longer than any of a backup")]
    LongLine(u64),
    /// It ends too early.
    #[error("it ends too early, behind line {0}")]
    Short(u64),
    /// It goes on behind its end.
    #[error("it goes on behind its end")]
    Long,
    /// What it says of itself doesn't hold.
    #[error("the checksum of {0} is another one")]
    Checksum(String),
}
