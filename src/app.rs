//! Everything that a request can reach.

mod learning;
mod limits;
mod room;
mod streams;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use crate::auth::{Access, AccessSettings, Lasting, Oidc, OidcSettings};
use crate::cache::Answers;
use crate::config::{Config, ConfigError, OidcConfig};
use crate::graphql::{self, Schema, SchemaSettings};
use crate::limits::DocumentsError;
use crate::push::Push;
use crate::registry::clock::Clock;
use crate::secrets::{Keyring, SecretsError};
use crate::store::replicas::Replicas;
use crate::store::{DatabaseUrl, Store, StoreError, StoreSettings};
use crate::telemetry::{Telemetry, TracerError};
use learning::keep_learning;
pub use limits::Limits;
pub use room::{Room, Taken};
pub use streams::{OpenStream, Streams};

/// For how long work at a PostgreSQL server may go on when nobody waits for it any more.
const GRACE: Duration = Duration::from_secs(20);

/// The server's parts. Cheap to clone; clones share them.
#[derive(Clone)]
pub struct App(Arc<Parts>);

struct Parts {
    config: Config,
    store: Store,
    schema: Schema,
    clock: Clock,
    access: Access,
    keyring: Keyring,
    push: Push,
    streams: Streams,
    limits: Limits,
    room: Room,
    imports: Arc<Semaphore>,
    telemetry: Telemetry,
    answers: Answers,
    /// The same database, over a connection that nobody else waits for.
    own: Store,
    replicas: Replicas,
    /// The tasks that learn of changes, here and on replicas.
    learning: Mutex<Vec<JoinHandle<()>>>,
    migrated: AtomicBool,
}

