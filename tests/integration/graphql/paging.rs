//! Walking through lists page by page: nothing is missed, nothing comes twice, whatever the order.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::support::{TestApp, on_both_databases};

/// A catalogue whose keys have ties and gaps: 23 models of 2 suppliers, some without a display name, a date, the
/// parameter or the price.
async fn fill(app: &TestApp) {
    let mut lines = String::from("{\"format\":\"modelry\",\"version\":1}\n");
    for supplier in ["east", "west"] {
        writeln!(lines, "{}", json!({ "kind": "supplier", "name": supplier })).expect("written");
    }
    for number in 0..23_u32 {
        let mut model = json!({
            "kind": "model", "supplier": if number % 2 == 0 { "west" } else { "east" },
            "name": format!("m{:02}", number / 2), "model_type": if number % 5 == 0 { "vision" } else { "language" },
        });
        if number % 3 != 0 {
            model["display_name"] = json!(["Éclair", "Zoo", "apple", "月", "Apple"][number as usize % 5]);
        }
        if number % 4 != 0 {
            model["released_on"] = json!(["2024", "2024-05", "2024-05-17", "2025-01-01"][number as usize % 4]);
        }
        if number % 6 != 0 {
            let value = [0.1, 0.2, 1e300, -5.5, 3.0, 0.300_000_000_000_000_04][number as usize % 6];
            model["parameters"] = json!([{ "name": "score", "type": "float", "value": value }]);
        }
        if number % 5 != 0 {
            let amount =
                ["0", "2.5", "0.000000000000000001", "999999999.999999999999999999", "10"][number as usize % 5];
            model["prices"] = json!([{ "component": "input", "currency": "USD", "amount": amount }]);
        }
        writeln!(lines, "{model}").expect("written");
    }
    app.import(&lines).await;
}

const ORDERS: [&str; 9] = [
    "{ field: NAME }",
    "{ field: NAME, direction: DESC }",
    "{ field: RELEASED_ON }",
    "{ field: DISPLAY_NAME, direction: DESC }",
    "{ parameter: \"score\" }",
    "{ parameter: \"score\", direction: DESC }",
    "{ price: { component: INPUT } }",
    "{ field: MODEL_TYPE, direction: DESC }, { field: RELEASED_ON }",
    "{ field: SUPPLIER }, { price: { component: INPUT }, direction: DESC }, { field: DISPLAY_NAME }",
];

/// The ids of a page, and its `pageInfo`.
async fn page(app: &TestApp, order: &str, window: &str) -> (Vec<String>, Value) {
    let query = format!(
        "{{ models(orderBy: [{order}], {window}) {{ totalCount edges {{ cursor node {{ id }} }}
            pageInfo {{ startCursor endCursor hasNextPage hasPreviousPage }} }} }}"
    );
    let mut data = app.query(&query).await;
    let list = data["models"].take();
    assert_eq!(list["totalCount"], 23, "the page has no influence on the count");
    let edges = list["edges"].as_array().expect("edges");
    let id = |edge: &Value| edge["node"]["id"].as_str().expect("an id").to_owned();
    let cursor = |edge: Option<&Value>| edge.map_or(Value::Null, |edge| edge["cursor"].clone());
    assert_eq!(list["pageInfo"]["startCursor"], cursor(edges.first()));
    assert_eq!(list["pageInfo"]["endCursor"], cursor(edges.last()));
    (edges.iter().map(id).collect(), list["pageInfo"].clone())
}

/// All ids, walking in pages of five from the start, or from the end.
async fn walk(app: &TestApp, order: &str, backward: bool) -> Vec<String> {
    let (limit, from, cursor, more, behind) = if backward {
        ("last", "before", "startCursor", "hasPreviousPage", "hasNextPage")
    } else {
        ("first", "after", "endCursor", "hasNextPage", "hasPreviousPage")
    };
    let mut all = Vec::new();
    let mut window = format!("{limit}: 5");
    loop {
        let (mut ids, info) = page(app, order, &window).await;
        assert_eq!(info[behind], !all.is_empty(), "{order}: only the first page has nothing behind it");
        if backward {
            ids.append(&mut all);
            all = ids;
        } else {
            all.append(&mut ids);
        }
        if info[more] == json!(false) {
            return all;
        }
        assert!(all.len() < 50, "{order}: the walk doesn't end");
        window = format!("{limit}: 5, {from}: {}", info[cursor]);
    }
}

