//! What must hold in a database at any time, asked row by row.
//!
//! Triggers, keys and transactions keep all of this. It is asked all the same after a crash or a restore, or when
//! somebody has worked on the database by other means.

mod history;
mod rules;

use super::dump::{dangling, foreign_keys, tables};
use super::read::load;
use super::sql::Sql;
use super::{Conn, StoreResult};

/// Something that doesn't hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What should hold, in a few words.
    pub rule: &'static str,
    /// Where it doesn't.
    pub what: String,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.rule, self.what)
    }
}

/// Finds what doesn't hold; up to a thousand rows of each kind. To be run in a snapshot.
///
/// # Errors
/// If the database fails.
pub async fn verify(conn: &mut Conn) -> StoreResult<Vec<Finding>> {
    let mut findings = rules::storage(conn).await?;
    for key in foreign_keys(conn).await? {
        let (table, target) = (key.table.as_str(), key.target.as_str());
        let missing = dangling(conn, &key).await?;
        let tell = |values| format!("{table} refers to {target} {values}, which isn't there");
        add(&mut findings, "every reference leads to a row", missing, tell);
    }
    let tables = tables(conn).await?;
    history::verify(conn, &tables, &mut findings).await?;
    rules::verify(conn, &mut findings).await?;
    Ok(findings)
}

/// Notes each of `rows` as `tell` tells it.
fn add(findings: &mut Vec<Finding>, rule: &'static str, rows: Vec<String>, tell: impl Fn(String) -> String) {
    findings.extend(rows.into_iter().map(|row| Finding { rule, what: tell(row) }));
}

/// The texts that a statement selects.
async fn texts(conn: &mut Conn, sql: Sql) -> StoreResult<Vec<String>> {
    load(conn, sql).await
}
