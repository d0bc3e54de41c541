//! The audit log, a slice at a time.

use std::sync::Arc;

use super::batch::Relation;
use super::change_set::ChangeSetItem;
use crate::store::audit::{self, AuditFilter, AuditRow, AuditSlice, Origin};
use crate::store::change_list::Sliced;
use crate::store::{Store, StoreResult};

/// A slice of the audit log. Nothing is loaded before it is asked for.
pub struct AuditList {
    store: Store,
    filter: Arc<AuditFilter>,
    slice: AuditSlice,
    page: Relation<Sliced<AuditRow>>,
    change_sets: Relation<std::collections::HashMap<i64, ChangeSetItem>>,
    total: Relation<i64>,
}

impl AuditList {
    /// Prepares a slice of the entries that meet `filter`.
    pub fn new(store: Store, filter: AuditFilter, slice: AuditSlice) -> Self {
        Self {
            store,
            filter: Arc::new(filter),
            slice,
            page: Relation::default(),
            change_sets: Relation::default(),
            total: Relation::default(),
        }
    }

    /// The slice that is loaded.
    pub const fn slice(&self) -> &AuditSlice {
        &self.slice
    }

    /// The slice's entries, the newest first.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn page(&self) -> StoreResult<Arc<Sliced<AuditRow>>> {
        let (filter, slice) = (Arc::clone(&self.filter), self.slice);
        let load = self.store.read(move |conn| Box::pin(async move { audit::list(conn, &filter, &slice).await }));
        self.page.get(|| load).await
    }

    /// The change set with this id, loaded with those of the whole slice.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn change_set(&self, id: i64) -> StoreResult<Option<ChangeSetItem>> {
        let page = self.page().await?;
        let sets = page.rows.iter().filter(|row| row.place.origin == Origin::ChangeSet);
        let ids = sets.map(|row| row.place.id).collect();
        let found = self.change_sets.get(|| ChangeSetItem::by_ids(&self.store, ids)).await?;
        Ok(found.get(&id).cloned())
    }

    /// How many entries meet the filter.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn total(&self) -> StoreResult<i64> {
        let filter = Arc::clone(&self.filter);
        let load = self.store.read(move |conn| Box::pin(async move { audit::count(conn, &filter).await }));
        Ok(*self.total.get(|| load).await?)
    }
}
