//! Why a catalogue was not applied. Whatever the reason, the database is as it was.

use thiserror::Error;

use super::super::error::ReadError;
use crate::store::StoreError;

/// A catalogue was not applied.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The file can't be read, or a record of it can't be taken.
    #[error(transparent)]
    File(#[from] ReadError),
    /// What is given as a reason can't be kept.
    #[error("reason: {0}")]
    Reason(String),
    /// Whoever waited for the import has gone.
    #[error("nobody waits for the import any more, so nothing was imported")]
    Abandoned,
    /// Somebody else wrote to the same rows in the meantime.
    #[error("somebody else changed the catalogue during the import, so nothing was imported; run it again ({0})")]
    Conflict(String),
    /// The starter catalogue is for empty databases.
    #[error("the catalogue is not empty; the starter catalogue is only for an empty one")]
    NotEmpty,
    /// The database failed.
    #[error(transparent)]
    Store(StoreError),
}

impl ImportError {
    /// A record that can't be taken: where it stands in the file, and what would be right.
    pub(super) fn record(path: impl Into<String>, message: impl ToString) -> Self {
        Self::File(ReadError::record(path, message))
    }
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        match error {
            // Keys are compared before anything is written: only a writer at the same time can have taken one.
            StoreError::Duplicate(message) => Self::Conflict(message),
            error => Self::Store(error),
        }
    }
}
