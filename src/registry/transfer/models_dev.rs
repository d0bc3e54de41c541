//! models.dev's `api.json`: suppliers by id, each with its models by id.
//!
//! The shape follows the schema that the project publishes with its data (`packages/core/src/schema.ts`) and the
//! snapshots of 2025-11 to 2026-05, which still hold fields that the schema of the day refused.

mod cost;
mod reasoning;
#[cfg(test)]
mod tests;
mod write;

pub use write::write;

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::domain::{
    LifecycleStage, ModelType, ParameterType, PartialDate, PriceComponent, ServiceMode, Support, check_free_name,
    check_slug, check_url,
};

use super::draft::{Draft, FieldTally, ModelDraft, SupplierDraft};
use super::error::ReadError;
use super::fields::{self, Fields};
use super::prices::PriceBook;
use super::{document, facts, taxonomy, values};

/// Name of the source that this format's facts come from.
pub const SOURCE: &str = "models-dev";

/// Flags of a model, and the capabilities that they tell of.
const FLAGS: &[(&str, &str)] = &[
    ("attachment", "file_attachment"),
    ("reasoning", "reasoning"),
    ("tool_call", "tool_calling"),
    ("structured_output", "structured_output"),
    ("temperature", "temperature"),
    ("open_weights", "open_weights"),
];

/// Fields of `limit`, and the parameters that hold them.
const LIMITS: &[(&str, &str)] =
    &[("context", facts::CONTEXT_WINDOW), ("input", "max_input_tokens"), ("output", "max_output_tokens")];

/// The words of the format's lists of modalities that show an ability. The lists are complete.
const VOCABULARY: &[&str] = &["image", "audio", "video", "pdf"];

/// Packages that speak to a supplier, and the wire protocol they speak. The first of a protocol is the usual one.
const ADAPTERS: &[(&str, &str)] = &[
    ("@ai-sdk/openai-compatible", "openai"),
    ("@ai-sdk/openai", "openai"),
    ("@openrouter/ai-sdk-provider", "openai"),
    ("@ai-sdk/anthropic", "anthropic"),
    ("@ai-sdk/google", "gemini"),
    ("@ai-sdk/google-vertex", "vertex"),
    ("@ai-sdk/google-vertex/anthropic", "vertex-anthropic"),
    ("@ai-sdk/amazon-bedrock", "bedrock"),
    ("@ai-sdk/azure", "azure"),
    ("@ai-sdk/cohere", "cohere"),
    ("@ai-sdk/mistral", "openai"),
    ("@ai-sdk/groq", "openai"),
    ("@ai-sdk/cerebras", "openai"),
    ("@ai-sdk/deepinfra", "openai"),
    ("@ai-sdk/perplexity", "openai"),
    ("@ai-sdk/togetherai", "openai"),
    ("@ai-sdk/xai", "openai"),
    ("ai-sdk-ollama", "ollama"),
];

/// Reads a whole `api.json`.
///
/// # Errors
/// [`ReadError`] if the bytes are not JSON, not of this format, or hold a name that can't be taken or a
/// negative price.
pub fn read(bytes: &[u8]) -> Result<Draft, ReadError> {
    let raw = document::json(document::utf8(bytes)?, 1)?;
    let wrong = |reason: &str| ReadError::Format { format: SOURCE, reason: reason.to_owned() };
    if !values::is_object(raw) {
        return Err(wrong("it is not an object of suppliers"));
    }
    let mut file = Fields::open(raw, String::new(), "file")?;
    let names = file.names();
    let mut draft = Draft::default();
    for name in &names {
        match open_supplier(file.take(name), name)? {
            Some(fields) => read_supplier(fields, name, &mut draft)?,
            None => fields::count(&mut draft.homeless, &format!("file.{name}")),
        }
    }
    match names.first() {
        None => Err(wrong("it holds no suppliers")),
        Some(first) if draft.suppliers.is_empty() => {
            Err(wrong(&format!("its entry `{first}` has no `models`, as a supplier would")))
        }
        Some(_) => Ok(draft),
    }
}

