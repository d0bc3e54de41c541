//! What a subscription to the feed gives: every change once, in order, whatever happens meanwhile.

use serde_json::{Value, json};

use super::socket::Socket;
use super::{CHANGED, all_changes, create_supplier, create_suppliers, present};
use crate::support::{SmallCatalogue, TestApp, each, on_both_databases};

on_both_databases! {
    /// First all that was missed, then what comes, without a gap and without a repetition.
    async fn a_cursor_is_gone_on_from(app: TestApp) {
        create_suppliers(&app, "old", 250).await;
        let all = all_changes(&app, None).await;
        let mut socket = Socket::open(&app).await;
        socket.subscribe("some", CHANGED, json!({ "after": all[4]["cursor"] })).await;
        assert_eq!(socket.changes("some", 245).await, all[5..]);
        let before = present(&app).await;
        create_suppliers(&app, "new", 5).await;
        assert_eq!(socket.changes("some", 5).await, all_changes(&app, Some(&before)).await);
        // Without a cursor, it begins with what comes.
        socket.send(&json!({ "type": "complete", "id": "some" })).await;
        socket.subscribe("live", CHANGED, json!({})).await;
        // The subscription has begun when the query behind it is answered and a change arrives; what is seen is the feed's end.
        let before = present(&app).await;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        create_supplier(&app, "last").await;
        assert_eq!(socket.changes("live", 1).await, all_changes(&app, Some(&before)).await);
    }

    /// Filters hold for what was missed and for what comes alike.
    async fn filters_decide_before_and_after(app: SmallCatalogue) {
        let data = app.query("{ models(first: 100) { nodes { id name supplier { id name } } } }").await;
        let nodes = data["models"]["nodes"].as_array().expect("models").clone();
        let kimi = nodes.iter().find(|model| model["name"] == "kimi").expect("a model");
        let (model, supplier) = (&kimi["id"], &kimi["supplier"]["id"]);
        let filters = [
            "types: [MODEL_ALIAS, SUPPLIER]".to_owned(),
            format!("ids: [{model}]"),
            format!("suppliers: [{supplier}]"),
            "suppliers: [\"moonshot\"], types: [MODEL, MODEL_ALIAS]".to_owned(),
        ];
        let mut socket = Socket::open(&app).await;
        let end = present(&app).await;
        for (number, filter) in filters.iter().enumerate() {
            let query = format!("subscription($after: String) {{ changed(after: $after, {filter}) {{ number type objectId }} }}");
            socket.subscribe(&format!("missed-{number}"), &query, json!({ "after": null })).await;
            socket.subscribe(&format!("live-{number}"), &query, json!({ "after": end })).await;
        }
        // Once those that begin now have begun.
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        let change = format!(
            "mutation {{ a: createModelAlias(input: {{ modelId: {model}, alias: \"k\" }}) {{ userErrors {{ message }} }} \
             b: updateSupplier(input: {{ id: {supplier}, description: \"x\" }}) {{ userErrors {{ message }} }} \
             c: updateModel(input: {{ id: {model}, description: \"x\" }}) {{ userErrors {{ message }} }} \
             d: createSupplier(input: {{ name: \"other\" }}) {{ userErrors {{ message }} }} }}"
        );
        app.query(&change).await;
        let expected = [vec!["MODEL_ALIAS", "SUPPLIER", "SUPPLIER"], vec!["MODEL_ALIAS", "MODEL"], vec!["MODEL_ALIAS", "SUPPLIER", "MODEL"], vec!["MODEL_ALIAS", "MODEL"]];
        let total: usize = 2 * expected.iter().map(Vec::len).sum::<usize>();
        let mut seen: std::collections::HashMap<String, Vec<Value>> = std::collections::HashMap::new();
        for _ in 0..total {
            let message = socket.receive().await;
            let id = message["id"].as_str().expect("an id").to_owned();
            seen.entry(id).or_default().push(message["payload"]["data"]["changed"].clone());
        }
        for (number, (filter, expected)) in filters.iter().zip(expected).enumerate() {
            for kind in ["missed", "live"] {
                let changes = json!(seen[&format!("{kind}-{number}")]);
                assert_eq!(each(&changes, "type"), expected, "{filter}");
            }
            // The feed as queries filter it agrees.
            let query = format!("query($after: String) {{ changes(after: $after, {filter}) {{ nodes {{ number type objectId }} }} }}");
            let queried = app.graphql(&query, json!({ "after": end })).await;
            assert_eq!(queried.data()["changes"]["nodes"], json!(seen[&format!("live-{number}")]), "{filter}");
        }
    }

    /// All that a change leads to can be selected.
    async fn a_change_tells_all_about_itself(app: TestApp) {
        let mut socket = Socket::open(&app).await;
        let query = "subscription($after: String) { changed(after: $after) { operation fields { field after } \
                     before after changeSet { operation channel requestId } object { ... on Supplier { name } } } }";
        let before = present(&app).await;
        socket.subscribe("1", query, json!({ "after": before })).await;
        create_supplier(&app, "acme").await;
        let change = socket.change("1").await;
        assert_eq!(change["operation"], "CREATE");
        assert_eq!((&change["before"], &change["after"]["name"]), (&Value::Null, &json!("acme")));
        assert_eq!(change["object"]["name"], "acme");
        assert_eq!(change["changeSet"]["operation"], "createSupplier");
    }

    /// Who can't go on is told to read the catalogue anew.
    async fn a_cursor_of_another_feed_or_of_what_is_purged_asks_for_a_resync(app: TestApp) {
        create_suppliers(&app, "old", 3).await;
        let all = all_changes(&app, None).await;
        let mut socket = Socket::open(&app).await;
        let mut cause = async |after: &Value| {
            socket.subscribe("1", CHANGED, json!({ "after": after })).await;
            let error = socket.error("1").await;
            assert_eq!(error["extensions"]["code"], "FEED_RESYNC", "{error}");
            assert!(error["message"].as_str().is_some_and(|message| message.contains("read the catalogue anew")), "{error}");
            error["extensions"]["cause"].as_str().expect("a cause").to_owned()
        };
        app.database().execute("UPDATE change_feed SET purged = 2").await.expect("purged");
        assert_eq!(cause(&all[0]["cursor"]).await, "PURGED");
        app.database().execute("UPDATE change_feed SET registry = 'another'").await.expect("another registry");
        assert_eq!(cause(&all[2]["cursor"]).await, "OTHER_REGISTRY");
    }
}

