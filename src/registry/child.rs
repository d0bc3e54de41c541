//! What belongs to models, and what writing it has in common.

use std::future::Future;

use super::user_error::{Errors, UserErrorCode};
use super::write::{Known, Reference};
use crate::store::alias::Alias;
use crate::store::capability_link::CapabilityLink;
use crate::store::category_link::CategoryLink;
use crate::store::model::{Model, ModelRow};
use crate::store::parameter::Parameter;
use crate::store::predicate::Predicate;
use crate::store::price::Price;
use crate::store::rows::{by_ids, count, live, lock_row, of_models};
use crate::store::{StoreResult, Transaction};

/// Most entries that a bulk form takes.
pub const BULK: usize = 100;

/// Notes a list that is too long.
pub fn bounded(field: &str, length: usize, limit: usize, errors: &mut Errors) -> Option<()> {
    if length <= limit {
        return Some(());
    }
    errors.add(field, UserErrorCode::TooMany, format!("has {length} entries; at most {limit} are taken"));
    None
}

/// A table whose rows belong to models.
pub trait Child: Known {
    /// Most live rows that a model has.
    const LIMIT: usize;

    /// The model that a row belongs to.
    fn model_id(row: &Self::Row) -> i64;

    /// Notes if the model can't have so many more rows.
    ///
    /// # Errors
    /// If the database fails.
    fn check_room(
        transaction: &mut Transaction,
        model: i64,
        more: usize,
        field: &str,
        errors: &mut Errors,
    ) -> impl Future<Output = StoreResult<()>> + Send {
        async move {
            let present = count::<Self>(transaction.conn(), Predicate::all([live(), of_models(vec![model])])).await?;
            if usize::try_from(present).unwrap_or(usize::MAX) + more > Self::LIMIT {
                let message = format!("a model has at most {} rows of the kind {}", Self::LIMIT, Self::NOUN);
                errors.add(field, UserErrorCode::TooMany, message);
            }
            Ok(())
        }
    }
}

macro_rules! children {
    ($($entity:ident, $limit:expr;)+) => { $(
        impl Child for $entity {
            const LIMIT: usize = $limit;

            fn model_id(row: &Self::Row) -> i64 {
                row.model_id
            }
        }
    )+ };
}

children! {
    Alias, super::alias::LIMIT;
    Parameter, super::parameter::LIMIT;
    Price, super::price::LIMIT;
    CapabilityLink, super::capability_link::LIMIT;
    CategoryLink, super::category_link::LIMIT;
}

/// The live model of an input's `modelId`, locked until the transaction ends; what is wrong is noted.
///
/// # Errors
/// If the database fails.
pub async fn live_model(
    transaction: &mut Transaction,
    model: &Reference,
    errors: &mut Errors,
) -> StoreResult<Option<ModelRow>> {
    model.live::<Model>(transaction, "modelId", errors).await
}

/// Locks the model that a row belongs to, before the row itself: those who delete models lock in this order.
///
/// # Errors
/// If the database fails.
pub async fn parent_of<E: Child>(transaction: &mut Transaction, id: &Reference) -> StoreResult<Option<ModelRow>> {
    let Reference::Id(id) = id else { return Ok(None) };
    match by_ids::<E>(transaction.conn(), vec![*id]).await?.pop() {
        Some(row) => lock_row::<Model>(transaction, E::model_id(&row)).await,
        None => Ok(None),
    }
}

/// Notes if the model of a row that is to be restored is deleted itself.
pub fn check_alive(model: Option<&ModelRow>, field: &str, errors: &mut Errors) {
    if let Some(model) = model.filter(|model| model.deleted_at.is_some()) {
        let message = format!("its model {:?} is deleted; restore that first", model.name);
        errors.add(field, UserErrorCode::NotFound, message);
    }
}