on_both_databases! {
    /// Pages put together are the list, from the start as from the end.
    async fn pages_put_together_are_the_list(app: TestApp) {
        fill(&app).await;
        for order in ORDERS {
            let (whole, _) = page(&app, order, "first: 100").await;
            assert_eq!(whole.len(), 23);
            assert_eq!(walk(&app, order, false).await, whole, "forward by {order}");
            assert_eq!(walk(&app, order, true).await, whole, "backward by {order}");
        }
    }

    /// Rows without a value are last in both directions; texts are sorted by their bytes, numbers and prices by size.
    async fn keys_sort_as_documented(app: TestApp) {
        fill(&app).await;
        let values = |direction: &'static str, order: &'static str, selection: &'static str| {
            format!("{{ models(first: 100, orderBy: [{{ {order}, direction: {direction} }}]) {{ nodes {{ {selection} }} }} }}")
        };
        for (order, selection, pointer, expected) in [
            ("field: DISPLAY_NAME", "displayName", "/displayName", json!(["Apple", "Zoo", "apple", "Éclair", "月"])),
            ("field: RELEASED_ON", "releasedOn", "/releasedOn", json!(["2024-05", "2024-05-17", "2025-01-01"])),
            ("parameter: \"score\"", "parameters { value }", "/parameters/0/value", json!([-5.5, 0.2, 0.300_000_000_000_000_04, 3.0, 1e300])),
            ("price: { component: INPUT }", "prices { amount }", "/prices/0/amount",
             json!(["0.000000000000000001", "2.5", "10", "999999999.999999999999999999"])),
        ] {
            for direction in ["ASC", "DESC"] {
                let data = app.query(&values(direction, order, selection)).await;
                let nodes = data["models"]["nodes"].as_array().expect("nodes");
                let mut found: Vec<Value> = nodes.iter().map(|node| node.pointer(pointer).cloned().unwrap_or_default()).collect();
                found.dedup();
                let mut expected = expected.as_array().expect("a list").clone();
                if direction == "DESC" {
                    expected.reverse();
                }
                expected.push(Value::Null);
                assert_eq!(found, expected, "{order} {direction}");
            }
        }
    }

    /// What is entered or deleted between two pages moves nothing else.
    async fn changes_between_pages_move_nothing_else(app: TestApp) {
        fill(&app).await;
        let order = "{ field: NAME }";
        let (whole, _) = page(&app, order, "first: 100").await;
        let (first, info) = page(&app, order, "first: 5").await;
        assert_eq!(first, whole[..5]);
        let cursor_row: i64 = first[4].trim_start_matches("Model:").parse().expect("a number");
        app.database()
            .execute(&format!("UPDATE models SET deleted_at = created_at WHERE id = {cursor_row}; UPDATE models SET name = 'a' || name WHERE id = 1"))
            .await
            .expect("changed");
        let next = format!("{{ models(first: 5, after: {}) {{ nodes {{ id }} }} }}", info["endCursor"]);
        let data = app.query(&next).await;
        let expected: Vec<Value> = whole.iter().filter(|id| *id != "Model:1").skip_while(|id| **id != first[4]).skip(1).take(5).map(|id| json!({ "id": id })).collect();
        assert_eq!(data["models"]["nodes"], json!(expected), "the row at the cursor is gone, its place is not");
    }

    /// Each parent's list has its own cursors and pages.
    async fn lists_below_each_parent_have_pages_of_their_own(app: TestApp) {
        fill(&app).await;
        let query = "query ($window: String) { suppliers { nodes { name models(first: 4, after: $window, orderBy: [{ field: NAME }]) {
            totalCount nodes { name } pageInfo { endCursor hasNextPage hasPreviousPage } } } } }";
        let first = app.graphql(query, json!({})).await;
        let suppliers = &first.data()["suppliers"]["nodes"];
        for (index, total) in [(0, 11), (1, 12)] {
            let list = &suppliers[index]["models"];
            assert_eq!(list["totalCount"], total);
            assert_eq!(list["nodes"], json!([{ "name": "m00" }, { "name": "m01" }, { "name": "m02" }, { "name": "m03" }]));
            let next = app.graphql(query, json!({ "window": list["pageInfo"]["endCursor"] })).await;
            let nodes = &next.data()["suppliers"]["nodes"][index]["models"]["nodes"];
            assert_eq!(nodes, &json!([{ "name": "m04" }, { "name": "m05" }, { "name": "m06" }, { "name": "m07" }]));
        }
    }

    /// Every list pages so: suppliers, capabilities and categories too, by each of their keys.
    async fn every_list_pages_in_both_directions(app: TestApp) {
        app.import(&crate::support::fixtures::catalogue(7, 2)).await;
        for (list, fields) in [
            ("suppliers", vec!["NAME", "DISPLAY_NAME", "MODEL_COUNT", "CREATED_AT", "UPDATED_AT"]),
            ("capabilities", vec!["NAME", "DISPLAY_NAME", "DOMAIN", "CREATED_AT", "UPDATED_AT"]),
            ("categories", vec!["PATH", "NAME", "POSITION", "CREATED_AT", "UPDATED_AT"]),
            ("models", vec!["NAME", "DISPLAY_NAME", "SUPPLIER", "MODEL_TYPE", "RELEASED_ON", "KNOWLEDGE_CUTOFF", "CREATED_AT", "UPDATED_AT"]),
        ] {
            for order in fields.iter().flat_map(|field| ["ASC", "DESC"].map(|way| format!("{{ field: {field}, direction: {way} }}"))) {
                let select = |window: &str| format!("{{ list: {list}(orderBy: [{order}], {window}) {{ nodes {{ id }} pageInfo {{ startCursor endCursor }} }} }}");
                let whole = app.query(&select("first: 100")).await;
                let first = app.query(&select("first: 2")).await;
                let rest = app.query(&select(&format!("first: 100, after: {}", first["list"]["pageInfo"]["endCursor"]))).await;
                let back = app.query(&select(&format!("last: 100, before: {}", rest["list"]["pageInfo"]["startCursor"]))).await;
                let ids = |data: &Value| data["list"]["nodes"].as_array().expect("nodes").clone();
                assert_eq!([ids(&first), ids(&rest)].concat(), ids(&whole), "{list} {order}");
                assert_eq!(ids(&back), ids(&first), "{list} {order}");
            }
        }
    }
}
