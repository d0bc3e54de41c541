//! Keys go with their supplier, and come back with it: those that went at the same moment.

use crate::domain::Timestamp;
use crate::registry::key_audit::{KeyAction, record_all};
use crate::registry::write::points_to;
use crate::store::predicate::Predicate;
use crate::store::rows::{by_ids, delete, deleted_at, ids, live, restore, rows};
use crate::store::schema::fields::supplier_keys;
use crate::store::supplier::{Supplier, SupplierRow};
use crate::store::supplier_key::{SupplierKey, SupplierKeyRow};
use crate::store::{StoreResult, Transaction};

/// Deletes the live keys of a supplier that is deleted at `now`.
///
/// # Errors
/// If the database fails.
pub async fn delete_of(transaction: &mut Transaction, supplier: i64, now: Timestamp) -> StoreResult<()> {
    delete_of_all(transaction, vec![supplier], now).await
}

async fn delete_of_all(transaction: &mut Transaction, suppliers: Vec<i64>, now: Timestamp) -> StoreResult<()> {
    let own = Predicate::all([live(), Predicate::id_in(supplier_keys::supplier_id(), suppliers)]);
    let going = rows::<SupplierKey>(transaction.conn(), own, &[]).await?;
    if going.is_empty() {
        return Ok(());
    }
    delete::<SupplierKey>(transaction, ids(ids_of(&going)), now).await?;
    record_all(transaction, KeyAction::Delete, &going).await
}

/// Restores the keys that were deleted with a supplier at `moment`.
///
/// # Errors
/// If the database fails.
pub async fn restore_of(
    transaction: &mut Transaction,
    supplier: i64,
    moment: Timestamp,
    now: Timestamp,
) -> StoreResult<()> {
    let together = Predicate::all([deleted_at(moment), points_to(supplier_keys::supplier_id(), supplier)]);
    let coming = rows::<SupplierKey>(transaction.conn(), together, &[]).await?;
    if coming.is_empty() {
        return Ok(());
    }
    restore::<SupplierKey>(transaction, ids(ids_of(&coming)), now).await?;
    record_all(transaction, KeyAction::Restore, &coming).await
}

/// Does both for suppliers that were brought back to what they were, `before` being what they were until then.
///
/// # Errors
/// If the database fails.
pub async fn follow(transaction: &mut Transaction, before: &[SupplierRow], now: Timestamp) -> StoreResult<()> {
    let after = by_ids::<Supplier>(transaction.conn(), before.iter().map(|row| row.id).collect()).await?;
    for was in before {
        let is = after.iter().find(|row| row.id == was.id);
        if let (Some(moment), true) = (was.deleted_at, is.is_some_and(|row| row.deleted_at.is_none())) {
            restore_of(transaction, was.id, moment, now).await?;
        }
    }
    let gone = after.iter().filter(|row| row.deleted_at.is_some()).map(|row| row.id).collect();
    delete_of_all(transaction, gone, now).await
}

fn ids_of(keys: &[SupplierKeyRow]) -> Vec<i64> {
    keys.iter().map(|key| key.id).collect()
}
