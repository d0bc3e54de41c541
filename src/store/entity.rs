//! What every table of the catalogue can do, written once: the row, its changeable fields, and the statements on both.

mod statements;

use std::future::Future;

use diesel::pg::Pg;
use diesel::sqlite::Sqlite;

use super::page::MAX_SORT_KEYS;
use super::read::{Cells, ReadRow, Source};
use super::schema::Columns;
use super::{StoreResult, Transaction};
use crate::domain::Timestamp;
pub(super) use statements::{Bound, Chosen, SqlTypeOf};

/// A row of a list, and where it stands in it.
#[derive(Debug, Clone)]
pub struct Ranked<R> {
    /// The row.
    pub row: R,
    /// Whose list it is in.
    pub parent: i64,
    /// The row's sort keys as text.
    pub keys: [Option<String>; MAX_SORT_KEYS],
}

impl<R: ReadRow> ReadRow for Ranked<R> {
    fn read<'a, S: Source<'a>>(cells: &mut Cells<'_, S>) -> diesel::deserialize::Result<Self> {
        Ok(Self { row: cells.next()?, parent: cells.next()?, keys: [cells.next()?, cells.next()?, cells.next()?] })
    }
}

/// What stands in every row beside its own fields.
pub trait Row: ReadRow + Clone + Send + Sync + 'static {
    /// The changeable columns.
    type Fields: Fields;

    /// Primary key.
    fn id(&self) -> i64;
    /// Every column's name and value, in order.
    fn cells(&self) -> Vec<(&'static str, serde_json::Value)>;
    /// The changeable columns.
    fn fields(&self) -> &Self::Fields;
    /// Changed by every write; what optimistic locking compares.
    fn version(&self) -> i64;
    /// When it was made.
    fn created_at(&self) -> Timestamp;
    /// When it was last changed.
    fn updated_at(&self) -> Timestamp;
    /// When it was deleted; `None` while it lives.
    fn deleted_at(&self) -> Option<Timestamp>;
}

/// The changeable columns of a table.
pub trait Fields: Bound<Pg> + Bound<Sqlite> + Clone + PartialEq + Send + Sync + 'static {
    /// The columns whose values differ from these.
    fn changed(&self, other: &Self) -> Chosen;
}

/// A row to insert: the changeable columns, made at one time and last changed at another (the same, but for imports).
#[derive(Debug, Clone, PartialEq)]
pub struct Fresh<Fields> {
    /// The changeable columns.
    pub fields: Fields,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl<Fields> Fresh<Fields> {
    /// A row made now.
    pub const fn now(fields: Fields, now: Timestamp) -> Self {
        Self { fields, created_at: now, updated_at: now }
    }
}

/// A table of the catalogue. Implemented by [`entity!`].
pub trait Entity: Sized + Send + Sync + 'static {
    /// The table.
    type Table: Columns;
    /// A row.
    type Row: Row;

    /// Inserts a row.
    fn insert(
        transaction: &mut Transaction,
        fresh: Fresh<<Self::Row as Row>::Fields>,
    ) -> impl Future<Output = StoreResult<Self::Row>> + Send {
        async move {
            let ids = statements::insert::<Self>(transaction, vec![fresh.clone()]).await?;
            let id = ids.first().ok_or(diesel::result::Error::NotFound)?;
            Ok(Self::made(*id, fresh))
        }
    }

    /// Inserts rows; returns their ids in the same order.
    fn insert_many(
        transaction: &mut Transaction,
        fresh: Vec<Fresh<<Self::Row as Row>::Fields>>,
    ) -> impl Future<Output = StoreResult<Vec<i64>>> + Send {
        statements::insert::<Self>(transaction, fresh)
    }

    /// Replaces a row's changeable columns, if its version is still that of `row`; `None` if it is not.
    fn update(
        transaction: &mut Transaction,
        row: Self::Row,
        fields: <Self::Row as Row>::Fields,
        now: Timestamp,
    ) -> impl Future<Output = StoreResult<Option<Self::Row>>> + Send {
        statements::update::<Self>(transaction, row, fields, now)
    }

    /// The row that was just made of this.
    fn made(id: i64, fresh: Fresh<<Self::Row as Row>::Fields>) -> Self::Row;

    /// The row after its columns were changed to these.
    fn changed(row: Self::Row, fields: <Self::Row as Row>::Fields, now: Timestamp) -> Self::Row;
}

