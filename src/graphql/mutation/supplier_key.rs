//! Writing suppliers' keys.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::super::guard::ByPolicy;
use super::super::id::{NodeKind, parse};
use super::super::scalars::SecretText;
use super::super::scope::{editor, scope};
use super::super::supplier_key::SupplierKey;
use super::input::{change, reference};
use super::payload::{UserError, outcome};
use crate::domain::Timestamp;
use crate::loader::Batch;
use crate::registry::supplier_key::{self, NewKey, Rotation, SupplierKeyChanges};
use crate::registry::{Change, Reference, Target, UserErrorCode, WriteResult};
use crate::store::supplier_key::SupplierKeyRow;

/// How long a key that was rotated out may still be used unless said, in minutes: a day.
const OVERLAP_MINUTES: i32 = 1_440;

/// A key to enter.
#[derive(InputObject)]
pub struct CreateSupplierKeyInput {
    /// Global id of the supplier whose API it is for.
    pub supplier_id: ID,
    /// What people call it, such as `production`: at most 200 characters, unique among the supplier's live keys, without any
    /// piece of the key.
    pub label: String,
    /// The key, at most 16,384 bytes. It is sealed at once, and no answer ever holds it.
    pub secret: SecretText,
    /// Whether it may be used, which it may unless said.
    pub is_active: Option<bool>,
    /// How much of the supplier's calls it gets against its other keys, 1 to 1,000; 1 unless said.
    pub weight: Option<i32>,
    /// From when on it may no longer be used, later than now; null if it never ends.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Changes to what is known about a key: a field that is left out stays. The key itself stays; see `rotateSupplierKey`.
#[derive(InputObject)]
pub struct UpdateSupplierKeyInput {
    /// Global id of the key.
    pub id: ID,
    /// Change it only if its `version` is still this one; whatever it is, if left out or null.
    pub expected_version: Option<i64>,
    /// What people call it, at most 200 characters, unique among the supplier's live keys; never null.
    pub label: MaybeUndefined<String>,
    /// Whether it may be used; never null.
    pub is_active: MaybeUndefined<bool>,
    /// How much of the supplier's calls it gets against its other keys, 1 to 1,000; never null.
    pub weight: MaybeUndefined<i32>,
    /// From when on it may no longer be used, later than now; null if it never ends. A key that was rotated out can only end
    /// earlier.
    pub expires_at: MaybeUndefined<DateTime<Utc>>,
}

/// A new key that takes another's place, with its label and weight.
#[derive(InputObject)]
pub struct RotateSupplierKeyInput {
    /// Global id of the key whose place it takes.
    pub id: ID,
    /// Rotate it only if its `version` is still this one; whatever it is, if left out or null.
    pub expected_version: Option<i64>,
    /// The new key, at most 16,384 bytes. It is sealed at once, and no answer ever holds it.
    pub secret: SecretText,
    /// How long the old key may still be used, in minutes, 0 to 527,040; it ends earlier if it was to end earlier.
    #[graphql(default_with = "OVERLAP_MINUTES")]
    pub overlap_minutes: i32,
    /// From when on the new key may no longer be used, later than now; null if it never ends.
    pub expires_at: Option<DateTime<Utc>>,
}

/// The key to delete. It can be restored.
#[derive(Debug, InputObject)]
pub struct DeleteSupplierKeyInput {
    /// Global id of the key.
    pub id: ID,
    /// Delete it only if its `version` is still this one; whatever it is, if left out or null.
    pub expected_version: Option<i64>,
}

/// The key to restore. One that lives already stays as it is.
#[derive(Debug, InputObject)]
pub struct RestoreSupplierKeyInput {
    /// Global id of the deleted key.
    pub id: ID,
}

macro_rules! key_payloads {
    ($($payload:ident),+) => { $(
        /// What came of it.
        #[derive(SimpleObject)]
        pub struct $payload {
            /// What is known about the key now; null if something was wrong.
            supplier_key: Option<SupplierKey>,
            /// All that was wrong with the input; empty if the change was made.
            user_errors: Vec<UserError>,
        }

        impl $payload {
            fn new(context: &Context<'_>, written: WriteResult<SupplierKeyRow>) -> Result<Self> {
                let (row, user_errors) = outcome(context, written)?;
                Ok(Self { supplier_key: row.map(|row| shown(context, row)).transpose()?, user_errors })
            }
        }
    )+ };
}
key_payloads!(CreateSupplierKeyPayload, UpdateSupplierKeyPayload, DeleteSupplierKeyPayload, RestoreSupplierKeyPayload);

/// What came of it.
#[derive(SimpleObject)]
pub struct RotateSupplierKeyPayload {
    /// What is known about the new key; null if something was wrong.
    supplier_key: Option<SupplierKey>,
    /// What is known about the one whose place it took; null if something was wrong.
    previous: Option<SupplierKey>,
    /// All that was wrong with the input; empty if the change was made.
    user_errors: Vec<UserError>,
}

fn shown(context: &Context<'_>, row: SupplierKeyRow) -> Result<SupplierKey> {
    Ok(SupplierKey(Batch::single(&scope(context)?.store, row)))
}

/// What an id refers to. One that is none isn't repeated: somebody may have put the key in its place.
fn referred(kind: NodeKind, id: &ID) -> Reference {
    if parse(id).is_some() {
        return reference(kind, id);
    }
    let name = kind.type_name();
    Reference::Refused(UserErrorCode::Invalid, format!("is not an id; those of a {name} look like \"{name}:42\""))
}

fn target(id: &ID, expected_version: Option<i64>) -> Target {
    Target { id: referred(NodeKind::SupplierKey, id), expected_version }
}

/// Writing suppliers' keys.
#[derive(Default)]
pub struct SupplierKeyMutation;

#[Object(guard = "ByPolicy")]
impl SupplierKeyMutation {
    /// Enters a key that a supplier's API is called with; a supplier has at most 100. The key is kept sealed and never shown.
    async fn create_supplier_key(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Whose key it is, the key, and what is known about it.")] input: CreateSupplierKeyInput,
    ) -> Result<CreateSupplierKeyPayload> {
        let new = NewKey {
            supplier: referred(NodeKind::Supplier, &input.supplier_id),
            secret: input.secret.0,
            changes: SupplierKeyChanges {
                label: Change::Set(input.label),
                is_active: input.is_active.into(),
                weight: input.weight.into(),
                expires_at: input.expires_at.map(Timestamp::new).into(),
            },
        };
        let written = supplier_key::create(&editor(context, None)?, &scope(context)?.keyring, new).await;
        CreateSupplierKeyPayload::new(context, written)
    }

