//! What stands in the way of bringing rows back: what no index keeps, and what one would keep without saying which row.

use super::read::load;
use super::reversal::tables;
use super::sql::Sql;
use super::{Conn, StoreResult};
use crate::domain::ChangeKind;

/// Why a row can't be brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Obstacle {
    /// A live row has its key, or its name.
    Taken,
    /// Another model is the default of its type and sub-type.
    DefaultTaken,
    /// It points to a row that was removed for good.
    Gone,
    /// It points to a deleted row.
    Deleted,
    /// Live rows point to it, which is to be deleted.
    InUse,
    /// A price of the same thing holds in its time.
    Overlap,
    /// Its model has as many rows of the kind as it may have.
    TooMany,
    /// It leads back to itself, or its path is no longer that of its place.
    Misplaced,
}

/// Which two rows can't both be live: conditions on `state` and `other`.
const fn same_key(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Supplier | ChangeKind::Capability => "other.name = state.name",
        ChangeKind::Model => "other.supplier_id = state.supplier_id AND other.name = state.name",
        ChangeKind::ModelAlias => "other.supplier_id = state.supplier_id AND other.alias = state.alias",
        ChangeKind::ModelParameter => "other.model_id = state.model_id AND other.parameter_name = state.parameter_name",
        ChangeKind::ModelCapability => "other.model_id = state.model_id AND other.capability_id = state.capability_id",
        ChangeKind::Category => "other.path = state.path",
        ChangeKind::ModelCategory => "other.model_id = state.model_id AND other.category_id = state.category_id",
        ChangeKind::ModelPrice => {
            "other.model_id = state.model_id AND other.component = state.component \
             AND other.service_mode = state.service_mode AND other.min_context_tokens = state.min_context_tokens \
             AND other.currency = state.currency AND (other.valid_from = state.valid_from \
             OR (other.valid_from IS NULL AND state.valid_from IS NULL))"
        }
        ChangeKind::ModelVersion => "other.model_id = state.model_id AND other.label = state.label",
        ChangeKind::ModelPointer => "other.model_id = state.model_id AND other.name = state.name",
    }
}

/// The columns that point to other rows, and the tables that they point to.
const fn references(kind: ChangeKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        ChangeKind::Supplier | ChangeKind::Capability => &[],
        ChangeKind::Model => &[("supplier_id", "suppliers"), (SUCCESSOR, "models")],
        ChangeKind::ModelAlias | ChangeKind::ModelParameter | ChangeKind::ModelPrice | ChangeKind::ModelVersion => {
            &[("model_id", "models")]
        }
        ChangeKind::ModelCapability => &[("model_id", "models"), ("capability_id", "capabilities")],
        ChangeKind::Category => &[("parent_id", "model_categories")],
        ChangeKind::ModelCategory => &[("model_id", "models"), ("category_id", "model_categories")],
        ChangeKind::ModelPointer => &[("model_id", "models"), ("model_version_id", "model_versions")],
    }
}

/// The one reference that may be to a deleted row.
const SUCCESSOR: &str = "successor_id";

/// The tables and columns that point to rows of this kind.
const fn dependents(kind: ChangeKind) -> &'static [(&'static str, &'static str)] {
    match kind {
        ChangeKind::Supplier => &[("models", "supplier_id")],
        ChangeKind::Model => &[
            ("model_aliases", "model_id"),
            ("model_parameters", "model_id"),
            ("model_capability_associations", "model_id"),
            ("model_category_associations", "model_id"),
            ("model_prices", "model_id"),
            ("model_versions", "model_id"),
            ("model_pointers", "model_id"),
        ],
        ChangeKind::Capability => &[("model_capability_associations", "capability_id")],
        ChangeKind::Category => &[("model_categories", "parent_id"), ("model_category_associations", "category_id")],
        ChangeKind::ModelVersion => &[("model_pointers", "model_version_id")],
        _ => &[],
    }
}

