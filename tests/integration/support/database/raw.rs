//! SQL past the store, on a connection of its own.

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;
use diesel::{Connection as _, QueryResult, QueryableByName, SqliteConnection};
use diesel_async::{AsyncConnection as _, AsyncPgConnection};

use super::{DatabaseKind, TestDatabase};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    value: String,
}

pub(super) async fn execute(database: &TestDatabase, sql: &str) -> QueryResult<()> {
    match database.kind() {
        DatabaseKind::Sqlite => sqlite(database).batch_execute(sql),
        DatabaseKind::Postgres => {
            diesel_async::SimpleAsyncConnection::batch_execute(&mut postgres(database).await, sql).await
        }
    }
}

pub(super) async fn texts(database: &TestDatabase, sql: &str) -> QueryResult<Vec<String>> {
    let query = diesel::sql_query(sql);
    let rows: Vec<Row> = match database.kind() {
        DatabaseKind::Sqlite => diesel::RunQueryDsl::load(query, &mut sqlite(database))?,
        DatabaseKind::Postgres => diesel_async::RunQueryDsl::load(query, &mut postgres(database).await).await?,
    };
    Ok(rows.into_iter().map(|row| row.value).collect())
}

fn sqlite(database: &TestDatabase) -> SqliteConnection {
    let path = database.url().trim_start_matches("sqlite://");
    let mut connection = SqliteConnection::establish(path).expect("a connection to the file");
    // Unlike PostgreSQL, SQLite has to be asked to heed foreign keys and to wait for other writers.
    connection.batch_execute("PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 60000").expect("settings");
    connection
}

async fn postgres(database: &TestDatabase) -> AsyncPgConnection {
    AsyncPgConnection::establish(database.url()).await.expect("a connection to the server")
}
