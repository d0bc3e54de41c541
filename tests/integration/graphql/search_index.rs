//! What is searched and counted in memory: never anything else than what the database comes to.

use modelry::config::Config;
use modelry::store::search_index::IndexState;
use serde_json::{Value, json};

use crate::support::{Random, SmallCatalogue, TestApp, on_both_databases};

/// Everything that is asked of a list here.
const LIST: &str =
    "query ($where: ModelWhere, $order: [ModelOrder!], $first: Int, $last: Int, $after: String, $before: String) {
    models(where: $where, orderBy: $order, first: $first, last: $last, after: $after, before: $before) {
        totalCount edges { cursor node { id name } } pageInfo { hasNextPage hasPreviousPage }
        facets { suppliers { value label count } modelTypes { value label count } subTypes { value label count }
                 capabilities { value label count } categories { value label count } }
    } }";

/// Words that stand somewhere, or nowhere.
const WORDS: [&str; 12] =
    ["alpha", "a", "be", "KI", "文", "长文本", "first one", "delta", "nowhere", "é", "École", "text 1"];

fn without_an_index(config: &mut Config) {
    config.search.max_index_bytes = 0;
}

fn state(app: &TestApp) -> IndexState {
    app.parts().store().search_index().state()
}

async fn list(app: &TestApp, variables: &Value) -> Value {
    app.graphql(LIST, variables.clone()).await.data()["models"].clone()
}

/// Asks until the index holds the models: it is read when it is asked for the first time, and nobody waits for it.
async fn wait_for_the_index(app: &TestApp) {
    while state(app).models == 0 {
        list(app, &json!({ "where": { "search": "alpha" } })).await;
        tokio::task::yield_now().await;
    }
}

/// A condition, with others within it.
fn condition(random: &mut Random, depth: usize) -> Value {
    let kinds = if depth == 0 { 12 } else { 15 };
    match random.below(kinds) {
        0..=3 => json!({ "search": random.pick(&WORDS) }),
        4 => json!({ "isActive": { "eq": random.below(2) == 0 } }),
        5 => json!({ "modelType": { "in": ["LANGUAGE", "OTHER"] } }),
        6 => json!({ "subType": { "eq": random.pick(&["chat", "embedding", "none"]) } }),
        7 => json!({ "capabilities": { "allOf": [random.pick(&["tool_calling", "vision", "none"])] } }),
        8 => json!({ "capabilities": { "anyOf": ["reasoning", "vision"], "noneOf": ["tool_calling"] } }),
        9 => {
            json!({ "category": { "path": random.pick(&["llm", "llm/chat", "llm-old"]), "includeDescendants": random.below(2) == 0 } })
        }
        10 => json!({ "supplier": { "name": { "in": [random.pick(&["acme", "moonshot"]), "local"] } } }),
        11 => json!({ "capabilities": { "allUnsupported": ["vision"] } }),
        12 => json!({ "and": [condition(random, depth - 1), condition(random, depth - 1)] }),
        13 => json!({ "or": [condition(random, depth - 1), condition(random, depth - 1)] }),
        _ => json!({ "not": condition(random, depth - 1) }),
    }
}

/// A list, in one of several orders.
fn question(random: &mut Random) -> Value {
    let order = match random.below(4) {
        0 => json!([{ "field": "NAME", "direction": "DESC" }]),
        1 => json!([{ "field": "RELEASED_ON" }, { "field": "NAME" }]),
        _ => Value::Null,
    };
    json!({ "where": condition(random, 2), "order": order, "first": random.below(4) + 1 })
}

