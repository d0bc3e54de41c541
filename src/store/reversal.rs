//! Bringing rows back to states that they were in, any number in one statement a table.

use super::read::{Cells, ReadRow, Source, load};
use super::rows::execute;
use super::schema::Columns as _;
use super::sql::{Sql, Value};
use super::state::{LASTING, State, history_table, of_kind, states_around};
use super::{Conn, Entity, StoreResult, Transaction};
use crate::domain::{ChangeKind, Timestamp};

/// Two states of a row that are to be told apart, and the one it is in, each by the change that made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// The row's primary key.
    pub row: i64,
    /// The state to go back to; `None` if there was no row.
    pub was: Option<i64>,
    /// Whether it was live in that state.
    pub was_live: bool,
    /// The state that is to be undone; `None` if it left no row.
    pub became: Option<i64>,
    /// Whether it was live in that one.
    pub became_live: bool,
    /// The state it is in; `None` if the row is gone for good.
    pub is: Option<i64>,
    /// Whether it is live.
    pub is_live: bool,
}

impl ReadRow for Places {
    fn read<'a, S: Source<'a>>(cells: &mut Cells<'_, S>) -> diesel::deserialize::Result<Self> {
        Ok(Self {
            row: cells.next()?,
            was: cells.next()?,
            was_live: cells.next()?,
            became: cells.next()?,
            became_live: cells.next()?,
            is: cells.next()?,
            is_live: cells.next()?,
        })
    }
}

const PLACES: &str = "SELECT touched.id, was.since, (was.since IS NOT NULL AND was.deleted_at IS NULL), \
     became.since, (became.since IS NOT NULL AND became.deleted_at IS NULL), \
     at_last.since, (at_last.since IS NOT NULL AND at_last.deleted_at IS NULL) FROM (";

/// The rows of this kind that a change set changed, by id: before it, after it, and now.
///
/// # Errors
/// If the database fails.
pub async fn places_around(conn: &mut Conn, kind: ChangeKind, change_set: i64) -> StoreResult<Vec<Places>> {
    let history = history_table(kind);
    let touched =
        "SELECT of_row AS id, min(id) AS first_change, max(id) AS last_change FROM changes WHERE change_set = ";
    let statement = Sql::new(PLACES)
        .text(touched)
        .bind(Value::BigInt(change_set))
        .text(" AND kind = ")
        .bind(Value::Text(kind.as_str().to_owned()))
        .text(" GROUP BY of_row) AS touched LEFT JOIN ")
        .text(history)
        .text(" AS was ON was.id = touched.id AND was.until = touched.first_change LEFT JOIN ")
        .text(history)
        .text(" AS became ON became.since = touched.last_change LEFT JOIN ")
        .push(lasting(history));
    load(conn, statement).await
}

/// The rows of this kind that belong, or ever belonged, to a model (or the model itself), by id: as of `cut`, and now.
///
/// # Errors
/// If the database fails.
pub async fn places_at(conn: &mut Conn, kind: ChangeKind, model: i64, cut: i64) -> StoreResult<Vec<Places>> {
    let history = history_table(kind);
    let owner = if kind == ChangeKind::Model { "id" } else { "model_id" };
    let statement = Sql::new(PLACES)
        .text("SELECT DISTINCT id FROM ")
        .text(history)
        .text(" WHERE ")
        .text(owner)
        .text(" = ")
        .bind(Value::BigInt(model))
        .text(") AS touched LEFT JOIN ")
        .text(history)
        .text(" AS was ON was.id = touched.id AND was.since <= ")
        .bind(Value::BigInt(cut))
        .text(" AND was.until > ")
        .bind(Value::BigInt(cut))
        .text(" LEFT JOIN ")
        .text(history)
        .text(" AS became ON became.since = was.since LEFT JOIN ")
        .push(lasting(history));
    load(conn, statement).await
}

fn lasting(history: &'static str) -> Sql {
    Sql::new(history)
        .text(" AS at_last ON at_last.id = touched.id AND at_last.until = ")
        .bind(Value::BigInt(LASTING))
        .text(" ORDER BY touched.id")
}

