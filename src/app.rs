//! Everything that a request can reach.

mod streams;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::config::{Config, ConfigError, HttpConfig};
use crate::graphql::{self, Schema, SchemaSettings};
use crate::push::Push;
use crate::registry::clock::Clock;
use crate::secrets::{Keyring, SecretsError};
use crate::store::{DatabaseUrl, Store, StoreError};
pub use streams::{OpenStream, Streams};

/// The server's parts. Cheap to clone; clones share them.
#[derive(Clone)]
pub struct App(Arc<Parts>);

struct Parts {
    config: Config,
    store: Store,
    schema: Schema,
    clock: Clock,
    keyring: Keyring,
    push: Push,
    streams: Streams,
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
    /// The master keys can't be used.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
}

impl App {
    /// Puts the parts together; the database isn't touched yet.
    ///
    /// # Errors
    /// If the database's URL can't be used, or the environment holds a master key that is none.
    pub fn new(config: Config, clock: Clock) -> Result<Self, AppError> {
        let store = Store::new(&DatabaseUrl::parse(&config.database_url)?, &config.store())?;
        let keyring = Keyring::new(config.secrets())?;
        let schema = graphql::schema(&SchemaSettings::from(&config.http));
        let push = Push::new(store.clone(), Duration::from_millis(config.push.poll_ms));
        let streams = Streams::new(config.push.max_streams);
        let migrated = AtomicBool::new(false);
        Ok(Self(Arc::new(Parts { config, store, schema, clock, keyring, push, streams, migrated })))
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The GraphQL schema.
    pub fn schema(&self) -> &Schema {
        &self.0.schema
    }

    /// Where the time comes from.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
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

    /// Whether the database's schema was brought up to date; until then requests are turned away.
    pub fn is_migrated(&self) -> bool {
        self.0.migrated.load(Ordering::Acquire)
    }

    /// Lets requests in.
    pub fn set_migrated(&self) {
        self.0.migrated.store(true, Ordering::Release);
    }
}

impl From<&HttpConfig> for SchemaSettings {
    fn from(config: &HttpConfig) -> Self {
        Self { max_depth: config.max_depth, max_complexity: config.max_complexity, timing: config.server_timing }
    }
}