/// Opens an entry of the file; `None` if it has no `models`, as other things than suppliers (`$schema`) don't.
fn open_supplier<'a>(raw: Option<&'a RawValue>, name: &str) -> Result<Option<Fields<'a>>, ReadError> {
    let Some(raw) = raw.filter(|raw| values::is_object(raw)) else { return Ok(None) };
    let fields = Fields::open(raw, name.to_owned(), "supplier")?;
    Ok(fields.get("models").is_some_and(values::is_object).then_some(fields))
}

/// Takes the models of a supplier, each with its path. What isn't an object is none: it stays with the supplier, unless
/// it is null, and is counted.
fn take_models<'a>(
    fields: &mut Fields<'a>,
    tally: &mut FieldTally,
) -> Result<Vec<(Cow<'a, str>, Fields<'a>)>, ReadError> {
    let Some(mut entries) = fields.child("models")? else { return Ok(Vec::new()) };
    let mut models = Vec::new();
    for key in entries.names() {
        let path = entries.at(&key);
        match entries.get(&key) {
            Some(raw) if values::is_object(raw) => {
                entries.take(&key);
                check_free_name(&key).map_err(|error| ReadError::record(path.as_str(), error))?;
                models.push((key, Fields::open(raw, path, "")?));
            }
            Some(_) => {}
            None => fields::count(tally, &format!("supplier.models.{key}")),
        }
    }
    entries.close(fields, "models")?;
    Ok(models)
}

fn read_supplier(mut fields: Fields<'_>, name: &str, draft: &mut Draft) -> Result<(), ReadError> {
    check_slug(name).map_err(|error| ReadError::record(fields.path(), error))?;
    let models = take_models(&mut fields, &mut draft.homeless)?;
    fields.take_as("id", |raw| values::text(raw).filter(|id| id == name));
    let url = |raw: &RawValue| values::text(raw).filter(|url| check_url(url).is_ok());
    let mut supplier = SupplierDraft {
        path: fields.path().to_owned(),
        name: name.to_owned(),
        display_name: fields.take_as("name", values::text),
        base_url: fields.take_as("api", url),
        api_docs: fields.take_as("doc", url),
        adapter: adapter(&mut fields)?,
        api_key_required: fields.get("env").and_then(values::items).map(|names| !names.is_empty()),
        ..SupplierDraft::default()
    };
    supplier.extra = fields.finish(&mut draft.homeless)?;
    draft.suppliers.push(supplier);
    for (key, fields) in models {
        let path = fields.path().to_owned();
        let model = ModelDraft::new(path, name.to_owned(), key.into_owned(), ModelType::Language);
        draft.models.push(read_model(fields, model, &mut draft.homeless)?);
    }
    Ok(())
}

/// The wire protocol of a supplier's package. The package itself has no home, but is no loss if its protocol is known.
fn adapter(fields: &mut Fields<'_>) -> Result<Option<String>, ReadError> {
    let package = fields.get("npm").and_then(values::text);
    let known = package.and_then(|package| ADAPTERS.iter().find(|(name, _)| *name == package));
    if known.is_some() {
        fields.keep("npm")?;
    }
    Ok(known.map(|(_, adapter)| (*adapter).to_owned()))
}

fn read_model(mut fields: Fields<'_>, mut model: ModelDraft, tally: &mut FieldTally) -> Result<ModelDraft, ReadError> {
    fields.take_as("id", |raw| values::text(raw).filter(|id| *id == model.name));
    model.display_name = fields.take_as("name", values::text);
    model.description = fields.take_as("description", values::text);
    model.released_on = fields.take_as("release_date", values::parsed);
    model.knowledge_cutoff = fields.take_as("knowledge", values::parsed);
    model.lifecycle_stage = lifecycle(&mut fields);
    facts::take_flags(&mut fields, FLAGS, &mut model);
    read_texts(&mut fields, &mut model)?;
    read_modalities(&mut fields, &mut model)?;
    if let Some(mut limit) = fields.child("limit")? {
        for (field, name) in LIMITS {
            facts::take_limit(&mut limit, field, name, &mut model)?;
        }
        limit.close(&mut fields, "limit")?;
    }
    reasoning::read(&mut fields, &mut model)?;
    read_prices(&mut fields, &mut model)?;
    let reasoning = model.supports("reasoning");
    model.categories = taxonomy::categories(model.sub_type.as_deref(), model.model_type, reasoning);
    open_provider(&mut fields)?;
    model.extra = fields.finish(tally)?;
    Ok(model)
}

