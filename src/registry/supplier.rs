//! Writing suppliers.

use super::change::changes;
use super::check::{any, display, picture, prose, slug, url, url_path};
use super::model;
use super::supplier_key;
use super::user_error::{Errors, UserErrorCode, WriteResult, refused};
use super::write::{Reference, Target, delete_row, equals, points_to, restore_row, save, to_restore, unless_taken};
use crate::registry::Editor;
use crate::store::lock::Lock;
use crate::store::model::Model;
use crate::store::predicate::Predicate;
use crate::store::rows::{count, deleted_at, live, row, rows};
use crate::store::schema::fields::{models, suppliers};
use crate::store::supplier::{Supplier, SupplierFields, SupplierRow};
use crate::store::{Entity as _, Fresh, StoreResult, Transaction};

changes! {
    /// What a client wants of a supplier's fields.
    SupplierChanges onto SupplierFields {
        required {
            name: String => slug,
            is_active: bool => any,
        }
        optional {
            display_name: String => display,
            description: String => prose,
            api_endpoint: String => url_path,
            base_url: String => url,
            api_url: String => url,
            api_key_required: bool => any,
            website: String => url,
            api_docs: String => url,
            category: String => slug,
            logo: String => picture,
            adapter: String => slug,
        }
    }
}

const fn blank() -> SupplierFields {
    SupplierFields {
        name: String::new(),
        display_name: None,
        description: None,
        api_endpoint: None,
        base_url: None,
        api_url: None,
        api_key_required: None,
        website: None,
        api_docs: None,
        category: None,
        logo: None,
        is_active: true,
        adapter: None,
        extra: None,
    }
}

fn taken(name: &str) -> String {
    format!("a live supplier is named {name:?}")
}

async fn named(transaction: &mut Transaction, name: &str) -> StoreResult<Option<SupplierRow>> {
    row::<Supplier>(transaction.conn(), Predicate::all([live(), equals(suppliers::name(), name)])).await
}

async fn check_name(transaction: &mut Transaction, name: &str, errors: &mut Errors) -> StoreResult<()> {
    if !errors.on("name") && named(transaction, name).await?.is_some() {
        errors.add("name", UserErrorCode::Taken, taken(name));
    }
    Ok(())
}

/// Enters a supplier.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn create(editor: &Editor, changes: SupplierChanges) -> WriteResult<SupplierRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                changes.check(&mut errors);
                let fields = changes.onto(blank());
                check_name(transaction, &fields.name, &mut errors).await?;
                errors.finish()?;
                let message = taken(&fields.name);
                unless_taken(Supplier::insert(transaction, Fresh::now(fields, now)).await, "name", message)
            })
        })
        .await
}

/// Changes a supplier.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn update(editor: &Editor, target: Target, changes: SupplierChanges) -> WriteResult<SupplierRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                changes.check(&mut errors);
                let Some(row) = target.live::<Supplier>(transaction, &mut errors).await? else {
                    return Err(errors.failure());
                };
                let fields = changes.onto(row.fields.clone());
                if fields.name != row.name {
                    check_name(transaction, &fields.name, &mut errors).await?;
                }
                errors.finish()?;
                let message = taken(&fields.name);
                unless_taken(save::<Supplier>(transaction, row, fields, now).await, "name", message)
            })
        })
        .await
}

/// Deletes a supplier with its keys, and with `cascade` its models too.
///
/// # Errors
/// If it has live models and `cascade` is not set, if the client got something else wrong, or the database fails.
pub async fn delete(editor: &Editor, target: Target, cascade: bool) -> WriteResult<SupplierRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let supplier = target.sure::<Supplier>(transaction).await?;
                let live_models = Predicate::all([live(), points_to(models::supplier_id(), supplier.id)]);
                let number = count::<Model>(transaction.conn(), live_models.clone()).await?;
                if number > 0 && !cascade {
                    let message = format!("the supplier has {number} live models; pass cascade to delete them too");
                    return Err(refused("id", UserErrorCode::InUse, message));
                }
                let ids = rows::<Model>(transaction.conn(), live_models, &[]).await?.iter().map(|row| row.id).collect();
                model::delete_all(transaction, ids, now).await?;
                supplier_key::delete_of(transaction, supplier.id, now).await?;
                Ok(delete_row::<Supplier>(transaction, supplier.id, now).await?)
            })
        })
        .await
}

/// Restores a supplier, and the models and keys that were deleted with it.
///
/// # Errors
/// If its name was taken since, if the client got something else wrong, or the database fails.
pub async fn restore(editor: &Editor, id: Reference) -> WriteResult<SupplierRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                Lock::ModelOrder.hold(transaction).await?;
                let supplier = to_restore::<Supplier>(transaction, &id).await?;
                let Some(moment) = supplier.deleted_at else { return Ok(supplier) };
                let message = format!("{}; rename that one before this is restored", taken(&supplier.name));
                if named(transaction, &supplier.name).await?.is_some() {
                    return Err(refused("id", UserErrorCode::Taken, message));
                }
                let restored = restore_row::<Supplier>(transaction, supplier.id, now).await;
                let restored = unless_taken(restored, "id", message)?;
                let together = Predicate::all([deleted_at(moment), points_to(models::supplier_id(), supplier.id)]);
                let models = rows::<Model>(transaction.conn(), together, &[]).await?;
                model::restore_all(transaction, models, moment, now).await?;
                supplier_key::restore_of(transaction, supplier.id, moment, now).await?;
                Ok(restored)
            })
        })
        .await
}
