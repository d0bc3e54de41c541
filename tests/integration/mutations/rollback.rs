//! Bringing models back to what they were.

use serde_json::{Value, json};

use super::Registry;
use super::versions::{DIFFERENCES, everything_changed};
use crate::support::on_both_databases;

impl Registry {
    async fn roll_back(&self, model: &str, to: Value, dry_run: bool) -> super::Answer {
        let input = json!({ "modelId": model, "to": to, "dryRun": dry_run, "reason": "as it was" });
        self.mutate("rollbackModel", &format!("model {{ id displayName }} changeSet {{ id }} {DIFFERENCES}"), input)
            .await
    }

    async fn differences(&self, model: &str, to: Value, dry_run: bool) -> Value {
        let input = json!({ "input": { "modelId": model, "to": to, "dryRun": dry_run } });
        let document = format!(
            "mutation($input: RollbackModelInput!) {{ rollbackModel(input: $input) {{ model {{ displayName version }}
                changeSet {{ operation }} userErrors {{ message }} {DIFFERENCES} }} }}"
        );
        let answer = self.run(&document, input).await["rollbackModel"].clone();
        assert_eq!(answer["userErrors"], json!([]));
        answer
    }

    /// The number of changes there are.
    pub(super) async fn changes(&self) -> Vec<String> {
        self.database.texts("SELECT CAST(count(*) AS TEXT) AS value FROM changes").await
    }
}

/// Differences the other way round.
fn reversed(differences: &Value) -> Value {
    let mut list = differences.as_array().expect("a list").clone();
    for difference in &mut list {
        let object = difference.as_object_mut().expect("an object");
        let change = match object["change"].as_str() {
            Some("ADDED") => "REMOVED",
            Some("REMOVED") => "ADDED",
            _ => "CHANGED",
        };
        object.insert("change".to_owned(), json!(change));
    }
    json!(list)
}