/// Defines a table's row and changeable fields, and implements [`Entity`] for `$entity`.
macro_rules! entity {
    (
        $(#[$entity_doc:meta])*
        $entity:ident: $table:ident => $row:ident { $fields:ident }
        { $( $(#[$field_doc:meta])* $field:ident: $field_type:ty, )+ }
    ) => {
        $(#[$entity_doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $entity;

        /// The changeable columns.
        #[derive(Debug, Clone, PartialEq)]
        pub struct $fields { $( $(#[$field_doc])* pub $field: $field_type, )+ }

        /// A row.
        #[derive(Debug, Clone, PartialEq)]
        pub struct $row {
            /// Primary key.
            pub id: i64,
            /// The changeable columns.
            pub fields: $fields,
            /// When it was made.
            pub created_at: crate::domain::Timestamp,
            /// When it was last changed.
            pub updated_at: crate::domain::Timestamp,
            /// When it was deleted; `None` while it lives.
            pub deleted_at: Option<crate::domain::Timestamp>,
            /// Changed by every write; what optimistic locking compares.
            pub version: i64,
        }

        impl crate::store::entity::Fields for $fields {
            fn changed(&self, other: &Self) -> crate::store::entity::Chosen {
                crate::store::entity::Chosen::of([$( self.$field != other.$field ),+])
            }
        }

        impl<DB> crate::store::entity::Bound<DB> for $fields
        where
            DB: diesel::backend::Backend,
            $(
                DB: diesel::sql_types::HasSqlType<crate::store::entity::SqlTypeOf<crate::store::schema::$table::$field>>,
                $field_type: diesel::serialize::ToSql<crate::store::entity::SqlTypeOf<crate::store::schema::$table::$field>, DB>,
            )+
        {
            fn bind<'b>(
                &'b self,
                mut out: diesel::query_builder::AstPass<'_, 'b, DB>,
                mut chosen: crate::store::entity::Chosen,
                named: bool,
            ) -> diesel::QueryResult<()> {
                use crate::store::entity::SqlTypeOf;
                use crate::store::schema::$table::dsl;
                $( if chosen.next() {
                    if named {
                        out.push_sql(concat!(stringify!($field), " = "));
                    }
                    out.push_bind_param::<SqlTypeOf<dsl::$field>, _>(&self.$field)?;
                    out.push_sql(", ");
                } )+
                Ok(())
            }
        }

        impl std::ops::Deref for $row {
            type Target = $fields;

            fn deref(&self) -> &$fields {
                &self.fields
            }
        }

        impl crate::store::read::ReadRow for $row {
            fn read<'a, S: crate::store::read::Source<'a>>(
                cells: &mut crate::store::read::Cells<'_, S>,
            ) -> diesel::deserialize::Result<Self> {
                let mut read = cells.looked_at().of::<crate::store::schema::$table::table>();
                Ok(Self {
                    id: cells.next_if(read.next())?,
                    fields: $fields { $( $field: cells.next_if(read.next())?, )+ },
                    created_at: cells.next_if(read.next())?,
                    updated_at: cells.next_if(read.next())?,
                    deleted_at: cells.next_if(read.next())?,
                    version: cells.next_if(read.next())?,
                })
            }
        }

        impl crate::store::entity::Row for $row {
            type Fields = $fields;

            fn id(&self) -> i64 {
                self.id
            }
            fn cells(&self) -> Vec<(&'static str, serde_json::Value)> {
                use crate::domain::ToJson as _;
                vec![
                    ("id", self.id.to_json()),
                    $( (stringify!($field), self.fields.$field.to_json()), )+
                    ("created_at", self.created_at.to_json()),
                    ("updated_at", self.updated_at.to_json()),
                    ("deleted_at", self.deleted_at.to_json()),
                    ("version", self.version.to_json()),
                ]
            }
            fn fields(&self) -> &$fields {
                &self.fields
            }
            fn version(&self) -> i64 {
                self.version
            }
            fn created_at(&self) -> crate::domain::Timestamp {
                self.created_at
            }
            fn updated_at(&self) -> crate::domain::Timestamp {
                self.updated_at
            }
            fn deleted_at(&self) -> Option<crate::domain::Timestamp> {
                self.deleted_at
            }
        }

        impl crate::store::entity::Entity for $entity {
            type Table = crate::store::schema::$table::table;
            type Row = $row;

            fn made(id: i64, fresh: crate::store::entity::Fresh<$fields>) -> $row {
                let crate::store::entity::Fresh { fields, created_at, updated_at } = fresh;
                $row { id, fields, created_at, updated_at, deleted_at: None, version: 1 }
            }

            fn changed(row: $row, fields: $fields, now: crate::domain::Timestamp) -> $row {
                $row { fields, updated_at: now, version: row.version + 1, ..row }
            }
        }
    };
}

pub(super) use entity;