/// The states that these changes made.
///
/// # Errors
/// If the database fails.
pub async fn states_since(conn: &mut Conn, kind: ChangeKind, since: Vec<i64>) -> StoreResult<Vec<State>> {
    states_around(conn, kind, Vec::new(), since).await
}

/// The columns of this kind of row that say something of it: all but its id, times and version.
pub fn content(kind: ChangeKind) -> &'static [&'static str] {
    let columns = of_kind!(kind, Table => <Table as Entity>::Table::COLUMNS);
    // Every table has its id first and its times and version last.
    columns.get(1..columns.len().saturating_sub(4)).unwrap_or_default()
}

/// Gives rows these columns' values of the states that these changes made; `alive`: a row that was live then and is deleted
/// comes back too. Returns how many rows there were.
///
/// # Errors
/// If the database fails; [`super::StoreError::Duplicate`] if a live row has the key of one of them.
pub async fn go_back(
    transaction: &mut Transaction,
    kind: ChangeKind,
    columns: &[&'static str],
    alive: bool,
    since: Vec<i64>,
    now: Timestamp,
) -> StoreResult<usize> {
    let qualifier = of_kind!(kind, Table => <Table as Entity>::Table::QUALIFIER);
    let (table, history) = tables(kind);
    let assignments = columns.iter().map(|column| Sql::new(", ").text(column).text(" = state.").text(column));
    let update = Sql::new("UPDATE ")
        .text(table)
        .text(" SET version = ")
        .text(qualifier)
        .text("version + 1, updated_at = ")
        .bind(Value::Timestamp(now));
    let update = if alive {
        update
            .text(", deleted_at = CASE WHEN state.deleted_at IS NULL THEN NULL ELSE ")
            .text(qualifier)
            .text("deleted_at END")
    } else {
        update
    };
    let update = update
        .join("", assignments)
        .text(" FROM ")
        .text(history)
        .text(" AS state WHERE state.id = ")
        .text(qualifier)
        .text("id AND state.since")
        .in_ids(since)
        // The text depends on the columns, of which there are more combinations than statements to keep.
        .one_off();
    execute(transaction, update).await
}

/// Takes the default away from models that lose it when they go back to these states, for those that get it: no moment may
/// have two. Their versions stay; the update that follows counts.
///
/// # Errors
/// If the database fails.
pub async fn release_defaults(transaction: &mut Transaction, since: Vec<i64>) -> StoreResult<usize> {
    let update = Sql::new("UPDATE models SET is_default = ")
        .bind(Value::Bool(false))
        .text(" WHERE is_default AND id IN (SELECT state.id FROM models_history AS state WHERE NOT state.is_default AND state.since")
        .in_ids(since)
        .text(")");
    execute(transaction, update).await
}

/// The tables of rows of this kind and of their states.
pub(super) fn tables(kind: ChangeKind) -> (&'static str, &'static str) {
    of_kind!(kind, Table => (<Table as Entity>::Table::TABLE, <Table as Entity>::Table::HISTORY))
}

/// Marks live rows of this kind as deleted at `now`; returns how many there were.
///
/// # Errors
/// If the database fails.
pub async fn delete(
    transaction: &mut Transaction,
    kind: ChangeKind,
    rows: Vec<i64>,
    now: Timestamp,
) -> StoreResult<usize> {
    if rows.is_empty() {
        return Ok(0);
    }
    of_kind!(kind, Table => super::rows::delete::<Table>(transaction, super::rows::ids(rows), now).await)
}

/// The numbers of the first and the last change of a change set; `None` if it has no changes, or doesn't exist.
///
/// # Errors
/// If the database fails.
pub async fn extent(conn: &mut Conn, change_set: i64) -> StoreResult<Option<(i64, i64)>> {
    let statement = Sql::new("SELECT min(id), max(id) FROM changes WHERE change_set = ")
        .bind(Value::BigInt(change_set))
        .text(" GROUP BY change_set");
    Ok(load(conn, statement).await?.pop())
}

/// The last change whose history is no longer kept whole; 0 if all of it is.
///
/// # Errors
/// If the database fails.
pub async fn purged(conn: &mut Conn) -> StoreResult<i64> {
    Ok(load(conn, Sql::new("SELECT purged FROM change_feed")).await?.pop().unwrap_or_default())
}
