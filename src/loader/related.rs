//! Small rows that belong to one model: parameters, aliases, prices.

use std::collections::HashMap;

use super::batch::{Batch, Item, Linked, Relation, distinct, group_by};
use crate::store::alias::Alias;
use crate::store::model::Model;
use crate::store::parameter::Parameter;
use crate::store::predicate::{Field, Predicate};
use crate::store::price::Price;
use crate::store::rows::{by_ids, rows};
use crate::store::schema::fields;
use crate::store::{Entity, Row as _, Store, StoreResult};

/// A table whose rows each belong to one model.
pub trait OfModel: Linked<Relations = ToModel> {
    /// The column that points to the model.
    fn model_field() -> Field;
    /// Whether the row is live.
    fn deleted_field() -> Field;
    /// The order of a model's rows.
    fn order() -> Vec<Field>;
    /// The model that a row belongs to.
    fn model_id(row: &Self::Row) -> i64;
}

/// The way back to the model.
#[derive(Default)]
pub struct ToModel {
    model: Relation<HashMap<i64, Item<Model>>>,
}

macro_rules! of_model {
    ($($entity:ident, $table:ident, [$($order:ident),+];)+) => { $(
        impl Linked for $entity {
            type Relations = ToModel;
        }

        impl OfModel for $entity {
            fn model_field() -> Field {
                fields::$table::model_id()
            }
            fn deleted_field() -> Field {
                fields::$table::deleted_at()
            }
            fn order() -> Vec<Field> {
                vec![$(fields::$table::$order()),+]
            }
            fn model_id(row: &Self::Row) -> i64 {
                row.model_id
            }
        }
    )+ };
}

of_model! {
    Parameter, model_parameters, [parameter_name, id];
    Alias, model_aliases, [alias, id];
    Price, model_prices, [component, service_mode, min_context_tokens, currency, valid_from, id];
}

/// The live rows of each of these models, in the table's order.
pub(super) async fn of_models<E: OfModel>(store: &Store, models: Vec<i64>) -> StoreResult<HashMap<i64, Vec<Item<E>>>> {
    let condition =
        Predicate::all([Predicate::id_in(E::model_field(), models), Predicate::is_null(E::deleted_field(), true)]);
    let found =
        store.read_along(move |conn| Box::pin(async move { rows::<E>(conn, condition, &E::order()).await })).await?;
    Ok(group_by(Batch::items(store, found), |item| E::model_id(item)))
}

/// The rows with these ids, by id, deleted ones included.
pub(super) async fn items_by_ids<E: Linked>(store: &Store, ids: Vec<i64>) -> StoreResult<HashMap<i64, Item<E>>> {
    let found = store.read_along(move |conn| Box::pin(by_ids::<E>(conn, ids))).await?;
    Ok(Batch::<E>::items(store, found).into_iter().map(|item| (item.id(), item)).collect())
}

impl<E: OfModel> Item<E>
where
    E: Entity,
{
    /// The model that the row belongs to.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn model(&self) -> StoreResult<Option<Item<Model>>> {
        let batch = self.batch();
        let ids = || distinct(batch.rows().iter().map(E::model_id));
        let models = batch.relations().model.get(|| items_by_ids(batch.store(), ids())).await?;
        Ok(models.get(&E::model_id(self)).cloned())
    }
}
