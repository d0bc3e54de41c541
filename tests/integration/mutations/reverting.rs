//! Reverting change sets, and what may stand in the way.

use serde_json::{Value, json};

use super::Registry;
use crate::support::on_both_databases;

impl Registry {
    /// What came of reverting a change set.
    pub(super) async fn revert(&self, set: &str, more: Value) -> Value {
        let mut input = json!({ "id": set });
        super::merge(&mut input, more);
        let document = "mutation($input: RevertChangeSetInput!) { revertChangeSet(input: $input) { reverted objectCount conflictCount
            conflicts { type objectId field reason laterChange message } changeSet { operation reverts { id } }
            userErrors { field code } } }";
        self.run(document, json!({ "input": input })).await["revertChangeSet"].clone()
    }

    /// Reverts a change set, which must work without conflicts; the id of the new one.
    pub(super) async fn reverted(&self, set: &str) -> String {
        let answer = self.revert(set, json!({})).await;
        assert_eq!((&answer["reverted"], &answer["conflictCount"]), (&json!(true), &json!(0)), "{answer}");
        assert_eq!(answer["changeSet"], json!({ "operation": "revertChangeSet", "reverts": { "id": set } }));
        self.last_change_set().await
    }

    async fn shown(&self, model: &str) -> Value {
        self.node(
            model,
            "... on Model { name displayName description isDefault aliases { alias } prices { amount }
            parameters { name value } capabilities { capability { name } } categories { path } }",
        )
        .await
    }
}

/// The fields and reasons of conflicts.
fn told(answer: &Value) -> Vec<(&str, &str)> {
    let conflicts = answer["conflicts"].as_array().expect("a list");
    conflicts
        .iter()
        .map(|one| (one["field"].as_str().unwrap_or(""), one["reason"].as_str().expect("a reason")))
        .collect()
}