    /// Changes what is known about a key. If nothing differs, nothing is written and its version stays.
    async fn update_supplier_key(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which key, and what is to be known about it.")] input: UpdateSupplierKeyInput,
    ) -> Result<UpdateSupplierKeyPayload> {
        let changes = SupplierKeyChanges {
            label: change(input.label),
            is_active: change(input.is_active),
            weight: change(input.weight),
            expires_at: change::<_, DateTime<Utc>>(input.expires_at).map(Timestamp::new),
        };
        let target = target(&input.id, input.expected_version);
        UpdateSupplierKeyPayload::new(context, supplier_key::update(&editor(context, None)?, target, changes).await)
    }

    /// Puts a new key in another's place. The old one may still be used for a while, and both are listed.
    async fn rotate_supplier_key(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which key, and the new one.")] input: RotateSupplierKeyInput,
    ) -> Result<RotateSupplierKeyPayload> {
        let rotation = Rotation {
            target: target(&input.id, input.expected_version),
            secret: input.secret.0,
            overlap_minutes: input.overlap_minutes.into(),
            expires_at: input.expires_at.map(Timestamp::new),
        };
        let written = supplier_key::rotate(&editor(context, None)?, &scope(context)?.keyring, rotation).await;
        let (rotated, user_errors) = outcome(context, written)?;
        let (key, previous) = rotated.map(|rotated| (rotated.key, rotated.previous)).unzip();
        Ok(RotateSupplierKeyPayload {
            supplier_key: key.map(|row| shown(context, row)).transpose()?,
            previous: previous.map(|row| shown(context, row)).transpose()?,
            user_errors,
        })
    }

    /// Deletes a key, which frees its label.
    async fn delete_supplier_key(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which key.")] input: DeleteSupplierKeyInput,
    ) -> Result<DeleteSupplierKeyPayload> {
        let target = target(&input.id, input.expected_version);
        DeleteSupplierKeyPayload::new(context, supplier_key::delete(&editor(context, None)?, target).await)
    }

    /// Restores a deleted key of a live supplier.
    async fn restore_supplier_key(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Which key.")] input: RestoreSupplierKeyInput,
    ) -> Result<RestoreSupplierKeyPayload> {
        let id = referred(NodeKind::SupplierKey, &input.id);
        RestoreSupplierKeyPayload::new(context, supplier_key::restore(&editor(context, None)?, id).await)
    }
}
