//! What can go wrong at the database, told apart by what the caller can do about it.

use std::sync::Arc;

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use thiserror::Error;

/// A failure at the database. Cheap to clone, since every row of a batch shares its batch's failure.
#[derive(Debug, Clone, Error)]
pub enum StoreError {
    /// No connection could be had, or it was lost.
    #[error("the database can't be reached: {0}")]
    Unreachable(String),
    /// There is no room for what is to be written; what is there can be read.
    #[error("the database has no room for writes: {0}")]
    Full(String),
    /// A live row with the same natural key exists.
    #[error("a live row with the same key exists: {0}")]
    Duplicate(String),
    /// The database's kind, address or state is not one that can be served.
    #[error("{0}")]
    Unsupported(String),
    /// The statement failed.
    #[error("the database refused a statement: {0}")]
    Statement(Arc<DieselError>),
}

/// SQLite's text for a lock that another connection holds, the only thing by which Diesel tells it.
pub(super) const LOCKED: &str = "database is locked";

/// How the databases say that a disk is full: SQLite of its own, and when the system refuses it for another reason; PostgreSQL
/// by what the system says.
const FULL: [&str; 3] = ["database or disk is full", "disk I/O error", "No space left on device"];

/// How PostgreSQL says that it goes away, or is not back yet. By these, too, Diesel tells nothing else.
const AWAY: [&str; 6] = [
    "terminating connection",
    "the database system is",
    "server closed the connection",
    "connection closed",
    "unexpected EOF",
    "the connection was lost",
];

/// What the functions of the store return.
pub type StoreResult<T> = Result<T, StoreError>;

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, information) => {
                Self::Duplicate(information.message().to_owned())
            }
            DieselError::DatabaseError(
                DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
                information,
            ) => Self::Unreachable(information.message().to_owned()),
            // Another process held the file's lock for longer than a connection waits for it.
            DieselError::DatabaseError(_, information) if information.message() == LOCKED => {
                Self::Unreachable("another process writes to the file".to_owned())
            }
            DieselError::DatabaseError(_, information) if says(&FULL, information.message()) => {
                Self::Full(information.message().to_owned())
            }
            DieselError::DatabaseError(_, information) if says(&AWAY, information.message()) => {
                Self::Unreachable(information.message().to_owned())
            }
            error => Self::Statement(Arc::new(error)),
        }
    }
}

fn says(phrases: &[&str], message: &str) -> bool {
    phrases.iter().any(|phrase| message.contains(phrase))
}
