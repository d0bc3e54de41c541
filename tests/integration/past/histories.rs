//! A history told step by step.

use super::Registry;
use crate::support::{fixtures, on_both_databases};

/// What is done to the small catalogue, one after another.
const STEPS: [&str; 13] = [
    "UPDATE models SET display_name = 'École Ünïcode', description = 'nothing' WHERE name = 'kimi'",
    // Found as "ÉCOLE": upper and lower case are the same beyond ASCII too.
    "UPDATE models SET display_name = 'école' WHERE name = 'kimi'",
    "UPDATE suppliers SET display_name = 'ACME', name = 'acme-labs' WHERE name = 'acme'",
    "UPDATE model_aliases SET alias = 'changed' WHERE alias = 'alpha-latest'",
    "UPDATE model_parameters SET parameter_value = '5', number_value = 5 WHERE parameter_name = 'context_window'",
    "UPDATE model_prices SET amount_nanos = amount_nanos * 7 WHERE component = 'input'",
    "UPDATE model_capability_associations SET support = 'unsupported' WHERE support = 'supported'",
    "UPDATE capabilities SET display_name = 'Sehen', domain = 'audio' WHERE name = 'vision'",
    "UPDATE model_category_associations SET deleted_at = created_at WHERE category_id IN (SELECT id FROM model_categories WHERE path = 'llm/chat')",
    "UPDATE model_categories SET path = 'llm/talk', name = 'talk', display_name = 'Talk' WHERE path = 'llm/chat'",
    "UPDATE models SET deleted_at = created_at WHERE name = 'beta'",
    "DELETE FROM model_prices",
    "DELETE FROM model_aliases",
];

on_both_databases! {
    /// Lists with filters and orders, links in both directions, facets, the tree, searches, prices and single objects
    /// answer as of each step what they answered at it, by as many statements.
    async fn every_read_answers_what_it_did(registry: Registry) {
        registry.import(fixtures::SMALL).await;
        let mut dumps = vec![registry.dump().await];
        for step in STEPS {
            registry.execute(step).await;
            dumps.push(registry.dump().await);
        }
        for pair in dumps.windows(2) {
            assert_ne!(pair[0].text, pair[1].text, "each step changes what is read");
        }
        for dump in &dumps {
            registry.check(dump).await;
        }
    }

    /// A row that is gone from its table, and one whose deletion was undone, were there before.
    async fn purged_and_restored_rows_were_there(registry: Registry) {
        registry.import(fixtures::SMALL).await;
        let before = registry.dump().await;
        assert!(registry.mutate("deleteSupplier", serde_json::json!({ "id": "Supplier:1", "cascade": true })).await);
        let deleted = registry.dump().await;
        assert!(registry.mutate("restoreSupplier", serde_json::json!({ "id": "Supplier:1" })).await);
        let restored = registry.dump().await;
        registry.execute("DELETE FROM model_parameters; DELETE FROM model_category_associations").await;
        let purged = registry.dump().await;
        for dump in [&before, &deleted, &restored, &purged] {
            registry.check(dump).await;
        }
    }

    /// Requests for several moments at once don't get into each other's way, nor into the present's.
    async fn moments_are_read_side_by_side(registry: Registry) {
        registry.import(&fixtures::catalogue(2, 3)).await;
        let mut moments = Vec::new();
        for number in 0..12 {
            registry.execute(&format!("UPDATE models SET display_name = 'state {number}'")).await;
            moments.push(registry.moment().await);
        }
        let reads = (0..120).map(|number| {
            let (registry, moments) = (&registry, &moments);
            async move {
                let state = number % moments.len();
                let fields = "models { nodes { displayName supplier { models { nodes { displayName } } } } }";
                let text = registry.at(&moments[state], fields).await.data().to_string();
                assert_eq!(text.matches(&format!("\"state {state}\"")).count(), 6 + 18, "{text}");
                assert_eq!(text.matches("state").count(), 6 + 18, "{text}");
                let now = registry.now(fields).await.data().to_string();
                assert_eq!(now.matches("\"state 11\"").count(), 6 + 18, "{now}");
            }
        });
        futures_util::future::join_all(reads).await;
    }
}
