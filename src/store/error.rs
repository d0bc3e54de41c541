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
    /// A replica did not answer: it is to be asked of the primary.
    #[error("a replica failed: {0}")]
    Replica(String),
    /// There is no room for what is to be written; what is there can be read.
    #[error("the database has no room for writes: {0}")]
    Full(String),
    /// The system doesn't read or write what it is told to: the disk is full in some other way, or failing.
    #[error("the database's disk is full or failing: {0}")]
    Failing(String),
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

/// How the databases say that a disk is full: SQLite of its own, PostgreSQL by what the system says. Diesel passes on neither
/// SQLite's extended codes nor PostgreSQL's SQLSTATE, so that messages are all there is to go by: [`speaks_english`].
const FULL: [&str; 2] = ["database or disk is full", "No space left on device"];

/// What SQLite says when the system refuses it for another reason, such as a limit, a quota or a broken disk.
const FAILING: [&str; 1] = ["disk I/O error"];

/// How PostgreSQL says that it goes away, or is not back yet.
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
            DieselError::DatabaseError(_, information) if says(&FAILING, information.message()) => {
                Self::Failing(information.message().to_owned())
            }
            DieselError::DatabaseError(_, information) if says(&AWAY, information.message()) => {
                Self::Unreachable(information.message().to_owned())
            }
            error => Self::Statement(Arc::new(error)),
        }
    }
}

/// Whether a PostgreSQL server with this `lc_messages` speaks as [`FULL`] and [`AWAY`] are written. An empty one is whatever
/// the server was started with.
pub(super) fn speaks_english(lc_messages: &str) -> bool {
    let language = lc_messages.split(['.', '@']).next().unwrap_or_default();
    matches!(language, "" | "C" | "POSIX" | "en") || language.starts_with("en_") || language.starts_with("English")
}

fn says(phrases: &[&str], message: &str) -> bool {
    phrases.iter().any(|phrase| message.contains(phrase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_is_known_by_its_locales() {
        for locale in ["C", "POSIX", "C.UTF-8", "en_US.UTF-8", "en_GB@euro", "English_United States.1252", ""] {
            assert!(speaks_english(locale), "{locale}");
        }
        for locale in ["de_DE.utf8", "fr_FR", "zh_CN.UTF-8", "Chinese (Simplified)_China.936", "ca_ES"] {
            assert!(!speaks_english(locale), "{locale}");
        }
    }

    #[test]
    fn a_full_disk_is_told_from_one_that_may_be_failing() {
        let told = |message: &str| {
            StoreError::from(DieselError::DatabaseError(DatabaseErrorKind::Unknown, Box::new(message.to_owned())))
        };
        assert!(matches!(told("database or disk is full"), StoreError::Full(_)));
        assert!(matches!(told("could not extend file \"base/1/2\": No space left on device"), StoreError::Full(_)));
        assert!(matches!(told("disk I/O error"), StoreError::Failing(_)));
        assert!(matches!(told("something else"), StoreError::Statement(_)));
    }
}
