//! The floor's databases: a few clients of PostgreSQL whose statements are prepared, or connections to a SQLite file.

use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::try_join_all;
use tokio_postgres::{Client, NoTls};

use super::sqlite::Files;
use super::statements::{Statement, WRITE_POSTGRES};

pub type Failure = Box<dyn Error + Send + Sync>;

/// Clients of PostgreSQL, each of which sends many statements at once.
const CLIENTS: usize = 8;

/// What each statement gives.
pub struct Row {
    pub number: i64,
    pub one: String,
    pub other: String,
}

pub enum Database {
    Postgres { clients: Vec<Prepared>, next: AtomicUsize },
    Sqlite(Files),
}

/// A client with its statements.
pub struct Prepared {
    client: Client,
    reads: Vec<tokio_postgres::Statement>,
    reads_of_one: Vec<tokio_postgres::Statement>,
    write: tokio_postgres::Statement,
}

impl Database {
    pub async fn open(url: &str) -> Result<Self, Failure> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            return Ok(Self::Sqlite(Files::open(path)?));
        }
        let clients = try_join_all((0..CLIENTS).map(|_| Prepared::connect(url))).await?;
        Ok(Self::Postgres { clients, next: AtomicUsize::new(0) })
    }

    /// The rows of each of the statements, which are sent together.
    pub async fn read(&self, statements: &[Statement], ids: &[i64]) -> Result<Vec<Vec<Row>>, Failure> {
        match self {
            Self::Postgres { clients, next } => {
                let client = turn(clients, next);
                try_join_all(statements.iter().map(|statement| client.read(*statement, ids))).await
            }
            Self::Sqlite(files) => files.read(statements, ids).await,
        }
    }

    /// Describes a model; nothing if it isn't there.
    pub async fn write(&self, model: i64, description: String) -> Result<Option<Row>, Failure> {
        match self {
            Self::Postgres { clients, next } => {
                let Prepared { client, write, .. } = turn(clients, next);
                let row = client.query_opt(write, &[&model, &description]).await?;
                row.map(|row| read(&row)).transpose()
            }
            Self::Sqlite(files) => files.write(model, description).await,
        }
    }
}

fn turn<'c>(clients: &'c [Prepared], next: &AtomicUsize) -> &'c Prepared {
    &clients[next.fetch_add(1, Ordering::Relaxed) % clients.len()]
}

fn read(row: &tokio_postgres::Row) -> Result<Row, Failure> {
    Ok(Row { number: row.try_get(0)?, one: row.try_get(1)?, other: row.try_get(2)? })
}

impl Prepared {
    async fn connect(url: &str) -> Result<Self, Failure> {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        tokio::spawn(connection);
        let [reads, reads_of_one] =
            [false, true].map(|of_one| Statement::ALL.map(|statement| statement.postgres(of_one)));
        let reads = try_join_all(reads.iter().map(|text| client.prepare(text))).await?;
        let reads_of_one = try_join_all(reads_of_one.iter().map(|text| client.prepare(text))).await?;
        let write = client.prepare(WRITE_POSTGRES).await?;
        Ok(Self { client, reads, reads_of_one, write })
    }

    async fn read(&self, statement: Statement, ids: &[i64]) -> Result<Vec<Row>, Failure> {
        let number = statement as usize;
        let rows = match ids {
            _ if !statement.takes_ids() => self.client.query(&self.reads[number], &[]).await?,
            [id] => self.client.query(&self.reads_of_one[number], &[id]).await?,
            ids => self.client.query(&self.reads[number], &[&ids]).await?,
        };
        rows.iter().map(read).collect()
    }
}
