//! Catalogues, in Modelry's own format.

use std::fmt::Write as _;

use serde_json::json;

/// A few suppliers and models with one of everything, some of it in Chinese.
pub const SMALL: &str = include_str!("fixtures/small.jsonl");

/// A catalogue of any size: `suppliers` suppliers, each with `models_each` models. Every model has two parameters, two
/// capabilities, a category and two prices.
///
/// Suppliers are `supplier-000`, `supplier-001`, ...; their models `model-000`, `model-001`, ...
pub fn catalogue(suppliers: usize, models_each: usize) -> String {
    let mut lines = String::from("{\"format\":\"modelry\",\"version\":1}\n");
    let mut add = |record: serde_json::Value| writeln!(lines, "{record}").expect("written");
    for name in ["reasoning", "tool_calling", "vision"] {
        add(json!({ "kind": "capability", "name": name, "display_name": name, "domain": "nlp" }));
    }
    for path in ["llm", "llm/chat", "llm/reasoning"] {
        add(json!({ "kind": "category", "path": path, "display_name": path, "category_type": "task" }));
    }
    for supplier in 0..suppliers {
        let supplier_name = format!("supplier-{supplier:03}");
        add(json!({ "kind": "supplier", "name": supplier_name }));
        for number in 0..models_each {
            add(json!({
                "kind": "model", "supplier": supplier_name, "name": format!("model-{number:03}"), "model_type": "language",
                "aliases": [format!("alias-{number:03}")],
                "parameters": [
                    { "name": "context_window", "type": "int", "value": 1000 * (number % 7 + 1) },
                    { "name": "max_output_tokens", "type": "int", "value": 100 },
                ],
                "capabilities": [
                    { "name": "tool_calling" },
                    { "name": "vision", "support": if number % 2 == 0 { "supported" } else { "unsupported" } },
                ],
                "categories": [if number % 3 == 0 { "llm/reasoning" } else { "llm/chat" }],
                "prices": [
                    { "component": "input", "currency": "USD", "amount": format!("{}.5", number % 5) },
                    { "component": "output", "currency": "USD", "amount": "10" },
                ],
            }));
        }
    }
    lines
}
