//! Writing suppliers' keys. The key itself goes in and never comes out here: what is answered is what is known about it.

mod seal;
mod with_supplier;

use chrono::TimeDelta;

use super::change::changes;
use super::check::{any, display};
use super::key_audit::{KeyAction, record};
use super::master_key::confirm;
use super::user_error::{Errors, Fault, UserErrorCode, WriteResult, refused};
use super::write::{Reference, Target, delete_row, equals, points_to, restore_row, save, to_restore, unless_taken};
use crate::domain::Timestamp;
use crate::registry::{Change, Editor};
use crate::secrets::{Keyring, Secret};
use crate::store::predicate::Predicate;
use crate::store::rows::{by_ids, count, live, lock_row, row};
use crate::store::schema::fields::supplier_keys;
use crate::store::supplier::Supplier;
use crate::store::supplier_key::{SupplierKey, SupplierKeyFields, SupplierKeyRow};
use crate::store::{Entity as _, Fresh, StoreResult, Transaction};
use seal::{Envelope, check_apart, check_secret, seal};
pub use seal::{place_of, sealed};
pub use with_supplier::{delete_of, follow, restore_of};

/// Most live keys a supplier has.
const LIMIT: i64 = 100;
/// Largest weight.
const MAX_WEIGHT: i32 = 1_000;
/// Longest time that a key which was rotated out may still be used, in minutes: a year.
const MAX_OVERLAP_MINUTES: i64 = 527_040;
/// How often a key is sealed again, since another master key came into use meanwhile.
const ATTEMPTS: u32 = 5;

/// What is said of a label that is taken; it isn't repeated, since somebody may have put the key in its place.
const TAKEN: &str = "another live key of this supplier has this label";

changes! {
    /// What a client wants of what is known about a key.
    SupplierKeyChanges onto SupplierKeyFields {
        required {
            label: String => display,
            is_active: bool => any,
            weight: i32 => weight,
        }
        optional {
            expires_at: Timestamp => any,
        }
    }
}

/// A key to enter.
pub struct NewKey {
    /// Whose API it is for.
    pub supplier: Reference,
    /// The key.
    pub secret: Secret,
    /// What is known about it.
    pub changes: SupplierKeyChanges,
}

/// A key that takes another's place.
pub struct Rotation {
    /// The key whose place it takes.
    pub target: Target,
    /// The new key.
    pub secret: Secret,
    /// How long the old one may still be used, in minutes.
    pub overlap_minutes: i64,
    /// From when on the new one may no longer be used; `None` if it never ends.
    pub expires_at: Option<Timestamp>,
}

/// What came of a rotation.
#[derive(Debug, Clone)]
pub struct Rotated {
    /// The new key.
    pub key: SupplierKeyRow,
    /// The one whose place it took.
    pub previous: SupplierKeyRow,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the checks of a type have one shape: `Check`")]
fn weight(weight: &i32) -> Result<(), Fault> {
    if (1..=MAX_WEIGHT).contains(weight) {
        return Ok(());
    }
    Err((UserErrorCode::OutOfRange, format!("must be 1 to {MAX_WEIGHT}")))
}

fn check_end(end: Option<&Timestamp>, now: Timestamp, errors: &mut Errors) {
    if end.is_some_and(|end| *end <= now) {
        errors.add("expiresAt", UserErrorCode::OutOfRange, "must be later than now");
    }
}

/// Enters a key of a supplier.
///
/// # Errors
/// If the client got something wrong, the key can't be sealed, or the database fails.
pub async fn create(editor: &Editor, keyring: &Keyring, new: NewKey) -> WriteResult<SupplierKeyRow> {
    let NewKey { supplier, secret, changes } = new;
    let mut errors = Errors::default();
    changes.check(&mut errors);
    check_end(changes.expires_at.value(), editor.author().moment, &mut errors);
    errors.note("secret", check_secret(&secret));
    errors.note("label", check_apart(changes.label.value(), &secret));
    for _ in 0..ATTEMPTS {
        let envelope = match &supplier {
            Reference::Id(id) if errors.is_empty() => Some(seal(editor.store(), keyring, &secret, *id).await?),
            _ => None,
        };
        let entered = enter(editor, supplier.clone(), changes.clone(), envelope, errors.clone()).await?;
        if let Some(row) = entered {
            return Ok(row);
        }
    }
    Err(moving())
}

/// What is said when master keys are rotated faster than a key can be sealed.
fn moving() -> super::WriteError {
    refused("secret", UserErrorCode::Conflict, "the master key is being changed at the moment; try again")
}

/// `None` if another master key came into use since the key was sealed.
async fn enter(
    editor: &Editor,
    supplier: Reference,
    changes: SupplierKeyChanges,
    envelope: Option<Envelope>,
    mut errors: Errors,
) -> WriteResult<Option<SupplierKeyRow>> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let supplier = supplier.live::<Supplier>(transaction, "supplierId", &mut errors).await?;
                if let Some(supplier) = &supplier {
                    check_free(transaction, supplier.id, changes.label.value(), "label", &mut errors).await?;
                    check_room(transaction, supplier.id, "supplierId", &mut errors).await?;
                }
                errors.finish()?;
                let (Some(supplier), Some(envelope)) = (supplier, envelope) else { return Err(errors.failure()) };
                if !confirm(transaction, &envelope.sealed.master_key).await? {
                    return Ok(None);
                }
                let fields = changes.onto(envelope.fields(supplier.id));
                let inserted = SupplierKey::insert(transaction, Fresh::now(fields, now)).await;
                let row = unless_taken(inserted, "label", TAKEN)?;
                record(transaction, KeyAction::Create, &row).await?;
                Ok(Some(row))
            })
        })
        .await
}

