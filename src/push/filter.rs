//! The feed's filter, for changes that were read already: decides as its SQL does.

use std::collections::HashSet;

use super::batch::Batch;
use crate::domain::ChangeKind;
use crate::loader::ChangeItem;
use crate::store::StoreResult;
use crate::store::feed::ChangeFilter;

/// A [`ChangeFilter`] that is quick to ask.
pub struct Filter {
    kinds: Option<Vec<ChangeKind>>,
    rows: Option<HashSet<(ChangeKind, i64)>>,
    suppliers: Option<HashSet<i64>>,
}

impl Filter {
    /// Prepares a filter.
    pub fn new(filter: &ChangeFilter) -> Self {
        Self {
            kinds: filter.kinds.clone(),
            rows: filter.rows.as_ref().map(|rows| rows.iter().copied().collect()),
            suppliers: filter.suppliers.as_ref().map(|suppliers| suppliers.iter().copied().collect()),
        }
    }

    /// Whether a change of `batch` is wanted.
    ///
    /// # Errors
    /// If the models' suppliers are asked for and the database fails.
    pub async fn takes(&self, batch: &Batch, change: &ChangeItem) -> StoreResult<bool> {
        if self.kinds.as_ref().is_some_and(|kinds| !kinds.contains(&change.kind)) {
            return Ok(false);
        }
        if self.rows.as_ref().is_some_and(|rows| !names(rows, change)) {
            return Ok(false);
        }
        let Some(suppliers) = &self.suppliers else { return Ok(true) };
        if change.kind == ChangeKind::Supplier {
            return Ok(suppliers.contains(&change.of_row));
        }
        match change.of_model {
            Some(model) => batch.is_of(model, suppliers).await,
            None => Ok(false),
        }
    }
}

/// Whether the change is of one of these rows, or of what belongs to one of these models.
fn names(rows: &HashSet<(ChangeKind, i64)>, change: &ChangeItem) -> bool {
    rows.contains(&(change.kind, change.of_row))
        || change.of_model.is_some_and(|model| rows.contains(&(ChangeKind::Model, model)))
}
