//! The feed: every change of a row, in order.
//!
//! Writers wait for one another from their first change on, so numbers are in the order of commits: who has read all
//! changes up to a number misses none that comes later.

use super::read::{Cells, ReadRow, Source, load};
use super::sql::{Sql, Value};
use super::{Conn, StoreResult};
use crate::domain::{ChangeKind, ChangeOperation};

/// What there is to know of a registry's feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// The name that tells this registry's feed from any other's.
    pub registry: String,
    /// The last change whose history is no longer kept whole; 0 if there is none.
    pub purged: i64,
    /// The last change; 0 if there was none yet.
    pub last: i64,
}

/// A change of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRow {
    /// Its number: its place in the feed.
    pub id: i64,
    /// What it was made together with.
    pub change_set: i64,
    /// What it is of.
    pub kind: ChangeKind,
    /// The row's primary key.
    pub of_row: i64,
    /// The model that the row belongs to, or is; `None` for what belongs to no model.
    pub of_model: Option<i64>,
    /// What it does.
    pub operation: ChangeOperation,
}

/// Which changes of the feed are wanted: those that meet all that is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeFilter {
    /// Of these kinds.
    pub kinds: Option<Vec<ChangeKind>>,
    /// Of these rows; for a model also of what belongs to it.
    pub rows: Option<Vec<(ChangeKind, i64)>>,
    /// Of these suppliers, of the models they have or had, and of what belongs to those.
    pub suppliers: Option<Vec<i64>>,
}

impl ReadRow for Feed {
    fn read<'a, S: Source<'a>>(cells: &mut Cells<'_, S>) -> diesel::deserialize::Result<Self> {
        Ok(Self { registry: cells.next()?, purged: cells.next()?, last: cells.next()? })
    }
}

impl ReadRow for ChangeRow {
    fn read<'a, S: Source<'a>>(cells: &mut Cells<'_, S>) -> diesel::deserialize::Result<Self> {
        Ok(Self {
            id: cells.next()?,
            change_set: cells.next()?,
            kind: cells.next()?,
            of_row: cells.next()?,
            of_model: cells.next()?,
            operation: cells.next()?,
        })
    }
}

/// The columns of a [`ChangeRow`], in order.
pub(super) const COLUMNS: &str =
    "changes.id, changes.change_set, changes.kind, changes.of_row, changes.of_model, changes.operation";

impl ChangeFilter {
    pub(super) fn sql(&self) -> Sql {
        let mut conditions = vec![Sql::new("1 = 1")];
        if let Some(kinds) = &self.kinds {
            let names = kinds.iter().map(|kind| kind.as_str().to_owned()).collect();
            conditions.push(Sql::new("changes.kind").in_texts(names));
        }
        conditions.extend(self.rows.as_deref().map(of_rows));
        if let Some(suppliers) = &self.suppliers {
            let condition = Sql::new("((changes.kind = 'Supplier' AND changes.of_row")
                .in_ids(suppliers.clone())
                .text(") OR changes.of_model IN (SELECT id FROM models_history WHERE supplier_id")
                .in_ids(suppliers.clone())
                .text("))");
            conditions.push(condition);
        }
        Sql::default().join(" AND ", conditions)
    }
}

fn of_rows(rows: &[(ChangeKind, i64)]) -> Sql {
    let conditions = ChangeKind::ALL.iter().filter_map(|kind| {
        let ids: Vec<i64> = rows.iter().filter(|(of, _)| of == kind).map(|(_, id)| *id).collect();
        if ids.is_empty() {
            return None;
        }
        Some(match kind {
            ChangeKind::Model => Sql::new("changes.of_model").in_ids(ids),
            other => Sql::new("(changes.kind = ")
                .bind(Value::Text(other.as_str().to_owned()))
                .text(" AND changes.of_row")
                .in_ids(ids)
                .text(")"),
        })
    });
    Sql::new("(").join(" OR ", std::iter::once(Sql::new("1 = 0")).chain(conditions)).text(")")
}

/// What there is to know of the feed as it is now.
///
/// # Errors
/// If the database fails.
pub async fn feed(conn: &mut Conn) -> StoreResult<Option<Feed>> {
    let statement = Sql::new(
        "SELECT registry, purged, (SELECT coalesce(max(number), 0) FROM \
         (SELECT max(id) AS number FROM changes UNION ALL SELECT purged FROM change_feed) AS numbers) FROM change_feed",
    );
    Ok(load(conn, statement).await?.pop())
}

/// At most `limit` changes behind number `after` that meet `filter`, oldest first.
///
/// # Errors
/// If the database fails.
pub async fn changes_after(
    conn: &mut Conn,
    after: i64,
    filter: &ChangeFilter,
    limit: usize,
) -> StoreResult<Vec<ChangeRow>> {
    let statement = Sql::new("SELECT ")
        .text(COLUMNS)
        .text(" FROM changes WHERE changes.id > ")
        .bind(Value::BigInt(after))
        .text(" AND ")
        .push(filter.sql())
        .text(" ORDER BY changes.id LIMIT ")
        .bind(Value::BigInt(i64::try_from(limit).unwrap_or(i64::MAX)));
    load(conn, statement).await
}

/// The changes with these numbers, in no particular order.
///
/// # Errors
/// If the database fails.
pub async fn changes_numbered(conn: &mut Conn, numbers: Vec<i64>) -> StoreResult<Vec<ChangeRow>> {
    let statement = Sql::new("SELECT ").text(COLUMNS).text(" FROM changes WHERE changes.id").in_ids(numbers);
    load(conn, statement).await
}

/// The suppliers that these models have or had, as pairs of model and supplier.
///
/// # Errors
/// If the database fails.
pub async fn suppliers_of(conn: &mut Conn, models: Vec<i64>) -> StoreResult<Vec<(i64, i64)>> {
    load(conn, Sql::new("SELECT DISTINCT id, supplier_id FROM models_history WHERE id").in_ids(models)).await
}
