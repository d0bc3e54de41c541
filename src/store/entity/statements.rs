//! Statements that write rows. Their text depends on the table, on how many rows there are and on which columns change, and on
//! nothing else, so that they are kept prepared: Diesel prepares its own inserts of many rows and its updates each time.

use diesel::QueryResult;
use diesel::SqliteConnection;
use diesel::backend::Backend;
use diesel::expression::Expression;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType, Untyped};

use super::{Entity, Fields as _, Fresh, Row};
use crate::domain::Timestamp;
use crate::domain::sql_types::TimestampSql;
use crate::store::backend::Link;
use crate::store::read::{load_from_postgres, load_from_sqlite};
use crate::store::schema::Columns;
use crate::store::shared::not_alone;
use crate::store::{StoreResult, Transaction};

/// The type of a column.
pub type SqlTypeOf<Column> = <Column as Expression>::SqlType;

/// Rows of one statement on PostgreSQL, which takes at most 65,535 values in one.
const POSTGRES_CHUNK: usize = 1000;
/// Rows of one statement on SQLite. It copies each page that a statement with triggers changes, to be able to undo it: once for
/// all rows of the statement.
const SQLITE_CHUNK: usize = 100;

/// Some of a table's columns, or of those that can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen(u32);

impl Chosen {
    /// All of them.
    pub const ALL: Self = Self(u32::MAX);
    /// None of them.
    pub const NONE: Self = Self(0);

    /// These, and the column at this place.
    pub const fn with(self, place: usize) -> Self {
        Self(self.0 | 1 << place)
    }

    /// These and those.
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// The columns for which this is so, of all in their order.
    pub fn of<const COUNT: usize>(chosen: [bool; COUNT]) -> Self {
        Self(chosen.iter().rev().fold(0, |bits, is_chosen| bits << 1 | u32::from(*is_chosen)))
    }

    /// Whether the next column is one of them.
    #[inline]
    pub const fn next(&mut self) -> bool {
        let is_chosen = self.0 & 1 == 1;
        self.0 >>= 1;
        is_chosen
    }
}

/// Values that can be bound to a statement for this database.
pub trait Bound<DB: Backend> {
    /// Binds the chosen columns' values, each with a comma behind it and, if so wanted, its name and `=` before it.
    ///
    /// # Errors
    /// Those of Diesel.
    fn bind<'b>(&'b self, out: AstPass<'_, 'b, DB>, chosen: Chosen, named: bool) -> QueryResult<()>;
}

type FieldsOf<E> = <<E as Entity>::Row as Row>::Fields;

/// Inserts rows, and answers their ids in the same order.
struct Insert<'r, E: Entity> {
    rows: &'r [Fresh<FieldsOf<E>>],
    /// Whether many statements will have the same number of rows.
    is_usual: bool,
}

/// Gives some columns of a row new values, if its version is still this.
struct Update<E: Entity> {
    fields: FieldsOf<E>,
    changed: Chosen,
    id: i64,
    version: i64,
    next_version: i64,
    now: Timestamp,
}

/// Inserts rows; answers their ids in the same order.
pub(super) async fn insert<E: Entity>(
    transaction: &mut Transaction,
    rows: Vec<Fresh<FieldsOf<E>>>,
) -> StoreResult<Vec<i64>> {
    let mut ids = Vec::with_capacity(rows.len());
    match &mut transaction.conn().0 {
        Link::Sqlite(object) => {
            let insert = move |sqlite: &mut SqliteConnection| {
                for insert in Insert::<E>::all(&rows, SQLITE_CHUNK) {
                    ids.extend(load_from_sqlite::<i64>(sqlite, insert)?);
                }
                Ok(ids)
            };
            Ok(object.spawn_blocking(insert).await?)
        }
        Link::Postgres(object) => {
            for insert in Insert::<E>::all(&rows, POSTGRES_CHUNK) {
                ids.extend(load_from_postgres::<i64>(&object.connection, insert).await?);
            }
            Ok(ids)
        }
        Link::Shared(_) => Err(not_alone()),
    }
}

