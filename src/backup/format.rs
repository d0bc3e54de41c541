//! What the lines of a backup are, and its checksums.

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::domain::Timestamp;

/// What the first line calls the file.
pub(super) const FORMAT: &str = "modelry-backup";
/// The version of the format.
pub(super) const VERSION: u32 = 1;
/// The longest line there may be, in bytes with its line feed: no row comes near, and whoever reads has to hold one.
pub(super) const LONGEST_LINE: u64 = 1 << 26;
/// How the line that begins a table begins.
pub(super) const TABLE: &str = "{\"table\":";
/// How a row begins.
pub(super) const ROW: &str = "[";

/// The first line: what the file is, and of what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Always `modelry-backup`.
    pub format: String,
    /// The version of the format.
    pub version: u32,
    /// The last migration that the database had.
    pub schema: String,
    /// The name of the registry's feed of changes.
    pub registry: String,
    /// The moment of the backup.
    pub made_at: Timestamp,
    /// The version of Modelry that wrote it.
    pub modelry: String,
}

/// The line that begins a table; its rows follow, each a list in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableHeader {
    /// The table's name.
    pub table: String,
    /// Its columns, in the order of the rows' values.
    pub columns: Vec<String>,
    /// The last id that was given to a row; 0 if none was.
    pub last_id: i64,
}

/// A table in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSum {
    /// The table's name.
    pub table: String,
    /// How many rows it has.
    pub rows: u64,
    /// SHA-256 of its rows' lines, each with its line feed, in hexadecimal.
    pub sha256: String,
}

/// The last line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trailer {
    /// The tables, in the file's order.
    pub tables: Vec<TableSum>,
    /// SHA-256 of all lines before this one, each with its line feed, in hexadecimal.
    pub sha256: String,
}

impl Trailer {
    /// How many rows there are in all.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }
}

/// A SHA-256 of lines.
#[derive(Clone, Default)]
pub(super) struct Sum {
    digest: Sha256,
    lines: u64,
}

impl Sum {
    /// Takes in a line, which is given without its line feed.
    pub(super) fn add(&mut self, line: &str) {
        self.digest.update(line.as_bytes());
        self.digest.update(b"\n");
        self.lines += 1;
    }

    /// The digest, in hexadecimal.
    pub(super) fn finish(self) -> String {
        HEXLOWER.encode(&self.digest.finalize())
    }

    /// The sum of a table with these rows.
    pub(super) fn of_table(self, table: &str) -> TableSum {
        TableSum { table: table.to_owned(), rows: self.lines, sha256: self.finish() }
    }
}
