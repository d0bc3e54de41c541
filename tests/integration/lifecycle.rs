//! The life of models, on both databases: moves between stages, dates that take effect by themselves, successors, and
//! defaults that fall to them. What `docs/lifecycle.md` says is what is tested.

mod dates;
mod defaults;
mod deprecations;
mod imports;
mod moves;
mod settling;
mod successors;

use modelry::registry::lifecycle;
use serde_json::{Value, json};

use crate::support::{DatabaseKind, Fixture, TestApp};

/// A registry with one supplier, whose calendar can be turned. It begins on the 15th of June 2026.
struct Calendar {
    app: TestApp,
    supplier: String,
}

/// What a mutation answers.
struct Answer {
    model: Value,
    /// The user errors: fields and messages.
    errors: Vec<(String, String)>,
}

impl Fixture for Calendar {
    async fn on(kind: DatabaseKind) -> Self {
        let app = TestApp::on(kind).await;
        let data = app.query("mutation { createSupplier(input: { name: \"acme\" }) { supplier { id } } }").await;
        let supplier = data["createSupplier"]["supplier"]["id"].as_str().expect("an id").to_owned();
        Self { app, supplier }
    }
}

impl Calendar {
    /// Turns the calendar to the beginning of this day; nothing else happens.
    fn turn_to(&self, day: &str) {
        let moment = serde_json::from_value(json!(format!("{day}T00:00:00Z"))).expect("a moment");
        self.app.parts().clock().set(moment);
    }

    /// Executes a mutation of models.
    async fn mutate(&self, mutation: &str, input: Value) -> Answer {
        let (initial, rest) = mutation.split_at(1);
        let document = format!(
            "mutation($input: {}{rest}Input!) {{ {mutation}(input: $input) {{
                model {{ id name lifecycleStage isDefault deprecatedOn retiresOn version }} userErrors {{ field message }} }} }}",
            initial.to_uppercase()
        );
        let response = self.app.graphql(&document, json!({ "input": input })).await;
        let payload = response.data()[mutation].clone();
        let errors = payload["userErrors"].as_array().expect("a list").iter();
        let errors = errors.map(|error| {
            let field = error["field"].as_array().expect("a path").iter().filter_map(Value::as_str);
            (field.collect::<Vec<_>>().join("."), error["message"].as_str().expect("a text").to_owned())
        });
        Answer { errors: errors.collect(), model: payload["model"].clone() }
    }

    /// Enters a model; `more` is what it has beside its name.
    async fn create(&self, name: &str, more: Value) -> Answer {
        let mut input = json!({ "supplierId": self.supplier, "name": name, "modelType": "LANGUAGE" });
        merge(&mut input, more);
        self.mutate("createModel", input).await
    }

    /// The id of a new model.
    async fn model(&self, name: &str, more: Value) -> String {
        self.create(name, more).await.ok()["id"].as_str().expect("an id").to_owned()
    }

    /// Changes a model.
    async fn update(&self, id: &str, changes: Value) -> Answer {
        let mut input = json!({ "id": id });
        merge(&mut input, changes);
        self.mutate("updateModel", input).await
    }

    /// The stage that a model is in today.
    async fn stage(&self, id: &str) -> String {
        let data = self.app.query(&format!("{{ node(id: {id:?}) {{ ... on Model {{ lifecycleStage }} }} }}")).await;
        data["node"]["lifecycleStage"].as_str().expect("a stage").to_owned()
    }

    /// Writes down what is due; how many models that were.
    async fn settle(&self) -> usize {
        let app = self.app.parts();
        lifecycle::settle(app.store(), app.clock().now()).await.expect("written down")
    }

    /// What is stored of all models: names, stages and versions, by name.
    async fn stored(&self) -> Vec<String> {
        let sql =
            "SELECT name || ' ' || lifecycle_stage || ' ' || CAST(version AS TEXT) AS value FROM models ORDER BY name";
        self.app.database().texts(sql).await
    }
}

impl Answer {
    /// The model; nothing may be wrong.
    fn ok(&self) -> &Value {
        assert!(self.errors.is_empty(), "{:?}", self.errors);
        &self.model
    }

    /// The stage of the model; nothing may be wrong.
    fn stage(&self) -> &str {
        self.ok()["lifecycleStage"].as_str().expect("a stage")
    }

    /// The message of the only error, which must be about `field`.
    fn refused(&self, field: &str) -> &str {
        assert!(self.model.is_null(), "{}", self.model);
        let [(found, message)] = &*self.errors else { panic!("not one error: {:?}", self.errors) };
        assert_eq!(found, field, "{message}");
        message
    }
}

fn merge(into: &mut Value, more: Value) {
    let (Value::Object(into), Value::Object(more)) = (into, more) else { panic!("not objects") };
    into.extend(more);
}
