//! What suppliers lead to.

use std::collections::HashMap;
use std::sync::Arc;

use super::batch::{ByArguments, Item, Linked, Relation};
use super::list::ListLoader;
use super::supplier_key::keys_of;
use crate::store::model::Model;
use crate::store::supplier::Supplier;
use crate::store::supplier_key::SupplierKey;
use crate::store::{Store, StoreResult};

/// The relations of a batch of suppliers.
#[derive(Default)]
pub struct SupplierRelations {
    models: ByArguments<String, ListLoader<Model>>,
    keys: Relation<HashMap<i64, Vec<Item<SupplierKey>>>>,
}

impl Linked for Supplier {
    type Relations = SupplierRelations;
}

impl Item<Supplier> {
    /// The supplier's live keys; `None` as of the past, which has none.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn keys(&self) -> StoreResult<Option<Vec<Item<SupplierKey>>>> {
        let batch = self.batch();
        if batch.store().moment().is_some() {
            return Ok(None);
        }
        let keys = batch.relations().keys.get(|| keys_of(batch.store(), batch.ids())).await?;
        Ok(Some(keys.get(&self.id).cloned().unwrap_or_default()))
    }

    /// The models of the batch's suppliers; `arguments` tells one list and window from another.
    pub fn models(
        &self,
        arguments: String,
        make: impl FnOnce(Store, Vec<i64>) -> ListLoader<Model>,
    ) -> Arc<ListLoader<Model>> {
        let batch = self.batch();
        batch.relations().models.entry(arguments, || make(batch.store().clone(), batch.ids()))
    }
}