/// The server can't be put together.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The settings can't be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database can't be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A replica can't be used.
    #[error("database.replica_urls (--replica-url): number {number}: {error}")]
    Replica {
        /// Its place among the settings, from 1.
        number: usize,
        /// Why.
        error: StoreError,
    },
    /// The master keys can't be used.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// The trusted documents can't be used.
    #[error(transparent)]
    Documents(#[from] DocumentsError),
    /// The counters can't be shared.
    #[error("limits.redis_url can't be used: {0}")]
    Redis(String),
    /// The server can't be traced.
    #[error(transparent)]
    Tracer(#[from] TracerError),
    /// The identity provider can't be asked for anything.
    #[error("the identity provider can't be asked: {0}")]
    Provider(#[from] reqwest::Error),
}

impl App {
    /// Puts the parts together; the database isn't touched yet.
    ///
    /// # Errors
    /// If the database's URL or a replica's, the address of Redis, the trusted documents or the master key in the environment can't be used, or spans can't be sent.
    pub fn new(config: Config, clock: Clock) -> Result<Self, AppError> {
        let url = DatabaseUrl::parse(&config.database_url)?;
        let patience = Duration::from_millis(config.limits.request_timeout_ms).saturating_add(GRACE);
        let store = Store::new(&url, &config.store())?.impatient(patience);
        let provider = config.auth.oidc.as_ref().map(|oidc| Oidc::new(oidc.into())).transpose()?;
        // One connection, for which no request has to wait.
        let own =
            Store::new(&url, &StoreSettings { connections: 1, ..config.store() })?.impatient(GRACE).knowing(&store);
        let replicas = Replicas::new(config.database.replica_urls.expose(), &config.store(), &store)
            .map_err(|(number, error)| AppError::Replica { number, error })?;
        let access = Access::new(store.counted(), own.clone(), clock.clone(), AccessSettings::from(&config), provider);
        let keyring = Keyring::new(config.secrets())?;
        let schema = graphql::schema(&SchemaSettings::from(&config));
        let push = Push::new(store.clone(), Duration::from_millis(config.push.poll_ms));
        let streams = Streams::new(config.push.max_streams);
        let limits = Limits::new(&config)?;
        let room = Room::new(config.http.max_buffered_bytes);
        let telemetry = Telemetry::new(config.telemetry.traces().as_ref())?;
        let answers = Answers::new(config.cache.max_bytes, config.cache.max_answer_bytes, store.revisions().clone());
        let learning = Mutex::default();
        let migrated = AtomicBool::new(false);
        Ok(Self(Arc::new(Parts {
            config,
            store,
            schema,
            clock,
            access,
            keyring,
            push,
            streams,
            limits,
            room,
            // Files of third parties are held in memory, at several times their size.
            imports: Arc::new(Semaphore::new(1)),
            telemetry,
            answers,
            own,
            replicas,
            learning,
            migrated,
        })))
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The same database, over a connection for which no request has to wait.
    pub fn own(&self) -> &Store {
        &self.0.own
    }

    /// Its replicas.
    pub fn replicas(&self) -> &Replicas {
        &self.0.replicas
    }

    /// The GraphQL schema.
    pub fn schema(&self) -> &Schema {
        &self.0.schema
    }

    /// Where the time comes from.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Who may come in.
    pub fn access(&self) -> &Access {
        &self.0.access
    }

    /// The master keys that secrets are sealed with.
    pub fn keyring(&self) -> &Keyring {
        &self.0.keyring
    }

    /// The feed of changes, for those who subscribe.
    pub fn push(&self) -> &Push {
        &self.0.push
    }

    /// The streams that are open.
    pub fn streams(&self) -> &Streams {
        &self.0.streams
    }

    /// What is allowed to whom.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Room for bodies of requests.
    pub fn room(&self) -> &Room {
        &self.0.room
    }

    /// The one place for an import by HTTP.
    pub fn imports(&self) -> Arc<Semaphore> {
        Arc::clone(&self.0.imports)
    }

    /// What the server shows of itself.
    pub fn telemetry(&self) -> &Telemetry {
        &self.0.telemetry
    }

    /// Whether the database's schema was brought up to date; until then requests are turned away.
    pub fn is_migrated(&self) -> bool {
        self.0.migrated.load(Ordering::Acquire)
    }

    /// Lets requests in, and keeps what is known of who may come in fresh from now on.
    pub fn set_migrated(&self) {
        if !self.0.migrated.swap(true, Ordering::AcqRel) {
            self.0.access.keep();
            let poll = Duration::from_millis(self.0.config.push.poll_ms);
            let mut learning = self.0.replicas.keep_asking();
            learning.push(keep_learning(self.0.own.clone(), poll));
            *self.0.learning.lock().unwrap_or_else(PoisonError::into_inner) = learning;
        }
    }

    /// Answers that are kept.
    pub fn answers(&self) -> &Answers {
        &self.0.answers
    }

    /// Closes the connections to the database; those in use when they come back.
    pub fn close(&self) {
        let learning = std::mem::take(&mut *self.0.learning.lock().unwrap_or_else(PoisonError::into_inner));
        learning.iter().for_each(JoinHandle::abort);
        self.0.access.close();
        self.0.replicas.close();
        self.0.store.close();
    }
}

impl From<&Config> for AccessSettings {
    fn from(config: &Config) -> Self {
        Self {
            anonymous_role: config.anonymous_role(),
            patience: Duration::from_millis(config.database.wait_timeout_ms),
            sessions: Lasting {
                idle: milliseconds(config.auth.session_idle_ms),
                longest: milliseconds(config.auth.session_max_ms),
            },
            timeout: Duration::from_millis(config.database.connect_timeout_ms),
        }
    }
}

impl From<&OidcConfig> for OidcSettings {
    fn from(config: &OidcConfig) -> Self {
        Self {
            issuer: config.issuer.clone(),
            audience: config.audience.clone(),
            role_claim: config.role_claim.clone(),
            roles: config.roles.clone(),
            name_claim: config.name_claim.clone(),
            clock_skew: milliseconds(config.clock_skew_ms),
        }
    }
}

/// A hundred years, if it is more.
fn milliseconds(number: u64) -> TimeDelta {
    const MOST: TimeDelta = TimeDelta::days(36_525);
    i64::try_from(number).ok().and_then(TimeDelta::try_milliseconds).map_or(MOST, |given| given.min(MOST))
}