/// Gives a row's columns these values, if its version is still that of `row`; `None` if it is not.
pub(super) async fn update<E: Entity>(
    transaction: &mut Transaction,
    row: E::Row,
    fields: FieldsOf<E>,
    now: Timestamp,
) -> StoreResult<Option<E::Row>> {
    let version = row.version();
    let changed = row.fields().changed(&fields);
    let update = Update::<E> { fields, changed, id: row.id(), version, next_version: version + 1, now };
    let fields = update.fields.clone();
    let count = match &mut transaction.conn().0 {
        Link::Sqlite(object) => {
            object.spawn_blocking(move |sqlite| diesel::RunQueryDsl::execute(update, sqlite)).await?
        }
        Link::Postgres(object) => diesel_async::RunQueryDsl::execute(update, &mut object.connection).await?,
        Link::Shared(_) => return Err(not_alone()),
    };
    Ok((count == 1).then(|| E::changed(row, fields, now)))
}

impl<'r, E: Entity> Insert<'r, E> {
    /// Statements for all rows, with at most so many each.
    fn all(rows: &'r [Fresh<FieldsOf<E>>], most: usize) -> impl Iterator<Item = Self> {
        rows.chunks(most).map(move |rows| Self { rows, is_usual: rows.len() == 1 || rows.len() == most })
    }
}

/// The names of the columns that a new row has values for: all but the id before them, and `deleted_at` and `version` behind.
fn names<E: Entity>() -> &'static [&'static str] {
    let all = <E::Table as Columns>::COLUMNS;
    &all[1..all.len() - 2]
}

impl<E: Entity, DB> QueryFragment<DB> for Insert<'_, E>
where
    DB: Backend + HasSqlType<TimestampSql>,
    FieldsOf<E>: Bound<DB>,
    Timestamp: ToSql<TimestampSql, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        if !self.is_usual {
            out.unsafe_to_cache_prepared();
        }
        out.push_sql("INSERT INTO ");
        out.push_sql(<E::Table as Columns>::TABLE);
        for (index, name) in names::<E>().iter().enumerate() {
            out.push_sql(if index == 0 { " (" } else { ", " });
            out.push_sql(name);
        }
        out.push_sql(") VALUES ");
        for (index, row) in self.rows.iter().enumerate() {
            out.push_sql(if index == 0 { "(" } else { ", (" });
            row.fields.bind(out.reborrow(), Chosen::ALL, false)?;
            out.push_bind_param::<TimestampSql, _>(&row.created_at)?;
            out.push_sql(", ");
            out.push_bind_param::<TimestampSql, _>(&row.updated_at)?;
            out.push_sql(")");
        }
        out.push_sql(" RETURNING id");
        Ok(())
    }
}

impl<E: Entity, DB> QueryFragment<DB> for Update<E>
where
    DB: Backend + HasSqlType<TimestampSql> + HasSqlType<BigInt>,
    FieldsOf<E>: Bound<DB>,
    Timestamp: ToSql<TimestampSql, DB>,
    i64: ToSql<BigInt, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("UPDATE ");
        out.push_sql(<E::Table as Columns>::TABLE);
        out.push_sql(" SET ");
        self.fields.bind(out.reborrow(), self.changed, true)?;
        out.push_sql("updated_at = ");
        out.push_bind_param::<TimestampSql, _>(&self.now)?;
        out.push_sql(", version = ");
        out.push_bind_param::<BigInt, _>(&self.next_version)?;
        out.push_sql(" WHERE id = ");
        out.push_bind_param::<BigInt, _>(&self.id)?;
        out.push_sql(" AND version = ");
        out.push_bind_param::<BigInt, _>(&self.version)
    }
}

impl<E: Entity> QueryId for Insert<'_, E> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<E: Entity> QueryId for Update<E> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

/// Rows are read cell by cell, so their types are never looked at.
impl<E: Entity> Query for Insert<'_, E> {
    type SqlType = Untyped;
}

impl<E: Entity> diesel::RunQueryDsl<SqliteConnection> for Update<E> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_chosen_in_their_order() {
        let mut chosen = Chosen::of([true, false, true]);
        assert_eq!([chosen.next(), chosen.next(), chosen.next(), chosen.next()], [true, false, true, false]);
        let mut all = Chosen::ALL;
        assert!((0..32).all(|_| all.next()));
    }
}
