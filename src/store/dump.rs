//! The database's tables as they are, all of them and to the last digit: what a backup is made of.
//!
//! Which tables there are is asked of the database itself, so that a new one can't be forgotten. Their names are the only
//! text in the statements that isn't part of the program ([`super::sql::Name`]).

mod catalogue;
mod cell;
mod refill;
mod rows;

pub use catalogue::{ForeignKey, foreign_keys, last_migration, tables};
pub use cell::Cell;
pub use refill::Refill;
pub(super) use refill::dangling;
pub use rows::{Batch, batch};

use super::StoreError;
use super::sql::{Name, Sql};

/// Tables that hold nothing of their own: they are made anew from others. (On SQLite what search keeps is a virtual table
/// with its own machinery, which the catalogue tells apart by itself.)
pub const DERIVED: &[&str] = &["model_search"];

/// Tables to which a migration gives a row: a database in which nothing else is counts as empty.
pub const SEEDED: &[&str] = &["access_state", "change_feed"];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole number of up to 64 bits.
    Int,
    /// True or false.
    Bool,
    /// A number of double precision.
    Float,
    /// Text.
    Text,
    /// A day.
    Date,
    /// A moment.
    Time,
    /// JSON, kept as it is written.
    Json,
    /// Bytes.
    Bytes,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: Name,
    /// What it holds.
    pub kind: Kind,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: Name,
    /// Its columns, in their order.
    pub columns: Vec<Column>,
    /// Where the columns of its primary key stand among them, in the key's order.
    pub key: Vec<usize>,
    /// The last id that the database gave a row of it, whether the row is still there or not; 0 if it gives none.
    pub last_id: i64,
}

impl Kind {
    /// What a column of this declared type holds; `None` for a type that no table has so far.
    pub(super) fn of_type(declared: &str) -> Option<Self> {
        Some(match declared {
            "integer" | "bigint" => Self::Int,
            "boolean" => Self::Bool,
            "double" | "double precision" => Self::Float,
            "text" => Self::Text,
            "date" => Self::Date,
            "timestamp with time zone" => Self::Time,
            "json" => Self::Json,
            "blob" | "bytea" => Self::Bytes,
            _ => return None,
        })
    }
}

impl Column {
    /// The column's value in the same form on both databases.
    pub(super) fn canonical(&self) -> Sql {
        let column = || Sql::new("").name(&self.name);
        // Infinite days and moments have no form of this kind.
        let formatted = |format: Sql| {
            Sql::new("CASE WHEN isfinite(")
                .push(column())
                .text(") THEN to_char(")
                .push(format)
                .text(") ELSE CAST(")
                .push(column())
                .text(" AS TEXT) END")
        };
        let postgres = match self.kind {
            Kind::Bool | Kind::Bytes => column(),
            Kind::Int => Sql::new("CAST(").push(column()).text(" AS BIGINT)"),
            Kind::Float => Sql::new("CAST(").push(column()).text(" AS DOUBLE PRECISION)"),
            Kind::Text | Kind::Json => Sql::new("CAST(").push(column()).text(" AS TEXT)"),
            Kind::Date => formatted(column().text(", 'YYYY-MM-DD'")),
            Kind::Time => formatted(column().text(" AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'")),
        };
        Sql::by_database(column(), postgres)
    }
}

impl Table {
    /// The names of its columns.
    pub fn column_names(&self) -> Vec<&str> {
        self.columns.iter().map(|column| column.name.as_str()).collect()
    }

    /// The columns of its primary key.
    pub(super) fn key_columns(&self) -> impl Iterator<Item = &Column> {
        self.key.iter().filter_map(|&at| self.columns.get(at))
    }
}

/// What the database has that this program can't take.
fn odd(what: String) -> StoreError {
    StoreError::Unsupported(what)
}