/// A change by a mutation or past Modelry, which may or may not be possible.
fn write(random: &mut Random, step: usize) -> Write {
    let id = |kind: &str, number: usize| format!("{kind}:{}", number + 1);
    let (model, supplier) = (id("Model", random.below(8)), id("Supplier", random.below(4)));
    let text = format!("{} {step}", random.pick(&["text", "alpha", "École", "长文本"]));
    match random.below(14) {
        0 => Write::mutation("updateModel", "UpdateModelInput", json!({ "id": model, "description": text })),
        1 => Write::mutation(
            "updateModel",
            "UpdateModelInput",
            json!({ "id": model, "name": format!("m-{}", random.below(99)) }),
        ),
        2 => Write::mutation(
            "updateModel",
            "UpdateModelInput",
            json!({ "id": model, "isActive": step.is_multiple_of(2) }),
        ),
        3 => Write::mutation(
            "updateModel",
            "UpdateModelInput",
            json!({ "id": model, "subType": random.pick(&["chat", "embedding"]) }),
        ),
        4 => Write::mutation(
            "createModel",
            "CreateModelInput",
            json!({ "supplierId": supplier, "name": format!("alpha-{step}"), "modelType": "LANGUAGE" }),
        ),
        5 => Write::mutation("deleteModel", "DeleteModelInput", json!({ "id": model })),
        6 => Write::mutation("restoreModel", "RestoreModelInput", json!({ "id": model })),
        7 => Write::mutation("deleteSupplier", "DeleteSupplierInput", json!({ "id": supplier, "cascade": true })),
        8 => Write::mutation("restoreSupplier", "RestoreSupplierInput", json!({ "id": supplier })),
        9 => Write::mutation(
            "createModelAlias",
            "CreateModelAliasInput",
            json!({ "modelId": model, "alias": format!("text 1 {step}") }),
        ),
        10 => Write::mutation("updateSupplier", "UpdateSupplierInput", json!({ "id": supplier, "displayName": text })),
        11 => Write::Sql(random.pick(&[
            "UPDATE capabilities SET deleted_at = created_at WHERE name = 'tool_calling'",
            "UPDATE capabilities SET deleted_at = NULL",
            "UPDATE model_categories SET deleted_at = created_at WHERE path = 'llm/chat'",
            "UPDATE model_categories SET deleted_at = NULL",
        ])),
        12 => Write::Sql(random.pick(&[
            "UPDATE model_capability_associations SET deleted_at = created_at WHERE id % 2 = 0",
            "UPDATE model_capability_associations SET deleted_at = NULL",
            "UPDATE model_capability_associations SET support = 'unsupported' WHERE id % 3 = 0",
            "UPDATE model_category_associations SET deleted_at = created_at WHERE id % 2 = 0",
            "UPDATE model_category_associations SET deleted_at = NULL",
        ])),
        // An alias that passes on to another model.
        _ => Write::Sql(random.pick(&[
            "UPDATE model_aliases SET model_id = 2 WHERE alias = 'first' AND deleted_at IS NULL",
            "UPDATE model_aliases SET model_id = 1 WHERE alias = 'first' AND deleted_at IS NULL",
            "UPDATE model_aliases SET deleted_at = created_at WHERE alias = '月影'",
        ])),
    }
}

enum Write {
    Mutation(String, Value),
    Sql(&'static str),
}

impl Write {
    fn mutation(name: &str, input: &str, variables: Value) -> Self {
        Self::Mutation(
            format!("mutation($v: {input}!) {{ r: {name}(input: $v) {{ userErrors {{ code }} }} }}"),
            variables,
        )
    }

