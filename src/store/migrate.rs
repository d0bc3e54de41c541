//! Bringing a database up to this binary's schema.

use deadpool::managed::Manager as _;
use diesel::SqliteConnection;
use diesel::connection::{AnsiTransactionManager, TransactionManager as _};
use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel::pg::Pg;
use diesel::sqlite::Sqlite;
use diesel_async::{AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl as _};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::backend::Pool;
use super::error::speaks_english;
use super::read::load;
use super::sql::Sql;
use super::{Store, StoreError, StoreResult, postgres, search, uncancelled};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Key of the advisory lock under which one process migrates while others wait. Any number no one else uses.
const LOCK: i64 = 0x006d_6f64_656c_7279;

/// How a database's schema stands to this binary's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaState {
    /// The same.
    Current,
    /// Migrations are pending.
    Behind,
    /// Made by a newer binary.
    Newer,
}

/// What a run of [`Store::migrate`] did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrated {
    /// Names of the migrations that were applied, oldest first.
    pub applied: Vec<String>,
}

type BoxedError = Box<dyn std::error::Error + Send + Sync>;

impl Store {
    /// Applies pending migrations. Processes that start together wait for one another.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] if there is no database; [`StoreError::Unsupported`] if it was made by a newer
    /// binary or a migration fails, in which case the schema is as it was before that migration.
    pub async fn migrate(&self) -> StoreResult<Migrated> {
        self.migrate_through(None).await
    }

    /// Applies pending migrations up to this one, as if there were no later ones yet.
    ///
    /// # Errors
    /// As [`Store::migrate`].
    pub async fn migrate_up_to(&self, last: &str) -> StoreResult<()> {
        self.migrate_through(Some(last.to_owned())).await.map(drop)
    }

    async fn migrate_through(&self, last: Option<String>) -> StoreResult<Migrated> {
        let applied = match &self.pool {
            Pool::Sqlite { writer, .. } => {
                let mut connection = writer.get().await.map_err(|error| StoreError::Unreachable(error.to_string()))?;
                uncancelled(async move {
                    connection.spawn_blocking(move |sqlite| Ok(migrate_sqlite(sqlite, last.as_deref()))).await
                })
                .await??
                .map_err(failed)?
            }
            Pool::Postgres(pool) => {
                let connected = pool.manager().create().await;
                let connection = connected.map_err(|error| postgres::not_connected(&error))?;
                uncancelled(async move { migrate_postgres(connection, last.as_deref()).await }).await??
            }
        };
        Ok(Migrated { applied })
    }

    /// Undoes every migration: the catalogue and all its data are gone. For tests of the migrations.
    ///
    /// # Errors
    /// As [`Store::migrate`].
    pub async fn revert_all_migrations(&self) -> StoreResult<()> {
        match &self.pool {
            Pool::Sqlite { writer, .. } => {
                let mut connection = writer.get().await.map_err(|error| StoreError::Unreachable(error.to_string()))?;
                let reverted =
                    connection.spawn_blocking(|sqlite| Ok(sqlite.revert_all_migrations(SQLITE).map(|_| ()))).await?;
                reverted.map_err(failed)
            }
            Pool::Postgres(pool) => {
                let connected = pool.manager().create().await;
                let connection = connected.map_err(|error| postgres::not_connected(&error))?;
                let mut harness = AsyncMigrationHarness::new(connection.connection);
                harness.revert_all_migrations(POSTGRES).map(|_| ()).map_err(failed)
            }
        }
    }

    /// How the database's schema stands to this binary's.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] if there is no database.
    pub async fn schema_state(&self) -> StoreResult<SchemaState> {
        Ok(compare(&self.applied_migrations().await?, &known_versions(&self.pool)?))
    }

    /// Versions of the migrations that were applied, in no particular order.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] if there is no database.
    pub async fn applied_migrations(&self) -> StoreResult<Vec<String>> {
        let applied = self
            .read(|conn| {
                Box::pin(async move {
                    let versions = Sql::new("SELECT version FROM __diesel_schema_migrations");
                    load(conn, versions).await
                })
            })
            .await;
        match applied {
            // Before the first migration there is not even a table of migrations.
            Err(StoreError::Statement(_)) => Ok(Vec::new()),
            applied => applied,
        }
    }

    /// Whether this binary has a migration of this version.
    ///
    /// # Errors
    /// If the binary's migrations can't be read.
    pub fn knows_migration(&self, version: &str) -> StoreResult<bool> {
        Ok(known_versions(&self.pool)?.iter().any(|known| known == version))
    }
}

