//! The list of what is to be deprecated or to retire.

use serde_json::{Value, json};

use super::Calendar;
use crate::support::on_both_databases;

const LIST: &str = "query ($before: Date!, $first: Int, $after: String) { deprecations(before: $before, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { model { name lifecycleStage } successor { name } steps { stage on inEffect } } edges { cursor node { model { name } } } } }";

async fn enter_models(calendar: &Calendar) {
    let next = calendar.model("next", json!({})).await;
    for (name, more) in [
        ("both", json!({ "deprecatedOn": "2026-07-01", "retiresOn": "2026-12-01", "successorId": next })),
        ("draft", json!({ "lifecycleStage": "DRAFT", "retiresOn": "2026-07-01" })),
        ("past", json!({ "deprecatedOn": "2026-01-01", "retiresOn": "2026-09-01" })),
        ("early", json!({ "lifecycleStage": "RETIRED", "retiresOn": "2026-08-01" })),
        ("retires", json!({ "retiresOn": "2026-07-15", "successorId": next })),
        ("late", json!({ "deprecatedOn": "2027-01-01" })),
        ("undated", json!({ "lifecycleStage": "DEPRECATED" })),
    ] {
        calendar.create(name, more).await.ok();
    }
    let deleted = calendar.model("deleted", json!({ "retiresOn": "2026-07-01" })).await;
    calendar.mutate("deleteModel", json!({ "id": deleted })).await.ok();
}

fn names(list: &Value) -> String {
    let nodes = list["nodes"].as_array().expect("nodes").iter();
    nodes.filter_map(|node| node["model"]["name"].as_str()).collect::<Vec<_>>().join(" ")
}

on_both_databases! {
    /// Models with a day before the one asked for, by the first such day: what happens, when, and whether it is so already.
    async fn what_is_scheduled_is_listed_by_its_day(calendar: Calendar) {
        enter_models(&calendar).await;
        let response = calendar.app.graphql(LIST, json!({ "before": "2027-01-01" })).await;
        let list = &response.data()["deprecations"];
        assert_eq!((names(list).as_str(), &list["totalCount"]), ("past both retires early", &json!(4)));
        assert_eq!(list["nodes"][0], json!({
            "model": { "name": "past", "lifecycleStage": "DEPRECATED" }, "successor": null,
            "steps": [
                { "stage": "DEPRECATED", "on": "2026-01-01", "inEffect": true },
                { "stage": "RETIRED", "on": "2026-09-01", "inEffect": false },
            ],
        }));
        assert_eq!(list["nodes"][1]["successor"]["name"], "next");
        assert_eq!(list["nodes"][3]["steps"], json!([{ "stage": "RETIRED", "on": "2026-08-01", "inEffect": true }]), "nobody waited");
        for (before, expected) in [("2026-07-01", "past"), ("2026-07-02", "past both"), ("2026-01-01", ""), ("2027-01-02", "past both retires early late")] {
            let response = calendar.app.graphql(LIST, json!({ "before": before })).await;
            assert_eq!(names(&response.data()["deprecations"]), expected, "before {before}");
        }
        calendar.turn_to("2026-12-01");
        let response = calendar.app.graphql(LIST, json!({ "before": "2026-07-02" })).await;
        let both = &response.data()["deprecations"]["nodes"][1];
        assert_eq!(both["model"]["lifecycleStage"], "RETIRED");
        assert_eq!(both["steps"][1], json!({ "stage": "RETIRED", "on": "2026-12-01", "inEffect": true }));
    }

    /// Pages follow one another, and cost the same number of statements whatever their length.
    async fn it_is_paged(calendar: Calendar) {
        enter_models(&calendar).await;
        let (mut after, mut seen) = (Value::Null, Vec::new());
        loop {
            let response = calendar.app.graphql(LIST, json!({ "before": "2027-01-02", "first": 2, "after": after })).await;
            let list = response.data()["deprecations"].clone();
            assert!(response.statements() <= 3, "page, count and successors: {}", response.statements());
            seen.push(names(&list));
            if list["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = list["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(seen, ["past both", "retires early", "late"]);
        for first in [1, 5] {
            let query = format!("{{ deprecations(before: \"2027-01-02\", first: {first}) {{ nodes {{ steps {{ on }} }} }} }}");
            assert_eq!(calendar.app.graphql(&query, json!({})).await.statements(), 1);
            let query = format!("{{ deprecations(before: \"2027-01-02\", first: {first}) {{ totalCount nodes {{ successor {{ name }} model {{ successorChain {{ name }} }} }} }} }}");
            let expected = if first == 1 { 2 } else { 4 };
            assert_eq!(calendar.app.graphql(&query, json!({})).await.statements(), expected, "{first}: the first has no successor");
        }
    }

    /// What is asked wrongly is told by its name.
    async fn wrong_arguments_are_named(calendar: Calendar) {
        let message = calendar.app.bad_input("{ deprecations(before: \"2027-01-01\", first: 0) { totalCount } }").await;
        assert_eq!(message, "first: must be 1 to 100, not 0");
        let message = calendar.app.bad_input("{ deprecations(before: \"2027-01-01\", after: \"x\") { totalCount } }").await;
        assert!(message.starts_with("after: this is not a cursor"), "{message}");
        let response = calendar.app.graphql("{ deprecations(before: \"2027-02-30\") { totalCount } }", json!({})).await;
        assert!(response.text.contains("is not a day"), "{}", response.text);
        let response = calendar.app.graphql("{ deprecations { totalCount } }", json!({})).await;
        assert_eq!(response.errors().len(), 1, "{}", response.text);
    }
}
