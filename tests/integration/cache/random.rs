//! Any course of reads and writes on several servers of one database: each kept answer is what the database comes to, at the
//! revision that the server knows.

use serde_json::{Value, json};

use super::{Keeping, beside};
use crate::support::{Random, TestApp, on_both_databases};

/// How many steps there are, unless the variable `CACHE_STEPS` says so.
const STEPS: usize = 200;

/// Reads that depend on different tables, and on different rows of them.
const READS: [&str; 16] = [
    "{ suppliers { totalCount nodes { id name displayName } } }",
    "{ models(first: 50) { totalCount nodes { id name displayName supplier { name } } } }",
    "{ models(first: 50) { nodes { name parameters { name value } } } }",
    "{ models(first: 50) { nodes { name prices { component amount } } } }",
    "{ models(first: 50) { nodes { name capabilities { support capability { name } } categories { path } } } }",
    "{ models(first: 20, where: { search: \"alpha\" }) { totalCount nodes { name aliases { alias } } } }",
    "{ models(first: 1) { facets { suppliers { value count } modelTypes { value count } } } }",
    "{ categoryTree { name children { name } } capabilities { totalCount nodes { name } } }",
    "{ node(id: \"Model:2\") { ... on Model { name description supplier { displayName } parameters { name } prices { amount } } } }",
    "{ node(id: \"Model:5\") { ... on Model { name displayName aliases { alias } capabilities { support } categories { path } } } }",
    "{ node(id: \"Model:12\") { ... on Model { name description } } }",
    "{ models(first: 3) { totalCount nodes { name description } pageInfo { hasNextPage } } }",
    "{ models(first: 3, where: { isActive: { eq: true } }, orderBy: [{ field: NAME, direction: DESC }]) { nodes { name description } } }",
    "{ models(first: 3, where: { description: { contains: \"text 1\" } }) { totalCount nodes { name } } }",
    "{ changeSets(first: 3) { totalCount nodes { operation } } changeFeedCursor }",
    "{ at(time: \"2026-06-15T11:59:59Z\") { suppliers { totalCount } models { totalCount } } }",
];

#[expect(clippy::disallowed_methods, reason = "this is no setting of Modelry's")]
fn steps() -> usize {
    std::env::var("CACHE_STEPS").map_or(STEPS, |number| number.parse().expect("a number"))
}

/// A mutation that may or may not be possible.
fn write(random: &mut Random, step: usize) -> (&'static str, Value) {
    let id = |kind: &str, number: usize| format!("{kind}:{}", number + 1);
    let (model, supplier, text) =
        (id("Model", random.below(8)), id("Supplier", random.below(5)), format!("text {step}"));
    match random.below(12) {
        0 => (
            "mutation($v: CreateSupplierInput!) { r: createSupplier(input: $v) { userErrors { code } } }",
            json!({ "name": format!("s-{step}") }),
        ),
        1 => (
            "mutation($v: UpdateSupplierInput!) { r: updateSupplier(input: $v) { userErrors { code } } }",
            json!({ "id": supplier, "displayName": text }),
        ),
        2 => (
            "mutation($v: DeleteSupplierInput!) { r: deleteSupplier(input: $v) { userErrors { code } } }",
            json!({ "id": supplier, "cascade": true }),
        ),
        3 => (
            "mutation($v: RestoreSupplierInput!) { r: restoreSupplier(input: $v) { userErrors { code } } }",
            json!({ "id": supplier }),
        ),
        4 => (
            "mutation($v: CreateModelInput!) { r: createModel(input: $v) { userErrors { code } } }",
            json!({ "supplierId": supplier, "name": format!("alpha-{step}"), "modelType": "LANGUAGE" }),
        ),
        5 => (
            "mutation($v: UpdateModelInput!) { r: updateModel(input: $v) { userErrors { code } } }",
            json!({ "id": model, "displayName": text }),
        ),
        6 => (
            "mutation($v: CreateModelParameterInput!) { r: createModelParameter(input: $v) { userErrors { code } } }",
            json!({ "modelId": model, "name": format!("p_{step}"), "type": "INT", "value": step }),
        ),
        7 => (
            "mutation($v: UpdateModelInput!) { r: updateModel(input: $v) { userErrors { code } } }",
            json!({ "id": model, "description": text }),
        ),
        8 => (
            "mutation($v: UpdateModelInput!) { r: updateModel(input: $v) { userErrors { code } } }",
            json!({ "id": model, "isActive": step.is_multiple_of(2) }),
        ),
        9 => (
            "mutation($v: UpdateModelInput!) { r: updateModel(input: $v) { userErrors { code } } }",
            json!({ "id": model, "name": format!("m-{}", random.below(1000)) }),
        ),
        10 => (
            "mutation($v: CreateModelPriceInput!) { r: createModelPrice(input: $v) { userErrors { code } } }",
            json!({ "modelId": model, "component": "INPUT", "amount": step.to_string(), "validFrom": "2026-01-01" }),
        ),
        _ => (
            "mutation($v: CreateModelAliasInput!) { r: createModelAlias(input: $v) { userErrors { code } } }",
            json!({ "modelId": model, "alias": format!("alpha-alias-{step}") }),
        ),
    }
}

/// What the database comes to, asked past everything that is kept.
async fn uncached(app: &TestApp) -> Vec<Value> {
    let mut answers = Vec::new();
    for query in READS {
        let request = app.post(json!({ "query": query }).to_string()).header("cache-control", "no-cache");
        answers.push(crate::support::Response::of(request).await.data().clone());
    }
    answers
}

on_both_databases! {
    async fn kept_answers_are_those_of_the_database(app: Keeping) {
        let Keeping(one) = app;
        let other = beside(&one).await;
        let servers = [&one, &other];
        let mut random = Random::new(0x9e37_79b9_7f4a_7c15);
        // Of each revision what the database came to, and up to which each server knows that it has.
        let mut revisions = vec![uncached(&one).await];
        let mut known = [0, 0];
        let (mut hits, mut changes) = (0, 0);
        for step in 0..steps() {
            let chosen = random.below(2);
            let app = servers[chosen];
            if random.below(3) == 0 {
                let (document, input) = write(&mut random, step);
                let written = app.graphql(document, json!({ "v": input })).await;
                changes += usize::from(written.data()["r"]["userErrors"] == json!([]));
                revisions.push(uncached(&one).await);
                known[chosen] = revisions.len() - 1;
            } else if random.below(4) == 0 {
                app.parts().own().learn_changes().await.expect("learned");
                known[chosen] = revisions.len() - 1;
            }
            let read = random.below(READS.len());
            let response = app.graphql(READS[read], json!({})).await;
            hits += usize::from(response.header("cache-status") == "modelry; hit");
            let given = response.data();
            let possible = revisions[known[chosen]..].iter().any(|answers| answers[read] == *given);
            assert!(possible, "step {step}, server {chosen}, {}: {given}\nnow {}", READS[read], revisions[revisions.len() - 1][read]);
        }
        assert!(hits > steps() / 10 && changes > steps() / 10, "{hits} hits, {changes} changes: nothing was tried");
    }
}
