//! Why a catalogue file can't be read.

use thiserror::Error;

/// A file, or a record of it, can't be taken.
#[derive(Debug, Error)]
pub enum ReadError {
    /// Not JSON, or cut off.
    #[error("line {line}, column {column}: {message}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong there.
        message: String,
    },
    /// JSON, but not of this format.
    #[error("this is no {format} file: {reason}")]
    Format {
        /// Name of the format that was asked for.
        format: &'static str,
        /// What is missing or unexpected.
        reason: String,
    },
    /// It can't be read from where it is.
    #[error("the file can't be read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// It is read twice, and was not the same.
    #[error("the file changed while it was read; import it again")]
    Changed,
    /// A value that can't be taken.
    #[error("{path}: {message}")]
    Record {
        /// Where the value stands in the file: keys and indices with dots between them.
        path: String,
        /// What is wrong with it and what would be right.
        message: String,
    },
}

impl ReadError {
    /// A value at `path` that can't be taken.
    pub fn record(path: impl Into<String>, message: impl ToString) -> Self {
        Self::Record { path: path.into(), message: message.to_string() }
    }
}
