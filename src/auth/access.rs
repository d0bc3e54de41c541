//! The door: who is let in, and for how long.
//!
//! All that is good is in memory. A task reads a number that goes up whenever rights change, several times a second and on
//! a connection of its own, and reads the rights anew when it did. So no request waits for the database to be let in, and
//! what is revoked on one instance is over on all of them within a second. Where the number can't be read, nobody is let in
//! on old knowledge.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior, timeout};

use super::noted::{self, Noted};
use super::principal::Principal;
use super::secret::Secret;
use super::snapshot::{Known, Snapshot};
use crate::domain::{AuditOutcome, ChangeChannel, Role, Timestamp};
use crate::registry::clock::Clock;
use crate::store::api_token::{note_use, revision, unrevoked};
use crate::store::audit::{self, AuditEvent};
use crate::store::{Conn, Store, StoreError, StoreResult};

/// How often it is asked whether rights have changed.
const REFRESH: Duration = Duration::from_millis(300);
/// How old what is known may be.
const FRESH: Duration = Duration::from_secs(1);
/// How often the end of an open stream's rights is looked for.
const LOOK: Duration = Duration::from_millis(300);
/// How often what is noted is written.
const WRITE: Duration = Duration::from_secs(2);
/// A token that wasn't used for so long signs in anew, as the audit log tells it.
const AWAY: chrono::TimeDelta = chrono::TimeDelta::hours(1);

/// How the door is kept.
#[derive(Debug, Clone, Copy)]
pub struct AccessSettings {
    /// What those may do who don't say who they are; `None` for nothing.
    pub anonymous_role: Option<Role>,
    /// How long a request waits for what is known to be fresh again.
    pub patience: Duration,
    /// How long the database may take to answer.
    pub timeout: Duration,
}

/// Why somebody is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// What was sent is not what `Authorization: Bearer` takes.
    #[error("send the token as Authorization: Bearer mdy_...")]
    Malformed,
    /// No such token.
    #[error("the token is not known, or was revoked")]
    Unknown,
    /// It was good once.
    #[error("the token has expired")]
    Expired,
    /// Nobody said who they are, and they must.
    #[error("say who you are: send a token as Authorization: Bearer mdy_...")]
    Missing,
    /// Whether the token is good can't be known.
    #[error("whether the token is good can't be known at the moment: the database can't be reached; try again")]
    Unavailable,
}

/// The door. Cheap to clone; clones are one.
#[derive(Clone)]
pub struct Access(Arc<Parts>);

struct Parts {
    store: Store,
    /// The same database, over a connection that nobody else waits for.
    own: Store,
    clock: Clock,
    settings: AccessSettings,
    anonymous: Arc<Principal>,
    known: watch::Sender<Arc<Snapshot>>,
    asked: watch::Sender<Asked>,
    /// Held while rights are read, so that what is older never replaces what is newer.
    reading: tokio::sync::Mutex<Option<i64>>,
    noted: Noted,
    closed: AtomicBool,
}

/// When it was last asked whether rights have changed.
#[derive(Debug, Clone, Copy, Default)]
struct Asked {
    /// When what is known was so.
    at: Option<Instant>,
    /// Whether the last attempt failed.
    failing: bool,
}

impl Access {
    /// A door in front of `store`; `own` is the same database with connections of its own. Nothing is read yet.
    pub fn new(store: Store, own: Store, clock: Clock, settings: AccessSettings) -> Self {
        Self(Arc::new(Parts {
            store,
            own,
            clock,
            anonymous: Arc::new(Principal::anonymous(settings.anonymous_role)),
            settings,
            known: watch::Sender::default(),
            asked: watch::Sender::default(),
            reading: tokio::sync::Mutex::default(),
            noted: Noted::default(),
            closed: AtomicBool::new(false),
        }))
    }

    /// Whoever doesn't say who they are.
    pub fn anonymous(&self) -> &Arc<Principal> {
        &self.0.anonymous
    }

    /// Who has this token. One that was made a moment ago, maybe by another process, is waited for.
    ///
    /// # Errors
    /// Why they are not let in.
    pub async fn token(&self, text: &str) -> Result<Arc<Principal>, Refusal> {
        let Some(secret) = Secret::parse_token(text) else { return Err(Refusal::Unknown) };
        let hash = secret.hash();
        let now = Instant::now();
        self.known_since(now.checked_sub(FRESH)).await?;
        let known = self.0.known.borrow().token(&hash).cloned();
        if let Some(known) = known {
            return self.admit(&known);
        }
        self.known_since(Some(now)).await?;
        let known = self.0.known.borrow().token(&hash).cloned();
        known.map_or(Err(Refusal::Unknown), |known| self.admit(&known))
    }

    fn admit(&self, known: &Known) -> Result<Arc<Principal>, Refusal> {
        let now = self.0.clock.now();
        if has_ended(&known.principal, now) {
            return Err(Refusal::Expired);
        }
        known.usage.note(now);
        Ok(Arc::clone(&known.principal))
    }