on_both_databases! {
    /// A model goes back to a version, to what it was after a change set, or to a moment. What a dry run tells is what
    /// happens then.
    async fn a_model_goes_back(registry: Registry) {
        let (_, model) = registry.rich_model().await;
        let version = registry.publish(&model, "1").await;
        let set = registry.last_change_set().await;
        let moment = registry.run("{ changeSets(first: 1) { nodes { createdAt } } }", json!({})).await;
        let moment = moment["changeSets"]["nodes"][0]["createdAt"].clone();
        for to in [json!({ "version": version }), json!({ "changeSet": set }), json!({ "time": moment })] {
            registry.change_everything(&model).await;
            let changes = registry.changes().await;
            let before = registry.node(&model, "... on Model { displayName version }").await;
            let rehearsed = registry.differences(&model, to.clone(), true).await;
            assert_eq!(registry.changes().await, changes, "a dry run writes nothing");
            assert_eq!(rehearsed["changeSet"], Value::Null);
            assert_eq!(rehearsed["model"], before, "a dry run answers the model as it is");
            let done = registry.differences(&model, to.clone(), false).await;
            assert_eq!(done["differences"], rehearsed["differences"], "{to}");
            assert_eq!(done["changeSet"], json!({ "operation": "rollbackModel" }));
            let kinds = |value: &Value| value.as_array().expect("a list").iter().map(|one| one["change"].clone()).collect::<Vec<_>>();
            assert_eq!(kinds(&done["differences"]).len(), kinds(&reversed(&everything_changed())).len());
            let same = registry.compare(json!({ "version": version }), json!({ "model": model })).await;
            assert_eq!(same["identical"], true, "{same}");
            let again = registry.differences(&model, to, false).await;
            assert_eq!((&again["differences"], &again["changeSet"]), (&json!([]), &Value::Null), "nothing is left to do");
        }
        assert_eq!(registry.node(&version, "... on ModelVersion { label }").await, json!({ "label": "1" }));
    }

    /// A name that another model took stands in the way, and so does a default.
    async fn names_and_defaults_may_be_taken(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let model = registry.model(&supplier, "m", json!({ "aliases": ["fast"], "isDefault": true, "subType": "chat" })).await;
        let version = registry.publish(&model, "1").await;
        let aliases = registry.node(&model, "... on Model { aliases { id } }").await;
        let alias = json!({ "id": aliases["aliases"][0]["id"] });
        registry.mutate("deleteModelAlias", "alias { id }", alias).await.ok();
        registry.mutate("updateModel", "model { id }", json!({ "id": model, "name": "old" })).await.ok();
        let other = registry.model(&supplier, "m", json!({ "aliases": ["fast"], "isDefault": true, "subType": "chat" })).await;
        let changes = registry.changes().await;
        for dry_run in [true, false] {
            let answer = registry.roll_back(&model, json!({ "version": version }), dry_run).await;
            assert_eq!(answer.wrong(), [("to", "TAKEN"), ("to", "TAKEN"), ("to", "TAKEN")], "{:?}", answer.messages);
        }
        assert_eq!(registry.changes().await, changes, "nothing was changed");
        registry.mutate("deleteModel", "model { id }", json!({ "id": other })).await.ok();
        registry.roll_back(&model, json!({ "version": version }), false).await.ok();
        let found = registry.node(&model, "... on Model { name isDefault aliases { alias } }").await;
        assert_eq!(found, json!({ "name": "m", "isDefault": true, "aliases": [{ "alias": "fast" }] }));
    }

    /// A name that is another model's alias by now stands in the way too.
    async fn a_name_may_be_an_alias_by_now(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let model = registry.model(&supplier, "m", json!({})).await;
        let version = registry.publish(&model, "1").await;
        registry.mutate("updateModel", "model { id }", json!({ "id": model, "name": "old" })).await.ok();
        registry.model(&supplier, "n", json!({ "aliases": ["m"] })).await;
        let answer = registry.roll_back(&model, json!({ "version": version }), false).await;
        assert_eq!(answer.wrong(), [("to", "TAKEN")]);
    }

    /// What a state needs must be there still: a deleted capability stands in the way, one that is gone too.
    async fn what_is_needed_must_be_there(registry: Registry) {
        let (_, model) = registry.rich_model().await;
        let version = registry.publish(&model, "1").await;
        let capability = registry.run("{ capabilities { nodes { id } } }", json!({})).await;
        let capability = json!({ "id": capability["capabilities"]["nodes"][0]["id"], "cascade": true });
        registry.mutate("deleteCapability", "capability { id }", capability.clone()).await.ok();
        let answer = registry.roll_back(&model, json!({ "version": version }), false).await;
        assert_eq!(answer.wrong(), [("to", "NOT_FOUND")]);
        registry.database.execute("DELETE FROM model_capability_associations").await.expect("deleted");
        registry.database.execute("DELETE FROM capabilities").await.expect("deleted");
        let answer = registry.roll_back(&model, json!({ "version": version }), false).await;
        assert_eq!(answer.wrong(), [("to", "NOT_FOUND")], "{:?}", answer.messages);
    }

    /// A successor that came to follow the model itself stands in the way.
    async fn successors_never_lead_back(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let b = registry.model(&supplier, "b", json!({})).await;
        let a = registry.model(&supplier, "a", json!({ "successorId": b })).await;
        let version = registry.publish(&a, "1").await;
        registry.mutate("updateModel", "model { id }", json!({ "id": a, "successorId": null })).await.ok();
        registry.mutate("updateModel", "model { id }", json!({ "id": b, "successorId": a })).await.ok();
        let answer = registry.roll_back(&a, json!({ "version": version }), false).await;
        assert_eq!(answer.wrong(), [("to", "CYCLE")]);
    }

    /// The model and the state are checked.
    async fn goals_are_checked(registry: Registry) {
        let (supplier, model) = registry.rich_model().await;
        let other = registry.model(&supplier, "other", json!({})).await;
        let foreign = registry.publish(&other, "1").await;
        for (to, wrong) in [
            (json!({}), ("to", "INVALID")),
            (json!({ "version": foreign, "time": "2030-01-01T00:00:00Z" }), ("to", "INVALID")),
            (json!({ "version": foreign }), ("to.version", "INVALID")),
            (json!({ "version": "ModelVersion:999" }), ("to.version", "NOT_FOUND")),
            (json!({ "changeSet": "ChangeSet:999" }), ("to", "NOT_FOUND")),
            (json!({ "changeSet": model }), ("to", "WRONG_TYPE")),
            (json!({ "time": "2000-01-01T00:00:00Z" }), ("to", "NOT_FOUND")),
        ] {
            assert_eq!(registry.roll_back(&model, to.clone(), false).await.wrong(), [wrong], "{to}");
        }
        let input = json!({ "modelId": model, "to": { "time": "2030-01-01T00:00:00Z" }, "expectedVersion": 9 });
        let answer = registry.mutate("rollbackModel", "model { id }", input).await;
        assert_eq!(answer.wrong(), [("expectedVersion", "CONFLICT")]);
        registry.mutate("deleteModel", "model { id }", json!({ "id": model })).await.ok();
        let answer = registry.roll_back(&model, json!({ "time": "2030-01-01T00:00:00Z" }), false).await;
        assert_eq!(answer.wrong(), [("modelId", "NOT_FOUND")]);
    }
}
