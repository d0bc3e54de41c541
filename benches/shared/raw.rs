//! SQL past Modelry, on either database.

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;
use diesel::{Connection as _, QueryableByName, RunQueryDsl as _, SqliteConnection};

use super::asking::runtime;
use crate::Outcome;

/// A database, by its URL.
pub struct Raw<'u>(&'u str);

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    value: String,
}

impl<'u> Raw<'u> {
    pub const fn of(url: &'u str) -> Self {
        Self(url)
    }

    fn sqlite(&self) -> Outcome<Option<SqliteConnection>> {
        let Some(path) = self.0.strip_prefix("sqlite://") else { return Ok(None) };
        let mut connection = SqliteConnection::establish(path)?;
        connection.batch_execute("PRAGMA busy_timeout = 60000; PRAGMA foreign_keys = ON")?;
        Ok(Some(connection))
    }

    async fn postgres(&self, sql: &str) -> Outcome<Vec<String>> {
        let (client, connection) = tokio_postgres::connect(self.0, tokio_postgres::NoTls).await?;
        let driver = tokio::spawn(connection);
        let messages = client.simple_query(sql).await?;
        drop(client);
        driver.await??;
        let cell = |message| match message {
            tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
            _ => None,
        };
        Ok(messages.into_iter().filter_map(cell).collect())
    }

    pub fn execute(&self, sql: &str) -> Outcome<()> {
        match self.sqlite()? {
            Some(mut connection) => Ok(connection.batch_execute(sql)?),
            None => runtime()?.block_on(self.postgres(sql)).map(drop),
        }
    }

    /// The first column of what is found by the one text on SQLite, where it is called `value`, by the other on PostgreSQL.
    pub fn texts(&self, sqlite: &str, postgres: &str) -> Outcome<Vec<String>> {
        match self.sqlite()? {
            Some(mut connection) => {
                let lines: Vec<Line> = diesel::sql_query(sqlite).load(&mut connection)?;
                Ok(lines.into_iter().map(|line| line.value).collect())
            }
            None => runtime()?.block_on(self.postgres(postgres)),
        }
    }

    /// Makes writes leave no history.
    pub fn drop_history_triggers(&self) -> Outcome<()> {
        let drops = self.texts(
            "SELECT 'DROP TRIGGER ' || name AS value FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%\\_history\\_%' ESCAPE '\\'",
            "SELECT 'DROP TRIGGER ' || tgname || ' ON ' || tgrelid::regclass FROM pg_trigger WHERE tgname LIKE '%\\_history\\_%'",
        )?;
        self.execute(&drops.join(";"))
    }
}
