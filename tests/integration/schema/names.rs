//! Tables and columns, against what `src/store/schema.rs` says of them: rows are read by position.

use std::collections::BTreeMap;

use modelry::store::schema::{self, Columns};

use super::catalogue;
use crate::support::{TestDatabase, on_both_databases};

/// What stands in every table behind its own columns.
const BOOK_KEEPING: [&str; 4] = ["created_at", "updated_at", "deleted_at", "version"];

fn described() -> BTreeMap<String, Vec<String>> {
    fn of<T: Columns>() -> (String, Vec<String>) {
        (T::TABLE.to_owned(), T::COLUMNS.iter().map(|&column| column.to_owned()).collect())
    }
    BTreeMap::from([
        of::<schema::suppliers::table>(),
        of::<schema::models::table>(),
        of::<schema::model_aliases::table>(),
        of::<schema::model_parameters::table>(),
        of::<schema::capabilities::table>(),
        of::<schema::model_capability_associations::table>(),
        of::<schema::model_categories::table>(),
        of::<schema::model_category_associations::table>(),
        of::<schema::model_prices::table>(),
        of::<schema::model_versions::table>(),
        of::<schema::model_pointers::table>(),
        of::<schema::master_keys::table>(),
        of::<schema::supplier_keys::table>(),
    ])
}

on_both_databases! {
    /// Every table is described, with its columns in the order that the migrations made them in.
    async fn the_description_is_the_schema(database: TestDatabase) {
        assert_eq!(catalogue::columns(&database).await, described());
    }

    /// Every row can be deleted softly, and locked by its version.
    async fn every_table_keeps_book_of_its_rows(database: TestDatabase) {
        for (table, columns) in catalogue::columns(&database).await {
            assert_eq!(columns.first().map(String::as_str), Some("id"), "{table}");
            assert!(columns.ends_with(&BOOK_KEEPING.map(str::to_owned)), "{table}: {columns:?}");
        }
    }
}
