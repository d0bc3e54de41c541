//! Writes models.dev's `api.json` from a complete draft.

use std::io;

use crate::domain::{LifecycleStage, Support};

use super::super::draft::{Draft, Leftovers, ModelDraft, SupplierDraft};
use super::super::facts;
use super::super::tree::Object;
use super::{ADAPTERS, FLAGS, LIMITS, SOURCE, cost, reasoning};

/// Fields of a supplier and of a model in the order the format's own files have them; others follow by name.
const ORDER: &[&str] = &[
    "id",
    "name",
    "family",
    "env",
    "npm",
    "api",
    "doc",
    "attachment",
    "reasoning",
    "reasoning_options",
    "tool_call",
    "interleaved",
    "structured_output",
    "temperature",
    "knowledge",
    "release_date",
    "last_updated",
    "modalities",
    "open_weights",
    "cost",
    "limit",
    "status",
    "provider",
    "experimental",
    "models",
];

/// Writes what the format can say of every supplier and model: the typed facts, and the fields that this source
/// left behind. A supplier stands on one line.
///
/// Not said, because the format has no words for it: prices in other currencies, with an end, or of things that it
/// doesn't price; aliases, categories, successors; parameters beyond those it defines.
///
/// # Errors
/// If `out` can't be written to.
pub fn write(draft: &Draft, out: &mut impl io::Write) -> io::Result<()> {
    let mut models: std::collections::HashMap<&str, Vec<&ModelDraft>> = std::collections::HashMap::new();
    for model in &draft.models {
        models.entry(model.supplier.as_str()).or_default().push(model);
    }
    let mut separator = "{\n";
    for supplier in &draft.suppliers {
        let record = supplier_record(supplier, models.get(supplier.name.as_str()).map_or(&[], Vec::as_slice))?;
        write!(out, "{separator}{}:", serde_json::to_string(&supplier.name)?)?;
        serde_json::to_writer(&mut *out, &record)?;
        separator = ",\n";
    }
    if draft.suppliers.is_empty() {
        out.write_all(b"{")?;
    }
    out.write_all(b"\n}\n")
}

/// What this source left behind of a record.
fn leftovers(extra: &Leftovers) -> Object {
    extra.get(SOURCE).map(Object::open).unwrap_or_default()
}

fn rank(name: &str) -> usize {
    ORDER.iter().position(|known| *known == name).unwrap_or(ORDER.len())
}

fn supplier_record(supplier: &SupplierDraft, models: &[&ModelDraft]) -> serde_json::Result<Object> {
    let mut record = leftovers(&supplier.extra);
    if !record.has("id") {
        record.put("id", &supplier.name)?;
    }
    record.put_some("name", supplier.display_name.as_ref())?;
    record.put_some("api", supplier.base_url.as_ref())?;
    record.put_some("doc", supplier.api_docs.as_ref())?;
    put_package(supplier, &mut record)?;
    let by_id = record.object("models");
    for model in models {
        *by_id.object(&model.name) = model_record(model)?;
    }
    record.sort_by_rank(rank);
    Ok(record)
}

/// The package left behind, unless the supplier has come to speak another protocol since; else the usual one of its
/// protocol.
fn put_package(supplier: &SupplierDraft, record: &mut Object) -> serde_json::Result<()> {
    let Some(adapter) = &supplier.adapter else { return Ok(()) };
    let speaks = |package: &str| ADAPTERS.iter().any(|(name, known)| *name == package && known == adapter);
    let left = record.text("npm").and_then(|text| serde_json::from_str::<String>(text).ok());
    let usual = ADAPTERS.iter().find(|(_, known)| known == adapter);
    match (left, usual) {
        (Some(package), Some(_)) if speaks(&package) => Ok(()),
        (_, Some((package, _))) => record.put("npm", package),
        (_, None) => Ok(()),
    }
}

fn model_record(model: &ModelDraft) -> serde_json::Result<Object> {
    let mut record = leftovers(&model.extra);
    if !record.has("id") {
        record.put("id", &model.name)?;
    }
    record.put_some("name", model.display_name.as_ref())?;
    record.put_some("description", model.description.as_ref())?;
    record.put_some("release_date", model.released_on.as_ref())?;
    record.put_some("knowledge", model.knowledge_cutoff.as_ref())?;
    record.put_some("family", facts::value(model, "family"))?;
    record.put_some("last_updated", facts::value(model, "last_updated"))?;
    for (field, capability) in FLAGS {
        record.put_some(field, model.support(capability).map(|support| support == Support::Supported))?;
    }
    put_nested(model, &mut record)?;
    put_status(model, &mut record)?;
    reasoning::write(model, &mut record)?;
    cost::write(&model.prices, &mut record)?;
    record.sort_by_rank(rank);
    Ok(record)
}

fn put_nested(model: &ModelDraft, record: &mut Object) -> serde_json::Result<()> {
    for (field, name) in [("input", facts::INPUT_MODALITIES), ("output", facts::OUTPUT_MODALITIES)] {
        if let Some(value) = facts::value(model, name) {
            record.object("modalities").put(field, value)?;
        }
    }
    for (field, name) in LIMITS {
        if let Some(value) = facts::value(model, name) {
            record.object("limit").put(field, value)?;
        }
    }
    Ok(())
}

/// An active model keeps the status it had (`beta`).
fn put_status(model: &ModelDraft, record: &mut Object) -> serde_json::Result<()> {
    match model.lifecycle_stage {
        Some(LifecycleStage::Draft) => record.put("status", "alpha"),
        Some(LifecycleStage::Deprecated | LifecycleStage::Retired) => record.put("status", "deprecated"),
        Some(LifecycleStage::Active) | None => Ok(()),
    }
}
