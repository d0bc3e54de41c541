//! What is read off a database.

use crate::Outcome;
use crate::shared::raw::Raw;

impl Raw<'_> {
    /// A whole number.
    pub fn number(&self, sql: &str) -> Outcome<i64> {
        let text = format!("SELECT CAST(({sql}) AS TEXT) AS value");
        Ok(self.texts(&text, &text)?.pop().ok_or("no number")?.parse()?)
    }

    /// A moment, in RFC 3339.
    pub fn moment(&self, sql: &str) -> Outcome<String> {
        let sqlite = format!("SELECT ({sql}) AS value");
        let postgres = format!("SELECT to_char(({sql}) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
        Ok(self.texts(&sqlite, &postgres)?.pop().ok_or("no moment")?)
    }

    /// The size of the history's tables and their indexes.
    pub fn history_bytes(&self) -> Outcome<i64> {
        let sqlite =
            "SELECT CAST(sum(pgsize) AS TEXT) AS value FROM dbstat WHERE name LIKE '%_history%' OR name LIKE 'change%'";
        let postgres = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' \
                        AND (relname LIKE '%_history' OR relname LIKE 'change%') AND relnamespace = 'public'::regnamespace";
        Ok(self.texts(sqlite, postgres)?.pop().ok_or("no size")?.parse()?)
    }
}
