//! What changes lead to: their change sets, the states around them, the objects that they are of.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

use futures_util::future::BoxFuture;

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
use crate::store::model_pointer::ModelPointer;
use crate::store::model_version::ModelVersion;
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
    objects: Box<dyn LoadObjects>,
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
            objects: Box::new(Objects::default()),
        });
        (0..count).map(|index| Self { batch: Arc::clone(&batch), index }).collect()
    }

    /// The feed that the change is in.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn feed(&self) -> StoreResult<Option<Feed>> {
        let store = &self.batch.store;
        let found = self.batch.feed.get(|| store.read(|conn| Box::pin(feed(conn)))).await?;
        Ok((*found).clone())
    }

    /// What the change was made together with.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn change_set(&self) -> StoreResult<Option<ChangeSetItem>> {
        let ids = || distinct(self.batch.rows.iter().map(|row| row.change_set));
        let load = async { ChangeSetItem::by_ids(&self.batch.store, ids()).await };
        Ok(self.batch.change_sets.get(|| load).await?.get(&self.change_set).cloned())
    }

    /// The states before and after the change; `None` where there was none, or it is no longer kept.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn states(&self) -> StoreResult<(Option<Arc<State>>, Option<Arc<State>>)> {
        let states = self.batch.states.get(|| self.load_states()).await?;
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

    /// The model that the changed row belongs to, or is, deleted or not; `None` if there is none, or no longer.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn model(&self) -> StoreResult<Option<Item<Model>>> {
        let Some(model) = self.of_model else { return Ok(None) };
        let models = self.batch.objects.models(&self.batch.store, &self.batch.rows).await?;
        Ok(models.get(&model).cloned())
    }
}

/// The primary keys of the rows that those of these changes are of that `wanted` picks.
fn keys(changes: &[ChangeRow], wanted: impl Fn(&ChangeRow) -> Option<i64>) -> Vec<i64> {
    distinct(changes.iter().filter_map(wanted))
}

/// The objects that changes are of, as they are now.
///
/// A trait, so that the compiler needn't follow the ring of types that leads from rows by their history to rows.
macro_rules! objects {
    ($($name:ident: $entity:ident, $wanted:expr;)+) => {
        trait LoadObjects: Send + Sync {
            $(
                fn $name<'a>(&'a self, store: &'a Store, changes: &'a [ChangeRow]) -> Loading<'a, $entity>;
            )+
        }

        #[derive(Default)]
        struct Objects { $($name: Relation<HashMap<i64, Item<$entity>>>,)+ }

        impl LoadObjects for Objects {
            $(
                fn $name<'a>(&'a self, store: &'a Store, changes: &'a [ChangeRow]) -> Loading<'a, $entity> {
                    Box::pin(self.$name.get(|| items_by_ids(store, keys(changes, $wanted))))
                }
            )+
        }
    };
}

type Loading<'a, E> = BoxFuture<'a, StoreResult<Arc<HashMap<i64, Item<E>>>>>;

/// The row of a change that is of this kind.
fn of_kind(kind: ChangeKind) -> impl Fn(&ChangeRow) -> Option<i64> {
    move |change| (change.kind == kind).then_some(change.of_row)
}

objects! {
    models: Model, |change: &ChangeRow| change.of_model;
    suppliers: Supplier, of_kind(ChangeKind::Supplier);
    aliases: Alias, of_kind(ChangeKind::ModelAlias);
    parameters: Parameter, of_kind(ChangeKind::ModelParameter);
    prices: Price, of_kind(ChangeKind::ModelPrice);
    capabilities: Capability, of_kind(ChangeKind::Capability);
    capability_links: CapabilityLink, of_kind(ChangeKind::ModelCapability);
    categories: Category, of_kind(ChangeKind::Category);
    versions: ModelVersion, of_kind(ChangeKind::ModelVersion);
    pointers: ModelPointer, of_kind(ChangeKind::ModelPointer);
}

macro_rules! object_of {
    ($($method:ident: $name:ident, $entity:ident;)+) => {
        impl ChangeItem { $(
            /// The row that the change is of, as it is now, deleted or not; `None` if it is of another kind or gone.
            ///
            /// # Errors
            /// If the database fails.
            pub async fn $method(&self) -> StoreResult<Option<Item<$entity>>> {
                let found = self.batch.objects.$name(&self.batch.store, &self.batch.rows).await?;
                Ok(found.get(&self.of_row).cloned())
            }
        )+ }
    };
}

object_of! {
    supplier_object: suppliers, Supplier;
    alias_object: aliases, Alias;
    parameter_object: parameters, Parameter;
    price_object: prices, Price;
    capability_object: capabilities, Capability;
    capability_link_object: capability_links, CapabilityLink;
    category_object: categories, Category;
    version_object: versions, ModelVersion;
    pointer_object: pointers, ModelPointer;
}
