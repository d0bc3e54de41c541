//! What change sets lead to: their changes, what they undo, and what undoes them.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

use super::batch::{ByArguments, Relation, distinct, group_by};
use super::change_list::ChangeLists;
use crate::store::change_list::{Slice, Sliced, Whose};
use crate::store::change_set::{self, ChangeCount, ChangeSetFilter, ChangeSetRow};
use crate::store::{Store, StoreResult};

/// Change sets that were loaded together.
struct ChangeSetBatch {
    store: Store,
    rows: Vec<ChangeSetRow>,
    counts: Relation<HashMap<i64, Vec<ChangeCount>>>,
    reverts: Relation<HashMap<i64, ChangeSetItem>>,
    reverted_by: Relation<HashMap<i64, ChangeSetItem>>,
    changes: ByArguments<Slice, ChangeLists>,
}

/// A change set.
#[derive(Clone)]
pub struct ChangeSetItem {
    batch: Arc<ChangeSetBatch>,
    index: usize,
}

impl Deref for ChangeSetItem {
    type Target = ChangeSetRow;

    fn deref(&self) -> &ChangeSetRow {
        &self.batch.rows[self.index]
    }
}

impl ChangeSetItem {
    /// Takes change sets that were loaded together, in order.
    pub fn items(store: &Store, rows: Vec<ChangeSetRow>) -> Vec<Self> {
        let count = rows.len();
        let batch = Arc::new(ChangeSetBatch {
            store: store.clone(),
            rows,
            counts: Relation::default(),
            reverts: Relation::default(),
            reverted_by: Relation::default(),
            changes: ByArguments::default(),
        });
        (0..count).map(|index| Self { batch: Arc::clone(&batch), index }).collect()
    }

    /// The change sets with these ids, by id.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn by_ids(store: &Store, ids: Vec<i64>) -> StoreResult<HashMap<i64, Self>> {
        let rows = store.read(move |conn| Box::pin(change_set::by_ids(conn, ids))).await?;
        Ok(Self::items(store, rows).into_iter().map(|item| (item.id, item)).collect())
    }

    fn ids(&self) -> Vec<i64> {
        self.batch.rows.iter().map(|row| row.id).collect()
    }

    /// How many of its changes are alike, by kind and operation.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn counts(&self) -> StoreResult<Vec<ChangeCount>> {
        let (store, ids) = (&self.batch.store, self.ids());
        let load = async {
            let counts = store.read(move |conn| Box::pin(change_set::counts(conn, ids))).await?;
            Ok(group_by(counts, |count| count.change_set))
        };
        Ok(self.batch.counts.get(|| load).await?.get(&self.id).cloned().unwrap_or_default())
    }

    /// The change set that is undone by this; `None` if none is.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn reverts(&self) -> StoreResult<Option<Self>> {
        let Some(reverted) = self.reverts else { return Ok(None) };
        let ids = distinct(self.batch.rows.iter().filter_map(|row| row.reverts));
        let found = self.batch.reverts.get(|| Self::by_ids(&self.batch.store, ids)).await?;
        Ok(found.get(&reverted).cloned())
    }

    /// The last change set that undoes this one; `None` if none does.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn reverted_by(&self) -> StoreResult<Option<Self>> {
        let (store, ids) = (&self.batch.store, self.ids());
        let load = async {
            let rows = store.read(move |conn| Box::pin(change_set::reverting(conn, ids))).await?;
            let items = Self::items(store, rows).into_iter();
            Ok(items.filter_map(|item| Some((item.deref().reverts?, item))).collect())
        };
        Ok(self.batch.reverted_by.get(|| load).await?.get(&self.id).cloned())
    }

    /// The changes of the batch's change sets, a slice of each, oldest first.
    pub fn changes(&self, slice: Slice) -> Arc<ChangeLists> {
        let make = || ChangeLists::new(self.batch.store.clone(), Whose::ChangeSets(self.ids()), slice);
        self.batch.changes.entry(slice, make)
    }
}

/// A slice of the list of change sets. Nothing is loaded before it is asked for.
pub struct ChangeSetList {
    store: Store,
    filter: Arc<ChangeSetFilter>,
    slice: Slice,
    page: Relation<Sliced<ChangeSetItem>>,
    total: Relation<i64>,
}

impl ChangeSetList {
    /// Prepares a slice of the change sets that meet `filter`, newest first or not, as the slice says.
    pub fn new(store: Store, filter: ChangeSetFilter, slice: Slice) -> Self {
        Self { store, filter: Arc::new(filter), slice, page: Relation::default(), total: Relation::default() }
    }

    /// The slice that is loaded.
    pub const fn slice(&self) -> &Slice {
        &self.slice
    }

    /// The slice's change sets.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn page(&self) -> StoreResult<Arc<Sliced<ChangeSetItem>>> {
        let (filter, slice) = (Arc::clone(&self.filter), self.slice);
        let load = async {
            let page =
                self.store.read(move |conn| Box::pin(async move { change_set::list(conn, &filter, &slice).await }));
            let page = page.await?;
            Ok(Sliced { rows: ChangeSetItem::items(&self.store, page.rows), more: page.more })
        };
        self.page.get(|| load).await
    }

    /// How many change sets meet the filter.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn total(&self) -> StoreResult<i64> {
        let filter = Arc::clone(&self.filter);
        let load = self.store.read(move |conn| Box::pin(async move { change_set::count(conn, &filter).await }));
        Ok(*self.total.get(|| load).await?)
    }
}
