//! Who may come in to a restored database: nobody whose right may have ended since the backup was made, but for what is said.

use super::BackupError;
use super::restore::Restoration;
use crate::store::audit::{self, AuditEvent};
use crate::store::dump::Refill;
use crate::store::{StoreResult, api_token, session};

/// The tables of access, which the first schemas don't have.
const TABLES: [&str; 4] = ["api_tokens", "audit_events", "sessions", "sign_in_links"];

/// Ends every session and link, and every token if that is wanted, and tells the audit log of the restoration. Answers the
/// names of the tokens that let in from now on.
pub(super) async fn settle(refill: &mut Refill, how: &Restoration, of: &str) -> Result<Vec<String>, BackupError> {
    let tables: Vec<&str> = refill.tables().iter().map(|table| table.name.as_str()).collect();
    if !TABLES.iter().all(|name| tables.contains(name)) {
        return Ok(Vec::new());
    }
    let good = good_tokens(refill, how).await?;
    let conn = refill.conn();
    let ended = session::clear(conn).await?;
    let revokes = how.revokes_tokens() && !good.is_empty();
    if revokes {
        api_token::revoke_all(conn, how.author.actor.clone(), how.author.moment).await?;
    }
    if ended || revokes {
        api_token::raise_revision(conn).await?;
    }
    let tokens = if revokes { "revoked" } else { "good again" };
    let told = format!("from a backup of {of}; sessions and links ended, {} tokens {tokens}", good.len());
    audit::insert(conn, AuditEvent::done(&how.author, told)).await?;
    Ok(if revokes { Vec::new() } else { good })
}

/// The names of the tokens that are neither revoked nor over.
async fn good_tokens(refill: &mut Refill, how: &Restoration) -> StoreResult<Vec<String>> {
    let unrevoked = api_token::unrevoked(refill.conn()).await?;
    let good = unrevoked.into_iter().filter(|token| token.expires_at.is_none_or(|end| end > how.author.moment));
    Ok(good.map(|token| token.name).collect())
}