/// The rows whose key in the states that these changes made is that of a live row which doesn't change too.
///
/// # Errors
/// If the database fails.
pub async fn taken(conn: &mut Conn, kind: ChangeKind, since: &[i64]) -> StoreResult<Vec<(i64, Obstacle)>> {
    let mut found = beside(conn, kind, same_key(kind), since, Obstacle::Taken).await?;
    if kind == ChangeKind::Model {
        let default = "other.is_default AND state.is_default AND other.model_type = state.model_type \
             AND coalesce(other.sub_type, '') = coalesce(state.sub_type, '')";
        found.extend(beside(conn, kind, default, since, Obstacle::DefaultTaken).await?);
    }
    Ok(found)
}

async fn beside(
    conn: &mut Conn,
    kind: ChangeKind,
    condition: &'static str,
    since: &[i64],
    obstacle: Obstacle,
) -> StoreResult<Vec<(i64, Obstacle)>> {
    let (table, history) = tables(kind);
    // Put down first: a planner without statistics would search the list of numbers for every pair.
    let statement = Sql::new("WITH moving AS MATERIALIZED (SELECT * FROM ")
        .text(history)
        .text(" WHERE since")
        .in_ids(since.to_vec())
        .text(") SELECT DISTINCT state.id FROM moving AS state JOIN ")
        .text(table)
        .text(" AS other ON ")
        .text(condition)
        .text(" WHERE state.deleted_at IS NULL AND other.deleted_at IS NULL AND other.id <> state.id")
        .text(" AND NOT EXISTS (SELECT 1 FROM moving WHERE moving.id = other.id)");
    named(conn, statement, obstacle).await
}

async fn named(conn: &mut Conn, statement: Sql, obstacle: Obstacle) -> StoreResult<Vec<(i64, Obstacle)>> {
    let ids: Vec<i64> = load(conn, statement).await?;
    Ok(ids.into_iter().map(|id| (id, obstacle)).collect())
}

/// The rows that in the states that these changes made point to rows which were removed for good since.
///
/// # Errors
/// If the database fails.
pub async fn pointing_nowhere(conn: &mut Conn, kind: ChangeKind, since: &[i64]) -> StoreResult<Vec<(i64, Obstacle)>> {
    let (_, history) = tables(kind);
    let mut found = Vec::new();
    for (column, table) in references(kind) {
        let statement = Sql::new("SELECT state.id FROM ")
            .text(history)
            .text(" AS state WHERE state.since")
            .in_ids(since.to_vec())
            .text(" AND state.")
            .text(column)
            .text(" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ")
            .text(table)
            .text(" AS other WHERE other.id = state.")
            .text(column)
            .text(")");
        found.extend(named(conn, statement, Obstacle::Gone).await?);
    }
    Ok(found)
}

/// The live rows among these that point to deleted ones.
///
/// # Errors
/// If the database fails.
pub async fn pointing_to_deleted(conn: &mut Conn, kind: ChangeKind, rows: &[i64]) -> StoreResult<Vec<(i64, Obstacle)>> {
    let (own, _) = tables(kind);
    let mut found = Vec::new();
    for (column, table) in references(kind).iter().filter(|(column, _)| *column != SUCCESSOR) {
        let statement = Sql::new("SELECT own.id FROM ")
            .text(own)
            .text(" AS own JOIN ")
            .text(table)
            .text(" AS other ON other.id = own.")
            .text(column)
            .text(" WHERE own.deleted_at IS NULL AND other.deleted_at IS NOT NULL AND own.id")
            .in_ids(rows.to_vec());
        found.extend(named(conn, statement, Obstacle::Deleted).await?);
    }
    Ok(found)
}

/// The rows among these, which are deleted by now, that live rows point to.
///
/// # Errors
/// If the database fails.
pub async fn still_in_use(conn: &mut Conn, kind: ChangeKind, rows: &[i64]) -> StoreResult<Vec<(i64, Obstacle)>> {
    let (own, _) = tables(kind);
    let mut found = Vec::new();
    for (table, column) in dependents(kind) {
        let statement = Sql::new("SELECT own.id FROM ")
            .text(own)
            .text(" AS own WHERE own.id")
            .in_ids(rows.to_vec())
            .text(" AND EXISTS (SELECT 1 FROM ")
            .text(table)
            .text(" AS other WHERE other.deleted_at IS NULL AND other.")
            .text(column)
            .text(" = own.id)");
        found.extend(named(conn, statement, Obstacle::InUse).await?);
    }
    Ok(found)
}

