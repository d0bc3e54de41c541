//! Databases on the PostgreSQL server of the run.
//!
//! Migrating takes longer than most tests, so one database of the process is migrated, and each test gets a copy of it.
//! Names hold the process id: runs that share a server don't meet.

use std::sync::atomic::{AtomicU32, Ordering};

use diesel_async::{AsyncConnection as _, AsyncPgConnection, SimpleAsyncConnection as _};
use tokio::sync::OnceCell;

/// A database on the server, which [`Self::remove`] removes.
pub(super) struct PostgresDatabase {
    name: String,
    url: String,
}

impl PostgresDatabase {
    /// Makes a database with the current schema.
    pub(super) async fn migrated() -> Self {
        Self::copy_of(template().await).await
    }

    /// Makes a database without a schema.
    pub(super) async fn empty() -> Self {
        Self::copy_of("template0").await
    }

    async fn copy_of(template: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        Self::create(format!("modelry_test_{}_{number}", std::process::id()), template).await
    }

    async fn create(name: String, template: &str) -> Self {
        // A crashed run with the same process id may have left one.
        on_server(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        on_server(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        Self { url: url_of(&name), name }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Drops the database, whoever is still connected: in a thread of its own, since a test that fails gets here
    /// unwinding, where nothing can be awaited.
    pub(super) fn remove(&self) {
        let drop_database = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let removal = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(on_server(&drop_database));
        });
        assert!(removal.join().is_ok() || std::thread::panicking(), "the database {} could not be dropped", self.name);
    }
}

/// The name of the process's migrated database. It stays on the server, which usually ends with the run.
async fn template() -> &'static str {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    TEMPLATE
        .get_or_init(|| async {
            let name = format!("modelry_template_{}", std::process::id());
            let template = PostgresDatabase::create(name, "template0").await;
            let store = super::open(&template.url);
            store.migrate().await.expect("the schema is made");
            // A database that somebody is connected to can't be copied.
            store.close();
            template.name
        })
        .await
}

async fn on_server(command: &str) {
    let mut connection = AsyncPgConnection::establish(&server_url()).await.expect("a connection to the test server");
    connection.batch_execute(command).await.unwrap_or_else(|error| panic!("{error}: {command}"));
}

#[expect(clippy::disallowed_methods, reason = "the server of the run is no setting of Modelry's")]
fn server_url() -> String {
    std::env::var("MODELRY_TEST_DATABASE_URL").expect(
        "MODELRY_TEST_DATABASE_URL names the PostgreSQL server for tests; `make test` sets it, and `scripts/with-postgres cargo test` does",
    )
}

/// The server's URL with another database in it.
fn url_of(database: &str) -> String {
    let url = server_url();
    let (base, parameters) = url.split_once('?').map_or((url.as_str(), None), |(base, rest)| (base, Some(rest)));
    let (server, _) = base.rsplit_once('/').expect("MODELRY_TEST_DATABASE_URL ends in the name of a database");
    parameters.map_or_else(|| format!("{server}/{database}"), |rest| format!("{server}/{database}?{rest}"))
}
