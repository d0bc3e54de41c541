//! Backups: every row of every table in one portable file, the same for both databases.
//!
//! The file is described in `docs/backup.md`. It is written from one snapshot of the database while that is in use, read
//! again from the start to the end before anything is believed, and never held in memory as a whole.

mod access;
mod error;
mod file;
mod format;
mod noted;
mod parse;
mod restore;
mod retention;
mod write;

pub use error::{BackupError, Damage};
pub use file::{check, to_file};
pub use format::{Header, TableSum, Trailer};
pub use noted::note;
pub use restore::{Restoration, Restored, Source, restore};
pub use retention::{Keep, Kept, name_of, sweep};
pub use write::{Written, backup};

/// Rows that are read and written at once.
const BATCH: usize = 256;
/// Batches that may be under way between who reads and who writes.
const AHEAD: usize = 4;
