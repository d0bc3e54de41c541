//! Writing models' parameters.

mod input;

pub(super) use input::check_list;
pub use input::{ParameterChanges, ParameterInput};

use super::child::{BULK, Child, bounded, check_alive, live_model, parent_of};
use super::user_error::{Errors, UserErrorCode, WriteResult};
use super::write::{Reference, Target, delete_row, equals, restore_row, save, to_restore, unless_taken};
use crate::domain::Timestamp;
use crate::registry::Editor;
use crate::store::model::ModelRow;
use crate::store::parameter::{Parameter, ParameterFields, ParameterRow};
use crate::store::predicate::Predicate;
use crate::store::rows::{delete as delete_rows, ids, live, of_models, row, rows};
use crate::store::schema::fields::model_parameters as columns;
use crate::store::{Entity as _, Fresh, StoreResult, Transaction};

/// Most parameters a model has.
pub const LIMIT: usize = 500;
fn taken(name: &str) -> String {
    format!("the model has a live parameter named {name:?}")
}

async fn check_name(
    transaction: &mut Transaction,
    model_id: i64,
    name: &str,
    field: &str,
    errors: &mut Errors,
) -> StoreResult<()> {
    let same = Predicate::all([live(), of_models(vec![model_id]), equals(columns::parameter_name(), name)]);
    if !errors.on(field) && row::<Parameter>(transaction.conn(), same).await?.is_some() {
        errors.add(field, UserErrorCode::Taken, taken(name));
    }
    Ok(())
}

/// Gives a model a parameter.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn create(editor: &Editor, model: Reference, input: ParameterInput) -> WriteResult<ParameterRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                let fields = input.fields(0, &mut errors);
                if let Some(model) = live_model(transaction, &model, &mut errors).await? {
                    check_name(transaction, model.id, &input.name, "name", &mut errors).await?;
                    Parameter::check_room(transaction, model.id, 1, "modelId", &mut errors).await?;
                    errors.finish()?;
                    if let Some(fields) = fields {
                        let fresh = Fresh::now(ParameterFields { model_id: model.id, ..fields }, now);
                        let inserted = Parameter::insert(transaction, fresh).await;
                        return unless_taken(inserted, "name", taken(&input.name));
                    }
                }
                Err(errors.failure())
            })
        })
        .await
}

/// Changes a parameter.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn update(editor: &Editor, target: Target, changes: ParameterChanges) -> WriteResult<ParameterRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                changes.check(&mut errors);
                parent_of::<Parameter>(transaction, &target.id).await?;
                let Some(row) = target.live::<Parameter>(transaction, &mut errors).await? else {
                    return Err(errors.failure());
                };
                let input = changes.onto(&row.fields);
                let fields = input.fields(row.model_id, &mut errors);
                if input.name != row.parameter_name {
                    check_name(transaction, row.model_id, &input.name, "name", &mut errors).await?;
                }
                errors.finish()?;
                let Some(fields) = fields else { return Err(errors.failure()) };
                unless_taken(save_by_hand(transaction, row, fields, now).await, "name", taken(&input.name))
            })
        })
        .await
}

/// Saves a parameter that a client describes. One that changes is no longer an import's.
async fn save_by_hand(
    transaction: &mut Transaction,
    row: ParameterRow,
    fields: ParameterFields,
    now: Timestamp,
) -> StoreResult<ParameterRow> {
    let same = ParameterFields { source: row.source.clone(), ..fields.clone() } == row.fields;
    if same { Ok(row) } else { save::<Parameter>(transaction, row, fields, now).await }
}

/// Makes a model's parameters of these names be as described, all or none; with `replace`, deletes the others.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn set(
    editor: &Editor,
    model: Reference,
    inputs: Vec<ParameterInput>,
    replace: bool,
) -> WriteResult<ModelRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                let model = live_model(transaction, &model, &mut errors).await?;
                if bounded("parameters", inputs.len(), BULK, &mut errors).is_none() {
                    return Err(errors.failure());
                }
                errors.enter("parameters");
                let fields = check_list(&inputs, model.as_ref().map_or(0, |model| model.id), &mut errors);
                errors.leave();
                let Some(model) = model else { return Err(errors.failure()) };
                let before =
                    rows::<Parameter>(transaction.conn(), Predicate::all([live(), of_models(vec![model.id])]), &[])
                        .await?;
                let named = |name: &str| inputs.iter().any(|input| input.name == name);
                let others: Vec<i64> =
                    before.iter().filter(|row| !named(&row.parameter_name)).map(|row| row.id).collect();
                if !replace && others.len() + inputs.len() > LIMIT {
                    errors.add("parameters", UserErrorCode::TooMany, format!("a model has at most {LIMIT}"));
                }
                errors.finish()?;
                if replace {
                    delete_rows::<Parameter>(transaction, ids(others), now).await?;
                }
                for fields in fields {
                    let known = before.iter().find(|row| row.parameter_name == fields.parameter_name);
                    match known.cloned() {
                        Some(row) => save_by_hand(transaction, row, fields, now).await?,
                        None => Parameter::insert(transaction, Fresh::now(fields, now)).await?,
                    };
                }
                Ok(model)
            })
        })
        .await
}

/// Deletes a parameter.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn delete(editor: &Editor, target: Target) -> WriteResult<ParameterRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                parent_of::<Parameter>(transaction, &target.id).await?;
                let row = target.sure::<Parameter>(transaction).await?;
                Ok(delete_row::<Parameter>(transaction, row.id, now).await?)
            })
        })
        .await
}

/// Restores a parameter.
///
/// # Errors
/// If its model is deleted, its name taken since, or something else is wrong; or the database fails.
pub async fn restore(editor: &Editor, id: Reference) -> WriteResult<ParameterRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let model = parent_of::<Parameter>(transaction, &id).await?;
                let row = to_restore::<Parameter>(transaction, &id).await?;
                if row.deleted_at.is_none() {
                    return Ok(row);
                }
                let mut errors = Errors::default();
                check_alive(model.as_ref(), "id", &mut errors);
                check_name(transaction, row.model_id, &row.parameter_name, "id", &mut errors).await?;
                Parameter::check_room(transaction, row.model_id, 1, "id", &mut errors).await?;
                errors.finish()?;
                let restored = restore_row::<Parameter>(transaction, row.id, now).await;
                unless_taken(restored, "id", taken(&row.parameter_name))
            })
        })
        .await
}
