//! LiteLLM's `model_prices_and_context_window.json`: one flat object, models by key.
//!
//! The shape follows the snapshots of 1.80 to 1.106 and the schema in LiteLLM's own tests. Names of fields multiply
//! there (226 in 1.106), so prices are read by the grammar of their names ([`names`]) and limits by their prefix.

mod names;
#[cfg(test)]
mod tests;
mod tiers;
mod write;

pub use write::write;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde_json::value::RawValue;

use crate::domain::{
    ModelType, ParameterType, PriceComponent, ServiceMode, Support, check_free_name, check_slug, check_snake_case,
};

use super::draft::{Draft, FieldTally, ModelDraft, SupplierDraft};
use super::error::ReadError;
use super::fields::{self, Fields};
use super::prices::{Entered, PriceBook, Slot};
use super::{document, facts, taxonomy, values};

/// Name of the source that this format's facts come from.
pub const SOURCE: &str = "litellm";

/// Entries that are no models: documentation, and rules for names that have no entry.
const NO_MODELS: &[&str] = &["sample_spec", "fallback_generalizations"];

/// What a model's supplier is called.
const PROVIDER: &str = "litellm_provider";

/// Left behind where a model's key isn't `<supplier>/<name>`. No field of the format can be called so.
const KEY: &str = "@key";

/// Left behind where a list of modalities shows abilities that no flag tells of: their names.
const UNFLAGGED: &str = "@unflagged";

/// Modes, and the sub-types they stand for. The first of a sub-type is the usual one.
const MODES: &[(&str, &str)] =
    &[("chat", "chat"), ("responses", "chat"), ("audio_transcription", "transcription"), ("audio_speech", "speech")];

/// Flags, and the capabilities they tell of.
const FLAGS: &[(&str, &str)] = &[
    ("supports_assistant_prefill", "assistant_prefill"),
    ("supports_audio_input", "audio_input"),
    ("supports_audio_output", "audio_output"),
    ("supports_computer_use", "computer_use"),
    ("supports_embedding_image_input", "multimodal_embeddings"),
    ("supports_function_calling", "tool_calling"),
    ("supports_native_streaming", "native_streaming"),
    ("supports_parallel_function_calling", "parallel_tool_calls"),
    ("supports_pdf_input", "pdf_input"),
    ("supports_prompt_caching", "prompt_caching"),
    ("supports_reasoning", "reasoning"),
    ("supports_response_schema", "structured_output"),
    ("supports_service_tier", "service_tier"),
    ("supports_system_messages", "system_messages"),
    ("supports_tool_choice", "tool_choice"),
    ("supports_url_context", "url_context"),
    ("supports_video_input", "video_input"),
    ("supports_vision", "vision"),
    ("supports_web_search", "web_search"),
];

/// A second spelling of a flag. It counts where the first is absent, and leaves a mark.
const SECOND_FLAGS: &[(&str, &str)] = &[("supports_image_input", "vision")];

/// The beginning of a flag's name. One that no table has tells of the capability that the rest of it names, and leaves
/// a mark.
const FLAG_PREFIX: &str = "supports_";

/// Limits in tokens.
const TOKEN_LIMITS: &[&str] = &["max_input_tokens", "max_output_tokens", "max_tokens"];

/// Other figures that become parameters under their own names, beside all that begin with [`FIGURE_PREFIX`].
const FIGURES: &[&str] =
    &["output_vector_size", "prompt_cache_min_tokens", "rpd", "rpm", "tool_use_system_prompt_tokens", "tpm"];

/// The beginning of the names of most limits.
const FIGURE_PREFIX: &str = "max_";

/// Lists, and the parameters that hold them.
const LISTS: &[(&str, &str)] = &[
    ("supported_modalities", facts::INPUT_MODALITIES),
    ("supported_output_modalities", facts::OUTPUT_MODALITIES),
    ("supported_audio_formats", "supported_audio_formats"),
    ("supported_endpoints", "supported_endpoints"),
    ("supported_regions", "supported_regions"),
    ("supported_resolutions", "supported_resolutions"),
];

