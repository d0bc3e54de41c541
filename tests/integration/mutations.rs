//! Writing through the GraphQL schema, on both databases: what is taken, what is refused, and how it is told.

mod categories;
mod deletion;
mod models;
mod over_time;
mod pointers;
mod purge;
mod reverting;
mod reverting_imports;
mod rollback;
mod supplier_keys;
mod values;
mod versions;

use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Request, Response, Variables};
use modelry::auth::{Access, AccessSettings, Lasting, Principal};
use modelry::graphql::{RequestScope, Schema, SchemaSettings, schema};
use modelry::registry::clock::Clock;
use modelry::store::Store;
use serde_json::{Value, json};

use crate::support::{DatabaseKind, Fixture, TestDatabase};

/// A database without rows, and the schema over it.
struct Registry {
    database: TestDatabase,
    schema: Schema,
}

impl Fixture for Registry {
    async fn on(kind: DatabaseKind) -> Self {
        Self { database: TestDatabase::on(kind).await, schema: schema(&SchemaSettings::default()) }
    }
}

/// What a mutation answers: the object, and what was wrong.
struct Answer {
    object: Value,
    /// Paths joined by dots, and codes.
    errors: Vec<(String, String)>,
    messages: Vec<String>,
}

impl Registry {
    async fn respond(&self, document: &str, variables: Value) -> Response {
        self.respond_on(&self.database.store().counted(), document, variables).await
    }

    async fn respond_on(&self, store: &Store, document: &str, variables: Value) -> Response {
        let scope = RequestScope {
            store: store.clone(),
            now: Clock::system().now(),
            request_id: "test".to_owned(),
            principal: Arc::new(Principal::process("test")),
            access: access(store),
            keyring: self.database.keyring(),
        };
        let request = Request::new(document).variables(Variables::from_json(variables)).data(scope);
        self.schema.execute(request).await
    }

    /// Executes a document, which must have no errors at the top level.
    async fn run(&self, document: &str, variables: Value) -> Value {
        self.run_on(&self.database.store().counted(), document, variables).await
    }

    /// Executes a document on `store`, which counts its statements.
    async fn run_on(&self, store: &Store, document: &str, variables: Value) -> Value {
        let response = self.respond_on(store, document, variables).await;
        assert!(response.errors.is_empty(), "{document}: {:?}", response.errors);
        response.data.into_json().expect("JSON")
    }

    /// Why a document is not executed.
    async fn refusal(&self, document: &str, variables: Value) -> String {
        let response = self.respond(document, variables).await;
        assert_eq!(response.errors.len(), 1, "{:?}", response.errors);
        response.errors[0].message.clone()
    }

    /// Executes one mutation; `selection` is what is asked of it beside the errors, such as `model { id }`.
    async fn mutate(&self, mutation: &str, selection: &str, input: Value) -> Answer {
        let (initial, rest) = mutation.split_at(1);
        let document = format!(
            "mutation($input: {}{rest}Input!) {{ {mutation}(input: $input) {{ {selection} userErrors {{ field code message }} }} }}",
            initial.to_uppercase()
        );
        let data = self.run(&document, json!({ "input": input })).await;
        let payload = &data[mutation];
        let object = selection.split_whitespace().next().expect("a field");
        let found = payload["userErrors"].as_array().expect("a list");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let path =
            |error: &Value| error["field"].as_array().expect("a path").iter().map(text).collect::<Vec<_>>().join(".");
        Answer {
            object: payload[object].clone(),
            errors: found.iter().map(|error| (path(error), text(&error["code"]))).collect(),
            messages: found.iter().map(|error| text(&error["message"])).collect(),
        }
    }

    /// A new supplier's id.
    async fn supplier(&self, name: &str) -> String {
        self.mutate("createSupplier", "supplier { id }", json!({ "name": name })).await.id()
    }

    /// A new model's id; `more` is what it has beside its name and type.
    async fn model(&self, supplier: &str, name: &str, more: Value) -> String {
        self.mutate("createModel", "model { id }", model_input(supplier, name, more)).await.id()
    }

    /// A new category's id.
    async fn category(&self, name: &str, parent: Option<&str>) -> String {
        self.mutate("createCategory", "category { id }", category_input(name, parent)).await.id()
    }

    /// A new capability's id.
    async fn capability(&self, name: &str) -> String {
        let input = json!({ "name": name, "displayName": name, "domain": "NLP" });
        self.mutate("createCapability", "capability { id }", input).await.id()
    }

    /// The live object with this id; null if there is none.
    async fn node(&self, id: &str, selection: &str) -> Value {
        let document = format!("query($id: ID!) {{ node(id: $id) {{ {selection} }} }}");
        self.run(&document, json!({ "id": id })).await["node"].clone()
    }
}

/// A door that nobody comes in by: the schema is asked directly.
fn access(store: &Store) -> Access {
    let patience = Duration::from_secs(60);
    let sessions = Lasting { idle: chrono::TimeDelta::hours(1), longest: chrono::TimeDelta::days(1) };
    let settings = AccessSettings { anonymous_role: None, patience, sessions, timeout: patience };
    Access::new(store.clone(), store.clone(), Clock::system(), settings, None)
}

/// The input of a model.
fn model_input(supplier: &str, name: &str, more: Value) -> Value {
    let mut input = json!({ "supplierId": supplier, "name": name, "modelType": "LANGUAGE" });
    merge(&mut input, more);
    input
}

fn category_input(name: &str, parent: Option<&str>) -> Value {
    json!({ "name": name, "displayName": name, "categoryType": "task", "parentId": parent })
}

fn merge(into: &mut Value, more: Value) {
    let (Value::Object(into), Value::Object(more)) = (into, more) else { panic!("not objects") };
    into.extend(more);
}

impl Answer {
    /// The id of the object, which must be there.
    fn id(&self) -> String {
        self.ok()["id"].as_str().expect("an id").to_owned()
    }

    /// The object; nothing may be wrong.
    fn ok(&self) -> &Value {
        assert!(self.errors.is_empty(), "{:?} {:?}", self.errors, self.messages);
        &self.object
    }

    /// What was wrong: paths joined by dots, and codes, in order. There may be no object then.
    fn wrong(&self) -> Vec<(&str, &str)> {
        assert!(self.object.is_null(), "{}", self.object);
        self.errors.iter().map(|(path, code)| (path.as_str(), code.as_str())).collect()
    }
}
