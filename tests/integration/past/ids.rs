//! Ids of the past carry their moment, and lead back to it.

use serde_json::{Value, json};

use super::Registry;
use crate::support::{fixtures, on_both_databases};

/// A registry in which the model `beta` has had two names; the moments of both.
async fn renamed(registry: &Registry) -> [String; 2] {
    registry.import(fixtures::SMALL).await;
    let first = registry.moment().await;
    registry.execute("UPDATE models SET name = 'omega' WHERE name = 'beta'").await;
    [first, registry.moment().await]
}

async fn id_of(registry: &Registry, moment: &str, name: &str) -> String {
    let fields = format!("model(supplier: \"acme\", name: {name:?}) {{ id }}");
    registry.at(moment, &fields).await.data()["at"]["model"]["id"].as_str().expect("an id").to_owned()
}

fn bad_input(response: &crate::support::Response) -> String {
    assert_eq!(response.code(), "BAD_USER_INPUT", "{}", response.text);
    response.errors()[0]["message"].as_str().expect("a message").to_owned()
}

on_both_databases! {
    /// Objects of every type, wherever they are met, have ids that `node` and `nodes` find again, as they were.
    async fn every_id_leads_back(registry: Registry) {
        let [first, _] = renamed(&registry).await;
        let links = "id supplier { id } aliases { id } parameters { id } capabilities { id capability { id } } categories { id } prices { id } successor { id }";
        let data = registry.at(&first, &format!("models {{ nodes {{ {links} }} }}")).await.data().to_string();
        let mut ids: Vec<&str> = data.split('"').filter(|text| text.ends_with(&format!("@{first}"))).collect();
        ids.sort_unstable();
        ids.dedup();
        let types: std::collections::BTreeSet<&str> = ids.iter().filter_map(|id| id.split(':').next()).collect();
        assert_eq!(types.len(), 8, "{types:?}");
        registry.execute("UPDATE suppliers SET deleted_at = created_at; DELETE FROM model_prices").await;
        let found = registry.0.graphql("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", json!({ "ids": ids })).await;
        let found: Vec<&str> = found.data()["nodes"].as_array().expect("nodes").iter().map(|node| node["id"].as_str().unwrap_or_default()).collect();
        assert_eq!(found, ids);
        let fields = format!("node(id: {:?}) {{ ... on Model {{ name supplier {{ id name }} }} }}", id_of(&registry, &first, "beta").await);
        let response = registry.now(&fields).await;
        assert_eq!(response.data()["node"], json!({ "name": "beta", "supplier": { "id": format!("Supplier:1@{first}"), "name": "acme" } }));
    }

    /// One request for the present and several moments: each id is answered as of its own, in one statement for each.
    async fn moments_can_be_mixed(registry: Registry) {
        let [first, second] = renamed(&registry).await;
        let [old, new] = [id_of(&registry, &first, "beta").await, id_of(&registry, &second, "omega").await];
        let live = old.split('@').next().expect("an id").to_owned();
        assert_eq!(new.split('@').next(), Some(live.as_str()));
        registry.execute("UPDATE models SET name = 'psi' WHERE name = 'omega'").await;
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Model { name } } }";
        let response = registry.0.graphql(query, json!({ "ids": [old, live, new, old, "Model:999"] })).await;
        let nodes = response.data()["nodes"].as_array().expect("nodes");
        let named = |id: &str, name: &str| json!({ "id": id, "name": name });
        assert_eq!(*nodes, vec![named(&old, "beta"), named(&live, "psi"), named(&new, "omega"), named(&old, "beta"), Value::Null]);
        assert_eq!(response.statements(), 3);
    }

    /// Within `at`, ids without a moment are of that one, and those of another are refused; so it is in filters.
    async fn a_moment_has_its_own_ids(registry: Registry) {
        let [first, second] = renamed(&registry).await;
        let [old, new] = [id_of(&registry, &first, "beta").await, id_of(&registry, &second, "omega").await];
        let live = old.split('@').next().expect("an id");
        for id in [live, &old] {
            let fields = format!("node(id: {id:?}) {{ id }} models(where: {{ id: {{ eq: {id:?} }} }}) {{ nodes {{ name }} }}");
            let expected = json!({ "node": { "id": old }, "models": { "nodes": [{ "name": "beta" }] } });
            assert_eq!(registry.at(&first, &fields).await.data()["at"], expected);
        }
        let other = format!("is an id of another moment than {first}, which is read here; leave out what begins with \"@\"");
        for fields in [
            format!("node(id: {new:?}) {{ id }}"),
            format!("nodes(ids: [{live:?}, {new:?}]) {{ id }}"),
            format!("models(where: {{ id: {{ in: [{new:?}] }} }}) {{ totalCount }}"),
            format!("models(where: {{ not: {{ id: {{ eq: {new:?} }} }} }}) {{ totalCount }}"),
            format!("categoryTree(rootId: \"Category:1@{second}\") {{ path }}"),
            format!("categories(where: {{ parentId: {{ eq: \"Category:1@{second}\" }} }}) {{ totalCount }}"),
            format!("suppliers(where: {{ id: {{ eq: \"Supplier:1@{second}\" }} }}) {{ totalCount }}"),
            format!("suppliers {{ nodes {{ models(where: {{ id: {{ eq: {new:?} }} }}) {{ totalCount }} }} }}"),
        ] {
            let message = bad_input(&registry.at(&first, &fields).await);
            assert!(message.contains(&other), "{fields}: {message}");
        }
        let message = bad_input(&registry.now(&format!("models(where: {{ id: {{ eq: {new:?} }} }}) {{ totalCount }}")).await);
        assert!(message.contains("is an id of another moment than the present"), "{message}");
        let tree = format!("categoryTree(rootId: \"Category:1@{first}\") {{ path }}");
        assert_eq!(registry.at(&first, &tree).await.data()["at"]["categoryTree"][0]["path"], "embedding");
        for id in ["Model:1@2026-05-01", "Model:1@", "Model:1@2026-05-01T00:00:00Z"] {
            let message = bad_input(&registry.now(&format!("node(id: {id:?}) {{ id }}")).await);
            assert!(message.contains("is not an id"), "{message}");
        }
    }

    /// What was can't be changed, and nothing that is new refers to it.
    async fn mutations_take_no_ids_of_the_past(registry: Registry) {
        let [first, _] = renamed(&registry).await;
        let id = id_of(&registry, &first, "beta").await;
        for (mutation, input, field) in [
            ("updateModel", json!({ "id": id, "displayName": "x" }), json!(["id"])),
            ("deleteModel", json!({ "id": id }), json!(["id"])),
            ("createModelAlias", json!({ "modelId": id, "alias": "x" }), json!(["modelId"])),
            ("updateModel", json!({ "id": "Model:1", "successorId": id }), json!(["successorId"])),
            ("attachCategories", json!({ "modelId": "Model:1", "categories": [format!("Category:1@{first}")] }), json!(["categories", "0"])),
        ] {
            let (initial, rest) = mutation.split_at(1);
            let document = format!("mutation($input: {}{rest}Input!) {{ {mutation}(input: $input) {{ userErrors {{ field code message }} }} }}", initial.to_uppercase());
            let response = registry.0.graphql(&document, json!({ "input": input })).await;
            let errors = &response.data()[mutation]["userErrors"];
            assert_eq!((&errors[0]["code"], &errors[0]["field"]), (&json!("INVALID"), &field), "{mutation}: {errors}");
            let message = errors[0]["message"].as_str().unwrap_or_default();
            assert!(message.contains("is an id of the past, which can't be changed"), "{message}");
        }
    }
}
