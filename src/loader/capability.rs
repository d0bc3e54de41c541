//! What capabilities lead to.

use std::sync::Arc;

use super::batch::{ByArguments, Item, Linked};
use super::list::ListLoader;
use crate::store::Store;
use crate::store::capability::Capability;
use crate::store::model::Model;

/// The relations of a batch of capabilities.
#[derive(Default)]
pub struct CapabilityRelations {
    models: ByArguments<String, ListLoader<Model>>,
}

impl Linked for Capability {
    type Relations = CapabilityRelations;
}

impl Item<Capability> {
    /// The models of the batch's capabilities; `arguments` tells one list and window from another.
    pub fn models(
        &self,
        arguments: String,
        make: impl FnOnce(Store, Vec<i64>) -> ListLoader<Model>,
    ) -> Arc<ListLoader<Model>> {
        let batch = self.batch();
        batch.relations().models.entry(arguments, || make(batch.store().clone(), batch.ids()))
    }
}