/// The stage that a status stands for. A model without one is active, so is one in beta (which stays a leftover).
fn lifecycle(fields: &mut Fields<'_>) -> Option<LifecycleStage> {
    let stage = |raw: &RawValue| match values::text(raw)?.as_str() {
        "alpha" => Some(LifecycleStage::Draft),
        "deprecated" => Some(LifecycleStage::Deprecated),
        _ => None,
    };
    let taken = fields.take_as("status", stage);
    let status = fields.get("status").map(RawValue::get);
    taken.or_else(|| matches!(status, None | Some("\"beta\"")).then_some(LifecycleStage::Active))
}

/// The fields that become parameters of type string: the family, and when the model last changed.
fn read_texts(fields: &mut Fields<'_>, model: &mut ModelDraft) -> Result<(), ReadError> {
    if let Some(family) = fields.take_as("family", values::text) {
        model.set("family", ParameterType::String, &family)?;
    }
    if let Some(date) = fields.take_as("last_updated", values::parsed::<PartialDate>) {
        model.set("last_updated", ParameterType::String, &date)?;
    }
    Ok(())
}

fn read_modalities(fields: &mut Fields<'_>, model: &mut ModelDraft) -> Result<(), ReadError> {
    let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
    if let Some(mut lists) = fields.child("modalities")? {
        inputs = facts::take_modalities(&mut lists, "input", facts::INPUT_MODALITIES, model)?;
        outputs = facts::take_modalities(&mut lists, "output", facts::OUTPUT_MODALITIES, model)?;
        lists.close(fields, "modalities")?;
    }
    facts::link_modalities(model, &inputs, facts::INPUTS, VOCABULARY);
    facts::link_modalities(model, &outputs, facts::OUTPUTS, VOCABULARY);
    let family = facts::value(model, "family").map_or("", |family| family.as_str());
    let sub_type = taxonomy::sub_type(&inputs, &outputs, &[&model.name, family]);
    let media = taxonomy::has_media(&inputs) || taxonomy::has_media(&outputs);
    model.model_type = taxonomy::model_type(Some(sub_type), media);
    model.sub_type = Some(sub_type.to_owned());
    Ok(())
}

fn read_prices(fields: &mut Fields<'_>, model: &mut ModelDraft) -> Result<(), ReadError> {
    let mut book = PriceBook::default();
    if let Some(mut cost) = fields.child("cost")? {
        cost::read(&mut cost, ServiceMode::Standard, &mut book)?;
        cost.close(fields, "cost")?;
    }
    if let Some(mut experimental) = fields.child("experimental")? {
        if let Some(mut modes) = experimental.child("modes")? {
            read_modes(&mut modes, &mut book)?;
            modes.close(&mut experimental, "modes")?;
        }
        experimental.close(fields, "experimental")?;
    }
    if book.has(PriceComponent::CacheRead) {
        model.link("prompt_caching", Support::Supported);
    }
    model.prices = book.into_rows();
    Ok(())
}

/// The prices of the modes of service that have a name of ours.
fn read_modes(modes: &mut Fields<'_>, book: &mut PriceBook) -> Result<(), ReadError> {
    for name in modes.names() {
        let Ok(service_mode) = name.parse::<ServiceMode>() else { continue };
        let Some(mut mode) = modes.child(&name)? else { continue };
        if let Some(mut cost) = mode.child("cost")? {
            cost::read(&mut cost, service_mode, book)?;
            cost.close(&mut mode, "cost")?;
        }
        mode.close(modes, &name)?;
    }
    Ok(())
}

/// Opens the model's own access to its supplier, so that its leftovers are counted one by one.
fn open_provider(fields: &mut Fields<'_>) -> Result<(), ReadError> {
    match fields.child("provider")? {
        Some(provider) => provider.close(fields, "provider"),
        None => Ok(()),
    }
}
