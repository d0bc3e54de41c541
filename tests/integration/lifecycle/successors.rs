//! Chains of successors.

use serde_json::{Value, json};

use super::Calendar;
use crate::support::{each, on_both_databases};

const CHAINS: &str =
    "query ($first: Int!) { models(first: $first) { nodes { name successorChain { name supplier { name } } } } }";

/// Models `m-00` to the last, each the successor of the one before.
async fn enter_chain(calendar: &Calendar, length: usize) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for number in (0..length).rev() {
        let id = calendar.model(&format!("m-{number:02}"), json!({ "successorId": ids.last() })).await;
        ids.push(id);
    }
    ids.reverse();
    ids
}

on_both_databases! {
    /// The chains of a page, and what they lead to, cost one statement each, however many and long they are.
    async fn chains_of_a_page_are_loaded_together(calendar: Calendar) {
        enter_chain(&calendar, 23).await;
        calendar.model("z-last", json!({})).await;
        for (first, statements) in [(1, 3), (10, 3), (24, 3)] {
            let response = calendar.app.graphql(CHAINS, json!({ "first": first })).await;
            let nodes = response.data()["models"]["nodes"].as_array().expect("models").clone();
            assert_eq!(nodes.len(), first);
            for (number, node) in nodes.iter().enumerate().take(23) {
                let expected: Vec<String> = (number + 1..23).take(20).map(|next| format!("m-{next:02}")).collect();
                assert_eq!(each(&node["successorChain"], "name"), expected, "of {}", node["name"]);
            }
            assert_eq!(response.statements(), statements, "with {first} models");
        }
        let last = "{ models(where: { name: { eq: \"z-last\" } }) { nodes { successorChain { name } } } }";
        let response = calendar.app.graphql(last, json!({})).await;
        assert_eq!(response.data()["models"]["nodes"][0]["successorChain"], json!([]));
        assert_eq!(response.statements(), 1, "no model has a successor");
    }

    /// A chain ends at a deleted model, as `successor` does, and goes on when that is restored.
    async fn deleted_models_end_a_chain(calendar: Calendar) {
        let ids = enter_chain(&calendar, 4).await;
        let chain = async || {
            let data = calendar.app.query(&format!("{{ node(id: {:?}) {{ ... on Model {{ successorChain {{ name }} }} }} }}", ids[0])).await;
            each(&data["node"]["successorChain"], "name").join(" ")
        };
        assert_eq!(chain().await, "m-01 m-02 m-03");
        calendar.mutate("deleteModel", json!({ "id": ids[2] })).await.ok();
        assert_eq!(chain().await, "m-01");
        calendar.mutate("restoreModel", json!({ "id": ids[2] })).await.ok();
        assert_eq!(chain().await, "m-01 m-02 m-03");
    }

    /// No circle is made, not even one that only a deleted model would close when it is restored.
    async fn circles_are_refused(calendar: Calendar) {
        let ids = enter_chain(&calendar, 3).await;
        calendar.mutate("deleteModel", json!({ "id": ids[1] })).await.ok();
        let circle = json!({ "successorId": ids[0] });
        assert!(calendar.update(&ids[2], circle).await.refused("successorId").contains("leads back"));
        let own = json!({ "successorId": ids[0] });
        assert!(calendar.update(&ids[0], own).await.refused("successorId").contains("the model itself"));
        calendar.mutate("restoreModel", json!({ "id": ids[1] })).await.ok();
    }

    /// A circle that somebody made in the database by other means is walked through once.
    async fn circles_made_by_other_means_end(calendar: Calendar) {
        let ids = enter_chain(&calendar, 3).await;
        let close = "UPDATE models SET successor_id = (SELECT id FROM models WHERE name = 'm-01') WHERE name = 'm-02'";
        calendar.app.database().execute(close).await.expect("changed");
        let data = calendar.app.query("{ models { nodes { successorChain { name } } } }").await;
        let chains: Vec<Value> = data["models"]["nodes"].as_array().expect("models").iter().map(|node| json!(each(&node["successorChain"], "name"))).collect();
        assert_eq!(chains, [json!(["m-01", "m-02"]), json!(["m-02"]), json!(["m-01"])]);
        calendar.update(&ids[0], json!({ "lifecycleStage": "RETIRED", "isDefault": false })).await.ok();
    }
}
