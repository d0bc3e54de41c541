//! Writing capabilities.

use super::Change;
use super::change::changes;
use super::check::{any, data_types, display, prose, slug};
use super::user_error::{Errors, UserErrorCode, WriteResult, refused};
use super::write::{Reference, Target, delete_row, equals, points_to, restore_row, save, to_restore, unless_taken};
use crate::domain::{Domain, JsonText};
use crate::registry::Editor;
use crate::store::capability::{Capability, CapabilityFields, CapabilityRow};
use crate::store::capability_link::CapabilityLink;
use crate::store::links::of_live_models;
use crate::store::predicate::Predicate;
use crate::store::rows::{count, delete as delete_rows, deleted_at, live, restore as restore_rows, row};
use crate::store::schema::fields::{capabilities, model_capability_associations as links};
use crate::store::{Entity as _, Fresh, StoreResult, Transaction};

changes! {
    /// What a client wants of a capability's plain fields.
    PlainChanges onto CapabilityFields {
        required {
            name: String => slug,
            display_name: String => display,
            domain: Domain => any,
            is_active: bool => any,
        }
        optional {
            description: String => prose,
            capability_type: String => slug,
        }
    }
}

/// What a client wants of a capability's fields.
#[derive(Debug, Clone, Default)]
pub struct CapabilityChanges {
    /// Those that are kept as they are given.
    pub plain: PlainChanges,
    /// What it takes.
    pub input_types: Change<Vec<String>>,
    /// What it gives.
    pub output_types: Change<Vec<String>>,
}

const fn blank() -> CapabilityFields {
    CapabilityFields {
        name: String::new(),
        display_name: String::new(),
        description: None,
        capability_type: None,
        input_types: None,
        output_types: None,
        domain: Domain::Nlp,
        is_active: true,
    }
}

impl CapabilityChanges {
    fn check(&self, errors: &mut Errors) {
        self.plain.check(errors);
        self.input_types.check("inputTypes", data_types, errors);
        self.output_types.check("outputTypes", data_types, errors);
    }

    fn onto(self, before: CapabilityFields) -> CapabilityFields {
        let list = |change: Change<Vec<String>>, before: Option<JsonText>| match change {
            Change::Keep => before,
            Change::Clear => None,
            Change::Set(list) => JsonText::from_value(&list).ok(),
        };
        CapabilityFields {
            input_types: list(self.input_types, before.input_types.clone()),
            output_types: list(self.output_types, before.output_types.clone()),
            ..self.plain.onto(before)
        }
    }
}

fn taken(name: &str) -> String {
    format!("a live capability is named {name:?}")
}

async fn check_name(transaction: &mut Transaction, name: &str, field: &str, errors: &mut Errors) -> StoreResult<()> {
    let same = Predicate::all([live(), equals(capabilities::name(), name)]);
    if !errors.on(field) && row::<Capability>(transaction.conn(), same).await?.is_some() {
        errors.add(field, UserErrorCode::Taken, taken(name));
    }
    Ok(())
}

/// Enters a capability.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn create(editor: &Editor, changes: CapabilityChanges) -> WriteResult<CapabilityRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                changes.check(&mut errors);
                let fields = changes.onto(blank());
                check_name(transaction, &fields.name, "name", &mut errors).await?;
                errors.finish()?;
                let message = taken(&fields.name);
                unless_taken(Capability::insert(transaction, Fresh::now(fields, now)).await, "name", message)
            })
        })
        .await
}

/// Changes a capability.
///
/// # Errors
/// If the client got something wrong, or the database fails.
pub async fn update(editor: &Editor, target: Target, changes: CapabilityChanges) -> WriteResult<CapabilityRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let mut errors = Errors::default();
                changes.check(&mut errors);
                let Some(row) = target.live::<Capability>(transaction, &mut errors).await? else {
                    return Err(errors.failure());
                };
                let fields = changes.onto(row.fields.clone());
                if fields.name != row.name {
                    check_name(transaction, &fields.name, "name", &mut errors).await?;
                }
                errors.finish()?;
                let message = taken(&fields.name);
                unless_taken(save::<Capability>(transaction, row, fields, now).await, "name", message)
            })
        })
        .await
}

/// Deletes a capability, and with `cascade` what is known of models about it.
///
/// # Errors
/// If something is known of live models about it and `cascade` is not set, if the client got something else wrong, or the
/// database fails.
pub async fn delete(editor: &Editor, target: Target, cascade: bool) -> WriteResult<CapabilityRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let capability = target.sure::<Capability>(transaction).await?;
                let own = points_to(links::capability_id(), capability.id);
                let in_use = Predicate::all([live(), own.clone(), of_live_models()]);
                let number = count::<CapabilityLink>(transaction.conn(), in_use).await?;
                if number > 0 && !cascade {
                    let message = format!(
                        "the capability is known of {number} live models; pass cascade to forget what is known of it"
                    );
                    return Err(refused("id", UserErrorCode::InUse, message));
                }
                delete_rows::<CapabilityLink>(transaction, own, now).await?;
                Ok(delete_row::<Capability>(transaction, capability.id, now).await?)
            })
        })
        .await
}

/// Restores a capability, and what was deleted with it.
///
/// # Errors
/// If its name was taken since, if the client got something else wrong, or the database fails.
pub async fn restore(editor: &Editor, id: Reference) -> WriteResult<CapabilityRow> {
    editor
        .write(move |transaction| {
            Box::pin(async move {
                let now = transaction.now();
                let capability = to_restore::<Capability>(transaction, &id).await?;
                let Some(moment) = capability.deleted_at else { return Ok(capability) };
                let mut errors = Errors::default();
                check_name(transaction, &capability.name, "id", &mut errors).await?;
                errors.finish()?;
                let restored = restore_row::<Capability>(transaction, capability.id, now).await;
                let restored = unless_taken(restored, "id", taken(&capability.name))?;
                let together = Predicate::all([deleted_at(moment), points_to(links::capability_id(), capability.id)]);
                restore_rows::<CapabilityLink>(transaction, together, now).await?;
                Ok(restored)
            })
        })
        .await
}
