//! Settings: built-in values, then a file, then the environment, then the command line; the last that says something wins.
//!
//! The environment and the command line hold what differs from place to place (`MODELRY_DATABASE_URL`,
//! `MODELRY_LISTEN`); the file holds the rest. A key that is not known is refused, so that a misspelt one can't be
//! silently without effect.

mod auth;
mod cache;
mod database;
mod hosts;
mod http;
mod limits;
mod search;
mod secrets;
mod telemetry;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use figment::Figment;
use figment::providers::{Env, Format as _, Serialized, Toml};
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use auth::{AnonymousRole, AuthConfig, OidcConfig};
pub use cache::CacheConfig;
pub use database::{DatabaseConfig, ReplicaUrls};
pub use hosts::Hosts;
pub use http::HttpConfig;
pub use limits::LimitsConfig;
pub use search::SearchConfig;
pub use secrets::{SecretsConfig, VaultConfig};
pub use telemetry::{LogFormat, MetricsAccess, TelemetryConfig};

use crate::domain::Role;
use crate::store::StoreSettings;

/// The file that is read when none is named, if it exists.
const DEFAULT_FILE: &str = "modelry.toml";

/// All settings.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the catalogue is kept: `sqlite://path` or `postgres://user@host/database`. May hold a password.
    pub database_url: String,
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// How the database is used.
    pub database: DatabaseConfig,
    /// What the server takes and tells.
    pub http: HttpConfig,
    /// How much may be asked.
    pub limits: LimitsConfig,
    /// Who may come in.
    pub auth: AuthConfig,
    /// How changes are pushed to those who subscribe.
    pub push: PushConfig,
    /// What a new database starts with.
    pub catalog: CatalogConfig,
    /// What happens to models by the calendar.
    pub lifecycle: LifecycleConfig,
    /// What the keys of suppliers are sealed with.
    pub secrets: SecretsConfig,
    /// Backups that `serve` makes by itself.
    pub backup: BackupConfig,
    /// What the server shows of itself, and to whom.
    pub telemetry: TelemetryConfig,
    /// Answers that are given again as long as they are true.
    pub cache: CacheConfig,
    /// How models are searched and counted.
    pub search: SearchConfig,
}

/// How changes are pushed to those who subscribe.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PushConfig {
    /// Most WebSockets and event streams that are open at once.
    pub max_streams: usize,
    /// After how long without a message a sign of life is sent, in milliseconds.
    pub keepalive_ms: u64,
    /// How long a new WebSocket may take to begin, in milliseconds.
    pub init_timeout_ms: u64,
    /// How often a SQLite file is asked whether another process wrote to it, while there are subscribers, in
    /// milliseconds.
    pub poll_ms: u64,
}

/// What a new database starts with.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogConfig {
    /// Whether `serve` fills an empty database with the starter catalogue.
    pub starter: bool,
}

/// What happens to models by the calendar.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LifecycleConfig {
    /// How often `serve` writes down the stages that dates have brought about, in milliseconds; it does so when it starts and
    /// after midnight in UTC as well.
    pub settle_interval_ms: u64,
}

/// Backups that `serve` makes by itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupConfig {
    /// The folder they are written to, which is made if it isn't there; none are made if it is not set.
    pub folder: Option<PathBuf>,
    /// How long after one backup the next is made, in milliseconds.
    pub interval_ms: u64,
    /// How many of the newest are kept.
    pub keep: usize,
    /// Backups of so many days are kept beside those; 0 for none.
    pub keep_days: u64,
}

/// What the command line says; `None` where it is silent.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// `--config`.
    pub file: Option<PathBuf>,
    /// `--database-url`.
    pub database_url: Option<String>,
    /// `--replica-url`, as often as it is given; none leave it to the others.
    pub replica_urls: Vec<String>,
    /// `--listen`.
    pub listen: Option<SocketAddr>,
    /// `--server-timing`.
    pub server_timing: bool,
    /// `--trusted-documents`.
    pub trusted_documents: Option<PathBuf>,
}