/// The live rows among these that break a rule which no index keeps.
///
/// # Errors
/// If the database fails.
pub async fn against_rules(
    conn: &mut Conn,
    kind: ChangeKind,
    rows: &[i64],
    most: Option<i64>,
) -> StoreResult<Vec<(i64, Obstacle)>> {
    let mut found = Vec::new();
    let named_otherwise = " JOIN model_aliases AS alias ON alias.supplier_id = model.supplier_id \
         AND alias.alias = model.name WHERE model.deleted_at IS NULL AND alias.deleted_at IS NULL AND ";
    let rule = match kind {
        ChangeKind::Model => Some((
            Sql::new("SELECT model.id FROM models AS model").text(named_otherwise).text("model.id"),
            Obstacle::Taken,
        )),
        ChangeKind::ModelAlias => Some((
            Sql::new("SELECT alias.id FROM models AS model").text(named_otherwise).text("alias.id"),
            Obstacle::Taken,
        )),
        ChangeKind::ModelPrice => Some((Sql::new(OVERLAPPING), Obstacle::Overlap)),
        _ => None,
    };
    if let Some((statement, obstacle)) = rule {
        found.extend(named(conn, statement.in_ids(rows.to_vec()), obstacle).await?);
    }
    if let Some(most) = most {
        found.extend(too_many(conn, kind, rows, most).await?);
    }
    Ok(found)
}

const OVERLAPPING: &str = "SELECT DISTINCT price.id FROM model_prices AS price JOIN model_prices AS other \
     ON other.model_id = price.model_id AND other.id <> price.id AND other.component = price.component \
     AND other.service_mode = price.service_mode AND other.min_context_tokens = price.min_context_tokens \
     AND other.currency = price.currency \
     AND (price.valid_from IS NULL OR other.valid_until IS NULL OR price.valid_from < other.valid_until) \
     AND (other.valid_from IS NULL OR price.valid_until IS NULL OR other.valid_from < price.valid_until) \
     WHERE price.deleted_at IS NULL AND other.deleted_at IS NULL AND price.id";

async fn too_many(conn: &mut Conn, kind: ChangeKind, rows: &[i64], most: i64) -> StoreResult<Vec<(i64, Obstacle)>> {
    let (own, _) = tables(kind);
    let statement = Sql::new("SELECT own.id FROM ")
        .text(own)
        .text(" AS own WHERE own.id")
        .in_ids(rows.to_vec())
        .text(" AND own.deleted_at IS NULL AND own.model_id IN (SELECT model_id FROM ")
        .text(own)
        .text(" WHERE deleted_at IS NULL AND model_id IN (SELECT model_id FROM ")
        .text(own)
        .text(" WHERE id")
        .in_ids(rows.to_vec())
        .text(") GROUP BY model_id HAVING count(*) > ")
        .bind(super::sql::Value::BigInt(most))
        .text(")");
    named(conn, statement, Obstacle::TooMany).await
}

/// The live categories whose path isn't that of their place, and the ones above them.
///
/// # Errors
/// If the database fails.
pub async fn misplaced_categories(conn: &mut Conn) -> StoreResult<Vec<(i64, Option<i64>)>> {
    let statement = Sql::new(
        "SELECT own.id, own.parent_id FROM model_categories AS own LEFT JOIN model_categories AS above \
         ON above.id = own.parent_id WHERE own.deleted_at IS NULL AND own.path <> \
         (CASE WHEN above.id IS NULL THEN own.name ELSE above.path || '/' || own.name END)",
    );
    load(conn, statement).await
}

/// Every live model that has a successor, with that.
///
/// # Errors
/// If the database fails.
pub async fn successors(conn: &mut Conn) -> StoreResult<Vec<(i64, i64)>> {
    let statement =
        Sql::new("SELECT id, successor_id FROM models WHERE deleted_at IS NULL AND successor_id IS NOT NULL");
    load(conn, statement).await
}