/// The version of the last migration for PostgreSQL that this binary has.
///
/// # Errors
/// If the binary's migrations can't be read.
pub(super) fn last_known_migration() -> StoreResult<String> {
    let versions = versions(MigrationSource::<Pg>::migrations(&POSTGRES))?;
    versions.into_iter().max().ok_or_else(|| StoreError::Unsupported("the binary has no migrations".to_owned()))
}

fn compare(applied: &[String], known: &[String]) -> SchemaState {
    if applied.iter().any(|version| !known.contains(version)) {
        SchemaState::Newer
    } else if known.iter().any(|version| !applied.contains(version)) {
        SchemaState::Behind
    } else {
        SchemaState::Current
    }
}

fn known_versions(pool: &Pool) -> StoreResult<Vec<String>> {
    match pool {
        Pool::Sqlite { .. } => versions(MigrationSource::<Sqlite>::migrations(&SQLITE)),
        Pool::Postgres(_) => versions(MigrationSource::<Pg>::migrations(&POSTGRES)),
    }
}

fn versions<DB: diesel::backend::Backend>(
    migrations: diesel::migration::Result<Vec<Box<dyn Migration<DB>>>>,
) -> StoreResult<Vec<String>> {
    Ok(migrations.map_err(failed)?.iter().map(|migration| migration.name().version().to_string()).collect())
}

/// Migrates inside one exclusive transaction, so that another process sees the schema whole or not at all.
fn migrate_sqlite(sqlite: &mut SqliteConnection, last: Option<&str>) -> Result<Vec<String>, BoxedError> {
    AnsiTransactionManager::begin_transaction_sql(sqlite, "BEGIN EXCLUSIVE")?;
    match run_pending(sqlite, SQLITE, last) {
        Ok(applied) => {
            AnsiTransactionManager::commit_transaction(sqlite)?;
            Ok(applied)
        }
        Err(error) => {
            AnsiTransactionManager::rollback_transaction(sqlite)?;
            Err(error)
        }
    }
}

/// Migrates on a connection of its own, whose end gives the lock back whatever happens.
async fn migrate_postgres(
    mut connection: postgres::PostgresConnection,
    last: Option<&str>,
) -> StoreResult<Vec<String>> {
    diesel::sql_query("SELECT pg_advisory_lock($1)")
        .bind::<diesel::sql_types::BigInt, _>(LOCK)
        .execute(&mut connection.connection)
        .await?;
    let mut harness = AsyncMigrationHarness::<AsyncPgConnection>::new(connection.connection);
    let applied = run_pending(&mut harness, POSTGRES, last).map_err(failed)?;
    let mut connection = harness.into_inner();
    search::prepare_postgres(&mut connection).await?;
    warn_of_language(&mut connection).await?;
    Ok(applied)
}

#[derive(diesel::QueryableByName)]
struct Language {
    #[diesel(sql_type = diesel::sql_types::Text)]
    lc_messages: String,
}

/// Warns if the server speaks another language than the one in which it is understood.
async fn warn_of_language(connection: &mut AsyncPgConnection) -> StoreResult<()> {
    let asked = diesel::sql_query("SELECT current_setting('lc_messages') AS lc_messages");
    let Language { lc_messages } = asked.get_result(connection).await?;
    if !speaks_english(&lc_messages) {
        tracing::warn!(
            %lc_messages,
            "the server's messages are not English, and a full disk or a shutdown is told as any other failure; run ALTER DATABASE ... SET lc_messages = 'C' as a superuser"
        );
    }
    Ok(())
}

/// Runs what is pending, up to the migration `last` if one is named.
fn run_pending<DB, Harness>(
    harness: &mut Harness,
    source: EmbeddedMigrations,
    last: Option<&str>,
) -> Result<Vec<String>, BoxedError>
where
    DB: diesel::backend::Backend,
    Harness: MigrationHarness<DB>,
    EmbeddedMigrations: MigrationSource<DB>,
{
    let known: Vec<MigrationVersion<'static>> = MigrationSource::<DB>::migrations(&source)?
        .iter()
        .map(|migration| migration.name().version().as_owned())
        .collect();
    if let Some(newer) = harness.applied_migrations()?.iter().find(|version| !known.contains(version)) {
        return Err(format!(
            "the database was made by a newer Modelry (it has the migration {newer}, which this binary doesn't know); use that version"
        )
        .into());
    }
    let mut pending = harness.pending_migrations(source)?;
    pending.retain(|migration| last.is_none_or(|last| migration.name().version().to_string().as_str() <= last));
    Ok(harness.run_migrations(&pending)?.iter().map(ToString::to_string).collect())
}

fn failed(error: BoxedError) -> StoreError {
    StoreError::Unsupported(error.to_string())
}