/// The object that prices web searches, and its fields.
const SEARCH: &str = "search_context_cost_per_query";
const SEARCH_SIZES: &[(&str, PriceComponent)] = &[
    ("search_context_size_low", PriceComponent::WebSearchLow),
    ("search_context_size_medium", PriceComponent::WebSearchMedium),
    ("search_context_size_high", PriceComponent::WebSearchHigh),
];

/// Reads a whole file.
///
/// # Errors
/// [`ReadError`] if the bytes are not JSON, not of this format, or hold a name that can't be taken, or a negative price.
pub fn read(bytes: &[u8]) -> Result<Draft, ReadError> {
    let raw = document::json(document::utf8(bytes)?, 1)?;
    let mut draft = Draft::default();
    let entries = open_file(raw, &mut draft.homeless)?;
    let providers: HashMap<String, String> =
        entries.iter().map(|entry| (entry.key.to_string(), entry.provider.clone())).collect();
    let mut seen = HashSet::new();
    for entry in entries {
        if seen.insert(entry.provider.clone()) {
            draft.suppliers.push(supplier(&entry)?);
        }
        let model = read_model(entry, &providers, &mut draft.homeless)?;
        draft.models.push(model);
    }
    Ok(draft)
}

/// One model of the file.
struct Entry<'a> {
    key: Cow<'a, str>,
    provider: String,
    fields: Fields<'a>,
}

fn open_file<'a>(raw: &'a RawValue, tally: &mut FieldTally) -> Result<Vec<Entry<'a>>, ReadError> {
    let wrong = |reason: &str| ReadError::Format { format: SOURCE, reason: reason.to_owned() };
    if !values::is_object(raw) {
        return Err(wrong("it is not an object of models"));
    }
    let mut file = Fields::open(raw, String::new(), "")?;
    let mut entries = Vec::new();
    for key in file.names() {
        let raw = file.take(&key).filter(|raw| values::is_object(raw) && !NO_MODELS.contains(&&*key));
        let opened = raw.map(|raw| Fields::open(raw, key.clone().into_owned(), "")).transpose()?;
        let entry = opened.and_then(|mut fields| Some((fields.take_as(PROVIDER, values::text)?, fields)));
        match entry {
            Some((provider, fields)) => entries.push(Entry { key, provider, fields }),
            None => fields::count(tally, &format!("file.{key}")),
        }
    }
    if entries.is_empty() {
        return Err(wrong("none of its entries has a `litellm_provider`, as a model would"));
    }
    Ok(entries)
}

fn supplier(entry: &Entry<'_>) -> Result<SupplierDraft, ReadError> {
    let path = entry.fields.at(PROVIDER);
    check_slug(&entry.provider).map_err(|error| ReadError::record(path.as_str(), error))?;
    Ok(SupplierDraft { path, name: entry.provider.clone(), ..SupplierDraft::default() })
}

/// The key without its supplier, unless the supplier has another model of that name.
fn name<'a>(key: &'a str, provider: &str, providers: &HashMap<String, String>) -> &'a str {
    let bare = key.strip_prefix(provider).and_then(|rest| rest.strip_prefix('/')).filter(|bare| !bare.is_empty());
    bare.filter(|bare| providers.get(*bare).is_none_or(|other| other != provider)).unwrap_or(key)
}

fn read_model(
    entry: Entry<'_>,
    providers: &HashMap<String, String>,
    tally: &mut FieldTally,
) -> Result<ModelDraft, ReadError> {
    let Entry { key, provider, mut fields } = entry;
    let name = name(&key, &provider, providers).to_owned();
    check_free_name(&name).map_err(|error| ReadError::record(fields.path(), error))?;
    if format!("{provider}/{name}") != key {
        fields.note(KEY, &key)?;
    }
    let mut model = ModelDraft::new(key.into_owned(), provider, name, ModelType::Language);
    read_mode(&mut fields, &mut model)?;
    for (field, name) in LISTS {
        facts::take_modalities(&mut fields, field, name, &mut model)?;
    }
    read_abilities(&mut fields, &mut model)?;
    read_figures(&mut fields, &mut model)?;
    model.deprecated_on = fields.take_as("deprecation_date", values::day);
    read_prices(&mut fields, &mut model)?;
    classify(&mut model);
    model.extra = fields.finish(tally)?;
    Ok(model)
}

