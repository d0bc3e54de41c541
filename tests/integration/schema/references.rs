//! Foreign keys and their indexes.

use super::catalogue::{self, ForeignKey, Index};
use crate::support::{DatabaseKind, Fixture as _, TestDatabase, on_both_databases};

/// Whether the rows that a key's deletion or change would look for are found by the index.
fn serves(index: &Index, key: &ForeignKey) -> bool {
    let first: Vec<&String> = index.columns.iter().take(key.columns.len()).collect();
    index.whole && index.table == key.table && key.columns.iter().all(|column| first.contains(&column))
}

on_both_databases! {
    /// No id points nowhere: what is called `..._id` is a foreign key.
    async fn every_id_is_a_foreign_key(database: TestDatabase) {
        let keys = catalogue::foreign_keys(&database).await;
        for (table, columns) in catalogue::columns(&database).await {
            for column in columns.into_iter().filter(|column| column.ends_with("_id")) {
                let column = vec![column];
                assert!(keys.iter().any(|key| key.table == table && key.columns == column), "{table}.{column:?}");
            }
        }
    }

    /// An index that leaves out deleted rows would not do: they are referred to as well.
    async fn every_foreign_key_has_an_index_over_all_rows(database: TestDatabase) {
        let indexes = catalogue::indexes(&database).await;
        let missing: Vec<ForeignKey> = catalogue::foreign_keys(&database)
            .await
            .into_iter()
            .filter(|key| !indexes.iter().any(|index| serves(index, key)))
            .collect();
        assert_eq!(missing, [], "no index starts with these columns");
    }
}

/// What one database looks up quickly, the other does as well.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_databases_have_the_same_keys_and_indexes() {
    let sqlite = TestDatabase::on(DatabaseKind::Sqlite).await;
    let postgres = TestDatabase::on(DatabaseKind::Postgres).await;
    assert_eq!(catalogue::foreign_keys(&sqlite).await, catalogue::foreign_keys(&postgres).await);

    // An index that a constraint brought has a name of its database's own choice.
    let named = |mut indexes: Vec<Index>| {
        indexes.retain(|index| !index.name.starts_with("sqlite_autoindex") && !index.name.ends_with("_key"));
        indexes
    };
    assert_eq!(named(catalogue::indexes(&sqlite).await), named(catalogue::indexes(&postgres).await));
}