/// Notes if a live key of the supplier that isn't rotated out has this label.
async fn check_free(
    transaction: &mut Transaction,
    supplier: i64,
    label: Option<&String>,
    field: &str,
    errors: &mut Errors,
) -> StoreResult<()> {
    let Some(label) = label.filter(|_| !errors.on(field)) else { return Ok(()) };
    let holder = Predicate::all([
        live(),
        points_to(supplier_keys::supplier_id(), supplier),
        equals(supplier_keys::label(), label),
        Predicate::is_null(supplier_keys::rotated_at(), true),
    ]);
    if row::<SupplierKey>(transaction.conn(), holder).await?.is_some() {
        errors.add(field, UserErrorCode::Taken, TAKEN);
    }
    Ok(())
}

async fn check_room(transaction: &mut Transaction, supplier: i64, field: &str, errors: &mut Errors) -> StoreResult<()> {
    let own = Predicate::all([live(), points_to(supplier_keys::supplier_id(), supplier)]);
    if count::<SupplierKey>(transaction.conn(), own).await? >= LIMIT {
        errors.add(field, UserErrorCode::TooMany, format!("a supplier has at most {LIMIT} live keys"));
    }
    Ok(())
}

/// Changes what is known about a key; the key itself stays.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn update(editor: &Editor, target: Target, changes: SupplierKeyChanges) -> WriteResult<SupplierKeyRow> {
    let moment = editor.author().moment;
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                changes.check(&mut errors);
                check_end(changes.expires_at.value(), moment, &mut errors);
                let Some(row) = target.live::<SupplierKey>(transaction, &mut errors).await? else {
                    return Err(errors.failure());
                };
                let label = changes.label.value().filter(|label| **label != row.label && row.rotated_at.is_none());
                check_free(transaction, row.supplier_id, label, "label", &mut errors).await?;
                let longer = match &changes.expires_at {
                    Change::Keep => false,
                    Change::Clear => true,
                    Change::Set(end) => row.expires_at.is_none_or(|before| *end > before),
                };
                if row.rotated_at.is_some() && longer {
                    let message = "a key that was rotated out can end earlier, not later";
                    errors.add("expiresAt", UserErrorCode::OutOfRange, message);
                }
                errors.finish()?;
                let fields = changes.onto(row.fields.clone());
                let before = row.version;
                let saved = unless_taken(save::<SupplierKey>(transaction, row, fields, now).await, "label", TAKEN)?;
                if saved.version != before {
                    record(transaction, KeyAction::Update, &saved).await?;
                }
                Ok(saved)
            })
        })
        .await
}

