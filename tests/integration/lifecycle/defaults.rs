//! Defaults that retire.

use serde_json::{Value, json};

use super::Calendar;
use crate::support::on_both_databases;

const CHOICE: &str = "{ defaultModel(type: LANGUAGE, subType: \"chat\") { name }
    defaultModelChoice(type: LANGUAGE, subType: \"chat\") { model { name } configured { name isDefault } isFallback reason } }";

/// The default's name, the configured one's, whether it fell, and why.
async fn choice(calendar: &Calendar) -> Value {
    let data = calendar.app.query(CHOICE).await;
    let choice = &data["defaultModelChoice"];
    assert_eq!(data["defaultModel"], choice["model"], "both say the same");
    json!([choice["model"]["name"], choice["configured"]["name"], choice["isFallback"], choice["reason"]])
}

on_both_databases! {
    /// A default that retires by its day falls to the first model of its chain that isn't retired, and comes back with it.
    async fn a_default_falls_to_its_successor(calendar: Calendar) {
        assert_eq!(choice(&calendar).await, json!([null, null, null, null]));
        let c = calendar.model("c", json!({})).await;
        let b = calendar.model("b", json!({ "successorId": c, "retiresOn": "2026-08-01" })).await;
        let chat = json!({ "successorId": b, "subType": "chat", "isDefault": true, "retiresOn": "2026-07-01" });
        let a = calendar.model("a", chat).await;
        assert_eq!(choice(&calendar).await, json!(["a", "a", false, null]));
        calendar.turn_to("2026-07-01");
        assert_eq!(choice(&calendar).await, json!(["b", "a", true, "\"a\" is retired; \"b\" takes its place"]));
        calendar.turn_to("2026-08-01");
        assert_eq!(choice(&calendar).await, json!(["c", "a", true, "\"a\" is retired; \"c\" takes its place"]));
        calendar.update(&c, json!({ "lifecycleStage": "DEPRECATED" })).await.ok();
        assert_eq!(choice(&calendar).await[0], "c", "a deprecated model still answers");
        calendar.mutate("deleteModel", json!({ "id": c })).await.ok();
        let none = "\"a\" is retired, and no model that isn't takes its place";
        assert_eq!(choice(&calendar).await, json!([null, "a", false, none]));
        calendar.update(&a, json!({ "lifecycleStage": "ACTIVE", "retiresOn": null })).await.ok();
        assert_eq!(choice(&calendar).await, json!(["a", "a", false, null]));
    }

    /// The default and its chain are one statement.
    async fn a_choice_takes_one_statement(calendar: Calendar) {
        let mut next = calendar.model("last", json!({})).await;
        for number in 0..10 {
            next = calendar.model(&format!("m-{number}"), json!({ "successorId": next, "lifecycleStage": "RETIRED" })).await;
        }
        let first = json!({ "successorId": next, "isDefault": true, "retiresOn": "2026-06-16" });
        calendar.model("first", first).await;
        calendar.turn_to("2026-06-16");
        for query in ["{ defaultModel(type: LANGUAGE) { name } }", "{ defaultModelChoice(type: LANGUAGE) { model { name } configured { name } } }"] {
            let response = calendar.app.graphql(query, json!({})).await;
            assert!(response.data().to_string().contains("\"last\""), "{}", response.text);
            assert_eq!(response.statements(), 1, "{query}");
        }
    }

    /// No retired model becomes a default, whichever way.
    async fn a_retired_model_becomes_no_default(calendar: Calendar) {
        let message = "a retired model can't be a default; make it active first, or choose another one";
        let retired = json!({ "lifecycleStage": "RETIRED", "isDefault": true });
        assert_eq!(calendar.create("m", retired).await.refused("isDefault"), message);
        let by_day = json!({ "retiresOn": "2026-06-15", "isDefault": true });
        assert_eq!(calendar.create("m", by_day).await.refused("isDefault"), message);

        let id = calendar.model("m", json!({ "retiresOn": "2026-06-16" })).await;
        calendar.turn_to("2026-06-16");
        assert_eq!(calendar.mutate("setDefaultModel", json!({ "id": id })).await.refused("id"), message);
        assert_eq!(calendar.update(&id, json!({ "isDefault": true })).await.refused("isDefault"), message);
        let both = json!({ "isDefault": true, "lifecycleStage": "ACTIVE", "retiresOn": null });
        assert_eq!(calendar.update(&id, both).await.ok()["isDefault"], true);

        let later = json!({ "retiresOn": "2026-06-17" });
        calendar.update(&id, later).await.ok();
        calendar.turn_to("2026-06-17");
        let elsewhere = json!({ "subType": "chat" });
        assert_eq!(calendar.update(&id, elsewhere).await.refused("isDefault"), message);
        calendar.update(&id, json!({ "displayName": "M" })).await.ok();
    }

    /// Retiring a default by hand needs somebody who takes its place, or another default.
    async fn a_default_retires_by_hand_if_it_is_replaced(calendar: Calendar) {
        let gone = calendar.model("gone", json!({ "lifecycleStage": "RETIRED" })).await;
        let next = calendar.model("next", json!({})).await;
        let chat = json!({ "subType": "chat", "isDefault": true });
        let id = calendar.model("m", chat.clone()).await;
        for successor in [json!(null), json!(gone)] {
            let retire = json!({ "lifecycleStage": "RETIRED", "successorId": successor });
            let answer = calendar.update(&id, retire).await;
            let message = answer.refused("lifecycleStage");
            assert!(message.contains("give it a successor, make another model the default, or pass isDefault: false"), "{message}");
        }
        calendar.update(&id, json!({ "retiresOn": "2026-06-15" })).await.refused("retiresOn");

        let replaced = json!({ "lifecycleStage": "RETIRED", "successorId": next });
        assert_eq!(calendar.update(&id, replaced).await.ok()["isDefault"], true);
        assert_eq!(choice(&calendar).await, json!(["next", "m", true, "\"m\" is retired; \"next\" takes its place"]));

        let other = calendar.model("other", chat).await;
        assert_eq!(choice(&calendar).await[0], "other");
        let given_up = json!({ "lifecycleStage": "RETIRED", "isDefault": false });
        assert_eq!(calendar.update(&other, given_up).await.ok()["isDefault"], false);
        assert_eq!(choice(&calendar).await[1], json!(null));
    }
}
