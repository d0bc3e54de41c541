//! Lists of changes of many parents, cut and counted together.

use std::collections::HashMap;
use std::sync::Arc;

use super::batch::Relation;
use super::change::ChangeItem;
use crate::store::change_list::{Slice, Sliced, Whose};
use crate::store::{Store, StoreResult};

/// A slice of a list of changes, for every parent of a batch. Nothing is loaded before it is asked for.
pub struct ChangeLists {
    store: Store,
    whose: Arc<Whose>,
    slice: Slice,
    slices: Relation<HashMap<i64, Sliced<ChangeItem>>>,
    totals: Relation<HashMap<i64, i64>>,
}

impl ChangeLists {
    /// Prepares slices of lists.
    pub fn new(store: Store, whose: Whose, slice: Slice) -> Self {
        Self { store, whose: Arc::new(whose), slice, slices: Relation::default(), totals: Relation::default() }
    }

    /// The slice that is loaded.
    pub const fn slice(&self) -> &Slice {
        &self.slice
    }

    /// The parent's slice. The changes of all slices are one batch.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn changes(&self, parent: i64) -> StoreResult<Sliced<ChangeItem>> {
        Ok(self.slices.get(|| self.load()).await?.get(&parent).cloned().unwrap_or_default())
    }

    async fn load(&self) -> StoreResult<HashMap<i64, Sliced<ChangeItem>>> {
        let (whose, slice) = (Arc::clone(&self.whose), self.slice);
        let slices = self.store.read(move |conn| Box::pin(async move { whose.load(conn, &slice).await })).await?;
        let mut places = Vec::new();
        let mut rows = Vec::new();
        for (parent, slice) in slices {
            places.push((parent, slice.more, slice.rows.len()));
            rows.extend(slice.rows);
        }
        let mut items = ChangeItem::items(&self.store, rows).into_iter();
        let slice = |(parent, more, count)| (parent, Sliced { rows: items.by_ref().take(count).collect(), more });
        Ok(places.into_iter().map(slice).collect())
    }

    /// How many changes the parent's list has.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn total(&self, parent: i64) -> StoreResult<i64> {
        let whose = Arc::clone(&self.whose);
        let load = async {
            let counts = self.store.read(move |conn| Box::pin(async move { whose.count(conn).await })).await?;
            Ok(counts.into_iter().collect())
        };
        Ok(self.totals.get(|| load).await?.get(&parent).copied().unwrap_or_default())
    }
}