    /// Waits until what is known is of `since` or later.
    async fn known_since(&self, since: Option<Instant>) -> Result<(), Refusal> {
        let is_known = |asked: &Asked| asked.at.is_some_and(|at| since.is_none_or(|since| at >= since));
        if is_known(&self.0.asked.borrow()) {
            return Ok(());
        }
        let mut asked = self.0.asked.subscribe();
        let settled = asked.wait_for(|asked| is_known(asked) || asked.failing);
        match timeout(self.0.settings.patience, settled).await {
            Ok(Ok(asked)) if is_known(&asked) => Ok(()),
            _ => Err(Refusal::Unavailable),
        }
    }

    /// Waits until a principal is no longer let in. Never ends for who can't be sent away.
    pub async fn ended(&self, principal: &Principal) {
        let mut known = self.0.known.subscribe();
        loop {
            let is_in = known.borrow_and_update().has(principal);
            if !is_in || has_ended(principal, self.0.clock.now()) {
                return;
            }
            tokio::select! {
                changed = known.changed() => if changed.is_err() { return },
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Asks whether rights have changed, and reads them anew if they have.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn refresh(&self) -> StoreResult<()> {
        let mut revision_known = self.0.reading.lock().await;
        let at = Instant::now();
        let seen = *revision_known;
        let read = self.0.own.read_snapshot(move |conn| Box::pin(changed_since(conn, seen)));
        let read = timeout(self.0.settings.timeout, read).await;
        let read = read.unwrap_or_else(|_| Err(StoreError::Unreachable("it took too long to answer".to_owned())));
        match read {
            Ok(changed) => {
                if let Some((revision, rows)) = changed {
                    let snapshot = Snapshot::of(&rows, &self.0.known.borrow());
                    self.0.known.send_replace(Arc::new(snapshot));
                    *revision_known = Some(revision);
                }
                self.0.asked.send_replace(Asked { at: Some(at), failing: false });
                Ok(())
            }
            Err(error) => {
                self.0.asked.send_modify(|asked| asked.failing = true);
                Err(error)
            }
        }
    }

    /// Keeps what is known fresh, and writes down what is noted, until [`Self::close`].
    pub fn keep(&self) {
        tokio::spawn(keep_fresh(Arc::downgrade(&self.0)));
        tokio::spawn(keep_writing(Arc::downgrade(&self.0)));
    }

    /// Ends the tasks of [`Self::keep`], and closes the connection of its own.
    pub fn close(&self) {
        self.0.closed.store(true, Ordering::Release);
        self.0.own.close();
    }

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
        let uses: Vec<_> = known.usages().filter_map(|usage| Some((Arc::clone(usage), usage.unwritten()?))).collect();
        let mut events = self.0.noted.take(std::time::Instant::now());
        for (usage, unwritten) in &uses {
            let is_back = unwritten.before.is_none_or(|before| unwritten.at.to_utc() - before.to_utc() > AWAY);
            if let Some(name) = known.name_of(usage.id).filter(|_| is_back) {
                events.push(noted::sign_in(unwritten.at, name, AuditOutcome::Done, None));
            }
        }
        if uses.is_empty() && events.is_empty() {
            return Ok(());
        }
        let written: Vec<(i64, Timestamp)> = uses.iter().map(|(usage, use_of)| (usage.id, use_of.at)).collect();
        self.0.store.record(move |conn| Box::pin(write(conn, written, events))).await?;
        for (usage, unwritten) in uses {
            usage.set_written(unwritten.at);
        }
        Ok(())
    }
}

/// Whether a principal's time is over.
fn has_ended(principal: &Principal, now: Timestamp) -> bool {
    principal.expires_at.is_some_and(|end| end <= now)
}

/// The revision and all rights, if it is not the one that is known.
async fn changed_since(
    conn: &mut Conn,
    known: Option<i64>,
) -> StoreResult<Option<(i64, Vec<crate::store::api_token::ApiTokenRow>)>> {
    let now = revision(conn).await?;
    if known == Some(now) {
        return Ok(None);
    }
    Ok(Some((now, unrevoked(conn).await?)))
}

async fn write(conn: &mut Conn, uses: Vec<(i64, Timestamp)>, events: Vec<AuditEvent>) -> StoreResult<()> {
    for (token, at) in uses {
        note_use(conn, token, at).await?;
    }
    for event in events {
        audit::insert(conn, event).await?;
    }
    Ok(())
}

/// The door, unless it is closed or gone.
fn open(parts: &Weak<Parts>) -> Option<Access> {
    parts.upgrade().filter(|parts| !parts.closed.load(Ordering::Acquire)).map(Access)
}

async fn keep_fresh(parts: Weak<Parts>) {
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

async fn keep_writing(parts: Weak<Parts>) {
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
