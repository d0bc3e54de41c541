//! The feed of changes: replayed from any cursor, filtered, and refused where it can't be gone on from.

use serde_json::{Value, json};

use super::mutations::mutate;
use super::tables::last_change;
use crate::support::{SmallCatalogue, TestApp, each, on_both_databases};

async fn feed(app: &TestApp, arguments: &str) -> Value {
    let query = format!(
        "{{ changes({arguments}) {{ nodes {{ number cursor type operation objectId }} endCursor hasNextPage }} }}"
    );
    app.query(&query).await["changes"].clone()
}

fn numbers(feed: &Value) -> Vec<i64> {
    feed["nodes"].as_array().expect("nodes").iter().map(|node| node["number"].as_i64().expect("a number")).collect()
}

fn cursor(feed: &Value) -> String {
    feed["endCursor"].as_str().expect("a cursor").to_owned()
}

on_both_databases! {
    /// Who goes on from where it ended sees every change once, in order; at the end, a cursor is given all the same.
    async fn the_feed_is_replayed(app: SmallCatalogue) {
        let all = numbers(&feed(&app, "first: 1000").await);
        assert_eq!(i64::try_from(all.len()).ok(), Some(last_change(app.database()).await));
        assert!(all.is_sorted());
        let (mut seen, mut page) = (Vec::new(), feed(&app, "first: 7").await);
        loop {
            seen.extend(numbers(&page));
            if page["hasNextPage"] == false {
                break;
            }
            page = feed(&app, &format!("first: 7, after: \"{}\"", cursor(&page))).await;
        }
        assert_eq!(seen, all);
        let after = cursor(&page);
        let end = feed(&app, &format!("after: \"{after}\"")).await;
        assert_eq!((end["nodes"].clone(), cursor(&end)), (json!([]), after.clone()));
        assert_eq!(app.query("{ changeFeedCursor }").await["changeFeedCursor"], after);
        mutate(&app, "createSupplier", "supplier { id }", json!({ "name": "new" })).await;
        let news = feed(&app, &format!("after: \"{after}\"")).await;
        assert_eq!(each(&news["nodes"], "operation"), ["CREATE"]);
        assert_eq!(news["nodes"][0]["cursor"], news["endCursor"]);
    }

    /// Filters hold together; the cursor passes by what they leave out.
    async fn the_feed_is_filtered(app: SmallCatalogue) {
        let data = app.query("{ supplier(name: \"acme\") { id models(first: 1) { nodes { id } } } }").await;
        let (supplier, model) = (data["supplier"]["id"].as_str().expect("an id"), data["supplier"]["models"]["nodes"][0]["id"].as_str().expect("an id"));
        let end = app.query("{ changeFeedCursor }").await["changeFeedCursor"].clone();
        let of_types = feed(&app, "types: [SUPPLIER], first: 1000").await;
        assert!(each(&of_types["nodes"], "type").iter().all(|kind| *kind == "SUPPLIER") && of_types["nodes"] != json!([]));
        assert_eq!(of_types["endCursor"], end);
        let of_model = feed(&app, &format!("ids: [\"{model}\"], first: 1000")).await;
        let kinds = each(&of_model["nodes"], "type");
        assert!(kinds.contains(&"MODEL") && kinds.contains(&"MODEL_PRICE") && !kinds.contains(&"SUPPLIER"), "{kinds:?}");
        let by_name = feed(&app, "suppliers: [\"acme\"], first: 1000").await;
        assert_eq!(numbers(&by_name), numbers(&feed(&app, &format!("suppliers: [\"{supplier}\"], first: 1000")).await));
        let kinds = each(&by_name["nodes"], "type");
        assert!(kinds.contains(&"SUPPLIER") && kinds.contains(&"MODEL_PRICE") && !kinds.contains(&"CATEGORY"), "{kinds:?}");
        let both = feed(&app, &format!("types: [MODEL], suppliers: [\"acme\"], ids: [\"{model}\"]")).await;
        assert_eq!(each(&both["nodes"], "objectId"), [model]);
        assert_eq!(feed(&app, "types: []").await["nodes"], json!([]));
        assert_eq!(feed(&app, "ids: []").await["nodes"], json!([]));
    }

    /// Arguments that can't be taken are named.
    async fn wrong_arguments_are_told(app: SmallCatalogue) {
        for (arguments, part) in [
            ("first: 0", "first: must be 1 to 1000"),
            ("first: 1001", "first: must be 1 to 1000"),
            ("ids: [\"nonsense\"]", "ids: \"nonsense\" is not the id"),
            ("ids: [\"ChangeSet:1\"]", "ids: "),
            ("suppliers: [\"nobody\"]", "suppliers: there is no supplier \"nobody\""),
            ("suppliers: [\"Model:1\"]", "suppliers: "),
        ] {
            let message = app.bad_input(&format!("{{ changes({arguments}) {{ endCursor }} }}")).await;
            assert!(message.contains(part), "{message}");
        }
    }

    /// A cursor that the feed can't be gone on from tells the client to start anew, and why.
    async fn lost_places_are_told(app: SmallCatalogue) {
        let early = feed(&app, "first: 2").await;
        let end = app.query("{ changeFeedCursor }").await["changeFeedCursor"].as_str().expect("a cursor").to_owned();
        let refusal = async |after: &str| {
            let response = app.graphql("query ($after: String) { changes(after: $after) { endCursor } }", json!({ "after": after })).await;
            assert_eq!(response.code(), "FEED_RESYNC", "{}", response.text);
            response.errors()[0]["extensions"]["cause"].as_str().expect("a cause").to_owned()
        };
        assert_eq!(refusal("nonsense").await, "MALFORMED");
        assert_eq!(refusal("").await, "MALFORMED");
        let database = app.database();
        database.execute("UPDATE change_feed SET purged = 3").await.expect("purged");
        assert_eq!(refusal(&cursor(&early)).await, "PURGED");
        assert_eq!(feed(&app, &format!("after: \"{end}\"")).await["nodes"], json!([]));
        database.execute("UPDATE change_feed SET registry = 'another'").await.expect("renamed");
        assert_eq!(refusal(&end).await, "OTHER_REGISTRY");
        let end = app.query("{ changeFeedCursor }").await["changeFeedCursor"].as_str().expect("a cursor").to_owned();
        database.execute("DELETE FROM changes WHERE id > 5").await.expect("set back");
        assert_eq!(refusal(&end).await, "AHEAD");
    }
}
