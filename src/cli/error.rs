//! Why a command failed.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::serve::ServeError;
use super::source::SourceError;
use crate::backup::BackupError;
use crate::config::ConfigError;
use crate::registry::diff::DiffError;
use crate::registry::transfer::apply::ImportError;
use crate::registry::transfer::error::ReadError;
use crate::secrets::SecretsError;
use crate::store::StoreError;

/// A command failed.
#[derive(Debug, Error)]
pub enum CliError {
    /// A file or address can't be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// What was read is no catalogue.
    #[error("{location}: {error}")]
    Catalogue {
        /// What was read.
        location: String,
        /// What is wrong with it.
        error: ReadError,
    },
    /// A catalogue was not imported.
    #[error("{location}: {error}")]
    Import {
        /// What was read.
        location: String,
        /// Why it was not imported.
        error: ImportError,
    },
    /// The settings can't be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The server can't start, or ended badly.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// The database can't be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no file where the database should be.
    #[error("there is no database at {}; `modelry migrate` makes one", .0.display())]
    NoDatabase(PathBuf),
    /// A folder for a database to try something on can't be made.
    #[error("a temporary folder can't be made: {0}")]
    Scratch(io::Error),
    /// The database has no schema yet, or that of another version.
    #[error("{0}")]
    Schema(&'static str),
    /// A master key can't be used.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// Two moments can't be compared.
    #[error(transparent)]
    Diff(#[from] DiffError),
    /// There is no backup, or it can't be restored.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// What was asked for is refused.
    #[error("{0}")]
    Refused(String),
    /// A file can't be written.
    #[error("{target} can't be written: {error}")]
    Output {
        /// The file, or standard output.
        target: String,
        /// Why not.
        error: io::Error,
    },
}
