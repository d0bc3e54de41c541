//! How browsers come in: links that are good once, and the sessions that they begin. The audit log is told of all of it in
//! the same transaction.

use chrono::TimeDelta;

use crate::domain::{AuditOutcome, Role, Timestamp};
use crate::store::api_token::raise_revision;
use crate::store::audit::{self, AuditEvent};
use crate::store::session::{self, SessionRow, SignInLink};
use crate::store::{Author, Conn, Store, StoreResult};

/// How long a link is good.
const LINK_LASTS: TimeDelta = TimeDelta::hours(1);

/// A session to be begun.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// SHA-256 of the link's code, in hexadecimal.
    pub code_hash: String,
    /// SHA-256 of what the browser gets, in hexadecimal.
    pub hash: String,
    /// When it begins.
    pub now: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
    /// The network address that it is begun from.
    pub address: Option<String>,
}

fn event(at: Timestamp, actor: &str, action: &str) -> AuditEvent {
    AuditEvent {
        at,
        actor: actor.to_owned(),
        action: action.to_owned(),
        outcome: AuditOutcome::Done,
        channel: None,
        detail: None,
        request: None,
        address: None,
        alike: 1,
    }
}

/// Makes a link that signs in as an admin whom the history calls `session:` and the author's name.
///
/// # Errors
/// If the database fails.
pub async fn make_link(store: &Store, author: Author, hash: String) -> StoreResult<()> {
    let made = AuditEvent { channel: Some(author.channel), ..event(author.moment, &author.actor, &author.operation) };
    let link = SignInLink {
        hash,
        actor: format!("session:{}", author.actor),
        role: Role::Admin,
        created_at: author.moment,
        expires_at: Timestamp::new(author.moment.to_utc() + LINK_LASTS),
    };
    let make = store.record(move |conn| {
        Box::pin(async move {
            session::insert_link(conn, link).await?;
            audit::insert(conn, made).await
        })
    });
    make.await
}

/// Begins a session; whether the link was good. Only who has a link that is good waits for the one who writes: anybody may
/// try codes.
///
/// # Errors
/// If the database fails.
pub async fn begin(store: &Store, new: NewSession) -> StoreResult<bool> {
    let (hash, now) = (new.code_hash.clone(), new.now);
    if !store.read(move |conn| Box::pin(session::is_good(conn, hash, now))).await? {
        return Ok(false);
    }
    store.record(move |conn| Box::pin(try_to_begin(conn, new))).await
}

async fn try_to_begin(conn: &mut Conn, new: NewSession) -> StoreResult<bool> {
    let Some((actor, role)) = session::use_link(conn, new.code_hash, new.now).await? else { return Ok(false) };
    let signed_in = AuditEvent { address: new.address, ..event(new.now, &actor, "signIn") };
    let row = SessionRow { id: 0, hash: new.hash, actor, role, expires_at: new.expires_at, last_used_at: new.now };
    session::insert(conn, row).await?;
    audit::insert(conn, signed_in).await?;
    raise_revision(conn).await?;
    Ok(true)
}

/// Ends a session.
///
/// # Errors
/// If the database fails.
pub async fn end(store: &Store, id: i64, actor: String, now: Timestamp) -> StoreResult<()> {
    let end = store.record(move |conn| {
        Box::pin(async move {
            session::end(conn, id, now).await?;
            audit::insert(conn, event(now, &actor, "signOut")).await?;
            raise_revision(conn).await
        })
    });
    end.await
}
