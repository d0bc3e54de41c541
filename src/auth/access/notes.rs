//! What is noted at the door, and written down in batches: uses, and what the audit log is to tell.

use std::sync::Arc;

use super::{Access, Refusal};
use crate::auth::noted;
use crate::auth::principal::{Principal, PrincipalKind};
use crate::domain::{AuditOutcome, ChangeChannel, Timestamp};
use crate::store::api_token::note_use;
use crate::store::audit::{self, AuditEvent};
use crate::store::session::note_use as note_session_use;
use crate::store::{Conn, StoreResult};

/// Who wasn't there for so long signs in anew, as the audit log tells it.
const AWAY: chrono::TimeDelta = chrono::TimeDelta::hours(1);

impl Access {
    /// Notes that somebody was not let in, for the audit log.
    pub fn note_refusal(&self, refusal: Refusal, address: Option<String>) {
        let event = noted::sign_in(
            self.0.clock.now(),
            &self.0.anonymous.name,
            AuditOutcome::Refused,
            Some(&refusal.to_string()),
        );
        self.0.noted.note(AuditEvent { address, ..event });
    }

    /// Notes that somebody came in, for the audit log.
    pub(super) fn note_sign_in(&self, principal: &Principal) {
        self.0.noted.note(noted::sign_in(self.0.clock.now(), &principal.name, AuditOutcome::Done, None));
    }

    /// Notes that somebody may not do what they tried, for the audit log.
    pub fn note_forbidden(&self, principal: &Principal, action: &str, request: &str) {
        self.0.noted.note(AuditEvent {
            at: self.0.clock.now(),
            actor: principal.name.clone(),
            action: action.to_owned(),
            outcome: AuditOutcome::Refused,
            channel: Some(ChangeChannel::Graphql),
            detail: None,
            request: Some(request.to_owned()),
            address: None,
            alike: 1,
        });
    }

    /// Writes down what is noted: uses of tokens, and what the audit log is to tell.
    ///
    /// # Errors
    /// If the database fails. Uses are tried again later; events are lost.
    pub async fn write_noted(&self) -> StoreResult<()> {
        let known = Arc::clone(&self.0.known.borrow());
        let uses: Vec<_> = known.all().filter_map(|known| Some((known.clone(), known.usage.unwritten()?))).collect();
        let mut events = self.0.noted.take(std::time::Instant::now());
        for (known, unwritten) in &uses {
            // A session was told of when it began.
            let is_token = matches!(known.principal.kind, PrincipalKind::Token(_));
            let is_back = unwritten.before.is_none_or(|before| unwritten.at.to_utc() - before.to_utc() > AWAY);
            if is_token && is_back {
                events.push(noted::sign_in(unwritten.at, &known.principal.name, AuditOutcome::Done, None));
            }
        }
        if uses.is_empty() && events.is_empty() {
            return Ok(());
        }
        let written = uses.iter().map(|(known, unwritten)| (known.usage.of, unwritten.at)).collect();
        self.0.store.record(move |conn| Box::pin(write(conn, written, events))).await?;
        for (known, unwritten) in uses {
            known.usage.set_written(unwritten.at);
        }
        Ok(())
    }
}

async fn write(conn: &mut Conn, uses: Vec<(PrincipalKind, Timestamp)>, events: Vec<AuditEvent>) -> StoreResult<()> {
    for (of, at) in uses {
        match of {
            PrincipalKind::Token(id) => note_use(conn, id, at).await?,
            PrincipalKind::Session(id) => note_session_use(conn, id, at).await?,
            PrincipalKind::Anonymous | PrincipalKind::Process | PrincipalKind::Provider => {}
        }
    }
    for event in events {
        audit::insert(conn, event).await?;
    }
    Ok(())
}
