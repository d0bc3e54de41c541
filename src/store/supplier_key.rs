//! The table `supplier_keys`.

use diesel::{ExpressionMethods as _, QueryDsl as _};
use diesel_async::RunQueryDsl as _;

use super::backend::on_backend;
use super::entity::entity;
use super::read::{Cells, ReadRow, Source, load};
use super::schema::supplier_keys;
use super::sql::{Sql, Value};
use super::{Conn, StoreResult, Transaction};
use crate::domain::{SealedBytes, Timestamp};

entity! {
    /// A key that a supplier's API is called with, sealed.
    SupplierKey: supplier_keys => SupplierKeyRow { SupplierKeyFields }
    {
        /// Whose API it is for.
        supplier_id: i64,
        /// Names the row for good: what the key is sealed for.
        identity: String,
        /// What people call it; unique among the supplier's live keys that are not rotated out.
        label: String,
        /// The key under its data key.
        ciphertext: SealedBytes,
        /// The data key under the master key.
        wrapped_key: SealedBytes,
        /// The name of the master key.
        master_key: String,
        /// The key's last four characters; `None` if it is too short to tell any.
        hint: Option<String>,
        /// Whether it may be used.
        is_active: bool,
        /// How much of the supplier's calls it gets, against its other keys.
        weight: i32,
        /// From when on it may no longer be used; `None` if it never ends.
        expires_at: Option<Timestamp>,
        /// When it was last used; `None` if it never was.
        last_used_at: Option<Timestamp>,
        /// When another took its place; `None` if none has.
        rotated_at: Option<Timestamp>,
    }
}

/// How many keys are under a master key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderMasterKey {
    /// The master key's name.
    pub master_key: String,
    /// Live keys.
    pub live: i64,
    /// Deleted keys, which can be restored.
    pub deleted: i64,
}

impl ReadRow for UnderMasterKey {
    fn read<'a, S: Source<'a>>(cells: &mut Cells<'_, S>) -> diesel::deserialize::Result<Self> {
        Ok(Self { master_key: cells.next()?, live: cells.next()?, deleted: cells.next()? })
    }
}

/// How many keys are under each master key, deleted ones included.
///
/// # Errors
/// If the database fails.
pub async fn under_master_keys(conn: &mut Conn) -> StoreResult<Vec<UnderMasterKey>> {
    let counted = "SELECT master_key, count(CASE WHEN deleted_at IS NULL THEN 1 END), count(deleted_at) \
                   FROM supplier_keys GROUP BY master_key ORDER BY master_key";
    load(conn, Sql::new(counted)).await
}

/// How many keys are under another master key than this, deleted ones included.
///
/// # Errors
/// If the database fails.
pub async fn count_not_under(conn: &mut Conn, master_key: String) -> StoreResult<i64> {
    let counted = Sql::new("SELECT count(*) FROM supplier_keys WHERE master_key <> ").bind(Value::Text(master_key));
    Ok(load(conn, counted).await?.pop().unwrap_or_default())
}

/// The first keys behind this id that are under another master key, deleted ones included.
///
/// # Errors
/// If the database fails.
pub async fn not_under(
    conn: &mut Conn,
    master_key: String,
    after: i64,
    limit: i64,
) -> StoreResult<Vec<SupplierKeyRow>> {
    let others = select().text(" WHERE master_key <> ").bind(Value::Text(master_key)).text(" AND id > ");
    load(conn, others.bind(Value::BigInt(after)).text(" ORDER BY id LIMIT ").bind(Value::BigInt(limit))).await
}

/// The first keys behind this id, deleted ones included.
///
/// # Errors
/// If the database fails.
pub async fn behind(conn: &mut Conn, after: i64, limit: i64) -> StoreResult<Vec<SupplierKeyRow>> {
    let behind = select().text(" WHERE id > ").bind(Value::BigInt(after));
    load(conn, behind.text(" ORDER BY id LIMIT ").bind(Value::BigInt(limit))).await
}

/// The live keys that are in use and end before this moment, or have ended, those first that end first.
///
/// # Errors
/// If the database fails.
pub async fn ending_before(conn: &mut Conn, before: Timestamp, limit: i64) -> StoreResult<Vec<SupplierKeyRow>> {
    let ending = select()
        .text(" WHERE deleted_at IS NULL AND rotated_at IS NULL AND is_active = ")
        .bind(Value::Bool(true))
        .text(" AND expires_at < ")
        .bind(Value::Timestamp(before));
    load(conn, ending.text(" ORDER BY expires_at, id LIMIT ").bind(Value::BigInt(limit))).await
}

fn select() -> Sql {
    Sql::new("SELECT ").columns::<supplier_keys::table>("").text(" FROM supplier_keys")
}

/// Puts a data key that was wrapped anew in the place of the one that it was made from; `false` if that is no longer there.
/// Nothing of what clients see of a key changes, so its version stays.
///
/// # Errors
/// If the database fails.
pub async fn rewrap(
    transaction: &mut Transaction,
    row: SupplierKeyRow,
    wrapped_key: SealedBytes,
    master_key: String,
) -> StoreResult<bool> {
    use supplier_keys::dsl;
    let same = dsl::supplier_keys.filter(dsl::id.eq(row.id)).filter(dsl::wrapped_key.eq(row.fields.wrapped_key));
    let update = diesel::update(same).set((dsl::wrapped_key.eq(wrapped_key), dsl::master_key.eq(master_key)));
    let changed: usize = on_backend!(transaction.conn(), |connection| update.execute(connection).await)?;
    Ok(changed == 1)
}
