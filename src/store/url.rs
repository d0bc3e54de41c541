//! Which database a URL names.

use std::path::PathBuf;

use super::{StoreError, StoreResult};

/// A database, by its URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// `sqlite://data/modelry.db` (relative) or `sqlite:///var/lib/modelry.db` (absolute).
    Sqlite(PathBuf),
    /// `postgres://user:password@host:port/database`, kept whole: it may hold a password.
    Postgres(PostgresUrl),
}

/// A PostgreSQL URL, which is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresUrl(String);

impl PostgresUrl {
    /// The URL for the driver.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PostgresUrl {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("PostgresUrl(..)")
    }
}

impl DatabaseUrl {
    /// Reads a URL.
    ///
    /// # Errors
    /// [`StoreError::Unsupported`] if the scheme is none of `sqlite`, `postgres` and `postgresql`, or the path is missing.
    pub fn parse(url: &str) -> StoreResult<Self> {
        let scheme = url.split(':').next().unwrap_or_default();
        match scheme {
            "postgres" | "postgresql" => Ok(Self::Postgres(PostgresUrl(url.to_owned()))),
            "sqlite" => {
                let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or_default();
                if path.is_empty() || path == ":memory:" {
                    return Err(StoreError::Unsupported(
                        "a SQLite URL names a file, such as sqlite://data/modelry.db".to_owned(),
                    ));
                }
                Ok(Self::Sqlite(PathBuf::from(path)))
            }
            _ => Err(StoreError::Unsupported(format!(
                "a database URL starts with sqlite:// or postgres://, not with {scheme:?}"
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_names_the_database() {
        assert_eq!(DatabaseUrl::parse("sqlite://data/m.db").expect("a URL"), DatabaseUrl::Sqlite("data/m.db".into()));
        assert_eq!(DatabaseUrl::parse("sqlite:///var/m.db").expect("a URL"), DatabaseUrl::Sqlite("/var/m.db".into()));
        assert!(matches!(DatabaseUrl::parse("postgresql://h/d"), Ok(DatabaseUrl::Postgres(_))));
        for url in ["", "mysql://h/d", "data/m.db", "sqlite://", "sqlite::memory:"] {
            assert!(matches!(DatabaseUrl::parse(url), Err(StoreError::Unsupported(_))), "{url}");
        }
    }

    #[test]
    fn a_password_is_not_printed() {
        let url = DatabaseUrl::parse("postgres://u:secret@h/d").expect("a URL");
        assert!(!format!("{url:?}").contains("secret"));
    }
}
