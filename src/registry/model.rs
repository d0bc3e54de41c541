//! Writing models.

mod create;
mod rules;
mod whole;

use crate::registry::Editor;
use chrono::NaiveDate;

pub use create::{NewModel, create};
pub(super) use whole::{delete_all, restore_all};

use super::alias::lock_names;
use super::change::changes;
use super::check::{any, display, free_name, prose, snake_case};
use super::lifecycle::Moved;
use super::user_error::{Errors, UserErrorCode, WriteResult, refused};
use super::write::{Reference, Target, save, to_restore, unless_taken};
use super::{Change, alias};
use crate::domain::{LifecycleStage, ModelType, PartialDate};
use crate::store::alias::Alias;
use crate::store::lock::Lock;
use crate::store::model::{Model, ModelFields, ModelRow};
use crate::store::predicate::Predicate;
use crate::store::rows::{by_ids, deleted_at, of_models, rows};
use crate::store::supplier::Supplier;
use crate::store::{StoreError, Transaction};

changes! {
    /// What a client wants of a model's fields.
    ModelChanges onto ModelFields {
        required {
            name: String => free_name,
            model_type: ModelType => any,
            is_default: bool => any,
            is_active: bool => any,
            lifecycle_stage: LifecycleStage => any,
        }
        optional {
            display_name: String => display,
            description: String => prose,
            sub_type: String => snake_case,
            released_on: PartialDate => any,
            knowledge_cutoff: PartialDate => any,
            deprecated_on: NaiveDate => any,
            retires_on: NaiveDate => any,
        }
    }
}

impl ModelChanges {
    /// Whether they may make the model a default, or the default of another kind.
    const fn touch_defaults(&self) -> bool {
        !matches!((&self.is_default, &self.model_type, &self.sub_type), (Change::Keep, Change::Keep, Change::Keep))
    }
}

/// Changes a model. One that becomes a default takes that from the one that was.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn update(
    editor: &Editor,
    target: Target,
    changes: ModelChanges,
    successor: Change<Reference>,
) -> WriteResult<ModelRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                changes.check(&mut errors);
                if changes.touch_defaults() || changes.touch_lifecycle() || successor.value().is_some() {
                    Lock::ModelOrder.hold(transaction).await?;
                }
                if changes.name.value().is_some() {
                    lock_names(transaction, &target.id).await?;
                }
                let Some(row) = target.live::<Model>(transaction, &mut errors).await? else {
                    return Err(errors.failure());
                };
                let before = changes.settled(&row.fields, now.day());
                let mut fields = changes.clone().onto(before.clone());
                if fields.name != row.name {
                    rules::check_name(transaction, &fields, Some(row.id), "name", &mut errors).await?;
                }
                fields.successor_id =
                    rules::successor(transaction, &successor, Some(&row), &mut errors).await?.or(row.successor_id);
                let moved = Moved { before: Some(&before), after: &fields, today: now.day() };
                moved.check(&changes, &mut errors);
                rules::check_retired(transaction, &moved, &changes, &mut errors).await?;
                let previous = rules::previous_default(transaction, &fields, Some(row.id)).await?;
                rules::check_default(previous.as_ref(), &changes, &mut errors);
                errors.finish()?;
                if let Some(previous) = previous {
                    rules::take_default(transaction, previous, now).await?;
                }
                let message = alias::taken(&fields.name, "the name");
                unless_taken(save::<Model>(transaction, row, fields, now).await, "name", message)
            })
        })
        .await
}

/// Makes a model, which must not be retired, the default of its type and sub-type, or no longer that.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn set_default(editor: &Editor, id: Reference, is_default: bool) -> WriteResult<ModelRow> {
    let changes = ModelChanges { is_default: Change::Set(is_default), ..ModelChanges::default() };
    let written = update(editor, Target { id, expected_version: None }, changes, Change::Keep).await;
    written.map_err(|error| error.renamed("isDefault", "id"))
}

/// Deletes a model, and what belongs to it.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn delete(editor: &Editor, target: Target) -> WriteResult<ModelRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let model = target.sure::<Model>(transaction).await?;
                delete_all(transaction, vec![model.id], now).await?;
                reloaded(transaction, model.id).await
            })
        })
        .await
}

/// Restores a model, and what was deleted with it.
///
/// # Errors
/// If its supplier is deleted, one of its names taken since, or something else is wrong; or the database fails.
pub async fn restore(editor: &Editor, id: Reference) -> WriteResult<ModelRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                Lock::ModelOrder.hold(transaction).await?;
                lock_names(transaction, &id).await?;
                let model = to_restore::<Model>(transaction, &id).await?;
                let Some(moment) = model.deleted_at else { return Ok(model) };
                let mut errors = Errors::default();
                check_supplier_alive(transaction, &model, &mut errors).await?;
                let together = Predicate::all([deleted_at(moment), of_models(vec![model.id])]);
                let aliases = rows::<Alias>(transaction.conn(), together, &[]).await?;
                let names = std::iter::once(model.name.clone()).chain(aliases.into_iter().map(|row| row.fields.alias));
                let taken = alias::names_taken(transaction, model.supplier_id, names.collect(), None).await?;
                for (name, what) in taken {
                    errors.add("id", UserErrorCode::Taken, alias::taken(&name, what));
                }
                errors.finish()?;
                let id = model.id;
                restore_all(transaction, vec![model], moment, now).await?;
                reloaded(transaction, id).await
            })
        })
        .await
}

async fn check_supplier_alive(
    transaction: &mut Transaction,
    model: &ModelRow,
    errors: &mut Errors,
) -> Result<(), StoreError> {
    let supplier = by_ids::<Supplier>(transaction.conn(), vec![model.supplier_id]).await?.pop();
    if let Some(supplier) = supplier.filter(|supplier| supplier.deleted_at.is_some()) {
        let message = format!("its supplier {:?} is deleted; restore that first", supplier.name);
        errors.add("id", UserErrorCode::NotFound, message);
    }
    Ok(())
}

async fn reloaded(transaction: &mut Transaction, id: i64) -> WriteResult<ModelRow> {
    let found = by_ids::<Model>(transaction.conn(), vec![id]).await?.pop();
    found.ok_or_else(|| refused("id", UserErrorCode::NotFound, "the model is gone"))
}
