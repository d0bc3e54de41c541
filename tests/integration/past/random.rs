//! Any history, made at random: as of each of its moments every read answers what it answered then.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::Registry;
use crate::support::{Random, fixtures, on_both_databases};

/// How many operations make a history, unless the variable `PAST_OPERATIONS` says so. Thousands take minutes.
const OPERATIONS: usize = 150;

#[expect(clippy::disallowed_methods, reason = "this is no setting of Modelry's")]
fn operations() -> usize {
    std::env::var("PAST_OPERATIONS").map_or(OPERATIONS, |number| number.parse().expect("a number"))
}

/// Operations that look random, the same in every run.
struct Operations {
    choices: Random,
    /// How many operations there were: the more, the larger the ids that are chosen.
    turn: usize,
}

impl Operations {
    fn below(&mut self, bound: usize) -> usize {
        self.choices.below(bound)
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        self.choices.pick(of)
    }

    /// An id that may be one.
    fn id(&mut self, kind: &str) -> String {
        let most = match kind {
            "Supplier" | "Capability" => 5,
            "Model" | "Category" => 10,
            _ => 14,
        };
        format!("{kind}:{}", 1 + self.below(most + self.turn / 30))
    }

    /// A name that may be taken.
    fn name(&mut self) -> String {
        let name = self.pick(&["acme", "alpha", "beta", "gamma", "delta-1", "kimi", "vision", "llm", "chat", "zeta_9"]);
        if self.turn == 0 || self.below(2) == 0 { name.to_owned() } else { format!("{name}-{}", self.turn / 30) }
    }

