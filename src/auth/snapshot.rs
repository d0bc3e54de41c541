//! All that is good at the moment, in memory.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::DateTime;

use super::principal::{Principal, PrincipalKind};
use super::secret::SecretHash;
use crate::domain::Timestamp;
use crate::registry::api_token::scopes_of;
use crate::store::api_token::ApiTokenRow;
use crate::store::session::SessionRow;

/// Uses of a token within this time of a noted one are not noted again, in microseconds.
const NOTED_AGAIN_AFTER: i64 = 60_000_000;
/// Never used.
const NEVER: i64 = i64::MIN;

/// Who may come in, as of a revision.
#[derive(Default)]
pub struct Snapshot {
    known: HashMap<SecretHash, Known>,
    by_kind: HashMap<PrincipalKind, Known>,
}

/// Somebody who may come in.
#[derive(Clone)]
pub struct Known {
    /// Who.
    pub principal: Arc<Principal>,
    /// When they last did.
    pub usage: Arc<Usage>,
}

/// When a token or a session was used.
pub struct Usage {
    /// Which.
    pub of: PrincipalKind,
    /// The last use that is noted, in microseconds since 1970.
    last: AtomicI64,
    /// The last use that the database knows of.
    written: AtomicI64,
}

/// A use that is still to be written.
pub struct Unwritten {
    /// When the token was used.
    pub at: Timestamp,
    /// When it was used before; `None` if never.
    pub before: Option<Timestamp>,
}

fn micros(moment: Timestamp) -> i64 {
    moment.to_utc().timestamp_micros()
}

fn moment(micros: i64) -> Option<Timestamp> {
    DateTime::from_timestamp_micros(micros).filter(|_| micros != NEVER).map(Timestamp::new)
}

impl Usage {
    fn new(of: PrincipalKind, last: Option<Timestamp>) -> Self {
        let last = last.map_or(NEVER, micros);
        Self { of, last: AtomicI64::new(last), written: AtomicI64::new(last) }
    }

    /// The last use that is known.
    pub fn last(&self) -> Option<Timestamp> {
        moment(self.last.load(Ordering::Relaxed))
    }

    /// Another instance has noted this use.
    fn learn(&self, last: Option<Timestamp>) {
        let last = last.map_or(NEVER, micros);
        self.written.fetch_max(last, Ordering::Relaxed);
        self.last.fetch_max(last, Ordering::Relaxed);
    }

    /// Notes a use, unless one of the last minute is noted.
    pub fn note(&self, now: Timestamp) {
        let now = micros(now);
        if self.last.load(Ordering::Relaxed).saturating_add(NOTED_AGAIN_AFTER) < now {
            self.last.fetch_max(now, Ordering::Relaxed);
        }
    }

    /// The last use, if the database doesn't know of it.
    pub fn unwritten(&self) -> Option<Unwritten> {
        let (last, written) = (self.last.load(Ordering::Relaxed), self.written.load(Ordering::Relaxed));
        let at = moment(last).filter(|_| last > written)?;
        Some(Unwritten { at, before: moment(written) })
    }

    /// The database knows of this use.
    pub fn set_written(&self, at: Timestamp) {
        self.written.fetch_max(micros(at), Ordering::Relaxed);
    }
}

impl Snapshot {
    /// Those that these rows let in; what is known of their uses is taken over from `before`.
    pub fn of(tokens: &[ApiTokenRow], sessions: &[SessionRow], before: &Self) -> Self {
        let tokens = tokens.iter().map(|row| (row.hash.as_str(), token(row), row.last_used_at));
        let sessions = sessions.iter().map(|row| (row.hash.as_str(), session(row), Some(row.last_used_at)));
        let known = tokens.chain(sessions).filter_map(|(hash, principal, last)| {
            let usage = match before.by_kind.get(&principal.kind) {
                Some(known) => Arc::clone(&known.usage),
                None => Arc::new(Usage::new(principal.kind, last)),
            };
            usage.learn(last);
            Some((SecretHash::from_hex(hash)?, Known { principal: Arc::new(principal), usage }))
        });
        let known: HashMap<SecretHash, Known> = known.collect();
        let by_kind = known.values().map(|known| (known.principal.kind, known.clone())).collect();
        Self { known, by_kind }
    }

    /// Who has the secret with this hash.
    pub fn get(&self, hash: &SecretHash) -> Option<&Known> {
        self.known.get(hash)
    }

    /// What is known of a principal with this very name, these rights and this end; `None` if they are no longer let in.
    pub fn known(&self, principal: &Principal) -> Option<&Known> {
        self.by_kind.get(&principal.kind).filter(|known| *known.principal == *principal)
    }

    /// All who are let in.
    pub fn all(&self) -> impl Iterator<Item = &Known> {
        self.known.values()
    }
}

fn token(row: &ApiTokenRow) -> Principal {
    Principal {
        name: format!("token:{}", row.name),
        role: Some(row.role),
        scopes: scopes_of(row),
        kind: PrincipalKind::Token(row.id),
        expires_at: row.expires_at,
    }
}

fn session(row: &SessionRow) -> Principal {
    Principal {
        name: row.actor.clone(),
        role: Some(row.role),
        scopes: None,
        kind: PrincipalKind::Session(row.id),
        expires_at: Some(row.expires_at),
    }
}
