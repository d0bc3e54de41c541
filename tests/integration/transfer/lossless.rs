//! The own format keeps everything, from either database to either.

use serde_json::json;

use super::{File, from_models_dev, repetition};
use crate::support::{DatabaseKind, Fixture as _, TestDatabase, on_both_databases};
use modelry::registry::transfer::apply::Origin;
use modelry::registry::transfer::own;

/// Everything that the format can say.
const EVERYTHING: &str = include_str!("../../../src/registry/transfer/fixtures/modelry.jsonl");

/// What it takes for granted.
const DEFINITIONS: &str = r#"{"kind":"capability","name":"vision","display_name":"Vision","domain":"cv"}
{"kind":"category","path":"multimodal","display_name":"Multimodal","category_type":"field"}
{"kind":"category","path":"multimodal/chat","display_name":"Chat","category_type":"task"}"#;

fn file(text: &str) -> File {
    File(own::read(text.as_bytes()).expect("a file of the own format"), Origin::Own)
}

async fn make_rich(database: &TestDatabase) {
    database.import(file(&format!("{EVERYTHING}{DEFINITIONS}")), "2026-01-01").await;
    database.import(from_models_dev(&repetition::snapshot()), "2026-01-02").await;
    let mut next = repetition::snapshot();
    next["acme"]["models"]["one"]["cost"]["input"] = json!(0.049_999_999_999_999_996);
    next["acme"]["models"]["two"]["limit"]["context"] = json!(9000);
    database.import(from_models_dev(&next), "2026-01-03").await;
}

on_both_databases! {
    async fn what_is_exported_comes_back_byte_for_byte(database: TestDatabase) {
        make_rich(&database).await;
        let export = database.export().await;
        for kind in [DatabaseKind::Sqlite, DatabaseKind::Postgres] {
            let copy = TestDatabase::on(kind).await;
            copy.import(file(&export), "2026-05-01").await;
            assert_eq!(copy.export().await, export, "into {kind:?}");
            assert!(!copy.import(file(&export), "2026-06-01").await.changes_anything);
            assert_eq!(copy.export().await, export);
        }
    }

    async fn what_is_deleted_is_not_exported(database: TestDatabase) {
        make_rich(&database).await;
        database.execute("UPDATE capabilities SET deleted_at = updated_at; UPDATE models SET deleted_at = updated_at WHERE name = 'two'")
            .await.expect("deleted");
        let export = database.export().await;
        assert!(!export.contains("\"kind\":\"capability\"") && !export.contains("\"capabilities\""));
        let copy = TestDatabase::on(database.kind()).await;
        copy.import(file(&export), "2026-05-01").await;
        assert_eq!(copy.export().await, export);
    }
}