/// The sub-type that a mode stands for: its own name, where the table has no other.
fn sub_type(mode: &str) -> &str {
    MODES.iter().find(|(name, _)| *name == mode).map_or(mode, |(_, sub_type)| sub_type)
}

/// The usual mode of a sub-type.
fn mode(sub_type: &str) -> &str {
    MODES.iter().find(|(_, name)| *name == sub_type).map_or(sub_type, |(mode, _)| mode)
}

/// A mode that isn't the usual one of its sub-type (`responses`) is given back as it is.
fn read_mode(fields: &mut Fields<'_>, model: &mut ModelDraft) -> Result<(), ReadError> {
    let known = |raw: &RawValue| values::text(raw).filter(|mode| check_snake_case(mode).is_ok());
    let Some(given) = fields.get("mode").and_then(known) else { return Ok(()) };
    let sub_type = sub_type(&given);
    model.sub_type = Some(sub_type.to_owned());
    if mode(sub_type) != given {
        return fields.keep("mode");
    }
    fields.take("mode");
    Ok(())
}

/// The capability that a flag names, where no table has the flag.
fn named_by(flag: &str) -> Option<&str> {
    let is_known = FLAGS.iter().chain(SECOND_FLAGS).any(|(field, _)| *field == flag);
    flag.strip_prefix(FLAG_PREFIX).filter(|name| !is_known && check_snake_case(name).is_ok())
}

/// Reads a flag whose place doesn't follow from its capability: it counts unless that is told of already.
fn read_marked(
    field: &str,
    capability: &str,
    fields: &mut Fields<'_>,
    model: &mut ModelDraft,
) -> Result<(), ReadError> {
    let Some(flag) = fields.get(field).and_then(values::flag) else { return Ok(()) };
    match model.support(capability) {
        None => {
            fields.take(field);
            model.link(capability, facts::support(flag));
            fields.mark(field)
        }
        Some(known) if known == facts::support(flag) => fields.keep(field),
        Some(_) => Ok(()),
    }
}

/// Flags first; then what the lists of modalities and the mode show beyond them, which is noted as not flagged.
fn read_abilities(fields: &mut Fields<'_>, model: &mut ModelDraft) -> Result<(), ReadError> {
    facts::take_flags(fields, FLAGS, model);
    for (field, capability) in SECOND_FLAGS {
        read_marked(field, capability, fields, model)?;
    }
    for field in fields.names() {
        if let Some(capability) = named_by(&field) {
            read_marked(&field, capability, fields, model)?;
        }
    }
    let implied: Vec<&str> = shown(model).into_iter().filter(|ability| model.support(ability).is_none()).collect();
    for ability in &implied {
        model.link(ability, Support::Supported);
    }
    let flagged = |ability: &&str| FLAGS.iter().any(|(_, capability)| capability == ability);
    let unflagged: Vec<&str> = implied.into_iter().filter(flagged).collect();
    if unflagged.is_empty() { Ok(()) } else { fields.note(UNFLAGGED, &unflagged) }
}

/// The abilities that a model's lists and mode show. The lists are not complete: what they leave out may be there.
fn shown(model: &ModelDraft) -> Vec<&'static str> {
    let listed = |parameter: &str, table: &'static [(&str, &str)]| {
        let listed = model.texts(parameter);
        table.iter().filter(move |(word, _)| listed.iter().any(|text| text == word)).map(|(_, ability)| *ability)
    };
    let made = match model.sub_type.as_deref() {
        Some("image_generation") => Some("image_generation"),
        Some("video_generation") => Some("video_generation"),
        _ => None,
    };
    listed(facts::INPUT_MODALITIES, facts::INPUTS)
        .chain(listed(facts::OUTPUT_MODALITIES, facts::OUTPUTS))
        .chain(made)
        .collect()
}