/// The settings can't be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// A file that was named is not there.
    #[error("the configuration file {} can't be read", .0.display())]
    NoFile(PathBuf),
    /// A key or value that can't be taken.
    #[error("{0}")]
    Invalid(Box<figment::Error>),
    /// Replicas that can't be used.
    #[error("database.replica_urls (--replica-url): {0}")]
    Replicas(String),
    /// A setting with which nothing would work.
    #[error("{0}: must be 1 or more")]
    Zero(&'static str),
    /// A bucket that a single request overflows.
    #[error("limits.cost_per_minute: must be 0, or at least limits.max_cost, which is {0}")]
    SmallBucket(u32),
    /// A setting that has to be a list of addresses and networks.
    #[error("http.trusted_proxies: \"{0}\" must be an address, or a network such as 10.0.0.0/8")]
    NoNetwork(String),
    /// A setting that has to be an origin.
    #[error(
        "{key}: \"{value}\" must be http:// or https:// and a host in lower case, maybe with a port, and nothing behind it"
    )]
    NoOrigin {
        /// Which.
        key: &'static str,
        /// What it says.
        value: String,
    },
    /// A setting that has to be a list of names.
    #[error(
        "http.allowed_hosts: \"{0}\" must be a name or an address in lower case, such as models.lan, without a port"
    )]
    NoHost(String),
    /// A setting that has to be an address where nobody on the way can change what is read.
    #[error("{0}: must be an https:// address, or an http:// one of this machine")]
    NotSafe(&'static str),
    /// A setting that has to say something.
    #[error("{0}: must not be empty")]
    Empty(&'static str),
    /// A setting that has to be a share.
    #[error("{0}: must be 0 to 1")]
    NoRatio(&'static str),
    /// A setting that has to be an address.
    #[error("{0}: must be an http:// or https:// address without a query")]
    NoEndpoint(&'static str),
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database_url: "sqlite://data/modelry.db".to_owned(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8321)),
            database: DatabaseConfig::default(),
            http: HttpConfig::default(),
            limits: LimitsConfig::default(),
            auth: AuthConfig::default(),
            push: PushConfig { max_streams: 1_000, keepalive_ms: 15_000, init_timeout_ms: 10_000, poll_ms: 250 },
            catalog: CatalogConfig { starter: true },
            lifecycle: LifecycleConfig { settle_interval_ms: 3_600_000 },
            secrets: SecretsConfig::default(),
            backup: BackupConfig { folder: None, interval_ms: 86_400_000, keep: 7, keep_days: 0 },
            telemetry: TelemetryConfig::default(),
            cache: CacheConfig::default(),
            search: SearchConfig::default(),
        }
    }
}

impl Config {
    /// Puts the settings together.
    ///
    /// # Errors
    /// If a file that was named is missing, or a key or value in any source can't be taken.
    pub fn load(overrides: &Overrides) -> Result<Self, ConfigError> {
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        match &overrides.file {
            Some(file) if !file.is_file() => return Err(ConfigError::NoFile(file.clone())),
            Some(file) => figment = figment.merge(Toml::file_exact(file)),
            None if Path::new(DEFAULT_FILE).is_file() => figment = figment.merge(Toml::file_exact(DEFAULT_FILE)),
            None => {}
        }
        figment = figment.merge(Env::prefixed("MODELRY_").only(&["database_url", "listen"]));
        figment = figment.merge(Env::prefixed("MODELRY_").only(&["log_format"]).map(|_| "telemetry.log_format".into()));
        if let Some(url) = &overrides.database_url {
            figment = figment.merge(("database_url", url));
        }
        if !overrides.replica_urls.is_empty() {
            figment = figment.merge(("database.replica_urls", &overrides.replica_urls));
        }
        if let Some(listen) = &overrides.listen {
            figment = figment.merge(("listen", listen));
        }
        if overrides.server_timing {
            figment = figment.merge(("http.server_timing", true));
        }
        if let Some(file) = &overrides.trusted_documents {
            figment = figment.merge(("http.trusted_documents", file));
        }
        let config: Self = figment.extract().map_err(|error| ConfigError::Invalid(Box::new(error)))?;
        config.checked()
    }

    fn checked(self) -> Result<Self, ConfigError> {
        let zero = [
            ("auth.session_idle_ms", self.auth.session_idle_ms == 0),
            ("auth.session_max_ms", self.auth.session_max_ms == 0),
            ("database.connections", self.database.connections == 0),
            ("database.wait_timeout_ms", self.database.wait_timeout_ms == 0),
            ("database.connect_timeout_ms", self.database.connect_timeout_ms == 0),
            ("http.max_body_bytes", self.http.max_body_bytes == 0),
            ("http.max_buffered_bytes", self.http.max_buffered_bytes == 0),
            ("http.max_import_bytes", self.http.max_import_bytes == 0),
            ("http.import_timeout_ms", self.http.import_timeout_ms == 0),
            ("http.body_timeout_ms", self.http.body_timeout_ms == 0),
            ("http.header_timeout_ms", self.http.header_timeout_ms == 0),
            ("http.max_connections", self.http.max_connections == 0),
            ("lifecycle.settle_interval_ms", self.lifecycle.settle_interval_ms == 0),
            ("secrets.vault.timeout_ms", self.secrets.vault.timeout_ms == 0),
            ("secrets.vault.attempts", self.secrets.vault.attempts == 0),
            ("backup.interval_ms", self.backup.interval_ms == 0),
            ("backup.keep", self.backup.keep == 0),
            ("push.max_streams", self.push.max_streams == 0),
            ("push.keepalive_ms", self.push.keepalive_ms == 0),
            ("push.init_timeout_ms", self.push.init_timeout_ms == 0),
            ("push.poll_ms", self.push.poll_ms == 0),
        ];
        if let Some((key, _)) = zero.into_iter().chain(self.limits.zero()).find(|(_, is_zero)| *is_zero) {
            return Err(ConfigError::Zero(key));
        }
        if self.limits.is_bucket_too_small() {
            return Err(ConfigError::SmallBucket(self.limits.max_cost));
        }
        if let Err(text) = self.http.proxies() {
            return Err(ConfigError::NoNetwork(text.to_owned()));
        }
        if let Some(text) = self.http.no_host() {
            return Err(ConfigError::NoHost(text.clone()));
        }
        self.database.check(self.is_on_server())?;
        self.auth.check()?;
        self.secrets.check()?;
        self.telemetry.check()?;
        match self.http.no_origin() {
            Some((key, value)) => Err(ConfigError::NoOrigin { key, value: value.clone() }),
            None => Ok(self),
        }
    }

