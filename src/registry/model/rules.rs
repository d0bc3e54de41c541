//! What must hold between a model and the others.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::ModelChanges;
use crate::domain::{LifecycleStage, Timestamp};
use crate::registry::lifecycle::Moved;
use crate::registry::user_error::{Errors, UserErrorCode};
use crate::registry::write::{Reference, equals, save};
use crate::registry::{Change, alias};
use crate::store::model::{Model, ModelFields, ModelRow};
use crate::store::predicate::{Comparison, Predicate};
use crate::store::rows::{by_ids, ids, live, row};
use crate::store::schema::fields::models;
use crate::store::sql::Value;
use crate::store::successor::with_chains;
use crate::store::{StoreResult, Transaction};

/// Notes if another live model of the supplier answers to the name, or this one by an alias.
///
/// # Errors
/// If the database fails.
pub(super) async fn check_name(
    transaction: &mut Transaction,
    model: &ModelFields,
    own: Option<i64>,
    field: &str,
    errors: &mut Errors,
) -> StoreResult<()> {
    if errors.on(field) {
        return Ok(());
    }
    let names = vec![model.name.clone()];
    for (name, what) in alias::names_taken(transaction, model.supplier_id, names, own).await? {
        errors.add(field, UserErrorCode::Taken, alias::taken(&name, what));
    }
    Ok(())
}

/// The other live model that is the default of the kind that `model` is to be the default of.
///
/// # Errors
/// If the database fails.
pub(super) async fn previous_default(
    transaction: &mut Transaction,
    model: &ModelFields,
    own: Option<i64>,
) -> StoreResult<Option<ModelRow>> {
    if !model.is_default {
        return Ok(None);
    }
    let sub_type = match &model.sub_type {
        Some(sub_type) if sub_type.contains('\0') => Predicate::never(),
        Some(sub_type) => equals(models::sub_type(), sub_type),
        None => Predicate::is_null(models::sub_type(), true),
    };
    let default = Predicate::compare(models::is_default(), Comparison::Equal, Value::Bool(true));
    let kind = equals(models::model_type(), model.model_type.as_str());
    let found = row::<Model>(transaction.conn(), Predicate::all([live(), default, kind, sub_type])).await?;
    Ok(found.filter(|row| Some(row.id) != own))
}

/// Notes if a model would become the default of another kind without having been asked to.
pub(super) fn check_default(previous: Option<&ModelRow>, changes: &ModelChanges, errors: &mut Errors) {
    if let Some(previous) = previous.filter(|_| changes.is_default.value().is_none()) {
        let message = format!(
            "the default of this type and sub-type is {:?}; pass isDefault: true to take its place, or false",
            previous.name
        );
        errors.add("isDefault", UserErrorCode::Taken, message);
    }
}

/// Notes if a retired model would become a default, or a default would retire without a model that it falls to.
///
/// # Errors
/// If the database fails.
pub(super) async fn check_retired(
    transaction: &mut Transaction,
    moved: &Moved<'_>,
    changes: &ModelChanges,
    errors: &mut Errors,
) -> StoreResult<()> {
    let Moved { before, after, today } = *moved;
    if !after.is_default || after.stage_on(today) != LifecycleStage::Retired {
        return Ok(());
    }
    let kind = |fields: &ModelFields| (fields.model_type, fields.sub_type.clone());
    let comes = before.is_none_or(|before| !before.is_default || kind(before) != kind(after));
    if changes.is_default.value() == Some(&true) || comes {
        let message = "a retired model can't be a default; make it active first, or choose another one";
        errors.add("isDefault", UserErrorCode::Invalid, message);
    } else if moved.retires() && !has_stand_in(transaction, after.successor_id, today).await? {
        let field = if changes.lifecycle_stage.value().is_some() { "lifecycleStage" } else { "retiresOn" };
        let message = "this would retire the default of its type and sub-type, and no model that isn't retired takes its \
                       place; give it a successor, make another model the default, or pass isDefault: false";
        errors.add(field, UserErrorCode::Invalid, message);
    }
    Ok(())
}

/// Whether a live model that isn't retired stands in for one with this successor.
async fn has_stand_in(transaction: &mut Transaction, successor: Option<i64>, today: NaiveDate) -> StoreResult<bool> {
    let first = Predicate::all([live(), ids(successor.into_iter().collect())]);
    let chain = with_chains(transaction.conn(), first).await?;
    Ok(chain.iter().any(|(_, row)| row.stage_on(today) != LifecycleStage::Retired))
}

/// Makes the model that was the default an ordinary one.
///
/// # Errors
/// If the database fails.
pub(super) async fn take_default(transaction: &mut Transaction, previous: ModelRow, now: Timestamp) -> StoreResult<()> {
    // Read anew under the lock: its other fields may have changed since.
    let Some(previous) = crate::store::rows::lock_row::<Model>(transaction, previous.id).await? else { return Ok(()) };
    let fields = ModelFields { is_default: false, ..previous.fields.clone() };
    save::<Model>(transaction, previous, fields, now).await.map(drop)
}

/// What happens to the model's successor; notes one that isn't live, or leads back to the model.
///
/// # Errors
/// If the database fails.
pub(super) async fn successor(
    transaction: &mut Transaction,
    wanted: &Change<Reference>,
    own: Option<&ModelRow>,
    errors: &mut Errors,
) -> StoreResult<Change<i64>> {
    let reference = match wanted {
        Change::Keep => return Ok(Change::Keep),
        Change::Clear => return Ok(Change::Clear),
        Change::Set(reference) => reference,
    };
    // Shared, not locked: the lock on the order of models keeps others from changing successors.
    let found = crate::registry::write::live_rows::<Model>(transaction, std::slice::from_ref(reference)).await?.pop();
    let Some(next) = found.and_then(|found| errors.note("successorId", found)) else { return Ok(Change::Keep) };
    if let Some(own) = own
        && leads_to(transaction, &next, own.id).await?
    {
        let message = format!("{:?} is the model itself, or leads back to it", next.name);
        errors.add("successorId", UserErrorCode::Cycle, message);
    }
    Ok(Change::Set(next.id))
}

async fn leads_to(transaction: &mut Transaction, from: &ModelRow, own: i64) -> StoreResult<bool> {
    let mut seen = HashSet::new();
    let (mut id, mut next) = (from.id, from.successor_id);
    while id != own {
        let Some(following) = next.filter(|_| seen.insert(id)) else { return Ok(false) };
        let found = by_ids::<Model>(transaction.conn(), vec![following]).await?.pop();
        (id, next) = (following, found.and_then(|row| row.successor_id));
    }
    Ok(true)
}
