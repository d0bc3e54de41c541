//! Capabilities and categories that imports need.

use modelry::registry::transfer::apply::Kind;
use serde_json::json;

use super::{from_litellm, from_models_dev};
use crate::support::{TestDatabase, on_both_databases};

on_both_databases! {
    async fn what_a_file_names_is_made_as_the_starter_defines_it(database: TestDatabase) {
        let file = json!({"acme": {"id": "acme", "models": {"one": {"id": "one", "tool_call": true}}}});
        let report = database.import(from_models_dev(&file), "2026-01-01").await;
        assert_eq!((report.of(Kind::Capabilities).created, report.of(Kind::Categories).created), (1, 2));
        let ability = database.record(|record| record["kind"] == "capability").await;
        assert_eq!(ability["display_name"], "Tool calling · 工具调用");
        let chat = database.record(|record| record["path"] == "llm/chat").await;
        assert_eq!(chat["display_name"], "Chat · 对话");
        let parents = "SELECT parent.path AS value FROM model_categories JOIN model_categories AS parent \
                       ON parent.id = model_categories.parent_id";
        assert_eq!(database.texts(parents).await, ["llm"]);
    }

    async fn what_is_there_already_stays_as_it_is(database: TestDatabase) {
        let file = json!({"one": {"litellm_provider": "acme", "mode": "chat", "supports_vision": true}});
        database.import(from_litellm(&file), "2026-01-01").await;
        database.execute("UPDATE capabilities SET display_name = 'Sight'; UPDATE model_categories SET position = 9")
            .await.expect("changed by hand");
        assert!(!database.import(from_litellm(&file), "2026-01-02").await.changes_anything);
        assert_eq!(database.record(|record| record["kind"] == "capability").await["display_name"], "Sight");
    }

    async fn a_deleted_definition_is_made_anew(database: TestDatabase) {
        let file = json!({"one": {"litellm_provider": "acme", "mode": "search", "supports_vision": true}});
        database.import(from_litellm(&file), "2026-01-01").await;
        let deleted = "SET deleted_at = updated_at";
        database.execute(&format!("UPDATE capabilities {deleted}; UPDATE model_capability_associations {deleted}"))
            .await.expect("deleted");
        let report = database.import(from_litellm(&file), "2026-01-02").await;
        assert_eq!((report.of(Kind::Capabilities).created, report.of(Kind::CapabilityLinks).created), (1, 1));
    }
}
