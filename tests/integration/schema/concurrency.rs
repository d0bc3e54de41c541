//! Processes that start together on one empty database.

use std::process::{Child, Command, Stdio};

use futures_util::future::join_all;
use modelry::store::SchemaState;

use crate::support::{EmptyDatabase, on_both_databases};

const PROCESSES: usize = 4;

on_both_databases! {
    /// One of them migrates while the others wait, and all come up.
    async fn one_migrates_and_the_others_wait(database: EmptyDatabase) {
        let stores: Vec<_> = (0..PROCESSES).map(|_| database.another_store()).collect();
        let migrations = stores.iter().cloned().map(|store| tokio::spawn(async move { store.migrate().await }));
        let migrated = join_all(migrations).await;

        let applied: Vec<usize> = migrated
            .into_iter()
            .map(|migrated| migrated.expect("no panic").expect("a schema").applied.len())
            .collect();
        assert_eq!(applied.iter().filter(|&&count| count > 0).count(), 1, "{applied:?}");
        for store in stores {
            assert_eq!(store.schema_state().await.expect("a state"), SchemaState::Current);
            store.close();
        }
    }

    /// Likewise when they share nothing but the database.
    async fn processes_migrate_one_after_another(database: EmptyDatabase) {
        let migrate = |_| -> Child {
            Command::new(env!("CARGO_BIN_EXE_modelry"))
                .args(["migrate", "--database-url", database.url()])
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("the binary starts")
        };
        let processes: Vec<Child> = (0..PROCESSES).map(migrate).collect();

        let mut migrated = 0;
        for process in processes {
            let output = process.wait_with_output().expect("it ends");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            migrated += usize::from(String::from_utf8_lossy(&output.stdout).starts_with("applied"));
        }
        assert_eq!(migrated, 1);
        assert_eq!(database.store().schema_state().await.expect("a state"), SchemaState::Current);
    }
}
