//! What a backup has.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::{File, LivedIn, findings};
use crate::support::{EmptyDatabase, Fixture as _, TestDatabase, on_both_databases};

on_both_databases! {
    /// Every table that the migrations made is in it but for what is made anew, so that a new one can't be forgotten.
    async fn every_table_is_in_it(database: TestDatabase) {
        let sql = database.dialect(
            "SELECT name AS value FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND sql NOT LIKE '%VIRTUAL%'",
            "SELECT table_name::text AS value FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
        );
        let is_machinery = |name: &String| name.starts_with("model_search") || name.starts_with("__diesel");
        let made: BTreeSet<String> = database.texts(sql).await.into_iter().filter(|name| !is_machinery(name)).collect();
        let (_, trailer) = File::of(&database).await.summary();
        let stored: BTreeSet<String> = trailer.tables.into_iter().map(|table| table.table).collect();
        assert_eq!(stored, made);
    }

    /// Rows are written in the order of their ids, with their values to the last digit and byte.
    async fn values_are_exact(database: TestDatabase) {
        database
            .execute(
                "INSERT INTO suppliers (id, name, extra, is_active, created_at, updated_at, deleted_at) VALUES
                 (9007199254740993, 'b', '{\"z\": 1.10, \"a\" : 1e400}', false, '2026-01-31T08:30:00.000001Z', '2026-01-31T08:30:00.5Z', NULL),
                 (7, 'a\"\\\n千', NULL, true, '2026-01-31T08:30:00.000000Z', '9999-12-31T23:59:59.999999Z', '2026-01-31T08:30:00.000000Z');
                 INSERT INTO models (id, name, supplier_id, model_type, deprecated_on, created_at, updated_at) VALUES
                 (1, 'm', 7, 'language', '2026-02-28', '2026-01-31T08:30:00.000000Z', '2026-01-31T08:30:00.000000Z');
                 INSERT INTO model_parameters (model_id, parameter_name, parameter_type, parameter_value, number_value, minimum, created_at, updated_at)
                 VALUES (1, 'temperature', 'float', '0.30000000000000004', 0.30000000000000004, -1e300, '2026-01-31T08:30:00.000000Z', '2026-01-31T08:30:00.000000Z')",
            )
            .await
            .expect("rows");
        // SQLite keeps a time as the text that it was given: it is to be one of Modelry's.
        database.execute("UPDATE suppliers SET updated_at = '2026-01-31T08:30:00.500000Z' WHERE name = 'b'").await.expect("set");
        let lines = File::of(&database).await.lines();
        let rows = |table: &str| {
            let begin = format!("{{\"table\":\"{table}\"");
            lines.iter().skip_while(move |line| !line.starts_with(&begin)).skip(1).take_while(|line| line.starts_with('[')).cloned()
        };
        let suppliers: Vec<String> = rows("suppliers").collect();
        assert_eq!(
            suppliers,
            [
                r#"[7,"a\"\\\n千",null,null,null,null,null,null,null,null,null,null,true,null,null,"2026-01-31T08:30:00.000000Z","9999-12-31T23:59:59.999999Z","2026-01-31T08:30:00.000000Z",1]"#,
                r#"[9007199254740993,"b",null,null,null,null,null,null,null,null,null,null,false,null,"{\"z\": 1.10, \"a\" : 1e400}","2026-01-31T08:30:00.000001Z","2026-01-31T08:30:00.500000Z",null,1]"#,
            ]
        );
        assert!(rows("models").all(|row| row.contains(r#","2026-02-28",null,"#)));
        assert!(rows("model_parameters").all(|row| row.contains(r#","0.30000000000000004",0.30000000000000004,false,null,-1e300,null,"#)), "{lines:?}");
    }

    /// What is committed while it is written is in it as a whole or not at all, in every table, and nobody waits for it.
    async fn it_is_of_one_moment(database: LivedIn) {
        let stop = AtomicBool::new(false);
        let write = async {
            let mut written = 0;
            while !stop.load(Ordering::Relaxed) {
                database.execute("UPDATE suppliers SET name = name || 'x'; UPDATE models SET description = 'x'").await.expect("written");
                written += 1;
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            written
        };
        let back_up = async {
            let files = [File::of(&database).await, File::of(&database).await, File::of(&database).await];
            stop.store(true, Ordering::Relaxed);
            files
        };
        let (written, files) = tokio::join!(write, back_up);
        assert!(written > 0, "writers go on");
        for file in files {
            let target = EmptyDatabase::on(database.kind()).await;
            file.restore(&target, false).await.expect("restored");
            assert_eq!(findings(&target).await, Vec::<String>::new());
        }
    }
}