    fn words(&mut self) -> &'static str {
        self.pick(&["Alpha First", "BETA", "école", "École ÜNÏ", "长文本模型", "超长文", "50% _x", "实验室", "", "x"])
    }

    fn price(&mut self) -> Value {
        json!({
            "component": self.pick(&["INPUT", "OUTPUT"]), "amount": self.pick(&["1", "2.5", "10", "0.000000000001"]),
            "serviceMode": self.pick(&["STANDARD", "BATCH"]), "minContextTokens": self.pick(&[0, 128_000]),
        })
    }

    fn parameter(&mut self) -> Value {
        json!({ "name": self.pick(&["context_window", "max_output_tokens"]), "type": "INT", "value": self.below(1_000_000) })
    }

    /// A mutation of a supplier or a model, and its input.
    fn of_models(&mut self) -> (&'static str, Value) {
        match self.below(10) {
            0 => ("createSupplier", json!({ "name": self.name(), "displayName": self.words() })),
            1 => (
                "updateSupplier",
                json!({ "id": self.id("Supplier"), "displayName": self.words(), "name": self.name() }),
            ),
            2 => ("deleteSupplier", json!({ "id": self.id("Supplier"), "cascade": self.below(3) == 0 })),
            3 => ("restoreSupplier", json!({ "id": self.id("Supplier") })),
            4 => {
                let (parameter, price) = (self.parameter(), self.price());
                let input = json!({
                    "supplierId": self.id("Supplier"), "name": self.name(), "displayName": self.words(), "modelType": "LANGUAGE",
                    "subType": "chat", "aliases": [self.name()], "parameters": [parameter], "prices": [price],
                    "categories": [self.id("Category")], "capabilities": [{ "capability": self.id("Capability") }],
                });
                ("createModel", input)
            }
            5 => ("updateModel", json!({ "id": self.id("Model"), "description": self.words(), "name": self.name() })),
            6 => (
                "updateModel",
                json!({ "id": self.id("Model"), "successorId": self.id("Model"), "isActive": self.below(2) == 0 }),
            ),
            7 => ("deleteModel", json!({ "id": self.id("Model") })),
            8 => ("restoreModel", json!({ "id": self.id("Model") })),
            _ => ("setDefaultModel", json!({ "id": self.id("Model") })),
        }
    }

    /// A mutation of what belongs to models, and its input.
    fn of_details(&mut self) -> (&'static str, Value) {
        match self.below(11) {
            0 => ("createModelAlias", json!({ "modelId": self.id("Model"), "alias": self.name() })),
            1 => ("deleteModelAlias", json!({ "id": self.id("ModelAlias") })),
            2 => ("restoreModelAlias", json!({ "id": self.id("ModelAlias") })),
            3 => (
                "setModelParameters",
                json!({ "modelId": self.id("Model"), "parameters": [self.parameter()], "replace": self.below(2) == 0 }),
            ),
            4 => ("deleteModelParameter", json!({ "id": self.id("ModelParameter") })),
            5 => {
                let mut price = self.price();
                price["modelId"] = self.id("Model").into();
                ("createModelPrice", price)
            }
            6 => ("updateModelPrice", json!({ "id": self.id("ModelPrice"), "amount": self.pick(&["3", "7"]) })),
            7 => ("deleteModelPrice", json!({ "id": self.id("ModelPrice") })),
            8 => ("restoreModelPrice", json!({ "id": self.id("ModelPrice") })),
            9 => {
                let support = self.pick(&["SUPPORTED", "UNSUPPORTED"]);
                let capability = json!({ "capability": self.id("Capability"), "support": support });
                ("attachCapabilities", json!({ "modelId": self.id("Model"), "capabilities": [capability] }))
            }
            _ => {
                ("detachCapabilities", json!({ "modelId": self.id("Model"), "capabilities": [self.id("Capability")] }))
            }
        }
    }

    /// A mutation of what models are sorted into, and its input.
    fn of_taxonomy(&mut self) -> (&'static str, Value) {
        match self.below(11) {
            0 => {
                let parent = if self.below(3) == 0 { Value::Null } else { self.id("Category").into() };
                (
                    "createCategory",
                    json!({ "name": self.name(), "displayName": self.words(), "categoryType": "task", "parentId": parent }),
                )
            }
            1 => {
                ("updateCategory", json!({ "id": self.id("Category"), "name": self.name(), "position": self.below(4) }))
            }
            2 | 3 => ("moveCategory", json!({ "id": self.id("Category"), "parentId": self.id("Category") })),
            4 => ("deleteCategory", json!({ "id": self.id("Category"), "cascade": self.below(2) == 0 })),
            5 => ("restoreCategory", json!({ "id": self.id("Category") })),
            6 => ("attachCategories", json!({ "modelId": self.id("Model"), "categories": [self.id("Category")] })),
            7 => ("detachCategories", json!({ "modelId": self.id("Model"), "categories": [self.id("Category")] })),
            8 => (
                "updateCapability",
                json!({ "id": self.id("Capability"), "displayName": self.pick(&["Sehen", "视觉"]) }),
            ),
            9 => ("deleteCapability", json!({ "id": self.id("Capability"), "cascade": true })),
            _ => ("restoreCapability", json!({ "id": self.id("Capability") })),
        }
    }

    /// A catalogue of one supplier with a model or two.
    fn catalogue(&mut self) -> String {
        let mut lines = String::from("{\"format\":\"modelry\",\"version\":1}\n");
        let supplier = self.pick(&["acme", "fresh"]);
        writeln!(lines, "{}", json!({ "kind": "supplier", "name": supplier, "description": self.words() }))
            .expect("written");
        let prices = [json!({ "component": "input", "currency": "USD", "amount": self.pick(&["1", "6"]) })];
        let parameters = [json!({ "name": "context_window", "type": "int", "value": self.below(1_000_000) })];
        let model = json!({
            "kind": "model", "supplier": supplier, "name": self.pick(&["alpha", "beta"]), "display_name": self.words(),
            "model_type": "language", "parameters": parameters, "prices": prices,
        });
        writeln!(lines, "{model}").expect("written");
        lines
    }

    /// SQL that somebody runs past the registry.
    fn sql(&mut self) -> String {
        let number = 1 + self.below(14 + self.turn / 30);
        match self.below(6) {
            0 => format!("UPDATE models SET description = 'by hand {number}' WHERE id = {number}"),
            1 => format!("UPDATE suppliers SET display_name = NULL, version = version + 1 WHERE id = {number}"),
            2 => format!("DELETE FROM model_prices WHERE id = {number}"),
            3 => format!(
                "DELETE FROM model_aliases WHERE model_id = {number}; DELETE FROM model_parameters WHERE id > {number}"
            ),
            4 => "UPDATE model_categories SET position = position + 1".to_owned(),
            _ => format!("DELETE FROM model_capability_associations WHERE id = {number}"),
        }
    }
}

/// Does something; whether that changed anything.
async fn operate(registry: &Registry, random: &mut Operations) -> bool {
    let before = registry.moment().await;
    match random.below(12) {
        0 => registry.import(&random.catalogue()).await,
        1 => registry.execute(&random.sql()).await,
        kind => {
            let (mutation, input) = match kind % 3 {
                0 => random.of_models(),
                1 => random.of_details(),
                _ => random.of_taxonomy(),
            };
            registry.mutate(mutation, input).await;
        }
    }
    registry.moment().await != before
}

on_both_databases! {
    /// After each operation every kind of read is kept; in the end, each is read again as of its moment, latest first.
    async fn any_history_can_be_travelled(registry: Registry) {
        let operations = operations();
        let mut random = Operations { choices: Random::new(0x6d6f_6465_6c72_7921), turn: 0 };
        registry.import(fixtures::SMALL).await;
        let mut dumps = vec![registry.dump().await];
        for turn in 0..operations {
            random.turn = turn;
            if operate(&registry, &mut random).await {
                dumps.push(registry.dump().await);
            }
        }
        assert!(dumps.len() > operations / 5, "only {} of {operations} changed anything", dumps.len());
        for dump in dumps.iter().rev() {
            registry.check(dump).await;
        }
    }
}
