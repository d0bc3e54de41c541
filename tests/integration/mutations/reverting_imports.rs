//! Reverting whole imports.

use std::time::Instant;

use modelry::registry::clock::Clock;
use modelry::registry::transfer::apply::{Options, Origin, apply};
use modelry::registry::transfer::{models_dev, own, snapshot};
use serde_json::{Value, json};

use super::Registry;
use crate::support::{fixtures, on_both_databases};

impl Registry {
    /// Imports a file of models.dev's; the id of the change set that it became.
    async fn import(&self, json: &Value) -> String {
        let draft = models_dev::read(json.to_string().as_bytes()).expect("a file of models.dev's");
        let origin = Origin::ThirdParty(models_dev::SOURCE);
        apply(self.database.store(), draft, origin, &Options::default(), &Clock::system()).await.expect("an import");
        self.last_change_set().await
    }

    /// Imports a file of the own format; the id of the change set that it became.
    async fn import_own(&self, catalogue: &str) -> String {
        let draft = own::read(catalogue.as_bytes()).expect("a file of the own format");
        apply(self.database.store(), draft, Origin::Own, &Options::default(), &Clock::system())
            .await
            .expect("an import");
        self.last_change_set().await
    }

    /// The catalogue in the own format, but for when its rows were changed.
    async fn export(&self) -> Vec<Value> {
        let draft = snapshot::snapshot(self.database.store()).await.expect("a snapshot");
        let mut out = Vec::new();
        own::write(&draft, &mut out).expect("written");
        let lines = String::from_utf8(out).expect("UTF-8");
        lines.lines().map(|line| unstamped(serde_json::from_str(line).expect("JSON"))).collect()
    }
}

/// Without the times of changes, and without what stands in an object only to carry them.
fn unstamped(value: Value) -> Value {
    match value {
        Value::Object(mut members) => {
            members.remove("updated_at");
            match (members.len(), members.get("alias").or_else(|| members.get("path"))) {
                (1, Some(name)) => name.clone(),
                _ => Value::Object(members.into_iter().map(|(name, value)| (name, unstamped(value))).collect()),
            }
        }
        Value::Array(items) => Value::Array(items.into_iter().map(unstamped).collect()),
        value => value,
    }
}

fn first() -> Value {
    json!({
        "acme": { "id": "acme", "name": "Acme", "models": {
            "one": { "id": "one", "name": "One", "tool_call": true, "modalities": { "input": ["text", "image"], "output": ["text"] },
                "limit": { "context": 128_000, "output": 4096 }, "cost": { "input": 2.5, "output": 10, "cache_read": 0.25 } },
            "two": { "id": "two", "name": "Two", "limit": { "context": 8000 }, "cost": { "input": 1, "output": 2 } },
        } },
    })
}

/// Another name, other limits and prices, a model more, and a supplier more.
fn second() -> Value {
    let mut next = first();
    next["acme"]["name"] = json!("Acme Labs");
    next["acme"]["models"]["one"]["cost"] = json!({ "input": 2, "output": 8 });
    next["acme"]["models"]["one"]["limit"]["context"] = json!(256_000);
    next["acme"]["models"]["one"]["tool_call"] = json!(false);
    next["acme"]["models"]["three"] =
        json!({ "id": "three", "name": "Three", "reasoning": true, "cost": { "input": 3, "output": 4 } });
    next["zeta"] = json!({ "id": "zeta", "name": "Zeta", "models": { "z": { "id": "z", "name": "Z", "cost": { "input": 1, "output": 1 } } } });
    next
}

