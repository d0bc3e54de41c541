//! Changes that were read together, as they are handed to all followers.

use std::collections::{HashMap, HashSet};

use crate::loader::{ChangeItem, Relation};
use crate::store::feed::{ChangeRow, Feed, suppliers_of};
use crate::store::{Store, StoreResult};

/// All changes of the feed between two numbers.
pub struct Batch {
    /// The number that they come after.
    pub after: i64,
    /// The number of the last one.
    pub upto: i64,
    /// The changes, in order. What they lead to is loaded at most once, for all followers.
    pub changes: Vec<ChangeItem>,
    store: Store,
    suppliers: Relation<HashMap<i64, HashSet<i64>>>,
}

impl Batch {
    /// Takes changes that were read together, and all there are between `after` and the last of them.
    pub fn new(store: &Store, feed: &Feed, after: i64, rows: Vec<ChangeRow>) -> Self {
        Self {
            after,
            upto: rows.last().map_or(after, |row| row.id),
            changes: ChangeItem::items_of(store, rows, feed.clone()),
            store: store.clone(),
            suppliers: Relation::default(),
        }
    }

    /// Whether one of `suppliers` has or had the model. Loaded for the whole batch, for the first who asks.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn is_of(&self, model: i64, suppliers: &HashSet<i64>) -> StoreResult<bool> {
        let known = self.suppliers.get(|| self.load_suppliers()).await?;
        Ok(known.get(&model).is_some_and(|known| !known.is_disjoint(suppliers)))
    }

    async fn load_suppliers(&self) -> StoreResult<HashMap<i64, HashSet<i64>>> {
        let models: HashSet<i64> = self.changes.iter().filter_map(|change| change.of_model).collect();
        let models = models.into_iter().collect();
        let pairs = self.store.read(move |conn| Box::pin(suppliers_of(conn, models))).await?;
        let mut suppliers: HashMap<i64, HashSet<i64>> = HashMap::new();
        for (model, supplier) in pairs {
            suppliers.entry(model).or_default().insert(supplier);
        }
        Ok(suppliers)
    }
}
