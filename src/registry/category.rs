//! Writing categories.

mod place;
mod restore;

pub use restore::restore;

use super::change::changes;
use super::check::{any, category_name, display, not_negative, prose, slug};
use super::user_error::{Errors, UserErrorCode, WriteResult, refused};
use super::write::{Reference, Target, save, unless_taken};
use crate::domain::Timestamp;
use crate::registry::Editor;
use crate::store::category::{Category, CategoryFields, CategoryRow, move_paths, within};
use crate::store::category_link::CategoryLink;
use crate::store::lock::Lock;
use crate::store::predicate::Predicate;
use crate::store::rows::{by_ids, delete as delete_rows, ids, live, rows};
use crate::store::schema::fields::model_category_associations as links;
use crate::store::{Entity as _, Fresh, StoreResult, Transaction};
use place::{Place, taken};

changes! {
    /// What a client wants of a category's fields.
    CategoryChanges onto CategoryFields {
        required {
            name: String => category_name,
            display_name: String => display,
            category_type: String => slug,
            is_active: bool => any,
            position: i32 => not_negative,
        }
        optional {
            description: String => prose,
        }
    }
}

const fn blank() -> CategoryFields {
    CategoryFields {
        name: String::new(),
        display_name: String::new(),
        description: None,
        category_type: String::new(),
        parent_id: None,
        is_active: true,
        position: 0,
        path: String::new(),
    }
}

/// Enters a category, below a parent or as a root.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn create(editor: &Editor, parent: Option<Reference>, changes: CategoryChanges) -> WriteResult<CategoryRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                changes.check(&mut errors);
                Lock::Categories.hold(transaction).await?;
                let mut fields = changes.onto(blank());
                let parent = match parent {
                    Some(parent) => parent.live::<Category>(transaction, "parentId", &mut errors).await?,
                    None => None,
                };
                let place = Place::new(parent.as_ref(), &fields.name);
                place.check(transaction, 0, "parentId", "name", &mut errors).await?;
                errors.finish()?;
                (fields.parent_id, fields.path) = (place.parent_id, place.path);
                let message = taken(&fields.path);
                unless_taken(Category::insert(transaction, Fresh::now(fields, now)).await, "name", message)
            })
        })
        .await
}

/// Changes a category. A new name becomes part of the paths of everything below it.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn update(editor: &Editor, target: Target, changes: CategoryChanges) -> WriteResult<CategoryRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                changes.check(&mut errors);
                Lock::Categories.hold(transaction).await?;
                let Some(row) = target.live::<Category>(transaction, &mut errors).await? else {
                    return Err(errors.failure());
                };
                let mut fields = changes.onto(row.fields.clone());
                if fields.name != row.name {
                    let parent = match row.parent_id {
                        Some(parent) => by_ids::<Category>(transaction.conn(), vec![parent]).await?.pop(),
                        None => None,
                    };
                    let place = Place::new(parent.as_ref(), &fields.name);
                    place.check_free(transaction, "name", &mut errors).await?;
                    fields.path = place.path;
                }
                errors.finish()?;
                put(transaction, row, fields, "name", now).await
            })
        })
        .await
}

/// Moves a category with everything below it: below another one, or to the roots; and to a place among its siblings.
///
/// # Errors
/// If it would come below itself, if the client got something else wrong, or the database fails.
pub async fn relocate(
    editor: &Editor,
    target: Target,
    parent: Option<Reference>,
    position: Option<i32>,
) -> WriteResult<CategoryRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                if let Some(position) = position {
                    errors.note("position", not_negative(&position));
                }
                Lock::Categories.hold(transaction).await?;
                let parent = match parent {
                    Some(parent) => parent.live::<Category>(transaction, "parentId", &mut errors).await?,
                    None => None,
                };
                let Some(row) = target.live::<Category>(transaction, &mut errors).await? else {
                    return Err(errors.failure());
                };
                let place = Place::new(parent.as_ref(), &row.name);
                let mut fields = CategoryFields { position: position.unwrap_or(row.position), ..row.fields.clone() };
                if place.parent_id != row.parent_id {
                    place.check_move(transaction, &row, "parentId", &mut errors).await?;
                    (fields.parent_id, fields.path) = (place.parent_id, place.path);
                }
                errors.finish()?;
                put(transaction, row, fields, "parentId", now).await
            })
        })
        .await
}

/// Saves a category, and takes everything below it along if its path is another.
async fn put(
    transaction: &mut Transaction,
    row: CategoryRow,
    fields: CategoryFields,
    field: &str,
    now: Timestamp,
) -> WriteResult<CategoryRow> {
    let (old, new) = (row.path.clone(), fields.path.clone());
    let saved = unless_taken(save::<Category>(transaction, row, fields, now).await, field, taken(&new))?;
    if old != new {
        unless_taken(move_paths(transaction, &old, &new, now).await, field, taken(&new))?;
    }
    Ok(saved)
}

/// The live categories at this path and below it.
async fn subtree(transaction: &mut Transaction, path: &str) -> StoreResult<Vec<CategoryRow>> {
    rows::<Category>(transaction.conn(), Predicate::all([live(), within(path)]), &[]).await
}

/// Deletes a category and takes the models out of it; with `cascade`, everything below it too.
///
/// # Errors
/// If there are live categories below it and `cascade` is not set, if the client got something else wrong, or the
/// database fails.
pub async fn delete(editor: &Editor, target: Target, cascade: bool) -> WriteResult<CategoryRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                Lock::Categories.hold(transaction).await?;
                let category = target.sure::<Category>(transaction).await?;
                let subtree = subtree(transaction, &category.path).await?;
                let below = subtree.len().saturating_sub(1);
                if below > 0 && !cascade {
                    let message = format!("there are {below} live categories below; pass cascade to delete them too");
                    return Err(refused("id", UserErrorCode::InUse, message));
                }
                let all: Vec<i64> = subtree.iter().map(|row| row.id).collect();
                delete_rows::<Category>(transaction, ids(all.clone()), now).await?;
                delete_rows::<CategoryLink>(transaction, Predicate::id_in(links::category_id(), all), now).await?;
                let deleted = by_ids::<Category>(transaction.conn(), vec![category.id]).await?.pop();
                deleted.ok_or_else(|| refused("id", UserErrorCode::NotFound, "the category is gone"))
            })
        })
        .await
}
