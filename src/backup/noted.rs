//! What the audit log is told of backups.

use super::Written;
use crate::store::audit::{self, AuditEvent};
use crate::store::{Author, Store, StoreResult};

/// Tells the audit log that a backup was made. It is as good if that fails.
///
/// # Errors
/// If the database fails, or is one that can only be read.
pub async fn note(store: &Store, author: Author, written: &Written) -> StoreResult<()> {
    let (header, trailer) = (&written.header, &written.trailer);
    let told =
        format!("{} rows of {} tables, as of {}", trailer.rows(), trailer.tables.len(), header.made_at.to_text());
    let event = AuditEvent::done(&author, told);
    store.record(move |conn| Box::pin(async move { audit::insert(conn, event).await })).await
}
