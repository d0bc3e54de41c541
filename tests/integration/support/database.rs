//! A database for each test: a SQLite file, or a database on the PostgreSQL server of the run.
//!
//! The server is the one that `MODELRY_TEST_DATABASE_URL` names (`scripts/with-postgres` starts one and sets it), by
//! the URL of any database that a superuser may log in to. The tests make databases beside that one and drop them again.

mod postgres;
mod raw;

use std::path::PathBuf;
use std::time::Duration;

use modelry::secrets::{Keyring, SecretsSettings};
use modelry::store::{DatabaseUrl, Store, StoreSettings};
use tempfile::TempDir;

use super::Fixture;
use postgres::PostgresDatabase;

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseKind {
    /// A file.
    Sqlite,
    /// A database on the server of the run.
    Postgres,
}

/// A database with the current schema and no rows; gone when dropped.
pub struct TestDatabase {
    url: String,
    kind: DatabaseKind,
    store: Store,
    /// What removes the database.
    place: Place,
    /// For the files of the test: the database itself if it is one, and its master keys.
    folder: TempDir,
}

/// A database without a schema; gone when dropped.
pub struct EmptyDatabase(TestDatabase);

enum Place {
    Folder,
    Server(PostgresDatabase),
    /// Another handle removes it.
    Elsewhere,
}

impl Fixture for TestDatabase {
    async fn on(kind: DatabaseKind) -> Self {
        match kind {
            DatabaseKind::Sqlite => {
                let database = Self::in_folder();
                database.store.migrate().await.expect("the schema is made");
                database
            }
            DatabaseKind::Postgres => Self::on_server(PostgresDatabase::migrated().await),
        }
    }
}

impl Fixture for EmptyDatabase {
    async fn on(kind: DatabaseKind) -> Self {
        Self(match kind {
            DatabaseKind::Sqlite => TestDatabase::in_folder(),
            DatabaseKind::Postgres => TestDatabase::on_server(PostgresDatabase::empty().await),
        })
    }
}

impl EmptyDatabase {
    /// The database itself, for who makes its schema.
    pub fn into_inner(self) -> TestDatabase {
        self.0
    }
}

impl std::ops::Deref for EmptyDatabase {
    type Target = TestDatabase;

    fn deref(&self) -> &TestDatabase {
        &self.0
    }
}

impl TestDatabase {
    fn in_folder() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite://{}", folder.path().join("modelry.db").display());
        Self::at(url, DatabaseKind::Sqlite, Place::Folder, folder)
    }

    fn on_server(database: PostgresDatabase) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self::at(database.url().to_owned(), DatabaseKind::Postgres, Place::Server(database), folder)
    }

    fn at(url: String, kind: DatabaseKind, place: Place, folder: TempDir) -> Self {
        Self { store: open(&url), url, kind, place, folder }
    }

    /// A database on a server of the test's own, which removes it.
    pub fn on_own_server(url: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self::at(url.to_owned(), DatabaseKind::Postgres, Place::Elsewhere, folder)
    }

    /// Its URL, as an operator would write it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Which kind it is.
    pub const fn kind(&self) -> DatabaseKind {
        self.kind
    }

    /// The store on it.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The same database, for another server; gone when this one is dropped.
    pub fn another(&self) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self::at(self.url.clone(), self.kind, Place::Elsewhere, folder)
    }

    /// A store on it that shares nothing with [`Self::store`], as another process would have.
    pub fn another_store(&self) -> Store {
        open(&self.url)
    }

    /// Master keys of the test's own.
    pub fn keyring(&self) -> Keyring {
        Keyring::with_variables(self.secrets(), None, None).expect("master keys")
    }

    /// Where the test's master keys are.
    pub fn secrets(&self) -> SecretsSettings {
        SecretsSettings { registry: "test".to_owned(), key_file: self.key_file(), vault: None }
    }

    /// The file of the test's master keys.
    pub fn key_file(&self) -> PathBuf {
        self.folder.path().join("master.key")
    }

    /// Runs SQL that the store has no function for.
    pub async fn execute(&self, sql: &str) -> diesel::QueryResult<()> {
        raw::execute(self, sql).await
    }

    /// Runs SQL that selects one column, a text named `value`, and returns its rows.
    pub async fn texts(&self, sql: &str) -> Vec<String> {
        raw::texts(self, sql).await.unwrap_or_else(|error| panic!("{error}: {sql}"))
    }

    /// What `sqlite` or `postgres` is, by kind: for SQL that the two don't share.
    pub const fn dialect<'a>(&self, sqlite: &'a str, postgres: &'a str) -> &'a str {
        match self.kind {
            DatabaseKind::Sqlite => sqlite,
            DatabaseKind::Postgres => postgres,
        }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        self.store.close();
        if let Place::Server(database) = &self.place {
            database.remove();
        }
    }
}

/// Opens a store that waits longer than an operator's would: many tests share few cores.
fn open(url: &str) -> Store {
    let url = DatabaseUrl::parse(url).expect("a database URL");
    let patience = Duration::from_secs(60);
    let settings = StoreSettings {
        connections: 4,
        wait_timeout: patience,
        connect_timeout: patience,
        writes_much: false,
        max_index_bytes: 0,
    };
    Store::new(&url, &settings).expect("a store")
}
