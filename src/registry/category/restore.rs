//! Restoring categories.

use crate::registry::Editor;
use std::collections::HashMap;

use super::place::{Place, levels_below, taken};
use crate::domain::Timestamp;
use crate::registry::user_error::{Errors, UserErrorCode, WriteResult, refused};
use crate::registry::write::{Reference, save, to_restore, unless_taken};
use crate::store::category::{Category, CategoryFields, CategoryRow};
use crate::store::category_link::CategoryLink;
use crate::store::lock::Lock;
use crate::store::predicate::Predicate;
use crate::store::rows::{by_ids, deleted_at, ids, restore as restore_rows, rows};
use crate::store::schema::fields::model_category_associations as links;
use crate::store::{StoreResult, Transaction};

/// Restores a category, and the categories and places of models that were deleted with it. Their paths follow from where
/// its parent is by now.
///
/// # Errors
/// If its parent is deleted, its place taken since, or the client got something else wrong; or the database fails.
pub async fn restore(editor: &Editor, id: Reference) -> WriteResult<CategoryRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                Lock::Categories.hold(transaction).await?;
                let category = to_restore::<Category>(transaction, &id).await?;
                let Some(moment) = category.deleted_at else { return Ok(category) };
                let parent = live_parent(transaction, &category).await?;
                let place = Place::new(parent.as_ref(), &category.name);
                let mut errors = Errors::default();
                let together = rows::<Category>(transaction.conn(), deleted_at(moment), &[]).await?;
                place.check(transaction, levels_below(&category, &together), "id", "id", &mut errors).await?;
                errors.finish()?;
                let id = category.id;
                let message = taken(&place.path);
                let restored = bring_back(transaction, category, together, place.path, moment, now).await;
                unless_taken(restored, "id", message)?;
                let found = by_ids::<Category>(transaction.conn(), vec![id]).await?.pop();
                found.ok_or_else(|| refused("id", UserErrorCode::NotFound, "the category is gone"))
            })
        })
        .await
}

async fn live_parent(transaction: &mut Transaction, category: &CategoryRow) -> WriteResult<Option<CategoryRow>> {
    let Some(parent) = category.parent_id else { return Ok(None) };
    let parent = by_ids::<Category>(transaction.conn(), vec![parent]).await?.pop();
    if let Some(parent) = parent.as_ref().filter(|parent| parent.deleted_at.is_some()) {
        let message = format!("its parent {:?} is deleted; restore that first", parent.path);
        return Err(refused("id", UserErrorCode::NotFound, message));
    }
    Ok(parent)
}

/// Restores a category at `path`, and those of `together` that were below it.
async fn bring_back(
    transaction: &mut Transaction,
    category: CategoryRow,
    together: Vec<CategoryRow>,
    path: String,
    moment: Timestamp,
    now: Timestamp,
) -> StoreResult<()> {
    let mut restored = Vec::new();
    let mut below: HashMap<i64, Vec<CategoryRow>> = HashMap::new();
    for row in together {
        if let Some(parent) = row.parent_id {
            below.entry(parent).or_default().push(row);
        }
    }
    let mut waiting = vec![(category, path)];
    while let Some((row, path)) = waiting.pop() {
        restored.push(row.id);
        let children = below.remove(&row.id).unwrap_or_default();
        waiting.extend(children.into_iter().map(|child| {
            let path = format!("{path}/{}", child.name);
            (child, path)
        }));
        let fields = CategoryFields { path, ..row.fields.clone() };
        save::<Category>(transaction, row, fields, now).await?;
    }
    restore_rows::<Category>(transaction, ids(restored.clone()), now).await?;
    let places = Predicate::all([deleted_at(moment), Predicate::id_in(links::category_id(), restored)]);
    restore_rows::<CategoryLink>(transaction, places, now).await?;
    Ok(())
}
