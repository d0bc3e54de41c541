//! Reading rows by position.
//!
//! Diesel reads rows through nested tuples of SQL types. For tables of twenty columns on two databases that costs the
//! compiler minutes, so rows are read here cell by cell, in the order of [`super::schema`], by Diesel's own conversions.
//! A statement that selects only the columns that are looked at says which ([`super::looked_at`]); the others are left unread.

use chrono::NaiveDate;
use diesel::backend::Backend;
use diesel::connection::{DefaultLoadingMode, LoadConnection};
use diesel::deserialize::{FromSql, Result};

use diesel::pg::Pg;
use diesel::query_builder::{Query, QueryFragment, QueryId};
use diesel::result::Error::DeserializationError;
use diesel::row::Row;
use diesel::sql_types::{BigInt, Binary, Bool, Date, Double, Integer, Nullable, Text, Untyped};
use diesel::sqlite::Sqlite;
use diesel::{QueryResult, SqliteConnection};
use diesel_async::{AsyncConnectionCore, AsyncPgConnection};
use futures_util::TryStreamExt as _;

use super::backend::Link;
use super::looked_at::LookedAt;
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
    /// Reads it from the cells that come next.
    ///
    /// # Errors
    /// If a cell holds what its column can't.
    fn read<'a, S: Source<'a>>(cells: &mut Cells<'_, S>) -> Result<Self>;
}

/// What the rows of a statement are put into, one after another.
pub(super) trait Gather: Default + Send + 'static {
    /// Adds what is read of one row.
    ///
    /// # Errors
    /// As [`ReadRow::read`].
    fn add<'a, S: Source<'a>>(&mut self, cells: &mut Cells<'_, S>) -> Result<()>;
}

impl<T: ReadRow> Gather for Vec<T> {
    fn add<'a, S: Source<'a>>(&mut self, cells: &mut Cells<'_, S>) -> Result<()> {
        self.push(T::read(cells)?);
        Ok(())
    }
}

/// The value of a column that nobody looks at, and that wasn't read.
pub(super) trait Unread {
    /// One that no row has, where the type has any such.
    fn unread() -> Self;
}

/// The cells of a row, one after another.
pub struct Cells<'s, S> {
    source: &'s S,
    at: usize,
    looked_at: &'s LookedAt,
}

impl<'a, 's, S: Source<'a>> Cells<'s, S> {
    const fn new(source: &'s S, looked_at: &'s LookedAt) -> Self {
        Self { source, at: 0, looked_at }
    }

    /// The columns that there are cells of.
    pub(super) const fn looked_at(&self) -> &'s LookedAt {
        self.looked_at
    }

    pub(super) fn next<T: ReadRow>(&mut self) -> Result<T> {
        T::read(self)
    }

    /// The next cell, if it is that of this column; otherwise the column was not read.
    #[inline]
    pub(super) fn next_if<T: ReadRow + Unread>(&mut self, is_read: bool) -> Result<T> {
        if is_read { T::read(self) } else { Ok(T::unread()) }
    }

    /// The next cell, which stays the next.
    pub(super) fn peek<T: ReadRow>(&self) -> Result<T> {
        T::read(&mut Self { ..*self })
    }

    #[inline]
    fn cell<SqlType, T>(&mut self) -> Result<T>
    where
        T: FromSql<SqlType, Sqlite> + FromSql<SqlType, Pg>,
    {
        let value = self.source.cell::<SqlType, T>(self.at)?;
        self.at += 1;
        Ok(value)
    }
}

/// A statement whose rows are read cell by cell.
pub(super) trait Rows<DB: Backend>: Query<SqlType = Untyped> + QueryFragment<DB> + QueryId {}

impl<DB: Backend, Q: Query<SqlType = Untyped> + QueryFragment<DB> + QueryId> Rows<DB> for Q {}

/// Runs a statement and reads its rows. On SQLite they are read in the blocking task itself, which spares a copy.
pub(super) async fn load<T: ReadRow>(conn: &mut Conn, sql: Sql) -> StoreResult<Vec<T>> {
    gather(conn, sql).await
}