    /// What those may do who don't say who they are; `None` for nothing.
    pub fn anonymous_role(&self) -> Option<Role> {
        match self.auth.anonymous_role {
            Some(AnonymousRole::Viewer) => Some(Role::Viewer),
            Some(AnonymousRole::None) => None,
            None => self.is_local().then_some(Role::Viewer),
        }
    }

    /// Whether `/metrics` is served where the catalogue is.
    pub fn shows_metrics(&self) -> bool {
        self.telemetry.serves_metrics(self.is_local())
    }

    /// Whether only this machine can ask: it listens on a loopback address, and no proxy passes on what comes from elsewhere.
    pub fn is_local(&self) -> bool {
        self.listen.ip().is_loopback() && self.http.public_url.is_none()
    }

    /// Whether the database is a PostgreSQL server, which may be away for a while.
    pub fn is_on_server(&self) -> bool {
        self.database_url.starts_with("postgres")
    }

    /// The settings of the store.
    pub const fn store(&self) -> StoreSettings {
        StoreSettings {
            connections: self.database.connections,
            wait_timeout: Duration::from_millis(self.database.wait_timeout_ms),
            connect_timeout: Duration::from_millis(self.database.connect_timeout_ms),
            writes_much: false,
            max_index_bytes: self.search.max_index_bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn load_file(content: &str) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("modelry.toml");
        std::fs::write(&file, content).expect("a file");
        Config::load(&Overrides { file: Some(file), ..Overrides::default() })
    }

    #[test]
    fn a_file_changes_what_it_names_and_nothing_else() {
        let config = load_file("[limits]\nmax_depth = 9\n").expect("settings");
        assert_eq!((config.limits.max_depth, config.limits.max_fields), (9, 1_000));
    }

    #[test]
    fn the_command_line_wins() {
        let overrides =
            Overrides { database_url: Some("sqlite://x.db".to_owned()), server_timing: true, ..Overrides::default() };
        let config = Config::load(&overrides).expect("settings");
        assert_eq!((config.database_url.as_str(), config.http.server_timing), ("sqlite://x.db", true));
    }

    #[test]
    fn a_limit_that_lets_nothing_through_is_refused() {
        let error = load_file("[database]\nconnections = 0\n").expect_err("no connections");
        assert_eq!(error.to_string(), "database.connections: must be 1 or more");
        let error = load_file("[lifecycle]\nsettle_interval_ms = 0\n").expect_err("no rest");
        assert_eq!(error.to_string(), "lifecycle.settle_interval_ms: must be 1 or more");
    }

    #[test]
    fn a_bucket_holds_the_largest_request() {
        let error = load_file("[limits]\ncost_per_minute = 10\n").expect_err("too small").to_string();
        assert!(error.starts_with("limits.cost_per_minute: must be 0, or at least limits.max_cost"), "{error}");
        load_file("[limits]\ncost_per_minute = 0\nmax_cost = 7\n").expect("no bucket at all");
    }

    #[test]
    fn proxies_are_addresses_and_networks() {
        load_file("[http]\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n").expect("settings");
        let error = load_file("[http]\ntrusted_proxies = [\"10.0.0.0/33\"]\n").expect_err("no network").to_string();
        assert!(error.contains("\"10.0.0.0/33\""), "{error}");
    }

    #[test]
    fn origins_are_what_browsers_send() {
        for right in ["https://models.example", "http://127.0.0.1:8321", "https://[::1]:8"] {
            load_file(&format!("[http]\npublic_url = {right:?}\nallowed_origins = [{right:?}]\n")).expect(right);
        }
        for wrong in ["*", "models.example", "https://x/", "https://", "ftp://x", "https://u@x", "https://X.example"] {
            let error = load_file(&format!("[http]\nallowed_origins = [{wrong:?}]\n")).expect_err(wrong).to_string();
            assert!(error.starts_with("http.allowed_origins: \"") && error.contains(wrong), "{error}");
            let error = load_file(&format!("[http]\npublic_url = {wrong:?}\n")).expect_err(wrong).to_string();
            assert!(error.starts_with("http.public_url: \""), "{error}");
        }
    }

    #[test]
    fn unknown_keys_and_wrong_values_are_refused_by_name() {
        for (content, named) in [
            ("lisen = \"x\"\n", "lisen"),
            ("[limits]\nmax_depht = 1\n", "max_depht"),
            ("[limits]\nmax_depth = \"x\"\n", "max_depth"),
        ] {
            let error = load_file(content).expect_err(content).to_string();
            assert!(error.contains(named), "{error}");
        }
        let missing = Overrides { file: Some("no/such/file.toml".into()), ..Overrides::default() };
        assert!(matches!(Config::load(&missing), Err(ConfigError::NoFile(_))));
    }
}