/// Limits and rates. What is no number of 0 or more is left, and of those in tokens what isn't whole.
fn read_figures(fields: &mut Fields<'_>, model: &mut ModelDraft) -> Result<(), ReadError> {
    for name in TOKEN_LIMITS {
        facts::take_limit(fields, name, name, model)?;
    }
    for name in fields.names() {
        let Some(raw) = fields.get(&name).filter(|_| is_figure(&name)) else { continue };
        let Some(digits) = values::number(raw).filter(|digits| !digits.starts_with('-')) else { continue };
        match (values::whole(raw), digits.parse::<f64>()) {
            (Some(whole), _) => drop(model.set(&name, ParameterType::Int, &whole)?),
            (None, Ok(number)) if number.is_finite() => drop(model.set(&name, ParameterType::Float, raw)?),
            _ => continue,
        }
        fields.take(&name);
    }
    Ok(())
}

/// Whether a field or parameter is one of the format's figures.
fn is_figure(name: &str) -> bool {
    (FIGURES.contains(&name) || name.starts_with(FIGURE_PREFIX))
        && !TOKEN_LIMITS.contains(&name)
        && check_snake_case(name).is_ok()
}

/// Usual spellings come first, so that a second spelling of the same price can only repeat it or be left.
fn read_prices(fields: &mut Fields<'_>, model: &mut ModelDraft) -> Result<(), ReadError> {
    let mut book = PriceBook::default();
    let prices: Vec<(Cow<'_, str>, Slot)> =
        fields.names().into_iter().filter_map(|name| names::parse(&name).map(|slot| (name, slot))).collect();
    for usual in [true, false] {
        for (name, slot) in &prices {
            if (names::spell(*slot).as_deref() == Some(&**name)) == usual {
                enter(fields, name, *slot, usual, &mut book)?;
            }
        }
    }
    if let Some(mut search) = fields.child(SEARCH)? {
        for (name, component) in SEARCH_SIZES {
            enter(&mut search, name, standard(*component), true, &mut book)?;
        }
        search.close(fields, SEARCH)?;
    }
    tiers::read(fields, &mut book)?;
    model.prices = book.into_rows();
    Ok(())
}

/// The slot of a component in the usual service, whatever the context.
const fn standard(component: PriceComponent) -> Slot {
    Slot { component, service_mode: ServiceMode::Standard, min_context_tokens: 0 }
}

/// Enters a field's price. Unless its name follows from the slot, the name is marked among the leftovers.
fn enter(fields: &mut Fields<'_>, name: &str, slot: Slot, usual: bool, book: &mut PriceBook) -> Result<(), ReadError> {
    let Some(raw) = fields.get(name) else { return Ok(()) };
    let exponent = slot.component.unit().exponent();
    let Some(amount) = values::price(raw, &fields.at(name), exponent)? else { return Ok(()) };
    match book.enter(slot, amount) {
        Entered::New => {
            fields.take(name);
            if usual { Ok(()) } else { fields.mark(name) }
        }
        Entered::Same => fields.keep(name),
        Entered::Other => Ok(()),
    }
}

fn classify(model: &mut ModelDraft) {
    let seen = ["vision", "audio_input", "video_input", "audio_output"].iter().any(|ability| model.supports(ability));
    let listed = [facts::INPUT_MODALITIES, facts::OUTPUT_MODALITIES]
        .iter()
        .any(|parameter| taxonomy::has_media(&model.texts(parameter)));
    let sub_type = model.sub_type.as_deref();
    model.model_type = taxonomy::model_type(sub_type, seen || listed);
    model.categories = taxonomy::categories(sub_type, model.model_type, model.supports("reasoning"));
}
