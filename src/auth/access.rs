//! The door: who is let in, and for how long.
//!
//! All that is good is in memory. A task reads a number that goes up whenever rights change, several times a second and on
//! a connection of its own, and reads the rights anew when it did. So no request waits for the database to be let in, and
//! what is revoked on one instance is over on all of them within a second. Where the number can't be read, nobody is let in
//! on old knowledge.

mod keeping;
mod notes;
mod sessions;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::watch;
use tokio::time::{Instant, timeout};

use super::noted::Noted;
use super::oidc::Oidc;
use super::principal::{Principal, PrincipalKind};
use super::secret::Secret;
use super::snapshot::{Known, Snapshot};
use crate::domain::{Role, Timestamp};
use crate::registry::clock::Clock;
use crate::store::{Store, StoreError, StoreResult};
use keeping::{changed_since, keep_fresh, keep_writing};

/// How old what is known may be.
const FRESH: Duration = Duration::from_secs(1);
/// How often all rights are read anew, changed or not.
const ANEW: Duration = Duration::from_secs(60);
/// How often the end of an open stream's rights is looked for.
const LOOK: Duration = Duration::from_millis(300);

/// How the door is kept.
#[derive(Debug, Clone, Copy)]
pub struct AccessSettings {
    /// What those may do who don't say who they are; `None` for nothing.
    pub anonymous_role: Option<Role>,
    /// How long a request waits for what is known to be fresh again.
    pub patience: Duration,
    /// How long a session lasts without being used, and at most.
    pub sessions: Lasting,
    /// How long the database may take to answer.
    pub timeout: Duration,
}

/// How long sessions last.
#[derive(Debug, Clone, Copy)]
pub struct Lasting {
    /// Without being used.
    pub idle: TimeDelta,
    /// At most.
    pub longest: TimeDelta,
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
    /// No such link, or not any more.
    #[error("the link is not known, was used, or has expired")]
    Link,
    /// It was good once.
    #[error("the token has expired")]
    Expired,
    /// Nobody said who they are, and they must.
    #[error("say who you are: send a token as Authorization: Bearer mdy_...")]
    Missing,
    /// The identity provider knows them, and they have no role here.
    #[error("you have no role here: none of those that your token gives is one")]
    NoRole,
    /// Whether a token of the identity provider is good can't be known.
    #[error(
        "whether the token is good can't be known at the moment: the identity provider can't be reached; try again"
    )]
    NoProvider,
    /// Whether the token is good can't be known.
    #[error("whether the token is good can't be known at the moment: the database can't be reached; try again")]
    Unavailable,
    /// A session's cookie came from a page that is not this server's own.
    #[error("what a page of another server sends with a session's cookie is not taken")]
    CrossSite,
    /// A page that is not this server's own wants a WebSocket.
    #[error("pages of other servers may not connect; http.allowed_origins can allow them")]
    Origin,
}

