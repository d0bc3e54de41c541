//! Filling an empty database with rows as they are, which its triggers are not to take for changes.

use diesel::connection::SimpleConnection as _;
use diesel_async::SimpleAsyncConnection as _;
use futures_util::future::BoxFuture;

use super::{Batch, Cell, ForeignKey, SEEDED, Table, batch, catalogue, odd, rows, tables};
use crate::store::backend::Link;
use crate::store::read::load;
use crate::store::shared::not_alone;
use crate::store::sql::{Name, Sql, Value};
use crate::store::transaction::give_up;
use crate::store::{Conn, Store, StoreError, StoreResult, uncancelled};

/// Keeps other writers out on PostgreSQL: the lock that those of the history take. SQLite has one writer anyway.
const LOCK: &str = "SELECT CAST(pg_advisory_xact_lock(7885364087279939943) AS TEXT)";

const POSTGRES_FOREIGN_KEYS: &str = "
    SELECT CAST(tables.relname AS TEXT), CAST(keys.conname AS TEXT), pg_get_constraintdef(keys.oid)
    FROM pg_constraint AS keys JOIN pg_class AS tables ON tables.oid = keys.conrelid
    WHERE keys.contype = 'f' AND keys.connamespace = CAST(current_schema() AS REGNAMESPACE)";
const SQLITE_TRIGGERS: &str = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'";
const POSTGRES_TRIGGERED: &str = "
    SELECT DISTINCT CAST(tables.relname AS TEXT) FROM pg_trigger AS triggers
    JOIN pg_class AS tables ON tables.oid = triggers.tgrelid
    WHERE NOT triggers.tgisinternal AND tables.relnamespace = CAST(current_schema() AS REGNAMESPACE)";

/// An empty database that is being filled, in a transaction: triggers rest, and foreign keys are heeded in the end.
pub struct Refill {
    conn: Conn,
    tables: Vec<Table>,
    keys: Vec<ForeignKey>,
    /// What brings back what rests, statement by statement.
    undo: Vec<String>,
}

impl Store {
    /// Fills the database, which must be empty, by `work`: all of it lasts, or nothing. What `work` writes is not noted in
    /// the history, whose own tables it fills like any other.
    ///
    /// # Errors
    /// Those of `work`; [`StoreError::Unsupported`] if the database is not empty, or a row refers to one that isn't there.
    pub async fn refill<T, E, Work>(&self, work: Work) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        Work: for<'c> FnOnce(&'c mut Refill) -> BoxFuture<'c, Result<T, E>> + Send + 'static,
    {
        let store = self.clone();
        uncancelled(async move {
            let mut conn = store.pool.writer(&store.statistics).await?;
            conn.begin().await?;
            let mut refill = Refill { conn, tables: Vec::new(), keys: Vec::new(), undo: Vec::new() };
            let filled = match refill.prepare().await {
                Ok(()) => work(&mut refill).await,
                Err(error) => Err(error.into()),
            };
            match filled {
                Ok(value) => {
                    refill.conn.commit().await?;
                    store.commits.tell();
                    Ok(value)
                }
                Err(error) => {
                    give_up(&mut refill.conn).await;
                    Err(error)
                }
            }
        })
        .await?
    }
}

impl Refill {
    /// The tables to fill, by name.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The connection that it is filled by, for what is to be changed of what was filled in.
    pub const fn conn(&mut self) -> &mut Conn {
        &mut self.conn
    }

    /// Writes rows of a table, given as [`batch`] reads them.
    ///
    /// # Errors
    /// If a line is no row of this table, or the database refuses it.
    pub async fn insert(&mut self, table: &Table, lines: &[String]) -> StoreResult<()> {
        rows::insert(&mut self.conn, table, lines).await
    }

