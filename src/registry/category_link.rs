//! Putting models into categories.

use super::child::{BULK, Child as _, bounded, live_model};
use super::user_error::{Errors, UserErrorCode, WriteResult};
use super::write::{Reference, live_rows};
use crate::registry::Editor;
use crate::store::category::Category;
use crate::store::category_link::{CategoryLink, CategoryLinkFields};
use crate::store::model::ModelRow;
use crate::store::predicate::Predicate;
use crate::store::rows::{delete, live, of_models, rows};
use crate::store::schema::fields::model_category_associations as columns;
use crate::store::{Entity as _, Fresh, StoreResult, Transaction};

/// Most categories a model is directly in.
pub const LIMIT: usize = 100;

/// The ids of live categories; notes those that aren't, and those named twice.
///
/// # Errors
/// If the database fails.
pub(super) async fn resolved(
    transaction: &mut Transaction,
    references: &[Reference],
    errors: &mut Errors,
) -> StoreResult<Vec<i64>> {
    let mut ids = Vec::with_capacity(references.len());
    for (at, category) in live_rows::<Category>(transaction, references).await?.into_iter().enumerate() {
        let field = at.to_string();
        if let Some(category) = errors.note(&field, category) {
            if ids.contains(&category.id) {
                errors.add(&field, UserErrorCode::Taken, format!("{:?} is named twice", category.path));
            }
            ids.push(category.id);
        }
    }
    Ok(ids)
}

/// What an input names: a live model, and live categories.
async fn named(
    transaction: &mut Transaction,
    model: &Reference,
    categories: &[Reference],
) -> WriteResult<(ModelRow, Vec<i64>)> {
    let mut errors = Errors::default();
    bounded("categories", categories.len(), BULK, &mut errors);
    errors.finish()?;
    let model = live_model(transaction, model, &mut errors).await?;
    errors.enter("categories");
    let ids = resolved(transaction, categories, &mut errors).await?;
    errors.leave();
    errors.finish()?;
    model.map(|model| (model, ids)).ok_or_else(|| errors.failure())
}

/// Puts a model into categories; those it is in already stay as they are.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn attach(editor: &Editor, model: Reference, categories: Vec<Reference>) -> WriteResult<ModelRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let (model, mut ids) = named(transaction, &model, &categories).await?;
                let of_model = Predicate::all([live(), of_models(vec![model.id])]);
                let before = rows::<CategoryLink>(transaction.conn(), of_model, &[]).await?;
                ids.retain(|id| !before.iter().any(|link| link.category_id == *id));
                let mut errors = Errors::default();
                CategoryLink::check_room(transaction, model.id, ids.len(), "categories", &mut errors).await?;
                errors.finish()?;
                for category_id in ids {
                    let fields = CategoryLinkFields { model_id: model.id, category_id, source: None };
                    CategoryLink::insert(transaction, Fresh::now(fields, now)).await?;
                }
                Ok(model)
            })
        })
        .await
}

/// Takes a model out of categories; those it is not in stay so.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn detach(editor: &Editor, model: Reference, categories: Vec<Reference>) -> WriteResult<ModelRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let (model, ids) = named(transaction, &model, &categories).await?;
                let links = Predicate::all([of_models(vec![model.id]), Predicate::id_in(columns::category_id(), ids)]);
                delete::<CategoryLink>(transaction, links, now).await?;
                Ok(model)
            })
        })
        .await
}
