//! Rows that were loaded together, and the relations they share.

use std::collections::HashMap;
use std::future::Future;
use std::hash::Hash;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use super::history::Past;
use crate::store::{Entity, Row, Store, StoreResult};

/// A table whose rows lead to others.
pub trait Linked: Entity {
    /// The relations of a batch of rows, each loaded at most once.
    type Relations: Default + Send + Sync;
}

/// Rows that were loaded together.
pub struct Batch<E: Linked> {
    store: Store,
    rows: Vec<E::Row>,
    relations: E::Relations,
    past: Past,
}

/// A row of a batch.
pub struct Item<E: Linked> {
    batch: Arc<Batch<E>>,
    index: usize,
}

/// A relation of a whole batch: loaded when first asked for, then shared, a failure included.
pub struct Relation<T>(OnceCell<StoreResult<Arc<T>>>);

impl<E: Linked> Batch<E> {
    /// Takes rows that were loaded together, in order.
    pub fn items(store: &Store, rows: Vec<E::Row>) -> Vec<Item<E>> {
        Self::items_with(store, rows, E::Relations::default())
    }

    /// Takes rows that were loaded together, with relations that are known already.
    pub fn items_with(store: &Store, rows: Vec<E::Row>, relations: E::Relations) -> Vec<Item<E>> {
        let count = rows.len();
        let batch = Arc::new(Self { store: store.clone(), rows, relations, past: Past::default() });
        (0..count).map(|index| Item { batch: Arc::clone(&batch), index }).collect()
    }

    /// Takes a row that was loaded alone.
    pub fn single(store: &Store, row: E::Row) -> Item<E> {
        let (relations, past) = (E::Relations::default(), Past::default());
        Item { batch: Arc::new(Self { store: store.clone(), rows: vec![row], relations, past }), index: 0 }
    }

    /// Where the relations are loaded from.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The rows.
    pub fn rows(&self) -> &[E::Row] {
        &self.rows
    }

    /// The rows' ids.
    pub fn ids(&self) -> Vec<i64> {
        self.rows.iter().map(Row::id).collect()
    }

    /// The past of the rows.
    pub(super) const fn past(&self) -> &Past {
        &self.past
    }

    /// The relations of the rows.
    pub const fn relations(&self) -> &E::Relations {
        &self.relations
    }
}

impl<E: Linked> Item<E> {
    /// The batch that the row was loaded with.
    pub const fn batch(&self) -> &Arc<Batch<E>> {
        &self.batch
    }
}

impl<E: Linked> Clone for Item<E> {
    fn clone(&self) -> Self {
        Self { batch: Arc::clone(&self.batch), index: self.index }
    }
}

impl<E: Linked> Deref for Item<E> {
    type Target = E::Row;

    fn deref(&self) -> &E::Row {
        &self.batch.rows[self.index]
    }
}

impl<T> Default for Relation<T> {
    fn default() -> Self {
        Self(OnceCell::new())
    }
}

impl<T> Relation<T> {
    /// A relation that is known already.
    pub fn known(value: T) -> Self {
        Self(OnceCell::new_with(Some(Ok(Arc::new(value)))))
    }

    /// The relation, loaded by what `load` makes unless it was before.
    ///
    /// # Errors
    /// If the loading failed, now or before.
    pub async fn get<Loading>(&self, load: impl FnOnce() -> Loading + Send) -> StoreResult<Arc<T>>
    where
        Loading: Future<Output = StoreResult<T>> + Send,
    {
        if let Some(known) = self.0.get() {
            return known.clone();
        }
        // Boxed: every object of the batch asks, of which one loads, and the others would have to have room for it.
        self.0.get_or_init(|| Box::pin(async { load().await.map(Arc::new) })).await.clone()
    }
}

/// Relations that depend on arguments, one for each combination of them.
pub struct ByArguments<K, V>(Mutex<HashMap<K, Arc<V>>>);

impl<K, V> Default for ByArguments<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Hash + Eq, V> ByArguments<K, V> {
    /// The entry for these arguments, made by `make` unless it was before.
    pub fn entry(&self, arguments: K, make: impl FnOnce() -> V) -> Arc<V> {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(entries.entry(arguments).or_insert_with(|| Arc::new(make())))
    }
}

/// Groups values by key, keeping their order within a group.
pub fn group_by<V, K: Hash + Eq>(values: impl IntoIterator<Item = V>, key: impl Fn(&V) -> K) -> HashMap<K, Vec<V>> {
    let mut groups: HashMap<K, Vec<V>> = HashMap::new();
    for value in values {
        groups.entry(key(&value)).or_default().push(value);
    }
    groups
}

/// Ids without repetition.
pub fn distinct(ids: impl IntoIterator<Item = i64>) -> Vec<i64> {
    let mut ids: Vec<i64> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
