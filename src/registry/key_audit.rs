//! What the audit log is told of changes to suppliers' keys and of master keys: who did what to which, never anything of a
//! key itself.

use crate::store::audit::{self, AuditEvent};
use crate::store::supplier_key::SupplierKeyRow;
use crate::store::{StoreResult, Transaction};

/// What happened to a supplier's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyAction {
    /// It was entered.
    Create,
    /// What is known of it was changed.
    Update,
    /// Another took its place.
    Rotate,
    /// It was deleted, alone or with its supplier.
    Delete,
    /// It was brought back, alone or with its supplier.
    Restore,
    /// It was removed for good.
    Purge,
}

impl KeyAction {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Rotate => "rotate",
            Self::Delete => "delete",
            Self::Restore => "restore",
            Self::Purge => "purge",
        }
    }
}

/// Tells of a change to a key. Called for each, within the transaction that makes it: the one place where changes to keys
/// come by.
///
/// # Errors
/// If the database fails.
pub async fn record(transaction: &mut Transaction, action: KeyAction, key: &SupplierKeyRow) -> StoreResult<()> {
    tell(transaction, format!("{} SupplierKey:{} of Supplier:{}", action.as_str(), key.id, key.supplier_id)).await
}

/// Tells `detail`, by the transaction's author. Also of how a change of the master key goes on.
///
/// # Errors
/// If the database fails.
pub async fn tell(transaction: &mut Transaction, detail: String) -> StoreResult<()> {
    let event = AuditEvent { at: transaction.now(), ..AuditEvent::done(transaction.author(), detail) };
    audit::insert(transaction.conn(), event).await
}

/// As [`record`], of each of several keys.
///
/// # Errors
/// If the database fails.
pub async fn record_all(transaction: &mut Transaction, action: KeyAction, keys: &[SupplierKeyRow]) -> StoreResult<()> {
    for key in keys {
        record(transaction, action, key).await?;
    }
    Ok(())
}
