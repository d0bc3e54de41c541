//! The default of a kind of model, with the models that it falls to.

use super::batch::{Batch, Item};
use crate::store::model::Model;
use crate::store::predicate::Predicate;
use crate::store::successor::with_chains;
use crate::store::{Store, StoreResult};

/// The model that meets `condition`, and behind it the live models that take its place, one after another; in one statement.
/// Empty if there is none.
///
/// # Errors
/// If the database fails.
pub async fn with_successors(store: &Store, condition: Predicate) -> StoreResult<Vec<Item<Model>>> {
    let found = store.read(move |conn| Box::pin(with_chains(conn, condition))).await?;
    let rows = found.into_iter().map(|(_, row)| row).collect();
    Ok(Batch::<Model>::items(store, rows))
}