    /// Reads rows as [`batch`] does.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn read(&mut self, table: &Table, after: Option<Vec<Cell>>, limit: usize) -> StoreResult<Batch> {
        batch(&mut self.conn, table, after, limit).await
    }

    /// Makes the ids of a table's new rows go on behind `last`.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn go_on_behind(&mut self, table: &Table, last: i64) -> StoreResult<()> {
        if last < 1 {
            return Ok(());
        }
        let name = || Value::Text(table.name.as_str().to_owned());
        if let Link::Sqlite(_) = self.conn.0 {
            let forget = Sql::new("DELETE FROM sqlite_sequence WHERE name = ").bind(name());
            execute(&mut self.conn, forget).await?;
            let set = Sql::new("INSERT INTO sqlite_sequence (name, seq) VALUES (").bind(name()).text(", ");
            return execute(&mut self.conn, set.bind(Value::BigInt(last)).text(")")).await;
        }
        let set = Sql::new("SELECT CAST(setval(CAST(pg_get_serial_sequence(quote_ident(")
            .bind(name())
            .text("), (SELECT CAST(attname AS TEXT) FROM pg_attribute WHERE attidentity <> '' AND attrelid = CAST(quote_ident(")
            .bind(name())
            .text(") AS REGCLASS))) AS REGCLASS), ")
            .bind(Value::BigInt(last))
            .text(") AS TEXT)");
        load::<Option<String>>(&mut self.conn, set).await.map(drop)
    }

    /// Gives the feed of changes a new name, so that it is no longer the one that the rows were taken from.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn rename_registry(&mut self) -> StoreResult<()> {
        let rename = Sql::new("UPDATE change_feed SET registry = ")
            .dialect("lower(hex(randomblob(16)))", "replace(CAST(gen_random_uuid() AS TEXT), '-', '')");
        execute(&mut self.conn, rename).await
    }

    /// Makes anew what is made from other tables, checks the foreign keys, and wakes the triggers.
    ///
    /// # Errors
    /// If the database fails, or a row refers to one that isn't there.
    pub async fn complete(&mut self) -> StoreResult<()> {
        let documents = Sql::new("INSERT INTO model_search (").dialect("rowid", "model_id");
        execute(&mut self.conn, documents.text(", document) SELECT model_id, document FROM model_documents")).await?;
        for key in &self.keys {
            if let Some(values) = dangling(&mut self.conn, key).await?.first() {
                let (table, target) = (key.table.as_str(), key.target.as_str());
                return Err(odd(format!("{table} refers to {target} {values}, which isn't there")));
            }
        }
        for statement in std::mem::take(&mut self.undo) {
            self.run(statement).await?;
        }
        Ok(())
    }

    async fn prepare(&mut self) -> StoreResult<()> {
        if let Link::Postgres(_) = self.conn.0 {
            load::<String>(&mut self.conn, Sql::new(LOCK)).await?;
        }
        self.tables = tables(&mut self.conn).await?;
        self.keys = catalogue::foreign_keys(&mut self.conn).await?;
        for table in &self.tables {
            let any = Sql::new("SELECT EXISTS (SELECT 1 FROM ").name(&table.name).text(")");
            let is_filled = load::<bool>(&mut self.conn, any).await?.contains(&true);
            if is_filled && !SEEDED.contains(&table.name.as_str()) {
                return Err(odd(format!("the database isn't empty: there are rows in {}", table.name.as_str())));
            }
        }
        if let Link::Sqlite(_) = self.conn.0 {
            self.rest_on_sqlite().await?;
        } else {
            self.rest_on_postgres().await?;
        }
        for table in self.tables.iter().filter(|table| SEEDED.contains(&table.name.as_str())) {
            execute(&mut self.conn, Sql::new("DELETE FROM ").name(&table.name)).await?;
        }
        Ok(())
    }

    /// SQLite has no way to let triggers rest: they are dropped, and made again by what SQLite keeps of them.
    async fn rest_on_sqlite(&mut self) -> StoreResult<()> {
        for (trigger, sql) in load::<(String, String)>(&mut self.conn, Sql::new(SQLITE_TRIGGERS)).await? {
            execute(&mut self.conn, Sql::new("DROP TRIGGER ").name(&catalogue::name(&trigger)?)).await?;
            self.undo.push(sql);
        }
        self.run("PRAGMA defer_foreign_keys = ON".to_owned()).await
    }

    /// Any owner of the tables may do this; what PostgreSQL has for replication, only a superuser may.
    async fn rest_on_postgres(&mut self) -> StoreResult<()> {
        let keys = load::<(String, (String, String))>(&mut self.conn, Sql::new(POSTGRES_FOREIGN_KEYS)).await?;
        for (table, (key, definition)) in keys {
            let (table, key) = (catalogue::name(&table)?, catalogue::name(&key)?);
            execute(&mut self.conn, alter(&table, " DROP CONSTRAINT ").name(&key)).await?;
            let (table, key) = (table.as_str(), key.as_str());
            self.undo.push(format!("ALTER TABLE \"{table}\" ADD CONSTRAINT \"{key}\" {definition}"));
        }
        for table in load::<String>(&mut self.conn, Sql::new(POSTGRES_TRIGGERED)).await? {
            let table = catalogue::name(&table)?;
            execute(&mut self.conn, alter(&table, " DISABLE TRIGGER USER")).await?;
            self.undo.push(format!("ALTER TABLE \"{}\" ENABLE TRIGGER USER", table.as_str()));
        }
        Ok(())
    }

    /// Runs a statement that the database itself has given.
    async fn run(&mut self, statement: String) -> StoreResult<()> {
        match &mut self.conn.0 {
            Link::Sqlite(object) => object.spawn_blocking(move |sqlite| sqlite.batch_execute(&statement)).await?,
            Link::Postgres(object) => object.connection.batch_execute(&statement).await?,
            Link::Shared(_) => return Err(not_alone()),
        }
        Ok(())
    }
}

fn alter(table: &Name, what: &'static str) -> Sql {
    Sql::new("ALTER TABLE ").name(table).text(what)
}

async fn execute(conn: &mut Conn, sql: Sql) -> StoreResult<()> {
    let statement = sql.one_off();
    match &mut conn.0 {
        Link::Sqlite(object) => {
            object.spawn_blocking(move |sqlite| diesel::RunQueryDsl::execute(statement, sqlite).map(drop)).await?;
        }
        Link::Postgres(object) => {
            diesel_async::RunQueryDsl::execute(statement, &mut object.connection).await?;
        }
        Link::Shared(_) => return Err(not_alone()),
    }
    Ok(())
}

/// Rows that refer to one that isn't there, by the values that they refer with: some of them, if there are many.
///
/// # Errors
/// If the database fails.
pub(in crate::store) async fn dangling(conn: &mut Conn, key: &ForeignKey) -> StoreResult<Vec<String>> {
    let own = |column: &Name| Sql::new("own.").name(column);
    let pairs = key.columns.iter().zip(&key.target_columns);
    let equal = pairs.map(|(column, target)| own(column).text(" = target.").name(target));
    let shown = key.columns.iter().map(|column| Sql::new("CAST(").push(own(column)).text(" AS TEXT)"));
    let select = Sql::new("SELECT ").join(" || '/' || ", shown).text(" FROM ").name(&key.table).text(" AS own WHERE ");
    let given = key.columns.iter().map(|column| own(column).text(" IS NOT NULL"));
    let select = select.join(" AND ", given).text(" AND NOT EXISTS (SELECT 1 FROM ").name(&key.target);
    let select = select.text(" AS target WHERE ").join(" AND ", equal).text(") LIMIT 1000");
    load(conn, select).await
}
