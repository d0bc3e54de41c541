//! Models with all that belongs to them: deleted together, restored together.

use super::rules::previous_default;
use crate::domain::Timestamp;
use crate::registry::user_error::WriteResult;
use crate::registry::write::{save, unless_taken};
use crate::store::alias::Alias;
use crate::store::capability_link::CapabilityLink;
use crate::store::category_link::CategoryLink;
use crate::store::model::{Model, ModelFields, ModelRow};
use crate::store::model_pointer::ModelPointer;
use crate::store::model_version::ModelVersion;
use crate::store::parameter::Parameter;
use crate::store::predicate::Predicate;
use crate::store::price::Price;
use crate::store::rows::{delete, deleted_at, ids, of_models, restore};
use crate::store::{StoreResult, Transaction};

/// Deletes models and what belongs to them, all at one moment.
///
/// # Errors
/// If the database fails.
pub async fn delete_all(transaction: &mut Transaction, models: Vec<i64>, now: Timestamp) -> StoreResult<()> {
    if models.is_empty() {
        return Ok(());
    }
    delete::<Model>(transaction, ids(models.clone()), now).await?;
    delete::<Alias>(transaction, of_models(models.clone()), now).await?;
    delete::<Parameter>(transaction, of_models(models.clone()), now).await?;
    delete::<Price>(transaction, of_models(models.clone()), now).await?;
    delete::<CapabilityLink>(transaction, of_models(models.clone()), now).await?;
    delete::<CategoryLink>(transaction, of_models(models.clone()), now).await?;
    delete::<ModelPointer>(transaction, of_models(models.clone()), now).await?;
    delete::<ModelVersion>(transaction, of_models(models), now).await?;
    Ok(())
}

/// Restores deleted models, and what was deleted with them: at the same moment. A former default stays an ordinary model
/// if its kind has another default by now.
///
/// # Errors
/// If a key of theirs was taken since, or the database fails.
pub async fn restore_all(
    transaction: &mut Transaction,
    models: Vec<ModelRow>,
    moment: Timestamp,
    now: Timestamp,
) -> WriteResult<()> {
    let restored: Vec<i64> = models.iter().map(|row| row.id).collect();
    if restored.is_empty() {
        return Ok(());
    }
    for model in models {
        if previous_default(transaction, &model.fields, Some(model.id)).await?.is_some() {
            let fields = ModelFields { is_default: false, ..model.fields.clone() };
            save::<Model>(transaction, model, fields, now).await?;
        }
    }
    let all = restore_rows(transaction, restored, moment, now).await;
    unless_taken(all, "id", "a name of what is to be restored was taken since")
}

async fn restore_rows(
    transaction: &mut Transaction,
    models: Vec<i64>,
    moment: Timestamp,
    now: Timestamp,
) -> StoreResult<()> {
    let together = |models: Vec<i64>| Predicate::all([deleted_at(moment), of_models(models)]);
    restore::<Model>(transaction, ids(models.clone()), now).await?;
    restore::<Alias>(transaction, together(models.clone()), now).await?;
    restore::<Parameter>(transaction, together(models.clone()), now).await?;
    restore::<Price>(transaction, together(models.clone()), now).await?;
    restore::<CapabilityLink>(transaction, together(models.clone()), now).await?;
    restore::<CategoryLink>(transaction, together(models.clone()), now).await?;
    restore::<ModelVersion>(transaction, together(models.clone()), now).await?;
    restore::<ModelPointer>(transaction, together(models), now).await?;
    Ok(())
}
