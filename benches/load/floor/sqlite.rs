//! The floor's connections to a SQLite file: some that read, one that writes.

use std::sync::{Arc, Mutex, PoisonError};

use diesel::connection::SimpleConnection as _;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Text, Untyped};
use diesel::sqlite::Sqlite;
use diesel::{Connection as _, QueryResult, QueryableByName, RunQueryDsl, SqliteConnection};
use tokio::sync::Semaphore;

use super::database::{Failure, Row};
use super::statements::{Statement, WRITE_SQLITE};

const READERS: usize = 8;
/// As Modelry sets them.
const PRAGMAS: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8192";

pub struct Files {
    readers: Connections,
    writer: Connections,
    reads: Arc<Vec<String>>,
    reads_of_one: Arc<Vec<String>>,
}

/// Connections, each lent to one at a time.
struct Connections {
    free: Arc<Mutex<Vec<SqliteConnection>>>,
    permits: Semaphore,
}

impl Connections {
    fn open(path: &str, count: usize) -> Result<Self, Failure> {
        let mut free = Vec::new();
        for _ in 0..count {
            let mut connection = SqliteConnection::establish(path)?;
            connection.batch_execute(PRAGMAS)?;
            free.push(connection);
        }
        Ok(Self { free: Arc::new(Mutex::new(free)), permits: Semaphore::new(count) })
    }

    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut SqliteConnection) -> QueryResult<T> + Send + 'static,
    ) -> Result<T, Failure> {
        let _permit = self.permits.acquire().await?;
        let free = Arc::clone(&self.free);
        let done = tokio::task::spawn_blocking(move || {
            let taken = free.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut connection = taken?;
            let done = work(&mut connection);
            free.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            Some(done)
        });
        Ok(done.await?.ok_or("no connection is free")??)
    }
}

impl Files {
    pub fn open(path: &str) -> Result<Self, Failure> {
        let [reads, reads_of_one] =
            [false, true].map(|of_one| Arc::new(Statement::ALL.map(|statement| statement.sqlite(of_one)).to_vec()));
        let (writer, readers) = (Connections::open(path, 1)?, Connections::open(path, READERS)?);
        Ok(Self { readers, writer, reads, reads_of_one })
    }

    pub async fn read(&self, statements: &[Statement], ids: &[i64]) -> Result<Vec<Vec<Row>>, Failure> {
        let statements = statements.to_vec();
        let one = if let [id] = ids { Some(*id) } else { None };
        let reads = Arc::clone(if one.is_some() { &self.reads_of_one } else { &self.reads });
        let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
        let ids = format!("[{}]", ids.join(","));
        self.readers
            .with(move |connection| {
                let load = |statement: Statement| {
                    let values = match one {
                        _ if !statement.takes_ids() => Vec::new(),
                        Some(id) => vec![Value::Number(id)],
                        None => vec![Value::Text(&ids)],
                    };
                    load(connection, &reads[statement as usize], values)
                };
                statements.into_iter().map(load).collect()
            })
            .await
    }

    pub async fn write(&self, model: i64, description: String) -> Result<Option<Row>, Failure> {
        self.writer
            .with(move |connection| {
                let values = vec![Value::Text(&description), Value::Number(model)];
                Ok(load(connection, WRITE_SQLITE, values)?.pop())
            })
            .await
    }
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Text)]
    one: String,
    #[diesel(sql_type = Text)]
    other: String,
}

fn load(connection: &mut SqliteConnection, text: &str, values: Vec<Value<'_>>) -> QueryResult<Vec<Row>> {
    let found: Vec<Found> = Bound { text, values }.load(connection)?;
    Ok(found.into_iter().map(|Found { number, one, other }| Row { number, one, other }).collect())
}

enum Value<'v> {
    Number(i64),
    Text(&'v str),
}

/// A statement whose preparation is kept, which that of `diesel::sql_query` is not.
struct Bound<'s> {
    text: &'s str,
    values: Vec<Value<'s>>,
}

impl QueryId for Bound<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Bound<'_> {
    type SqlType = Untyped;
}

impl RunQueryDsl<SqliteConnection> for Bound<'_> {}

impl QueryFragment<Sqlite> for Bound<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        let mut values = self.values.iter();
        for (index, piece) in self.text.split('?').enumerate() {
            if index > 0 {
                match values.next() {
                    Some(Value::Number(number)) => out.push_bind_param::<BigInt, _>(number)?,
                    Some(Value::Text(text)) => out.push_bind_param::<Text, _>(text)?,
                    None => out.push_sql("NULL"),
                }
            }
            out.push_sql(piece);
        }
        Ok(())
    }
}
