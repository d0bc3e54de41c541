//! What goes on behind the door: rights are read anew when they have changed, and what is noted is written.

use std::sync::Weak;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::MissedTickBehavior;

use super::{Access, Parts};
use crate::domain::Timestamp;
use crate::store::api_token::{ApiTokenRow, revision, unrevoked};
use crate::store::session::{SessionRow, open as open_sessions};
use crate::store::{Conn, StoreResult};

/// How often it is asked whether rights have changed.
const REFRESH: Duration = Duration::from_millis(300);
/// How often what is noted is written.
const WRITE: Duration = Duration::from_secs(2);

/// All rights, as of a revision.
pub(super) struct Rights {
    pub(super) revision: i64,
    pub(super) tokens: Vec<ApiTokenRow>,
    pub(super) sessions: Vec<SessionRow>,
}

/// All rights, if they are not of the revision that is known.
pub(super) async fn changed_since(conn: &mut Conn, known: Option<i64>, now: Timestamp) -> StoreResult<Option<Rights>> {
    let revision = revision(conn).await?;
    if known == Some(revision) {
        return Ok(None);
    }
    Ok(Some(Rights { revision, tokens: unrevoked(conn).await?, sessions: open_sessions(conn, now).await? }))
}

/// The door, unless it is closed or gone.
fn open(parts: &Weak<Parts>) -> Option<Access> {
    parts.upgrade().filter(|parts| !parts.closed.load(Ordering::Acquire)).map(Access)
}

pub(super) async fn keep_fresh(parts: Weak<Parts>) {
    let mut ticks = tokio::time::interval(REFRESH);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut failed = false;
    loop {
        ticks.tick().await;
        let Some(access) = open(&parts) else { return };
        match access.refresh().await {
            Ok(()) => failed = false,
            Err(error) if failed || open(&parts).is_none() => drop(error),
            Err(error) => {
                failed = true;
                tracing::warn!(%error, "who may come in can't be read; nobody with a token is let in");
            }
        }
    }
}

pub(super) async fn keep_writing(parts: Weak<Parts>) {
    let mut ticks = tokio::time::interval(WRITE);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let Some(access) = open(&parts) else { return };
        if let Err(error) = access.write_noted().await
            && open(&parts).is_some()
        {
            tracing::warn!(%error, "what the audit log is to tell could not be written");
        }
    }
}