impl Refusal {
    /// A word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Unknown => "unknown",
            Self::Link => "link",
            Self::Expired => "expired",
            Self::Missing => "missing",
            Self::NoRole => "no_role",
            Self::NoProvider => "no_provider",
            Self::Unavailable => "unavailable",
            Self::CrossSite => "cross_site",
            Self::Origin => "origin",
        }
    }

    /// Whether the audit log is told. Not of those who only didn't say who they are, nor of what is the server's own fault.
    pub const fn is_told(self) -> bool {
        !matches!(self, Self::Missing | Self::NoProvider | Self::Unavailable)
    }
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
    provider: Option<Oidc>,
    known: watch::Sender<Arc<Snapshot>>,
    asked: watch::Sender<Asked>,
    /// Held while rights are read, so that what is older never replaces what is newer.
    reading: tokio::sync::Mutex<Option<(i64, Instant)>>,
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
    /// Tokens of `provider` are taken, if there is one.
    pub fn new(store: Store, own: Store, clock: Clock, settings: AccessSettings, provider: Option<Oidc>) -> Self {
        Self(Arc::new(Parts {
            store,
            own,
            clock,
            anonymous: Arc::new(Principal::anonymous(settings.anonymous_role)),
            provider,
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
        match (&self.0.provider, Secret::parse_token(text)) {
            (_, Some(secret)) => self.find(&secret).await,
            (Some(provider), None) => self.of_provider(provider, text).await,
            (None, None) => Err(Refusal::Unknown),
        }
    }

    async fn of_provider(&self, provider: &Oidc, text: &str) -> Result<Arc<Principal>, Refusal> {
        let recognized = provider.principal(text, self.0.clock.now()).await?;
        if recognized.is_new {
            self.note_sign_in(&recognized.principal);
        }
        Ok(recognized.principal)
    }

    /// Whose session this is.
    ///
    /// # Errors
    /// Why they are not let in.
    pub async fn session(&self, text: &str) -> Result<Arc<Principal>, Refusal> {
        let secret = Secret::parse_session(text).ok_or(Refusal::Unknown)?;
        self.find(&secret).await
    }

    async fn find(&self, secret: &Secret) -> Result<Arc<Principal>, Refusal> {
        let hash = secret.hash();
        let now = Instant::now();
        self.known_since(now.checked_sub(FRESH)).await?;
        let known = self.0.known.borrow().get(&hash).cloned();
        if let Some(known) = known {
            return self.admit(&known);
        }
        self.known_since(Some(now)).await?;
        let known = self.0.known.borrow().get(&hash).cloned();
        known.map_or(Err(Refusal::Unknown), |known| self.admit(&known))
    }

    fn admit(&self, known: &Known) -> Result<Arc<Principal>, Refusal> {
        let now = self.0.clock.now();
        if self.is_over(known, now) {
            return Err(Refusal::Expired);
        }
        known.usage.note(now);
        Ok(Arc::clone(&known.principal))
    }

    /// Whether somebody's time is over.
    fn is_over(&self, known: &Known, now: Timestamp) -> bool {
        let ended = known.principal.expires_at.is_some_and(|end| end <= now);
        let is_session = matches!(known.principal.kind, PrincipalKind::Session(_));
        let is_idle = |last: Timestamp| last.to_utc() + self.0.settings.sessions.idle <= now.to_utc();
        ended || (is_session && known.usage.last().is_some_and(is_idle))
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
        match principal.kind {
            PrincipalKind::Anonymous | PrincipalKind::Process => return std::future::pending().await,
            PrincipalKind::Provider => return self.expired(principal).await,
            PrincipalKind::Token(_) | PrincipalKind::Session(_) => {}
        }
        let mut known = self.0.known.subscribe();
        loop {
            let now = self.0.clock.now();
            if known.borrow_and_update().known(principal).is_none_or(|known| self.is_over(known, now)) {
                return;
            }
            tokio::select! {
                changed = known.changed() => if changed.is_err() { return },
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    async fn expired(&self, principal: &Principal) {
        while principal.expires_at.is_none_or(|end| end > self.0.clock.now()) {
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Asks whether rights have changed, and reads them anew if they have.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn refresh(&self) -> StoreResult<()> {
        let mut revision_known = self.0.reading.lock().await;
        let at = Instant::now();
        // Every now and then everything is read anew: other instances note uses without raising the revision.
        let seen = revision_known.filter(|(_, read)| at.duration_since(*read) < ANEW).map(|(revision, _)| revision);
        let now = self.0.clock.now();
        let read = self.0.own.read_snapshot(move |conn| Box::pin(changed_since(conn, seen, now)));
        let read = timeout(self.0.settings.timeout, read).await;
        let read = read.unwrap_or_else(|_| Err(StoreError::Unreachable("it took too long to answer".to_owned())));
        match read {
            Ok(changed) => {
                if let Some(rights) = changed {
                    let snapshot = Snapshot::of(&rights.tokens, &rights.sessions, &self.0.known.borrow());
                    self.0.known.send_replace(Arc::new(snapshot));
                    *revision_known = Some((rights.revision, at));
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
}