/// As [`load`], into something else than a list.
pub(super) async fn gather<G: Gather>(conn: &mut Conn, sql: Sql) -> StoreResult<G> {
    let is_of_the_past = conn.is_of_the_past();
    let sql = if is_of_the_past { sql.for_the_past() } else { sql };
    conn.statistics().reads(&sql, is_of_the_past);
    let of = sql.looked_at();
    Ok(match &mut conn.0 {
        Link::Sqlite(object) => object.spawn_blocking(move |sqlite| gather_from_sqlite(sqlite, sql, &of)).await?,
        Link::Postgres(object) => gather_from_postgres(&object.connection, sql, of).await?,
        Link::Shared(Shared::Sqlite(visits)) => visits.run(move |sqlite| gather_from_sqlite(sqlite, sql, &of)).await?,
        Link::Shared(Shared::Postgres(lease)) => {
            lease.during(|connection| gather_from_postgres(connection, sql, of)).await?
        }
    })
}

/// As [`load`], in the midst of work on a SQLite connection.
pub(super) fn load_from_sqlite<T: ReadRow>(
    sqlite: &mut SqliteConnection,
    query: impl Rows<Sqlite>,
) -> QueryResult<Vec<T>> {
    gather_from_sqlite(sqlite, query, &LookedAt::ALL)
}

/// As [`load`], on a connection that other statements may be sent to before this one is answered.
pub(super) async fn load_from_postgres<T: ReadRow>(
    connection: &AsyncPgConnection,
    query: impl Rows<Pg> + Send,
) -> QueryResult<Vec<T>> {
    gather_from_postgres(connection, query, LookedAt::ALL).await
}

/// The rows of a statement, which have the columns that are looked at, and no others.
fn gather_from_sqlite<G: Gather>(
    sqlite: &mut SqliteConnection,
    query: impl Rows<Sqlite>,
    looked_at: &LookedAt,
) -> QueryResult<G> {
    let mut gathered = G::default();
    for row in LoadConnection::<DefaultLoadingMode>::load(sqlite, query)? {
        gathered.add(&mut Cells::new(&SqliteSource(&row?), looked_at)).map_err(DeserializationError)?;
    }
    Ok(gathered)
}

/// As [`gather_from_sqlite`], from a server.
async fn gather_from_postgres<G: Gather>(
    mut connection: &AsyncPgConnection,
    query: impl Rows<Pg> + Send,
    looked_at: LookedAt,
) -> QueryResult<G> {
    let mut rows = AsyncConnectionCore::load(&mut connection, query).await?;
    let mut gathered = G::default();
    while let Some(row) = rows.try_next().await? {
        gathered.add(&mut Cells::new(&PostgresSource(&row), &looked_at)).map_err(DeserializationError)?;
    }
    Ok(gathered)
}

macro_rules! source {
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
    };
}

source!(Sqlite, SqliteSource);
source!(Pg, PostgresSource);

/// Implements [`ReadRow`] for a type that is one cell, and for its `Option`.
macro_rules! cell {
    ($($type:ty => $sql_type:ty,)+) => { $(
        impl ReadRow for $type {
            fn read<'a, S: Source<'a>>(cells: &mut Cells<'_, S>) -> Result<Self> {
                cells.cell::<$sql_type, Self>()
            }
        }

        impl ReadRow for Option<$type> {
            fn read<'a, S: Source<'a>>(cells: &mut Cells<'_, S>) -> Result<Self> {
                cells.cell::<Nullable<$sql_type>, Self>()
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
    fn read<'a, S: Source<'a>>(cells: &mut Cells<'_, S>) -> Result<Self> {
        Ok((cells.next()?, cells.next()?))
    }
}

impl<T> Unread for Option<T> {
    fn unread() -> Self {
        None
    }
}

macro_rules! unread {
    ($($type:ty => $value:expr,)+) => { $(
        impl Unread for $type {
            fn unread() -> Self {
                $value
            }
        }
    )+ };
}

unread! {
    bool => false,
    i32 => i32::MIN,
    i64 => i64::MIN,
    String => String::new(),
    Timestamp => Self::EPOCH,
    Domain => Domain::ALL[0],
    LifecycleStage => LifecycleStage::ALL[0],
    ModelType => ModelType::ALL[0],
    ParameterType => ParameterType::ALL[0],
    PriceComponent => PriceComponent::ALL[0],
    PriceUnit => PriceUnit::ALL[0],
    SealedBytes => Self::new(Vec::new()),
    ServiceMode => ServiceMode::ALL[0],
    Support => Support::ALL[0],
}