/// Puts a new key in another's place, which may still be used for a while.
///
/// # Errors
/// If the client got something wrong, the new key can't be sealed, or the database fails.
pub async fn rotate(editor: &Editor, keyring: &Keyring, rotation: Rotation) -> WriteResult<Rotated> {
    let Rotation { target, secret, overlap_minutes, expires_at } = rotation;
    let mut errors = Errors::default();
    errors.note("secret", check_secret(&secret));
    check_end(expires_at.as_ref(), editor.author().moment, &mut errors);
    if !(0..=MAX_OVERLAP_MINUTES).contains(&overlap_minutes) {
        let message = format!("must be 0 to {MAX_OVERLAP_MINUTES} minutes");
        errors.add("overlapMinutes", UserErrorCode::OutOfRange, message);
    }
    let before = match &target.id {
        Reference::Id(id) => {
            let id = *id;
            editor.store().read(move |conn| Box::pin(by_ids::<SupplierKey>(conn, vec![id]))).await?.pop()
        }
        _ => None,
    };
    for _ in 0..ATTEMPTS {
        let envelope = match &before {
            Some(row) if errors.is_empty() => Some(seal(editor.store(), keyring, &secret, row.supplier_id).await?),
            _ => None,
        };
        let terms = Terms { target: target.clone(), overlap: TimeDelta::minutes(overlap_minutes), expires_at };
        if let Some(rotated) = replace(editor, terms, envelope, errors.clone()).await? {
            return Ok(rotated);
        }
    }
    Err(moving())
}

struct Terms {
    target: Target,
    overlap: TimeDelta,
    expires_at: Option<Timestamp>,
}

/// `None` if another master key came into use since the new key was sealed.
async fn replace(
    editor: &Editor,
    terms: Terms,
    envelope: Option<Envelope>,
    mut errors: Errors,
) -> WriteResult<Option<Rotated>> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let row = terms.target.live::<SupplierKey>(transaction, &mut errors).await?;
                if let Some(row) = &row {
                    if row.rotated_at.is_some() {
                        let message = "this key was rotated out already; rotate the one that took its place";
                        errors.add("id", UserErrorCode::Conflict, message);
                    }
                    check_room(transaction, row.supplier_id, "id", &mut errors).await?;
                }
                errors.finish()?;
                let (Some(row), Some(envelope)) = (row, envelope) else { return Err(errors.failure()) };
                if !confirm(transaction, &envelope.sealed.master_key).await? {
                    return Ok(None);
                }
                let known = row.fields.clone();
                let overlap_end = Timestamp::new(now.to_utc() + terms.overlap);
                let end = known.expires_at.map_or(overlap_end, |end| end.min(overlap_end));
                let fields = SupplierKeyFields { rotated_at: Some(now), expires_at: Some(end), ..known.clone() };
                let previous = save::<SupplierKey>(transaction, row, fields, now).await?;
                let SupplierKeyFields { label, is_active, weight, .. } = known;
                let fields = SupplierKeyFields {
                    label,
                    is_active,
                    weight,
                    expires_at: terms.expires_at,
                    ..envelope.fields(previous.supplier_id)
                };
                let key = SupplierKey::insert(transaction, Fresh::now(fields, now)).await?;
                record(transaction, KeyAction::Rotate, &previous).await?;
                record(transaction, KeyAction::Create, &key).await?;
                Ok(Some(Rotated { key, previous }))
            })
        })
        .await
}

/// Deletes a key, which then can't be used any more.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn delete(editor: &Editor, target: Target) -> WriteResult<SupplierKeyRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let row = target.sure::<SupplierKey>(transaction).await?;
                let row = delete_row::<SupplierKey>(transaction, row.id, now).await?;
                record(transaction, KeyAction::Delete, &row).await?;
                Ok(row)
            })
        })
        .await
}

/// Restores a deleted key of a live supplier.
///
/// # Errors
/// If the supplier is deleted, the label taken since, or something else is wrong; or the database fails.
pub async fn restore(editor: &Editor, id: Reference) -> WriteResult<SupplierKeyRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let row = to_restore::<SupplierKey>(transaction, &id).await?;
                if row.deleted_at.is_none() {
                    return Ok(row);
                }
                let supplier = lock_row::<Supplier>(transaction, row.supplier_id).await?;
                if supplier.is_none_or(|supplier| supplier.deleted_at.is_some()) {
                    let message = "its supplier is deleted; restore that first";
                    return Err(refused("id", UserErrorCode::NotFound, message));
                }
                let mut errors = Errors::default();
                let label = Some(&row.label).filter(|_| row.rotated_at.is_none());
                check_free(transaction, row.supplier_id, label, "id", &mut errors).await?;
                check_room(transaction, row.supplier_id, "id", &mut errors).await?;
                errors.finish()?;
                let row = unless_taken(restore_row::<SupplierKey>(transaction, row.id, now).await, "id", TAKEN)?;
                record(transaction, KeyAction::Restore, &row).await?;
                Ok(row)
            })
        })
        .await
}