/// Somebody who takes nothing for a while gets everything afterwards, and holds up nobody.
mod slow {
    use super::*;

    on_both_databases! {
        async fn a_slow_subscriber_misses_nothing(app: TestApp) {
            let end = present(&app).await;
            let mut slow = Socket::open(&app).await;
            let long = "subscription($after: String) { changed(after: $after) { number cursor objectId \
                        a: cursor b: cursor c: cursor d: cursor e: cursor f: cursor g: cursor h: cursor } }";
            slow.subscribe("1", long, json!({ "after": end })).await;
            slow.settle().await;
            let mut quick = Socket::open(&app).await;
            quick.subscribe("1", CHANGED, json!({ "after": end })).await;
            // First more than the buffers of a socket hold, then more batches than are kept for those who are behind.
            app.import(&crate::support::fixtures::catalogue(120, 10)).await;
            create_suppliers(&app, "late", 150).await;
            let count = feed_length(&app).await;
            let numbers = |changes: Vec<Value>| changes.iter().map(|change| change["number"].as_i64().expect("a number")).collect::<Vec<_>>();
            let quick = numbers(quick.changes("1", count).await);
            let slow = numbers(slow.changes("1", count).await);
            assert!(quick.is_sorted_by(|left, right| left < right));
            assert_eq!(slow, quick);
        }
    }

    async fn feed_length(app: &TestApp) -> usize {
        let texts = app.database().texts("SELECT CAST(count(*) AS TEXT) AS value FROM changes").await;
        texts[0].parse().expect("a number")
    }
}
