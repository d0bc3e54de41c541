//! What changes lead to: their change sets, the states around them, the objects that they are of.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

use super::batch::{Item, Relation, distinct, group_by};
use super::change_set::ChangeSetItem;
use super::related::items_by_ids;
use crate::domain::ChangeKind;
use crate::store::alias::Alias;
use crate::store::capability::Capability;
use crate::store::capability_link::CapabilityLink;
use crate::store::category::Category;
use crate::store::feed::{ChangeRow, Feed, feed};
use crate::store::model::Model;
use crate::store::parameter::Parameter;
use crate::store::price::Price;
use crate::store::state::{State, states_around};
use crate::store::supplier::Supplier;
use crate::store::{Store, StoreResult};

/// Changes that were loaded together.
struct ChangeBatch {
    store: Store,
    rows: Vec<ChangeRow>,
    feed: Relation<Option<Feed>>,
    change_sets: Relation<HashMap<i64, ChangeSetItem>>,
    states: Relation<States>,
    objects: Objects,
}

/// The states that changes ended and made, by the changes' numbers.
#[derive(Default)]
struct States {
    before: HashMap<i64, Arc<State>>,
    after: HashMap<i64, Arc<State>>,
}

/// A change.
#[derive(Clone)]
pub struct ChangeItem {
    batch: Arc<ChangeBatch>,
    index: usize,
}

impl Deref for ChangeItem {
    type Target = ChangeRow;

    fn deref(&self) -> &ChangeRow {
        &self.batch.rows[self.index]
    }
}

impl ChangeItem {
    /// Takes changes that were loaded together, in order.
    pub fn items(store: &Store, rows: Vec<ChangeRow>) -> Vec<Self> {
        Self::items_with(store, rows, Relation::default())
    }

    /// Takes changes that were loaded together, in order, of a feed that is known already.
    pub fn items_of(store: &Store, rows: Vec<ChangeRow>, feed: Feed) -> Vec<Self> {
        Self::items_with(store, rows, Relation::known(Some(feed)))
    }

    fn items_with(store: &Store, rows: Vec<ChangeRow>, feed: Relation<Option<Feed>>) -> Vec<Self> {
        let count = rows.len();
        let batch = Arc::new(ChangeBatch {
            store: store.clone(),
            rows,
            feed,
            change_sets: Relation::default(),
            states: Relation::default(),
            objects: Objects::default(),
        });
        (0..count).map(|index| Self { batch: Arc::clone(&batch), index }).collect()
    }

    /// The feed that the change is in.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn feed(&self) -> StoreResult<Option<Feed>> {
        let store = &self.batch.store;
        let found = self.batch.feed.get(store.read(|conn| Box::pin(feed(conn)))).await?;
        Ok((*found).clone())
    }

    /// What the change was made together with.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn change_set(&self) -> StoreResult<Option<ChangeSetItem>> {
        let ids = || distinct(self.batch.rows.iter().map(|row| row.change_set));
        let load = async { ChangeSetItem::by_ids(&self.batch.store, ids()).await };
        Ok(self.batch.change_sets.get(load).await?.get(&self.change_set).cloned())
    }

    /// The states before and after the change; `None` where there was none, or it is no longer kept.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn states(&self) -> StoreResult<(Option<Arc<State>>, Option<Arc<State>>)> {
        let states = self.batch.states.get(self.load_states()).await?;
        Ok((states.before.get(&self.id).cloned(), states.after.get(&self.id).cloned()))
    }

    async fn load_states(&self) -> StoreResult<States> {
        let by_kind = group_by(self.batch.rows.iter().cloned(), |row| row.kind);
        self.batch
            .store
            .read(move |conn| {
                Box::pin(async move {
                    let mut states = States::default();
                    for (kind, rows) in by_kind {
                        let changes = rows.iter().map(|row| row.id).collect();
                        let of = distinct(rows.iter().map(|row| row.of_row));
                        for state in states_around(conn, kind, of, changes).await?.into_iter().map(Arc::new) {
                            states.before.insert(state.until, Arc::clone(&state));
                            states.after.insert(state.since, state);
                        }
                    }
                    Ok(states)
                })
            })
            .await
    }

    /// The rows of the batch that are of this kind.
    fn rows_of(&self, kind: ChangeKind) -> Vec<i64> {
        distinct(self.batch.rows.iter().filter(|row| row.kind == kind).map(|row| row.of_row))
    }

    /// The model that the changed row belongs to, or is, deleted or not; `None` if there is none, or no longer.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn model(&self) -> StoreResult<Option<Item<Model>>> {
        let Some(model) = self.of_model else { return Ok(None) };
        let ids = || distinct(self.batch.rows.iter().filter_map(|row| row.of_model));
        let models = self.batch.objects.models.get(async { items_by_ids(&self.batch.store, ids()).await }).await?;
        Ok(models.get(&model).cloned())
    }
}

/// The objects that changes are of, as they are now.
macro_rules! objects {
    ($($name:ident: $entity:ident, $kind:ident, $method:ident;)+) => {
        #[derive(Default)]
        struct Objects {
            models: Relation<HashMap<i64, Item<Model>>>,
            $($name: Relation<HashMap<i64, Item<$entity>>>,)+
        }

        impl ChangeItem {
            $(
                /// The row that the change is of, as it is now, deleted or not; `None` if it is of another kind or gone.
                ///
                /// # Errors
                /// If the database fails.
                pub async fn $method(&self) -> StoreResult<Option<Item<$entity>>> {
                    let ids = || self.rows_of(ChangeKind::$kind);
                    let load = async { items_by_ids(&self.batch.store, ids()).await };
                    Ok(self.batch.objects.$name.get(load).await?.get(&self.of_row).cloned())
                }
            )+
        }
    };
}

objects! {
    suppliers: Supplier, Supplier, supplier_object;
    aliases: Alias, ModelAlias, alias_object;
    parameters: Parameter, ModelParameter, parameter_object;
    prices: Price, ModelPrice, price_object;
    capabilities: Capability, Capability, capability_object;
    capability_links: CapabilityLink, ModelCapability, capability_link_object;
    categories: Category, Category, category_object;
}
