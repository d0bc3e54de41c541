//! What suppliers lead to.

use std::sync::Arc;

use super::batch::{ByArguments, Item, Linked};
use super::list::ListLoader;
use crate::store::Store;
use crate::store::model::Model;
use crate::store::supplier::Supplier;

/// The relations of a batch of suppliers.
#[derive(Default)]
pub struct SupplierRelations {
    models: ByArguments<String, ListLoader<Model>>,
}

impl Linked for Supplier {
    type Relations = SupplierRelations;
}

impl Item<Supplier> {
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
