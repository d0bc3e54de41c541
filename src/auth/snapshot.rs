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

/// Uses of a token within this time of a noted one are not noted again, in microseconds.
const NOTED_AGAIN_AFTER: i64 = 60_000_000;
/// Never used.
const NEVER: i64 = i64::MIN;

/// Who may come in, as of a revision.
#[derive(Default)]
pub struct Snapshot {
    tokens: HashMap<SecretHash, Known>,
    by_id: HashMap<i64, Arc<Principal>>,
}

/// Somebody who may come in.
#[derive(Clone)]
pub struct Known {
    /// Who.
    pub principal: Arc<Principal>,
    /// When they last did.
    pub usage: Arc<Usage>,
}

/// When a token was used.
pub struct Usage {
    /// The token's primary key.
    pub id: i64,
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
    fn of(row: &ApiTokenRow) -> Self {
        let last = row.last_used_at.map_or(NEVER, micros);
        Self { id: row.id, last: AtomicI64::new(last), written: AtomicI64::new(last) }
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
    pub fn of(rows: &[ApiTokenRow], before: &Self) -> Self {
        let usages: HashMap<i64, &Arc<Usage>> = before.usages().map(|usage| (usage.id, usage)).collect();
        let known = |row: &ApiTokenRow| {
            let principal = Principal {
                name: format!("token:{}", row.name),
                role: Some(row.role),
                scopes: scopes_of(row),
                kind: PrincipalKind::Token(row.id),
                expires_at: row.expires_at,
            };
            let usage = usages.get(&row.id).map_or_else(|| Arc::new(Usage::of(row)), |usage| Arc::clone(usage));
            Some((SecretHash::from_hex(&row.hash)?, Known { principal: Arc::new(principal), usage }))
        };
        let tokens: HashMap<SecretHash, Known> = rows.iter().filter_map(known).collect();
        let by_id = tokens.values().map(|known| (known.usage.id, Arc::clone(&known.principal))).collect();
        Self { tokens, by_id }
    }

    /// Who has this token.
    pub fn token(&self, hash: &SecretHash) -> Option<&Known> {
        self.tokens.get(hash)
    }

    /// Whether a principal with this very name, these rights and this end is still let in.
    pub fn has(&self, principal: &Principal) -> bool {
        match principal.kind {
            PrincipalKind::Anonymous | PrincipalKind::Process => true,
            PrincipalKind::Token(id) => self.by_id.get(&id).is_some_and(|known| **known == *principal),
        }
    }

    /// What is known of the uses of all tokens.
    pub fn usages(&self) -> impl Iterator<Item = &Arc<Usage>> {
        self.tokens.values().map(|known| &known.usage)
    }

    /// The name of the token with this primary key.
    pub fn name_of(&self, token: i64) -> Option<&str> {
        self.by_id.get(&token).map(|principal| principal.name.as_str())
    }
}
