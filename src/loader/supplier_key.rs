//! What keys of suppliers lead to, and from suppliers to them.

use std::collections::HashMap;

use super::batch::{Batch, Item, Linked, Relation, distinct, group_by};
use super::related::items_by_ids;
use crate::store::predicate::Predicate;
use crate::store::rows::{live, rows};
use crate::store::schema::fields::supplier_keys;
use crate::store::supplier::Supplier;
use crate::store::supplier_key::SupplierKey;
use crate::store::{Store, StoreResult};

/// The relations of a batch of keys.
#[derive(Default)]
pub struct SupplierKeyRelations {
    supplier: Relation<HashMap<i64, Item<Supplier>>>,
}

impl Linked for SupplierKey {
    type Relations = SupplierKeyRelations;
}

impl Item<SupplierKey> {
    /// Whose API the key is for.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn supplier(&self) -> StoreResult<Option<Item<Supplier>>> {
        let batch = self.batch();
        let ids = || distinct(batch.rows().iter().map(|row| row.supplier_id));
        let suppliers = batch.relations().supplier.get(|| items_by_ids(batch.store(), ids())).await?;
        Ok(suppliers.get(&self.supplier_id).cloned())
    }
}

/// The live keys of each of these suppliers, by label, the older first.
pub(super) async fn keys_of(store: &Store, suppliers: Vec<i64>) -> StoreResult<HashMap<i64, Vec<Item<SupplierKey>>>> {
    let own = Predicate::all([live(), Predicate::id_in(supplier_keys::supplier_id(), suppliers)]);
    let order = [supplier_keys::label(), supplier_keys::id()];
    let found = store.read(move |conn| Box::pin(async move { rows::<SupplierKey>(conn, own, &order).await })).await?;
    Ok(group_by(Batch::<SupplierKey>::items(store, found), |item| item.supplier_id))
}
