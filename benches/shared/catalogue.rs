//! A catalogue made by arithmetic: the same on every machine and in every run.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::{Value, json};

const SUPPLIERS: usize = 100;
/// Models of the large catalogue.
pub const MODELS: usize = 20_000;
const CAPABILITIES: usize = 40;
const PARAMETERS_EACH: usize = 8;
const CAPABILITIES_EACH: usize = 4;
const CATEGORIES_EACH: usize = 2;

/// Writes a catalogue of so many models in Modelry's own format.
pub fn write(path: &Path, models: usize) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    let mut line = |value: Value| writeln!(out, "{value}");
    line(json!({ "format": "modelry", "version": 1 }))?;
    for index in 0..CAPABILITIES {
        let name = format!("capability_{index:02}");
        line(json!({ "kind": "capability", "name": name, "display_name": name, "domain": "nlp" }))?;
    }
    for path in categories() {
        line(json!({ "kind": "category", "path": path, "display_name": path, "category_type": "task" }))?;
    }
    for index in 0..SUPPLIERS {
        let name = format!("supplier-{index:03}");
        line(json!({ "kind": "supplier", "name": name, "display_name": format!("Supplier {index}") }))?;
    }
    let categories = categories();
    for index in 0..models {
        line(model(index, &categories))?;
    }
    out.flush()
}

/// 300 categories, six deep: 50 chains of six.
fn categories() -> Vec<String> {
    let mut paths = Vec::new();
    for chain in 0..50 {
        for depth in 0..6 {
            let segments: Vec<String> = (0..=depth).map(|level| format!("c{chain:02}-{level}")).collect();
            paths.push(segments.join("/"));
        }
    }
    paths.sort();
    paths
}

fn model(index: usize, categories: &[String]) -> Value {
    let types = ["language", "multimodal", "vision", "audio", "video"];
    let parameters: Vec<Value> = (0..PARAMETERS_EACH)
        .map(|parameter| {
            let name = if parameter == 0 { "context_window".to_owned() } else { format!("parameter_{parameter}") };
            json!({ "name": name, "type": "int", "value": (index * 31 + parameter * 7) % 1_000_000 })
        })
        .collect();
    let mut capabilities: Vec<String> =
        (0..CAPABILITIES_EACH).map(|step| format!("capability_{:02}", (index + step * 7) % CAPABILITIES)).collect();
    capabilities.sort();
    let capabilities: Vec<Value> = capabilities.into_iter().map(|name| json!({ "name": name })).collect();
    let places: Vec<&String> =
        (0..CATEGORIES_EACH).map(|step| &categories[(index * 3 + step * 101) % categories.len()]).collect();
    json!({
        "kind": "model",
        "supplier": format!("supplier-{:03}", index % SUPPLIERS),
        "name": format!("model-{index:05}"),
        "display_name": format!("Model {index}"),
        "description": format!("Generated model {index}, good at task {} and at 任务{}.", index % 97, index % 89),
        "model_type": types[index % types.len()],
        "sub_type": "chat",
        "is_active": !index.is_multiple_of(10),
        "parameters": parameters,
        "capabilities": capabilities,
        "categories": places,
        "prices": [
            { "component": "input", "currency": "USD", "amount": format!("{}.{:02}", index % 20, index % 100) },
            { "component": "output", "currency": "USD", "amount": format!("{}.{:02}", index % 80, index % 100) },
        ],
    })
}