    /// Does it, if it is possible.
    async fn run(&self, app: &TestApp) {
        match self {
            Self::Mutation(document, input) => {
                app.graphql(document, json!({ "v": input })).await.data();
            }
            // Two aliases of one name may be refused.
            Self::Sql(sql) => drop(app.database().execute(sql).await),
        }
    }
}

/// How many steps there are.
const STEPS: usize = 250;

on_both_databases! {
    /// Any conditions in any order, while two servers and others write: what a server with an index answers, one without answers too.
    async fn the_index_tells_what_the_database_tells(app: SmallCatalogue) {
        let plain = app.beside(without_an_index).await;
        wait_for_the_index(&app).await;
        let before = state(&app);
        let mut random = Random::new(0x2545_f491_4f6c_dd1d);
        for step in 0..STEPS {
            if random.below(3) == 0 {
                let write = write(&mut random, step);
                write.run(if random.below(2) == 0 { &app } else { &plain }).await;
            }
            let mut question = question(&mut random);
            let (told, expected) = (list(&app, &question).await, list(&plain, &question).await);
            assert_eq!(told, expected, "step {step}: {question}");

            let edges = expected["edges"].as_array().expect("edges");
            let Some(edge) = edges.get(random.below(4)) else { continue };
            let (count, cursor) = if random.below(2) == 0 { ("first", "after") } else { ("last", "before") };
            question["first"] = Value::Null;
            question[count] = json!(2);
            question[cursor] = edge["cursor"].clone();
            assert_eq!(list(&app, &question).await, list(&plain, &question).await, "step {step}: {question}");
        }
        let IndexState { answered, .. } = state(&app);
        assert!(answered - before.answered > STEPS as u64, "{answered} questions were answered from memory: nothing was tried");
        assert_eq!(state(&plain), IndexState::default());
    }

    /// A page and its total are one statement, a facet another; what is read to catch up is not the request's.
    async fn a_search_is_one_statement(app: SmallCatalogue) {
        wait_for_the_index(&app).await;
        let search = "{ models(where: { search: \"alpha\" }) { totalCount nodes { name } } }";
        assert_eq!(app.graphql(search, json!({})).await.statements(), 1);
        app.database().execute("UPDATE models SET name = 'alphabet' WHERE name = 'beta'").await.expect("renamed");
        let response = app.graphql(search, json!({})).await;
        assert_eq!(response.data()["models"]["totalCount"], 3);
        assert!(response.statements() <= 2, "once more if it had to catch up");
        let facet = "{ models(where: { search: \"alpha\" }) { facets { suppliers { count } } } }";
        assert_eq!(app.graphql(facet, json!({})).await.statements(), 1);
    }

    /// What depends on more than the index knows is the database's to answer.
    async fn the_rest_is_left_to_the_database(app: SmallCatalogue) {
        wait_for_the_index(&app).await;
        let before = state(&app).answered;
        for filter in [
            json!({ "search": "alpha", "deleted": "INCLUDE" }),
            json!({ "search": "alpha", "lifecycleStage": { "eq": "ACTIVE" } }),
            json!({ "search": "alpha", "name": { "contains": "l" } }),
            json!({ "search": "alpha", "supplier": { "displayName": { "isNull": true } } }),
            json!({ "search": "alpha", "parameters": [{ "name": "context_window", "gte": 1 }] }),
        ] {
            list(&app, &json!({ "where": filter })).await;
            assert_eq!(state(&app).answered, before, "{filter}");
        }
        let past = "{ at(time: \"2100-01-01T00:00:00Z\") { models(where: { search: \"alpha\" }) { totalCount } } }";
        app.graphql(past, json!({})).await;
        assert_eq!(state(&app).answered, before);
    }

    /// After more changes than are caught up with, and after the history is forgotten, all is read anew.
    async fn much_that_changed_is_read_anew(app: SmallCatalogue) {
        let plain = app.beside(without_an_index).await;
        wait_for_the_index(&app).await;
        for round in 0..300 {
            let sql = if round % 2 == 0 { "UPDATE models SET description = 'even alpha'" } else { "UPDATE models SET description = 'odd beta'" };
            app.database().execute(sql).await.expect("changed");
        }
        let question = json!({ "where": { "search": "odd" } });
        assert_eq!(list(&app, &question).await, list(&plain, &question).await);
        wait_for_the_index(&app).await;
        assert_eq!(list(&app, &question).await["totalCount"], 7);

        let delete = "mutation { deleteModel(input: { id: \"Model:2\" }) { userErrors { code } } }";
        assert_eq!(app.query(delete).await["deleteModel"]["userErrors"], json!([]));
        let purge = "mutation { purge(input: { olderThanDays: 0, withHistory: true }) { removed: purged { __typename } userErrors { code } } }";
        let purged = app.query(purge).await;
        assert!(!purged["purge"]["removed"].as_array().expect("objects").is_empty(), "{purged}");
        assert_eq!(list(&app, &question).await, list(&plain, &question).await);
    }

    /// A catalogue that doesn't fit is searched by the database.
    async fn what_does_not_fit_is_not_held(app: SmallCatalogue) {
        let small = app.beside(|config| config.search.max_index_bytes = 100).await;
        let question = json!({ "where": { "search": "alpha" } });
        for _ in 0..20 {
            assert_eq!(list(&small, &question).await["totalCount"], 2);
        }
        assert_eq!((state(&small).models, state(&small).answered), (0, 0));
        assert!(state(&small).passed_on > 0);
    }
}
