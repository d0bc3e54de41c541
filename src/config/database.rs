//! How the database is used: `[database]`.

use std::fmt;

use serde::de::{Deserializer, Error as _, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::ConfigError;
use crate::store::DatabaseUrl;

/// How the database is used.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// Most connections held at once; on SQLite, readers beside the one writer. Reading the past takes up to four more. So many
    /// to each replica, too, and one more.
    pub connections: usize,
    /// How long a request waits for a connection to become free, in milliseconds.
    pub wait_timeout_ms: u64,
    /// How long a PostgreSQL server may take to accept a connection, in milliseconds.
    pub connect_timeout_ms: u64,
    /// Streaming replicas of the PostgreSQL server, which reads of the catalogue go to while they have caught up.
    pub replica_urls: ReplicaUrls,
}

impl Default for DatabaseConfig {
    fn default() -> Self {
        Self {
            connections: 8,
            wait_timeout_ms: 10_000,
            connect_timeout_ms: 5_000,
            replica_urls: ReplicaUrls::default(),
        }
    }
}

impl DatabaseConfig {
    /// Refuses replicas where there can be none, and what is no URL of one.
    pub(super) fn check(&self, is_on_server: bool) -> Result<(), ConfigError> {
        let urls = self.replica_urls.expose();
        if !urls.is_empty() && !is_on_server {
            let message = "only PostgreSQL has replicas, and database_url names a SQLite file";
            return Err(ConfigError::Replicas(message.to_owned()));
        }
        let is_of_server = |url: &String| matches!(DatabaseUrl::parse(url), Ok(DatabaseUrl::Postgres(_)));
        match urls.iter().position(|url| !is_of_server(url)) {
            Some(index) => {
                let message = format!("number {} must begin with postgres://", index + 1);
                Err(ConfigError::Replicas(message))
            }
            None => Ok(()),
        }
    }
}

/// URLs of replicas, which may hold passwords and are never printed.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct ReplicaUrls(Vec<String>);

impl ReplicaUrls {
    /// The URLs, for the driver.
    pub fn expose(&self) -> &[String] {
        &self.0
    }
}

impl From<Vec<String>> for ReplicaUrls {
    fn from(urls: Vec<String>) -> Self {
        Self(urls)
    }
}

impl fmt::Debug for ReplicaUrls {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ReplicaUrls({})", self.0.len())
    }
}

impl<'de> Deserialize<'de> for ReplicaUrls {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UrlsVisitor)
    }
}

/// Takes a list, and repeats nothing of what is none: that may hold a password.
struct UrlsVisitor;

impl<'de> Visitor<'de> for UrlsVisitor {
    type Value = ReplicaUrls;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of URLs, such as [\"postgres://replica/modelry\"]")
    }

    fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<ReplicaUrls, E> {
        Err(E::custom("must be a list of URLs, such as [\"postgres://replica/modelry\"]"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<ReplicaUrls, A::Error> {
        let mut urls = Vec::new();
        while let Some(url) = list.next_element::<String>().map_err(|_| A::Error::custom("must be a list of texts"))? {
            urls.push(url);
        }
        Ok(ReplicaUrls(urls))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::load_file;
    use super::super::{Config, Overrides};

    const PRIMARY: &str = "database_url = \"postgres://u:hidden@primary/d\"\n";

    #[test]
    fn replicas_are_of_a_server() {
        let config = load_file(&format!("{PRIMARY}[database]\nreplica_urls = [\"postgres://u:hidden@one/d\"]\n"));
        let config = config.expect("settings");
        assert_eq!(config.database.replica_urls.expose(), ["postgres://u:hidden@one/d"]);
        let error = load_file("[database]\nreplica_urls = [\"postgres://u:hidden@one/d\"]\n").expect_err("SQLite");
        let message =
            "database.replica_urls (--replica-url): only PostgreSQL has replicas, and database_url names a SQLite file";
        assert_eq!(error.to_string(), message);
    }

    #[test]
    fn what_is_no_url_is_named_and_not_repeated() {
        for (list, part) in [
            ("[\"postgres://one/d\", \"u:hidden@two/d\"]", "(--replica-url): number 2 must begin with postgres://"),
            ("[\"sqlite://hidden.db\"]", "(--replica-url): number 1 must begin with postgres://"),
            ("\"postgres://u:hidden@one/d\"", "must be a list of URLs"),
            ("[[\"postgres://u:hidden@one/d\"]]", "must be a list of texts"),
        ] {
            let error =
                load_file(&format!("{PRIMARY}[database]\nreplica_urls = {list}\n")).expect_err(list).to_string();
            assert!(error.contains(part) && error.contains("database.replica_urls"), "{error}");
            assert!(!error.contains("hidden"), "{error}");
        }
    }

    #[test]
    fn the_command_line_names_replicas_too() {
        let overrides = Overrides {
            database_url: Some("postgres://primary/d".to_owned()),
            replica_urls: vec!["postgres://u:hidden@one/d".to_owned(), "postgres://two/d".to_owned()],
            ..Overrides::default()
        };
        let config = Config::load(&overrides).expect("settings");
        assert_eq!(config.database.replica_urls.expose().len(), 2);
        assert!(!format!("{:?}", config.database).contains("hidden"));
    }
}
