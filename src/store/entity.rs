//! What every table of the catalogue can do, written once: the row, its changeable fields, and the statements on both.

use std::future::Future;

use super::page::MAX_SORT_KEYS;
use super::read::{ReadRow, Source};
use super::schema::Columns;
use super::{StoreResult, Transaction};
use crate::domain::Timestamp;

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
    const WIDTH: usize = R::WIDTH + 1 + MAX_SORT_KEYS;

    fn read<'a, S: Source<'a>>(source: &S, at: usize) -> diesel::deserialize::Result<Self> {
        let parent = at + R::WIDTH;
        Ok(Self {
            row: R::read(source, at)?,
            parent: i64::read(source, parent)?,
            keys: [
                ReadRow::read(source, parent + 1)?,
                ReadRow::read(source, parent + 2)?,
                ReadRow::read(source, parent + 3)?,
            ],
        })
    }
}

/// What stands in every row beside its own fields.
pub trait Row: ReadRow + Clone + Send + Sync + 'static {
    /// The changeable columns.
    type Fields: Clone + PartialEq + Send + Sync + 'static;

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
    ) -> impl Future<Output = StoreResult<Self::Row>> + Send;

    /// Inserts rows; returns their ids in the same order.
    fn insert_many(
        transaction: &mut Transaction,
        fresh: Vec<Fresh<<Self::Row as Row>::Fields>>,
    ) -> impl Future<Output = StoreResult<Vec<i64>>> + Send;

    /// Replaces a row's changeable columns, if its version is still that of `row`; `None` if it is not.
    fn update(
        transaction: &mut Transaction,
        row: Self::Row,
        fields: <Self::Row as Row>::Fields,
        now: Timestamp,
    ) -> impl Future<Output = StoreResult<Option<Self::Row>>> + Send;
}

/// Rows that a statement is sent for at once on PostgreSQL, which takes at most 65,535 values in one.
pub(super) const INSERT_CHUNK: usize = 1000;

/// Defines a table's row and changeable fields, and implements [`Entity`] for `$entity`.
macro_rules! entity {
    (
        $(#[$entity_doc:meta])*
        $entity:ident: $table:ident => $row:ident { $fields:ident, $new:ident }
        { $( $(#[$field_doc:meta])* $field:ident: $field_type:ty, )+ }
    ) => {
        $(#[$entity_doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $entity;

        /// The changeable columns.
        #[derive(Debug, Clone, PartialEq, diesel::Insertable, diesel::AsChangeset)]
        #[diesel(table_name = crate::store::schema::$table, treat_none_as_null = true)]
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

        #[derive(diesel::Insertable)]
        #[diesel(table_name = crate::store::schema::$table)]
        struct $new {
            #[diesel(embed)]
            fields: $fields,
            created_at: crate::domain::Timestamp,
            updated_at: crate::domain::Timestamp,
        }

        impl From<crate::store::entity::Fresh<$fields>> for $new {
            fn from(fresh: crate::store::entity::Fresh<$fields>) -> Self {
                Self { fields: fresh.fields, created_at: fresh.created_at, updated_at: fresh.updated_at }
            }
        }

        impl std::ops::Deref for $row {
            type Target = $fields;

            fn deref(&self) -> &$fields {
                &self.fields
            }
        }

        impl crate::store::read::ReadRow for $row {
            const WIDTH: usize = <crate::store::schema::$table::table as crate::store::schema::Columns>::COLUMNS.len();

            fn read<'a, S: crate::store::read::Source<'a>>(source: &S, at: usize) -> diesel::deserialize::Result<Self> {
                let mut cells = crate::store::read::Cells::new(source, at);
                Ok(Self {
                    id: cells.next()?,
                    fields: $fields { $( $field: cells.next()?, )+ },
                    created_at: cells.next()?,
                    updated_at: cells.next()?,
                    deleted_at: cells.next()?,
                    version: cells.next()?,
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

            async fn insert(
                transaction: &mut crate::store::Transaction,
                fresh: crate::store::entity::Fresh<$fields>,
            ) -> crate::store::StoreResult<$row> {
                use crate::store::schema::$table::dsl;
                use diesel_async::RunQueryDsl;
                let row = fresh.clone();
                let insert = diesel::insert_into(dsl::$table).values($new::from(fresh)).returning(dsl::id);
                let id: i64 = crate::store::backend::on_backend!(transaction.conn(), |connection| {
                    insert.get_result(connection).await
                })?;
                Ok($row {
                    id,
                    fields: row.fields,
                    created_at: row.created_at,
                    updated_at: row.updated_at,
                    deleted_at: None,
                    version: 1,
                })
            }

            async fn insert_many(
                transaction: &mut crate::store::Transaction,
                fresh: Vec<crate::store::entity::Fresh<$fields>>,
            ) -> crate::store::StoreResult<Vec<i64>> {
                use crate::store::schema::$table::dsl;
                let rows: Vec<$new> = fresh.into_iter().map($new::from).collect();
                Ok(match &mut transaction.conn().0 {
                    // SQLite has no batch insert under Diesel's asynchronous face, and gains nothing from one.
                    crate::store::backend::Link::Sqlite(object) => {
                        object
                            .spawn_blocking(move |sqlite| {
                                rows.into_iter()
                                    .map(|row| {
                                        let insert = diesel::insert_into(dsl::$table).values(row).returning(dsl::id);
                                        diesel::RunQueryDsl::get_result(insert, sqlite)
                                    })
                                    .collect()
                            })
                            .await?
                    }
                    crate::store::backend::Link::Shared(_) => return Err(crate::store::shared::not_alone()),
                    crate::store::backend::Link::Postgres(object) => {
                        let mut ids = Vec::with_capacity(rows.len());
                        for chunk in rows.chunks(crate::store::entity::INSERT_CHUNK) {
                            let insert = diesel::insert_into(dsl::$table).values(chunk).returning(dsl::id);
                            ids.extend(
                                diesel_async::RunQueryDsl::get_results::<i64>(insert, &mut object.connection).await?,
                            );
                        }
                        ids
                    }
                })
            }

            async fn update(
                transaction: &mut crate::store::Transaction,
                row: $row,
                fields: $fields,
                now: crate::domain::Timestamp,
            ) -> crate::store::StoreResult<Option<$row>> {
                use crate::store::schema::$table::dsl;
                use diesel::{ExpressionMethods, QueryDsl};
                use diesel_async::RunQueryDsl;
                let version = row.version + 1;
                let same = dsl::$table.filter(dsl::id.eq(row.id)).filter(dsl::version.eq(row.version));
                let update = diesel::update(same).set((fields.clone(), dsl::updated_at.eq(now), dsl::version.eq(version)));
                let changed: usize =
                    crate::store::backend::on_backend!(transaction.conn(), |connection| update.execute(connection).await)?;
                Ok((changed == 1).then(|| $row { fields, updated_at: now, version, ..row }))
            }
        }
    };
}

pub(super) use entity;
