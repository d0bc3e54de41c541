//! Reading the history: change sets with their changes, the history and the blame of objects.

use serde_json::{Value, json};

use super::mutations::mutate;
use crate::support::{SmallCatalogue, TestApp, each, fixtures, on_both_databases};

const BLAME: &str =
    "blame { field value since change { operation changeSet { operation channel reason source { format } } } }";

/// Where a field's value comes from: its value, and what was done with which reason.
fn blamed<'a>(blames: &'a Value, field: &str) -> (&'a Value, &'a Value, &'a Value) {
    let blames = blames.as_array().expect("blames");
    let found = blames.iter().find(|blame| blame["field"] == field).unwrap_or_else(|| panic!("no {field}: {blames:?}"));
    let set = &found["change"]["changeSet"];
    (&found["value"], &set["operation"], &set["reason"])
}

on_both_databases! {
    /// What an object is now, and each state before it, with who, when and why.
    async fn an_object_tells_its_history(app: TestApp) {
        let supplier = mutate(&app, "createSupplier", "supplier { id }", json!({ "name": "acme", "reason": "first" })).await;
        let id = supplier["supplier"]["id"].clone();
        mutate(&app, "updateSupplier", "supplier { id }", json!({ "id": id, "displayName": "Acme", "reason": "shown" })).await;
        mutate(&app, "deleteSupplier", "supplier { id }", json!({ "id": id })).await;
        mutate(&app, "restoreSupplier", "supplier { id }", json!({ "id": id })).await;
        let data = app.query("{ supplier(name: \"acme\") { history { totalCount nodes { type operation objectId object { id }
            before after fields { field before after } changeSet { actor channel operation reason totalCount } } } } }").await;
        let history = &data["supplier"]["history"];
        assert_eq!(history["totalCount"], 4);
        let nodes = &history["nodes"];
        assert_eq!(each(nodes, "operation"), ["RESTORE", "DELETE", "UPDATE", "CREATE"]);
        assert_eq!(nodes[3]["before"], Value::Null);
        assert_eq!(nodes[3]["after"]["name"], "acme");
        assert_eq!(nodes[3]["fields"], json!([
            { "field": "name", "before": null, "after": "acme" },
            { "field": "isActive", "before": null, "after": true },
        ]));
        assert_eq!(nodes[2]["fields"], json!([{ "field": "displayName", "before": null, "after": "Acme" }]));
        assert_eq!(nodes[2]["changeSet"], json!({
            "actor": "token:tests", "channel": "GRAPHQL", "operation": "updateSupplier", "reason": "shown", "totalCount": 1
        }));
        assert_eq!(nodes[1]["fields"][0]["field"], "deletedAt");
        assert_eq!((&nodes[0]["objectId"], &nodes[0]["object"]["id"]), (&id, &id));
    }

    /// A model's history has that of what belongs to it, unless it is asked for its own.
    async fn a_model_tells_what_happened_to_its_parts(app: SmallCatalogue) {
        let query = "query ($parts: Boolean!) { models(first: 1) { nodes { history(parts: $parts, first: 100) { totalCount nodes { type model { name } } } } } }";
        let of = async |parts: bool| app.graphql(query, json!({ "parts": parts })).await.data()["models"]["nodes"][0]["history"].clone();
        let own = of(false).await;
        assert_eq!(own["totalCount"], 1);
        assert_eq!(each(&own["nodes"], "type"), ["MODEL"]);
        let whole = of(true).await;
        let types = each(&whole["nodes"], "type");
        assert!(types.contains(&"MODEL_PRICE") && types.contains(&"MODEL_PARAMETER") && types.contains(&"MODEL"), "{types:?}");
        assert_eq!(whole["totalCount"], types.len());
    }

    /// A history is paged as any list is, from either end.
    async fn a_history_is_paged(app: SmallCatalogue) {
        let page = async |arguments: &str| {
            let query = format!("{{ models(first: 1) {{ nodes {{ history({arguments}) {{ edges {{ cursor node {{ number }} }} nodes {{ number }} pageInfo {{ hasNextPage hasPreviousPage endCursor startCursor }} }} }} }} }}");
            app.query(&query).await["models"]["nodes"][0]["history"].clone()
        };
        let numbers = |page: &Value| page["nodes"].as_array().expect("nodes").iter().map(|node| node["number"].as_i64().expect("a number")).collect::<Vec<_>>();
        let all = numbers(&page("first: 100").await);
        assert!(all.len() > 4 && all.is_sorted_by(|a, b| a > b), "{all:?}");
        let first = page("first: 2").await;
        assert_eq!(numbers(&first), all[..2]);
        assert_eq!(first["pageInfo"]["hasNextPage"], true);
        let cursor = first["pageInfo"]["endCursor"].as_str().expect("a cursor");
        assert_eq!(numbers(&page(&format!("first: 2, after: \"{cursor}\"")).await), all[2..4]);
        let last = page("last: 2").await;
        assert_eq!(numbers(&last), all[all.len() - 2..]);
        assert_eq!((&last["pageInfo"]["hasPreviousPage"], &last["pageInfo"]["hasNextPage"]), (&json!(true), &json!(false)));
        let message = app.bad_input("{ models { nodes { history(first: 0) { totalCount } } } }").await;
        assert!(message.contains("first"), "{message}");
        let message = app.bad_input(&format!("{{ changeSets(after: \"{cursor}\") {{ totalCount }} }}")).await;
        assert!(message.contains("another list"), "{message}");
    }

    /// A field's value is blamed on the change that gave it to it, not on those that left it or on earlier ones.
    async fn fields_are_blamed_on_the_change_that_set_them(app: SmallCatalogue) {
        let data = app.query("{ supplier(name: \"acme\") { id displayName } }").await;
        let (id, was) = (data["supplier"]["id"].clone(), data["supplier"]["displayName"].clone());
        mutate(&app, "updateSupplier", "supplier { id }", json!({ "id": id, "displayName": "Other", "reason": "a mistake" })).await;
        mutate(&app, "updateSupplier", "supplier { id }", json!({ "id": id, "displayName": was, "description": "x", "reason": "set right" })).await;
        mutate(&app, "updateSupplier", "supplier { id }", json!({ "id": id, "description": "y", "reason": "more" })).await;
        let data = app.query(&format!("{{ supplier(name: \"acme\") {{ {BLAME} }} }}")).await;
        let blames = &data["supplier"]["blame"];
        assert_eq!(blamed(blames, "name"), (&json!("acme"), &json!("importCatalogue"), &Value::Null));
        assert_eq!(blamed(blames, "displayName"), (&was, &json!("updateSupplier"), &json!("set right")));
        assert_eq!(blamed(blames, "description"), (&json!("y"), &json!("updateSupplier"), &json!("more")));
        assert_eq!(blames[0]["change"]["changeSet"]["source"]["format"], "modelry");
    }

    /// Values are those that the fields have: typed parameters, exact amounts, ids of objects.
    async fn states_have_the_values_of_fields(app: SmallCatalogue) {
        let data = app.query("{ models(first: 100) { nodes { id
            parameters { id name type value blame { field value } }
            prices(anyDay: true) { id amount unit component blame { field value } }
            capabilities { id support blame { field value } history { nodes { after } } }
            supplier { id } blame { field value } } } }").await;
        let value = |blame: &Value, field: &str| blame.as_array().expect("blames").iter().find(|each| each["field"] == field).map(|each| each["value"].clone());
        let mut seen = 0;
        for model in data["models"]["nodes"].as_array().expect("models") {
            assert_eq!(value(&model["blame"], "supplierId").as_ref(), Some(&model["supplier"]["id"]));
            for (list, fields) in [("parameters", &["name", "type", "value"][..]), ("prices", &["amount", "unit", "component"]), ("capabilities", &["support"])] {
                for part in model[list].as_array().expect("a list") {
                    for field in fields {
                        assert_eq!(value(&part["blame"], field).as_ref(), Some(&part[field]), "{list} {field}");
                        seen += 1;
                    }
                    assert_eq!(value(&part["blame"], "modelId").as_ref(), Some(&model["id"]));
                }
            }
            for link in model["capabilities"].as_array().expect("a list") {
                assert_eq!(link["history"]["nodes"][0]["after"]["id"], link["id"]);
            }
        }
        assert!(seen > 20, "{seen}");
    }

    /// Histories, blame, states and objects cost the same for one object and for fifty.
    async fn the_past_of_a_page_takes_as_many_whatever_its_length(app: TestApp) {
        app.import(&fixtures::catalogue(5, 12)).await;
        for (selection, expected) in [
            ("history { nodes { number operation } }", 2),
            ("history { totalCount nodes { number } }", 3),
            ("history(parts: false) { nodes { before after fields { field } changeSet { actor summary { count } } object { id } model { name } cursor } }", 7),
            ("blame { field value since }", 4),
        ] {
            for first in [1, 50] {
                let query = format!("{{ models(first: {first}) {{ nodes {{ {selection} }} }} }}");
                let response = app.graphql(&query, json!({})).await;
                response.data();
                assert_eq!(response.statements(), expected, "{first} {selection}");
            }
        }
    }

    /// States of changes of every type cost two statements' worth each, however many changes there are.
    async fn a_change_set_takes_one_for_each_type(app: TestApp) {
        app.import(&fixtures::catalogue(5, 12)).await;
        let query = "{ changeSets { nodes { summary { type operation count } reverts { id } revertedBy { id } changes(first: 100) { nodes { type before after } } } } }";
        let response = app.graphql(query, json!({})).await;
        let set = &response.data()["changeSets"]["nodes"][0];
        let types: std::collections::BTreeSet<&str> = each(&set["changes"]["nodes"], "type").into_iter().collect();
        assert_eq!(response.statements(), 4 + types.len(), "{types:?}");
        assert!(set["summary"].as_array().expect("a list").iter().any(|each| each == &json!({ "type": "MODEL", "operation": "CREATE", "count": 60 })), "{set}");
    }

    /// Change sets are found by id, and by who, how, what and when.
    async fn change_sets_are_found(app: SmallCatalogue) {
        let made = mutate(&app, "createSupplier", "supplier { id } changeSet { id createdAt }", json!({ "name": "newcomer" })).await;
        let (set, supplier) = (&made["changeSet"], &made["supplier"]["id"]);
        let id = set["id"].as_str().expect("an id");
        let data = app.query(&format!("{{ changeSet(id: \"{id}\") {{ id }} node(id: \"{id}\") {{ id ... on ChangeSet {{ operation requestId }} }} missing: changeSet(id: \"ChangeSet:999\") {{ id }} }}")).await;
        assert_eq!(data["changeSet"]["id"], id);
        assert_eq!(data["node"]["operation"], "createSupplier");
        assert!(data["node"]["requestId"].is_string());
        assert_eq!(data["missing"], Value::Null);
        let moment = set["createdAt"].as_str().expect("a moment");
        for (condition, expected) in [
            ("channels: [GRAPHQL]".to_owned(), 1),
            ("channels: [IMPORT]".to_owned(), 1),
            ("channels: []".to_owned(), 0),
            ("actors: [\"token:tests\"]".to_owned(), 1),
            ("operations: [\"createSupplier\", \"importCatalogue\"]".to_owned(), 2),
            (format!("since: \"{moment}\""), 1),
            (format!("until: \"{moment}\""), 2),
            ("isRevert: true".to_owned(), 0),
            ("isRevert: false".to_owned(), 2),
            (format!("reverts: \"{id}\""), 0),
            ("types: [MODEL]".to_owned(), 1),
            (format!("ids: [{supplier}]"), 1),
            ("types: [MODEL], channels: [GRAPHQL]".to_owned(), 0),
        ] {
            let data = app.query(&format!("{{ changeSets(where: {{ {condition} }}) {{ totalCount nodes {{ id }} }} }}")).await;
            assert_eq!(data["changeSets"]["totalCount"], expected, "{condition}");
            assert_eq!(data["changeSets"]["nodes"].as_array().map(Vec::len), Some(expected), "{condition}");
        }
        for (query, part) in [
            ("{ changeSet(id: \"Model:1\") { id } }", "ChangeSet:42"),
            ("{ changeSets(where: { reverts: \"Model:1\" }) { totalCount } }", "where.reverts"),
            ("{ changeSets(where: { ids: [\"ChangeSet:1\"] }) { totalCount } }", "where.ids"),
        ] {
            let message = app.bad_input(query).await;
            assert!(message.contains(part), "{message}");
        }
    }
}
