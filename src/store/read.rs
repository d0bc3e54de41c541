//! Reading rows by position.
//!
//! Diesel reads rows through nested tuples of SQL types. For tables of twenty columns on two databases that costs the
//! compiler minutes, so rows are read here cell by cell, in the order of [`super::schema`], by Diesel's own conversions.

use chrono::NaiveDate;
use diesel::backend::Backend;
use diesel::deserialize::{FromSql, FromSqlRow, Result};

use diesel::pg::Pg;
use diesel::query_builder::{Query, QueryFragment, QueryId};
use diesel::row::Row;
use diesel::sql_types::{BigInt, Binary, Bool, Date, Double, Integer, Nullable, Text, Untyped};
use diesel::sqlite::Sqlite;
use diesel::{QueryResult, SqliteConnection};
use diesel_async::AsyncPgConnection;

use super::backend::Link;
use super::shared::Shared;
use super::sql::Sql;
use super::{Conn, StoreResult};
use crate::domain::sql_types::{JsonSql, TimestampSql};
use crate::domain::{
    AuditOutcome, ChangeChannel, ChangeKind, ChangeOperation, Domain, JsonText, LifecycleStage, ModelType,
    ParameterType, PartialDate, PriceComponent, PriceUnit, Role, SealedBytes, ServiceMode, Support, Timestamp,
};

/// A row as it came from either database.
pub trait Source<'a> {
    /// Reads the cell at `index` with the conversion of whichever database it is.
    fn cell<SqlType, T>(&self, index: usize) -> Result<T>
    where
        T: FromSql<SqlType, Sqlite> + FromSql<SqlType, Pg>;
}

/// Something that is read from neighbouring cells of a row.
pub trait ReadRow: Sized + Send + 'static {
    /// How many cells it takes.
    const WIDTH: usize;

    /// Reads it from the cells that start at `at`.
    ///
    /// # Errors
    /// If a cell holds what its column can't.
    fn read<'a, S: Source<'a>>(source: &S, at: usize) -> Result<Self>;
}

/// The cells of a row, one after another.
pub(super) struct Cells<'s, S> {
    source: &'s S,
    at: usize,
}

impl<'a, 's, S: Source<'a>> Cells<'s, S> {
    pub(super) const fn new(source: &'s S, at: usize) -> Self {
        Self { source, at }
    }

    pub(super) fn next<T: ReadRow>(&mut self) -> Result<T> {
        let value = T::read(self.source, self.at)?;
        self.at += T::WIDTH;
        Ok(value)
    }
}

/// A statement whose rows are read cell by cell.
pub(super) trait Rows<DB: Backend>: Query<SqlType = Untyped> + QueryFragment<DB> + QueryId {}

impl<DB: Backend, Q: Query<SqlType = Untyped> + QueryFragment<DB> + QueryId> Rows<DB> for Q {}

/// Runs a statement and reads its rows. On SQLite they are read in the blocking task itself, which spares a copy.
pub(super) async fn load<T: ReadRow>(conn: &mut Conn, sql: Sql) -> StoreResult<Vec<T>> {
    let is_of_the_past = conn.is_of_the_past();
    let sql = if is_of_the_past { sql.for_the_past() } else { sql };
    conn.statistics().reads(&sql, is_of_the_past);
    Ok(match &mut conn.0 {
        Link::Sqlite(object) => object.spawn_blocking(move |sqlite| load_from_sqlite(sqlite, sql)).await?,
        Link::Postgres(object) => load_from_postgres(&object.connection, sql).await?,
        Link::Shared(Shared::Sqlite(visits)) => visits.run(move |sqlite| load_from_sqlite(sqlite, sql)).await?,
        Link::Shared(Shared::Postgres(lease)) => lease.during(|connection| load_from_postgres(connection, sql)).await?,
    })
}

/// As [`load`], in the midst of work on a SQLite connection.
pub(super) fn load_from_sqlite<T: ReadRow>(
    sqlite: &mut SqliteConnection,
    query: impl Rows<Sqlite> + diesel::RunQueryDsl<SqliteConnection>,
) -> QueryResult<Vec<T>> {
    let rows: Vec<Whole<T>> = diesel::RunQueryDsl::load(query, sqlite)?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// As [`load`], on a connection that other statements may be sent to before this one is answered.
pub(super) async fn load_from_postgres<T: ReadRow>(
    mut connection: &AsyncPgConnection,
    query: impl Rows<Pg> + Send,
) -> QueryResult<Vec<T>> {
    let rows: Vec<Whole<T>> = diesel_async::RunQueryDsl::load(query, &mut connection).await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// A whole row read as `T`, the way Diesel asks for it.
struct Whole<T>(T);

macro_rules! read_whole {
    ($backend:ty, $source:ident) => {
        struct $source<'r, R>(&'r R);

        impl<'a, R: Row<'a, $backend>> Source<'a> for $source<'_, R> {
            fn cell<SqlType, T>(&self, index: usize) -> Result<T>
            where
                T: FromSql<SqlType, Sqlite> + FromSql<SqlType, Pg>,
            {
                use diesel::row::Field as _;
                let field = self.0.get(index).ok_or_else(|| format!("the row has no cell {index}"))?;
                <T as FromSql<SqlType, $backend>>::from_nullable_sql(field.value())
            }
        }

        impl<T: ReadRow> FromSqlRow<Untyped, $backend> for Whole<T> {
            fn build_from_row<'a>(row: &impl Row<'a, $backend>) -> Result<Self> {
                T::read(&$source(row), 0).map(Self)
            }
        }
    };
}

read_whole!(Sqlite, SqliteSource);
read_whole!(Pg, PostgresSource);

/// Implements [`ReadRow`] for a type that is one cell, and for its `Option`.
macro_rules! cell {
    ($($type:ty => $sql_type:ty,)+) => { $(
        impl ReadRow for $type {
            const WIDTH: usize = 1;

            fn read<'a, S: Source<'a>>(source: &S, at: usize) -> Result<Self> {
                source.cell::<$sql_type, Self>(at)
            }
        }

        impl ReadRow for Option<$type> {
            const WIDTH: usize = 1;

            fn read<'a, S: Source<'a>>(source: &S, at: usize) -> Result<Self> {
                source.cell::<Nullable<$sql_type>, Self>(at)
            }
        }
    )+ };
}

cell! {
    bool => Bool,
    i32 => Integer,
    i64 => BigInt,
    f64 => Double,
    String => Text,
    NaiveDate => Date,
    Timestamp => TimestampSql,
    JsonText => JsonSql,
    PartialDate => Text,
    AuditOutcome => Text,
    ChangeChannel => Text,
    ChangeKind => Text,
    ChangeOperation => Text,
    Domain => Text,
    LifecycleStage => Text,
    ModelType => Text,
    ParameterType => Text,
    PriceComponent => Text,
    PriceUnit => Text,
    Role => Text,
    SealedBytes => Binary,
    ServiceMode => Text,
    Support => Text,
}

impl<A: ReadRow, B: ReadRow> ReadRow for (A, B) {
    const WIDTH: usize = A::WIDTH + B::WIDTH;

    fn read<'a, S: Source<'a>>(source: &S, at: usize) -> Result<Self> {
        Ok((A::read(source, at)?, B::read(source, at + A::WIDTH)?))
    }
}
