//! The past as a database one connects to.
//!
//! Connections to it have views before the tables, by the same names, that hold the rows as they were after one change:
//! the cut. So every statement that reads the present reads the past as well, unchanged. Such connections can't write.

mod fold;

use deadpool::managed::Pool as Deadpool;
use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use diesel::{QueryResult, SqliteConnection};
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection as _};
use std::sync::Arc;
use tokio::sync::OnceCell;

use super::backend::{Conn, Link, PoolState, unreachable};
use super::history::cut_at;
use super::read::load;
use super::shared::not_alone;
use super::sql::{Sql, Value};
use super::statistics::{Purpose, Statistics};
use super::{StoreResult, StoreSettings, postgres, sqlite};
use crate::domain::Timestamp;

pub(super) use fold::fold as folded;

const SQLITE: &str = include_str!("past/sqlite.sql");
const POSTGRES: &str = include_str!("past/postgres.sql");

/// Most connections to the past, which fewer ask for than for the present.
const MAX_CONNECTIONS: usize = 4;

/// How many connections to the past there may be, beside those to the present.
pub(super) fn connections(settings: &StoreSettings) -> usize {
    settings.connections.min(MAX_CONNECTIONS)
}

/// On connections to the past, ` AND column <= cut`: what was not yet there is not told either.
pub(super) fn and_known(column: &'static str) -> Sql {
    let known = Sql::new(" AND ")
        .text(column)
        .text(" <= ")
        .dialect("(SELECT cut FROM temp.moment)", "(SELECT current_setting('modelry.cut')::BIGINT)");
    Sql::default().either(Sql::default(), known)
}

/// The connections to the past of one database.
#[derive(Clone)]
pub(super) enum Past {
    Sqlite(Deadpool<sqlite::Manager>),
    Postgres(Deadpool<postgres::Manager>),
}

/// A moment that is read as of, and the cut that it comes to, which is looked up once: what is read together is of one cut.
#[derive(Clone)]
pub(super) struct Moment(Arc<Resolved>);

struct Resolved {
    moment: Timestamp,
    cut: OnceCell<i64>,
}

impl Moment {
    pub(super) fn new(moment: Timestamp) -> Self {
        Self(Arc::new(Resolved { moment, cut: OnceCell::new() }))
    }

    pub(super) fn timestamp(&self) -> Timestamp {
        self.0.moment
    }
}

impl Past {
    /// Takes a connection that leads to `moment`. Its statements are counted into `statistics`, but for those that turn
    /// it there, which are part of connecting.
    pub(super) async fn reader(&self, moment: &Moment, statistics: &Statistics) -> StoreResult<Conn> {
        let link = match self {
            Self::Sqlite(pool) => Link::Sqlite(Box::pin(pool.get()).await.map_err(unreachable)?),
            Self::Postgres(pool) => Link::Postgres(Box::pin(pool.get()).await.map_err(unreachable)?),
        };
        let mut conn = Conn::new(link, &Statistics::default(), Purpose::Past);
        let cut = *moment.0.cut.get_or_try_init(|| cut_at(&mut conn, moment.0.moment)).await?;
        turn(&mut conn, cut).await?;
        Ok(conn.counted(statistics, Purpose::Past))
    }

    /// How its pool is used at the moment.
    pub(super) fn state(&self) -> PoolState {
        PoolState::new(
            "past",
            &match self {
                Self::Sqlite(pool) => pool.status(),
                Self::Postgres(pool) => pool.status(),
            },
        )
    }

    /// Closes every connection; those in use when they come back.
    pub(super) fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close(),
            Self::Postgres(pool) => pool.close(),
        }
    }
}

/// Turns a connection to `cut`, unless it is there already.
async fn turn(conn: &mut Conn, cut: i64) -> StoreResult<()> {
    let there = match &mut conn.0 {
        Link::Sqlite(object) => object.cut.replace(cut),
        Link::Postgres(object) => object.cut.replace(cut),
        Link::Shared(_) => return Err(not_alone()),
    };
    if there == Some(cut) {
        return Ok(());
    }
    let turned = match &mut conn.0 {
        Link::Sqlite(object) => object.spawn_blocking(move |sqlite| turn_sqlite(sqlite, cut)).await.map_err(Into::into),
        Link::Postgres(_) => {
            let set = Sql::new("SELECT set_config('modelry.cut', ").bind(Value::Text(cut.to_string()));
            load::<String>(conn, set.text(", false)")).await.map(drop)
        }
        Link::Shared(_) => Err(not_alone()),
    };
    if turned.is_err() {
        // Where it leads to is not known: the next use turns it anew.
        match &mut conn.0 {
            Link::Sqlite(object) => object.cut = None,
            Link::Postgres(object) => object.cut = None,
            Link::Shared(_) => {}
        }
    }
    turned
}

fn turn_sqlite(sqlite: &mut SqliteConnection, cut: i64) -> QueryResult<()> {
    use diesel::RunQueryDsl as _;
    sqlite.batch_execute("PRAGMA query_only = OFF")?;
    let set = diesel::sql_query("UPDATE temp.moment SET cut = ?").bind::<BigInt, _>(cut).execute(sqlite);
    sqlite.batch_execute("PRAGMA query_only = ON")?;
    set.map(drop)
}

/// Makes the views, and what they are searched by, on a new connection.
pub(super) fn prepare_sqlite(sqlite: &mut SqliteConnection) -> QueryResult<()> {
    fold::register(sqlite)?;
    sqlite.batch_execute(SQLITE)
}

/// Makes the views on a new connection, which from then on only reads.
pub(super) async fn prepare_postgres(connection: &mut AsyncPgConnection) -> QueryResult<()> {
    connection.batch_execute(POSTGRES).await?;
    connection.batch_execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY").await
}

#[cfg(test)]
mod tests {
    use super::super::schema::{self, Columns};
    use super::*;

    /// Checks that both files have a view before this table, with the table's columns in order.
    fn check<T: Columns>() {
        for (name, file) in [("sqlite.sql", SQLITE), ("postgres.sql", POSTGRES)] {
            let begin = format!("CREATE TEMPORARY VIEW {} AS\nSELECT ", T::TABLE);
            let (_, view) = file.split_once(&begin).unwrap_or_else(|| panic!("{name} has no view {}", T::TABLE));
            let (columns, rest) = view.split_once("\nFROM ").expect("a source");
            let columns: Vec<&str> = columns.split(',').map(str::trim).collect();
            assert_eq!(columns, T::COLUMNS, "{} in {name}", T::TABLE);
            let source = rest.split_whitespace().next().expect("a table").trim_start_matches("main.");
            assert_eq!(source, T::HISTORY, "{name}");
        }
    }

    #[test]
    fn every_table_has_a_view_before_it() {
        macro_rules! check_all {
            ($($table:ident),+ $(,)?) => {
                $( check::<schema::$table::table>(); )+
                let count = [$(stringify!($table)),+].len() + 1;
                assert_eq!(SQLITE.matches("CREATE TEMPORARY VIEW").count(), count, "and one for the search");
                assert_eq!(POSTGRES.matches("CREATE TEMPORARY VIEW").count(), count, "and one for the search");
            };
        }
        check_all!(
            suppliers,
            models,
            model_aliases,
            model_parameters,
            capabilities,
            model_capability_associations,
            model_categories,
            model_category_associations,
            model_prices,
            model_versions,
            model_pointers,
        );
    }
}