on_both_databases! {
    /// What a change set made is deleted, and what it deleted is restored; reverting the revert does it again.
    async fn a_model_is_unmade_and_made_again(registry: Registry) {
        let (_, model) = registry.rich_model().await;
        let made = registry.last_change_set().await;
        let before = registry.shown(&model).await;
        let undone = registry.reverted(&made).await;
        assert_eq!(registry.shown(&model).await, Value::Null);
        let redone = registry.reverted(&undone).await;
        assert_eq!(registry.shown(&model).await, before);
        registry.reverted(&redone).await;
        assert_eq!(registry.shown(&model).await, Value::Null);
    }

    /// A deletion is reverted with all that went along; so is a restoration.
    async fn deletions_are_reverted(registry: Registry) {
        let (_, model) = registry.rich_model().await;
        registry.publish(&model, "1").await;
        let before = registry.shown(&model).await;
        registry.mutate("deleteModel", "model { id }", json!({ "id": model })).await.ok();
        let deleted = registry.last_change_set().await;
        registry.reverted(&deleted).await;
        assert_eq!(registry.shown(&model).await, before);
        let pointer = registry.node(&model, "... on Model { pointer(name: \"latest\") { modelVersion { label } } }").await;
        assert_eq!(pointer["pointer"]["modelVersion"]["label"], "1");
        registry.mutate("deleteModel", "model { id }", json!({ "id": model })).await.ok();
        registry.mutate("restoreModel", "model { id }", json!({ "id": model })).await.ok();
        let restored = registry.last_change_set().await;
        registry.reverted(&restored).await;
        assert_eq!(registry.shown(&model).await, Value::Null);
        registry.mutate("restoreModel", "model { id }", json!({ "id": model })).await.ok();
        assert_eq!(registry.shown(&model).await, before);
    }

    /// Only the fields that a change set changed get their values back.
    async fn fields_are_reverted_one_by_one(registry: Registry) {
        let (_, model) = registry.rich_model().await;
        let update = json!({ "id": model, "displayName": "Renamed", "description": "New." });
        registry.mutate("updateModel", "model { id }", update).await.ok();
        let renamed = registry.last_change_set().await;
        registry.mutate("updateModel", "model { id }", json!({ "id": model, "name": "m2" })).await.ok();
        registry.reverted(&renamed).await;
        let shown = registry.shown(&model).await;
        assert_eq!((&shown["name"], &shown["displayName"], &shown["description"]),
                   (&json!("m2"), &json!("Model"), &Value::Null));
    }

    /// A field that was changed since is a conflict: nothing is done, or it is left, or it is overwritten.
    async fn later_changes_are_conflicts(registry: Registry) {
        let (_, model) = registry.rich_model().await;
        let update = json!({ "id": model, "displayName": "Renamed", "description": "New." });
        registry.mutate("updateModel", "model { id }", update).await.ok();
        let renamed = registry.last_change_set().await;
        registry.mutate("updateModel", "model { id }", json!({ "id": model, "displayName": "Later" })).await.ok();
        let before = registry.shown(&model).await;
        let answer = registry.revert(&renamed, json!({})).await;
        assert_eq!((&answer["reverted"], &answer["changeSet"]), (&json!(false), &Value::Null));
        assert_eq!(told(&answer), [("displayName", "CHANGED_LATER")]);
        assert_eq!((&answer["conflicts"][0]["objectId"], &answer["conflicts"][0]["type"]), (&json!(model), &json!("MODEL")));
        assert!(answer["conflicts"][0]["laterChange"].is_i64());
        assert_eq!(registry.shown(&model).await, before);
        for (mode, dry_run, name, description) in [
            ("SKIP", true, "Later", json!("New.")),
            ("SKIP", false, "Later", Value::Null),
        ] {
            let answer = registry.revert(&renamed, json!({ "onConflict": mode, "dryRun": dry_run })).await;
            assert_eq!((&answer["reverted"], told(&answer)), (&json!(true), vec![("displayName", "CHANGED_LATER")]));
            let shown = registry.shown(&model).await;
            assert_eq!((&shown["displayName"], &shown["description"]), (&json!(name), &description), "{mode}");
        }
        let answer = registry.revert(&renamed, json!({ "onConflict": "OVERWRITE" })).await;
        assert_eq!(answer["reverted"], true);
        assert_eq!(registry.shown(&model).await["displayName"], "Model");
    }

    /// An object that was changed, deleted or removed for good since is a conflict as a whole.
    async fn later_deletions_are_conflicts(registry: Registry) {
        let (_, model) = registry.rich_model().await;
        let made = registry.last_change_set().await;
        registry.mutate("updateModel", "model { id }", json!({ "id": model, "displayName": "Renamed" })).await.ok();
        let renamed = registry.last_change_set().await;
        let answer = registry.revert(&made, json!({})).await;
        assert_eq!(told(&answer), [("", "CHANGED_LATER")]);
        registry.mutate("deleteModel", "model { id }", json!({ "id": model })).await.ok();
        assert_eq!(told(&registry.revert(&renamed, json!({})).await), [("", "DELETED_LATER")]);
        let answer = registry.revert(&made, json!({})).await;
        assert_eq!((&answer["reverted"], &answer["objectCount"]), (&json!(true), &json!(0)), "all of it is gone already");
        registry.mutate("restoreModel", "model { id }", json!({ "id": model })).await.ok();
        let answer = registry.revert(&made, json!({ "onConflict": "OVERWRITE" })).await;
        assert_eq!(answer["reverted"], true, "{answer}");
        assert_eq!(registry.shown(&model).await, Value::Null);
        for table in ["model_aliases", "model_parameters", "model_prices", "model_capability_associations",
                      "model_category_associations", "models"] {
            registry.database.execute(&format!("DELETE FROM {table}")).await.expect("removed");
        }
        for mode in ["REFUSE", "OVERWRITE"] {
            let answer = registry.revert(&renamed, json!({ "onConflict": mode })).await;
            assert_eq!((&answer["reverted"], told(&answer)), (&json!(false), vec![("", "GONE")]));
        }
        let answer = registry.revert(&renamed, json!({ "onConflict": "SKIP" })).await;
        assert_eq!((&answer["reverted"], &answer["objectCount"]), (&json!(true), &json!(0)));
    }

    /// What belongs to an object by now keeps it from being unmade, and a name that is taken keeps one from coming back.
    async fn later_objects_are_conflicts(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let made = registry.last_change_set().await;
        let model = registry.model(&supplier, "m", json!({})).await;
        for mode in ["REFUSE", "OVERWRITE"] {
            let answer = registry.revert(&made, json!({ "onConflict": mode })).await;
            assert_eq!((&answer["reverted"], told(&answer)), (&json!(false), vec![("", "IN_USE")]), "{mode}");
        }
        let answer = registry.revert(&made, json!({ "onConflict": "SKIP" })).await;
        assert_eq!((&answer["reverted"], &answer["objectCount"], told(&answer)), (&json!(true), &json!(0), vec![("", "IN_USE")]));
        registry.mutate("deleteModel", "model { id }", json!({ "id": model })).await.ok();
        let deleted = registry.last_change_set().await;
        registry.model(&supplier, "m", json!({})).await;
        for mode in ["REFUSE", "OVERWRITE"] {
            let answer = registry.revert(&deleted, json!({ "onConflict": mode })).await;
            assert_eq!((&answer["reverted"], told(&answer)), (&json!(false), vec![("", "TAKEN")]), "{mode}");
        }
    }

    /// A child of a deleted model can't come back alone; a model made before keeps what came to belong to it since.
    async fn parents_come_first(registry: Registry) {
        let (_, model) = registry.rich_model().await;
        let made = registry.last_change_set().await;
        let prices = registry.node(&model, "... on Model { prices { id } }").await;
        registry.mutate("deleteModelPrice", "price { id }", json!({ "id": prices["prices"][0]["id"] })).await.ok();
        let deleted = registry.last_change_set().await;
        registry.mutate("deleteModel", "model { id }", json!({ "id": model })).await.ok();
        assert_eq!(told(&registry.revert(&deleted, json!({})).await), [("", "PARENT_DELETED")]);
        registry.mutate("restoreModel", "model { id }", json!({ "id": model })).await.ok();
        registry.reverted(&deleted).await;
        let parameter = json!({ "modelId": model, "name": "streaming", "type": "BOOL", "value": true });
        registry.mutate("createModelParameter", "parameter { id }", parameter).await.ok();
        let kept = registry.revert(&made, json!({})).await;
        assert_eq!(kept["reverted"], false);
        let gone = registry.revert(&made, json!({ "onConflict": "OVERWRITE" })).await;
        assert_eq!(gone["reverted"], true, "{gone}");
        let live = "SELECT CAST(count(*) AS TEXT) AS value FROM model_parameters WHERE deleted_at IS NULL";
        assert_eq!(registry.database.texts(live).await, ["0"]);
    }

    /// Prices that hold on the same day never come about.
    async fn prices_never_overlap(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let model = registry.model(&supplier, "m", json!({ "prices": [{ "component": "INPUT", "amount": "1" }] })).await;
        let prices = registry.node(&model, "... on Model { prices { id } }").await;
        let ended = json!({ "id": prices["prices"][0]["id"], "validUntil": "2020-01-01" });
        registry.mutate("updateModelPrice", "price { id }", ended).await.ok();
        let set = registry.last_change_set().await;
        let next = json!({ "modelId": model, "component": "INPUT", "amount": "2", "validFrom": "2020-01-01" });
        registry.mutate("createModelPrice", "price { id }", next).await.ok();
        assert_eq!(told(&registry.revert(&set, json!({})).await), [("", "TAKEN")]);
    }

    /// The default goes back to who had it, unless a third model took it.
    async fn defaults_go_back(registry: Registry) {
        let supplier = registry.supplier("acme").await;
        let chat = json!({ "isDefault": true, "subType": "chat" });
        let a = registry.model(&supplier, "a", chat.clone()).await;
        registry.model(&supplier, "b", chat.clone()).await;
        let taken = registry.last_change_set().await;
        registry.reverted(&taken).await;
        assert_eq!(registry.shown(&a).await["isDefault"], true);
        let redone = registry.last_change_set().await;
        registry.reverted(&redone).await;
        assert_eq!(registry.shown(&a).await["isDefault"], false);
        registry.model(&supplier, "c", chat).await;
        let answer = registry.revert(&taken, json!({ "onConflict": "OVERWRITE" })).await;
        assert_eq!(answer["reverted"], false, "{answer}");
        assert!(told(&answer).contains(&("", "TAKEN")), "{answer}");
    }

    /// A category that was moved goes back with all below it, unless something new is there.
    async fn categories_move_back(registry: Registry) {
        let a = registry.category("a", None).await;
        let b = registry.category("b", None).await;
        let leaf = registry.category("leaf", Some(&a)).await;
        registry.mutate("moveCategory", "category { path }", json!({ "id": a, "parentId": b })).await.ok();
        let moved = registry.last_change_set().await;
        registry.reverted(&moved).await;
        let path = async |id: &str| registry.node(id, "... on Category { path }").await["path"].clone();
        assert_eq!((path(&a).await, path(&leaf).await), (json!("a"), json!("a/leaf")));
        let back = registry.last_change_set().await;
        registry.reverted(&back).await;
        assert_eq!(path(&leaf).await, "b/a/leaf");
        registry.category("new", Some(&a)).await;
        let answer = registry.revert(&moved, json!({})).await;
        assert_eq!(answer["reverted"], false);
        assert_eq!(path(&leaf).await, "b/a/leaf");
    }

    /// Pointers move back; a version that was published stays.
    async fn versions_stay_and_pointers_move_back(registry: Registry) {
        let (_, model) = registry.rich_model().await;
        registry.publish(&model, "1").await;
        registry.publish(&model, "2").await;
        let published = registry.last_change_set().await;
        let point = async |label: &str| {
            let input = json!({ "modelId": model, "name": "production", "label": label });
            registry.mutate("setModelPointer", "pointer { id }", input).await.ok().clone()
        };
        point("1").await;
        point("2").await;
        let pointed = registry.last_change_set().await;
        registry.reverted(&pointed).await;
        let pointers = async || registry.node(&model, "... on Model { pointers { name modelVersion { label } } }").await["pointers"].clone();
        let expected = json!([
            { "name": "latest", "modelVersion": { "label": "2" } }, { "name": "production", "modelVersion": { "label": "1" } },
        ]);
        assert_eq!(pointers().await, expected);
        for mode in ["REFUSE", "OVERWRITE"] {
            let answer = registry.revert(&published, json!({ "onConflict": mode })).await;
            assert_eq!((&answer["reverted"], told(&answer)), (&json!(false), vec![("", "PUBLISHED")]));
        }
        let answer = registry.revert(&published, json!({ "onConflict": "SKIP" })).await;
        assert_eq!((&answer["reverted"], &answer["objectCount"]), (&json!(true), &json!(0)));
        assert_eq!(pointers().await, expected);
    }

    /// The change set must be one.
    async fn change_sets_are_checked(registry: Registry) {
        for (id, code) in [("ChangeSet:999", "NOT_FOUND"), ("Model:1", "WRONG_TYPE"), ("x", "INVALID")] {
            let answer = registry.revert(id, json!({})).await;
            assert_eq!(answer["userErrors"], json!([{ "field": ["id"], "code": code }]), "{id}");
            assert_eq!(answer["reverted"], false);
        }
    }
}
