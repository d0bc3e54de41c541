//! What versions of models, and the pointers to them, lead to.

use std::collections::HashMap;
use std::sync::Arc;

use super::batch::{Batch, Item, Linked, Relation, distinct, group_by};
use super::related::items_by_ids;
use crate::store::model::Model;
use crate::store::model_pointer::ModelPointer;
use crate::store::model_state::{ModelAt, ModelState, model_states};
use crate::store::model_version::ModelVersion;
use crate::store::predicate::Predicate;
use crate::store::rows::rows;
use crate::store::schema::fields::{model_pointers, model_versions};
use crate::store::{Store, StoreResult};

/// The relations of a batch of versions.
#[derive(Default)]
pub struct ModelVersionRelations {
    model: Relation<HashMap<i64, Item<Model>>>,
    pointers: Relation<HashMap<i64, Vec<Item<ModelPointer>>>>,
    content: Relation<HashMap<ModelAt, Arc<ModelState>>>,
}

impl Linked for ModelVersion {
    type Relations = ModelVersionRelations;
}

/// The relations of a batch of pointers.
#[derive(Default)]
pub struct ModelPointerRelations {
    model: Relation<HashMap<i64, Item<Model>>>,
    model_version: Relation<HashMap<i64, Item<ModelVersion>>>,
}

impl Linked for ModelPointer {
    type Relations = ModelPointerRelations;
}

impl Item<ModelVersion> {
    /// Whose version it is.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn model(&self) -> StoreResult<Option<Item<Model>>> {
        let batch = self.batch();
        let ids = || distinct(batch.rows().iter().map(|row| row.model_id));
        let models = batch.relations().model.get(|| items_by_ids(batch.store(), ids())).await?;
        Ok(models.get(&self.model_id).cloned())
    }

    /// The live pointers that point to it, by name.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn pointers(&self) -> StoreResult<Vec<Item<ModelPointer>>> {
        let batch = self.batch();
        let to = Predicate::id_in(model_pointers::model_version_id(), batch.ids());
        let load = async { Ok(group_by(live_pointers(batch.store(), to).await?, |item| item.model_version_id)) };
        Ok(batch.relations().pointers.get(|| load).await?.get(&self.id).cloned().unwrap_or_default())
    }

    /// The model as it is frozen; `None` if that can't be told any more. At most ten statements for the whole batch.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn content(&self) -> StoreResult<Option<Arc<ModelState>>> {
        let batch = self.batch();
        let wanted: Vec<ModelAt> =
            batch.rows().iter().map(|row| ModelAt { model: row.model_id, cut: row.cut }).collect();
        let load = async {
            let states =
                batch.store().read_snapshot(move |conn| Box::pin(async move { model_states(conn, &wanted).await }));
            Ok(states.await?.into_iter().map(|(at, state)| (at, Arc::new(state))).collect())
        };
        let states = batch.relations().content.get(|| load).await?;
        Ok(states.get(&ModelAt { model: self.model_id, cut: self.cut }).cloned())
    }
}

impl Item<ModelPointer> {
    /// Whose pointer it is.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn model(&self) -> StoreResult<Option<Item<Model>>> {
        let batch = self.batch();
        let ids = || distinct(batch.rows().iter().map(|row| row.model_id));
        let models = batch.relations().model.get(|| items_by_ids(batch.store(), ids())).await?;
        Ok(models.get(&self.model_id).cloned())
    }

    /// The version that it points to.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn model_version(&self) -> StoreResult<Option<Item<ModelVersion>>> {
        let batch = self.batch();
        let ids = || distinct(batch.rows().iter().map(|row| row.model_version_id));
        let versions = batch.relations().model_version.get(|| items_by_ids(batch.store(), ids())).await?;
        Ok(versions.get(&self.model_version_id).cloned())
    }
}

/// The live pointers that meet `condition`, by name.
async fn live_pointers(store: &Store, condition: Predicate) -> StoreResult<Vec<Item<ModelPointer>>> {
    let live = Predicate::all([condition, Predicate::is_null(model_pointers::deleted_at(), true)]);
    let order = [model_pointers::name(), model_pointers::id()];
    let found =
        store.read_along(move |conn| Box::pin(async move { rows::<ModelPointer>(conn, live, &order).await })).await?;
    Ok(Batch::items(store, found))
}

/// The live pointers of each of these models, by name.
pub(super) async fn pointers_of(store: &Store, models: Vec<i64>) -> StoreResult<HashMap<i64, Vec<Item<ModelPointer>>>> {
    let of = Predicate::id_in(model_pointers::model_id(), models);
    Ok(group_by(live_pointers(store, of).await?, |item| item.model_id))
}

/// The live version of each of these models that has this label.
pub(super) async fn labelled(
    store: &Store,
    models: Vec<i64>,
    label: String,
) -> StoreResult<HashMap<i64, Item<ModelVersion>>> {
    let condition = Predicate::all([
        Predicate::id_in(model_versions::model_id(), models),
        Predicate::text_in(model_versions::label(), vec![label]),
        Predicate::is_null(model_versions::deleted_at(), true),
    ]);
    let found =
        store.read_along(move |conn| Box::pin(async move { rows::<ModelVersion>(conn, condition, &[]).await })).await?;
    Ok(Batch::<ModelVersion>::items(store, found).into_iter().map(|item| (item.model_id, item)).collect())
}
