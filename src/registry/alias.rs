//! Writing models' other names.

use super::check::free_name;
use super::child::{Child, check_alive, live_model, parent_of};
use super::user_error::{Errors, UserErrorCode, WriteResult};
use super::write::{Reference, Target, delete_row, points_to, restore_row, to_restore, unless_taken};
use crate::registry::Editor;
use crate::store::alias::{Alias, AliasFields, AliasRow};
use crate::store::model::{Model, ModelRow};
use crate::store::predicate::Predicate;
use crate::store::rows::{by_ids, live, lock_row, rows};
use crate::store::schema::fields::{model_aliases, models};
use crate::store::supplier::Supplier;
use crate::store::{Entity as _, Fresh, StoreResult, Transaction};

/// Most aliases a model has.
pub const LIMIT: usize = 100;

/// Keeps the names of the model's supplier as they are until the transaction ends. To be called before the model is
/// locked: those who delete suppliers lock in this order.
///
/// # Errors
/// If the database fails.
pub(super) async fn lock_names(transaction: &mut Transaction, model: &Reference) -> StoreResult<()> {
    let Reference::Id(id) = model else { return Ok(()) };
    if let Some(model) = by_ids::<Model>(transaction.conn(), vec![*id]).await?.pop() {
        lock_row::<Supplier>(transaction, model.supplier_id).await?;
    }
    Ok(())
}

/// The names among these that a live model of the supplier answers to, each with what it is there; `own` doesn't count.
///
/// # Errors
/// If the database fails.
pub(super) async fn names_taken(
    transaction: &mut Transaction,
    supplier: i64,
    names: Vec<String>,
    own: Option<i64>,
) -> StoreResult<Vec<(String, &'static str)>> {
    let named = Predicate::all([
        live(),
        points_to(models::supplier_id(), supplier),
        Predicate::text_in(models::name(), names.clone()),
    ]);
    let aliased = Predicate::all([
        live(),
        points_to(model_aliases::supplier_id(), supplier),
        Predicate::text_in(model_aliases::alias(), names),
    ]);
    let models: Vec<ModelRow> = rows::<Model>(transaction.conn(), named, &[]).await?;
    let aliases = rows::<Alias>(transaction.conn(), aliased, &[]).await?;
    let names = models.into_iter().filter(|row| Some(row.id) != own).map(|row| (row.fields.name, "the name"));
    Ok(names.chain(aliases.into_iter().map(|row| (row.fields.alias, "an alias"))).collect())
}

/// What to say of a name that is taken.
pub(super) fn taken(name: &str, what: &str) -> String {
    format!("{name:?} is {what} of a live model of this supplier")
}

/// Notes what is wrong with a list of names that are to be a new model's aliases.
pub(super) fn check_list(aliases: &[String], model_name: &str, errors: &mut Errors) {
    for (at, alias) in aliases.iter().enumerate() {
        let field = at.to_string();
        errors.note(&field, free_name(alias));
        if alias == model_name {
            errors.add(&field, UserErrorCode::Taken, "is the model's own name");
        } else if aliases[..at].contains(alias) {
            errors.add(&field, UserErrorCode::Taken, format!("{alias:?} is named twice"));
        }
    }
}

/// Gives a model another name.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn create(editor: &Editor, model: Reference, alias: String) -> WriteResult<AliasRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                errors.note("alias", free_name(&alias));
                lock_names(transaction, &model).await?;
                let Some(model) = live_model(transaction, &model, &mut errors).await? else {
                    return Err(errors.failure());
                };
                check_free(transaction, &model, &alias, "alias", &mut errors).await?;
                Alias::check_room(transaction, model.id, 1, "modelId", &mut errors).await?;
                errors.finish()?;
                let message = taken(&alias, "an alias");
                let fields = AliasFields { model_id: model.id, supplier_id: model.supplier_id, alias, source: None };
                unless_taken(Alias::insert(transaction, Fresh::now(fields, now)).await, "alias", message)
            })
        })
        .await
}

async fn check_free(
    transaction: &mut Transaction,
    model: &ModelRow,
    alias: &str,
    field: &str,
    errors: &mut Errors,
) -> StoreResult<()> {
    if errors.on(field) {
        return Ok(());
    }
    for (name, what) in names_taken(transaction, model.supplier_id, vec![alias.to_owned()], None).await? {
        errors.add(field, UserErrorCode::Taken, taken(&name, what));
    }
    Ok(())
}

/// Deletes another name of a model.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn delete(editor: &Editor, target: Target) -> WriteResult<AliasRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                parent_of::<Alias>(transaction, &target.id).await?;
                let row = target.sure::<Alias>(transaction).await?;
                Ok(delete_row::<Alias>(transaction, row.id, now).await?)
            })
        })
        .await
}

/// Restores another name of a model.
///
/// # Errors
/// If its model is deleted, the name taken since, or something else is wrong; or the database fails.
pub async fn restore(editor: &Editor, id: Reference) -> WriteResult<AliasRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                if let Reference::Id(id) = id
                    && let Some(row) = by_ids::<Alias>(transaction.conn(), vec![id]).await?.pop()
                {
                    lock_row::<Supplier>(transaction, row.supplier_id).await?;
                }
                let model = parent_of::<Alias>(transaction, &id).await?;
                let row = to_restore::<Alias>(transaction, &id).await?;
                if row.deleted_at.is_none() {
                    return Ok(row);
                }
                let mut errors = Errors::default();
                check_alive(model.as_ref(), "id", &mut errors);
                if let Some(model) = &model {
                    check_free(transaction, model, &row.alias, "id", &mut errors).await?;
                }
                Alias::check_room(transaction, row.model_id, 1, "id", &mut errors).await?;
                errors.finish()?;
                let message = taken(&row.alias, "an alias");
                unless_taken(restore_row::<Alias>(transaction, row.id, now).await, "id", message)
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_differ_from_the_name_and_from_each_other() {
        let mut errors = Errors::default();
        check_list(&["a", "b", "b", "model", " x"].map(str::to_owned), "model", &mut errors);
        let fields: Vec<String> = errors.found().into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["2", "3", "4"]);
    }
}