on_both_databases! {
    /// Reverting the second import gives the catalogue of the first, and reverting that the second's again.
    async fn an_import_is_reverted(registry: Registry) {
        registry.import(&first()).await;
        let before = registry.export().await;
        let set = registry.import(&second()).await;
        let after = registry.export().await;
        assert_ne!(before, after);
        let rehearsed = registry.revert(&set, json!({ "dryRun": true })).await;
        assert_eq!(registry.export().await, after, "a dry run changes nothing");
        assert_eq!((&rehearsed["reverted"], &rehearsed["changeSet"]), (&json!(true), &Value::Null));
        let undone = registry.reverted(&set).await;
        assert_eq!(registry.export().await, before);
        registry.reverted(&undone).await;
        assert_eq!(registry.export().await, after);
    }

    /// An import of the own format changes everything there is: suppliers, definitions, lists that are complete.
    async fn an_import_of_the_own_format_is_reverted(registry: Registry) {
        registry.import_own(fixtures::SMALL).await;
        let before = registry.export().await;
        let changed = fixtures::SMALL
            .replace("Alpha One", "Alpha Two")
            .replace("\"amount\":\"2.5\"", "\"amount\":\"2\"")
            .replace("\"is_default\":true,\"released_on\":\"2025-03-10\"", "\"released_on\":\"2025-03-11\"")
            .replace("\"alpha-latest\",", "")
            .replace("Language models", "Languages");
        let set = registry.import_own(&changed).await;
        assert_ne!(registry.export().await, before);
        registry.reverted(&set).await;
        assert_eq!(registry.export().await, before);
    }

    /// Of an import, what was changed by hand since is left or overwritten; the rest is brought back either way.
    async fn work_by_hand_is_told_from_an_imports(registry: Registry) {
        registry.import(&first()).await;
        let before = registry.export().await;
        let set = registry.import(&second()).await;
        let found = registry.run("{ models(orderBy: [{ field: NAME }]) { nodes { id name } } }", json!({})).await;
        let three = found["models"]["nodes"][1]["id"].clone();
        assert_eq!(found["models"]["nodes"][1]["name"], "three");
        registry.mutate("updateModel", "model { id }", json!({ "id": three, "description": "By hand." })).await.ok();
        let refused = registry.revert(&set, json!({})).await;
        assert_eq!((&refused["reverted"], &refused["conflictCount"]), (&json!(false), &json!(1)));
        let skipped = registry.revert(&set, json!({ "onConflict": "SKIP", "dryRun": true })).await;
        assert_eq!(skipped["reverted"], true, "{skipped}");
        let done = registry.revert(&set, json!({ "onConflict": "OVERWRITE" })).await;
        assert_eq!(done["reverted"], true, "{done}");
        assert_eq!(registry.export().await, before);
    }

    /// A supplier that an import made stays where somebody has added a model to it, with `SKIP`.
    async fn a_supplier_with_new_models_stays(registry: Registry) {
        registry.import(&first()).await;
        let set = registry.import(&second()).await;
        let suppliers = registry.run("{ suppliers(orderBy: [{ field: NAME, direction: DESC }], first: 1) { nodes { id name } } }", json!({})).await;
        let zeta = suppliers["suppliers"]["nodes"][0]["id"].as_str().expect("an id").to_owned();
        registry.model(&zeta, "by-hand", json!({})).await;
        let refused = registry.revert(&set, json!({})).await;
        assert_eq!(refused["conflicts"][0]["reason"], "IN_USE", "{refused}");
        let done = registry.revert(&set, json!({ "onConflict": "SKIP" })).await;
        assert_eq!((&done["reverted"], &done["conflictCount"]), (&json!(true), &json!(1)), "{done}");
        let left = registry.node(&zeta, "... on Supplier { models { nodes { name } } }").await;
        assert_eq!(left["models"]["nodes"], json!([{ "name": "by-hand" }]));
    }

    /// The number of statements doesn't depend on the size of the import.
    async fn a_large_import_takes_as_many_statements(registry: Registry) {
        let mut counts = Vec::new();
        for models in [2, 40] {
            let set = registry.import_own(&fixtures::catalogue(2, models)).await;
            let scope = registry.database.store().counted();
            let started = Instant::now();
            let author = modelry::store::Author::new("test", modelry::domain::ChangeChannel::Cli, "revertChangeSet", Clock::system().now());
            let editor = modelry::registry::Editor::new(scope.clone(), author);
            let id = set.trim_start_matches("ChangeSet:").parse().expect("a number");
            let terms = modelry::registry::revert::Terms {
                on_conflict: modelry::registry::revert::OnConflict::Refuse, dry_run: false,
            };
            let done = modelry::registry::revert::revert(&editor, modelry::registry::Reference::Id(id), terms).await;
            let done = done.expect("reverted");
            assert!(done.done, "{:?}", done.conflicts);
            assert!(started.elapsed().as_secs() < 60);
            counts.push(scope.statistics().statements());
        }
        assert_eq!(counts[0], counts[1]);
    }
}
