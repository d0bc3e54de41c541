//! OpenRouter's answer to "list the models": `{"data": [model, ...]}`.
//!
//! The shape follows the published reference of the interface. It is only read: OpenRouter is one supplier, and its
//! answer holds nothing of the others.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use chrono::DateTime;
use serde_json::value::RawValue;

use crate::domain::{
    Amount, ModelType, ParameterType, PartialDate, PriceComponent, ServiceMode, Support, check_free_name,
};

use super::draft::{AliasDraft, Draft, FieldTally, ModelDraft, SupplierDraft};
use super::error::ReadError;
use super::fields::{self, Fields};
use super::prices::{Entered, PriceBook, Slot};
use super::{document, facts, taxonomy, values};

/// Name of the source that this format's facts come from.
pub const SOURCE: &str = "openrouter";

/// The supplier of all models.
const SUPPLIER: (&str, &str) = ("openrouter", "OpenRouter");

/// The list of models, and two of a model's fields.
const DATA: &str = "data";
const PRICES: &str = "pricing";
const SLUG: &str = "canonical_slug";

/// From this many US dollars on, a price of images is for a whole image, as older answers had it. Newer ones price a
/// token of an image, which costs about what a token of text does.
const WHOLE_IMAGE_FROM: f64 = 1e-4;

/// Fields of `pricing`. Each is a text, in US dollars for one token, request or search.
const PRICING: &[(&str, PriceComponent)] = &[
    ("prompt", PriceComponent::Input),
    ("completion", PriceComponent::Output),
    ("input_cache_read", PriceComponent::CacheRead),
    ("input_cache_write", PriceComponent::CacheWrite),
    ("input_cache_write_1h", PriceComponent::CacheWrite1h),
    ("internal_reasoning", PriceComponent::Reasoning),
    ("audio", PriceComponent::InputAudio),
    ("audio_output", PriceComponent::OutputAudio),
    ("input_audio_cache", PriceComponent::CacheReadAudio),
    ("image_token", PriceComponent::InputImageTokens),
    ("image", PriceComponent::InputImageTokens),
    ("image_output", PriceComponent::OutputImageTokens),
    ("request", PriceComponent::Request),
    ("web_search", PriceComponent::WebSearch),
];

/// Members of `supported_parameters` that show an ability. The list isn't complete: what it leaves out may be there.
const ABILITIES: &[(&str, &str)] = &[
    ("tools", "tool_calling"),
    ("tool_choice", "tool_choice"),
    ("parallel_tool_calls", "parallel_tool_calls"),
    ("structured_outputs", "structured_output"),
    ("reasoning", "reasoning"),
    ("web_search_options", "web_search"),
    ("temperature", "temperature"),
];

/// Members of `default_parameters`, and the types of the parameters that hold them.
const DEFAULTS: &[(&str, ParameterType)] = &[
    ("temperature", ParameterType::Float),
    ("top_p", ParameterType::Float),
    ("top_k", ParameterType::Int),
    ("min_p", ParameterType::Float),
    ("top_a", ParameterType::Float),
    ("frequency_penalty", ParameterType::Float),
    ("presence_penalty", ParameterType::Float),
    ("repetition_penalty", ParameterType::Float),
];

/// The words of the lists of modalities that show an ability. The lists are complete.
const VOCABULARY: &[&str] = &["image", "audio", "video", "file"];

/// Reads a whole answer.
///
/// # Errors
/// [`ReadError`] if the bytes are not JSON, not of this format, or hold a name that can't be taken.
pub fn read(bytes: &[u8]) -> Result<Draft, ReadError> {
    let raw = document::json(document::utf8(bytes)?, 1)?;
    let mut draft = Draft::default();
    let records = open_file(raw, &mut draft.homeless)?;
    let aliases = aliases(&records);
    draft.suppliers.push(SupplierDraft {
        path: DATA.to_owned(),
        name: SUPPLIER.0.to_owned(),
        display_name: Some(SUPPLIER.1.to_owned()),
        ..SupplierDraft::default()
    });
    for record in records {
        let model = read_model(record, &aliases, &mut draft.homeless)?;
        draft.models.push(model);
    }
    Ok(draft)
}

/// One model of the answer.
struct Record<'a> {
    id: String,
    fields: Fields<'a>,
}

fn open_file<'a>(raw: &'a RawValue, tally: &mut FieldTally) -> Result<Vec<Record<'a>>, ReadError> {
    let wrong = |reason: &str| ReadError::Format { format: SOURCE, reason: reason.to_owned() };
    if !values::is_object(raw) {
        return Err(wrong("it is not an object with a list of models, `data`"));
    }
    let mut file = Fields::open(raw, String::new(), "")?;
    let Some(items) = file.take_as(DATA, values::items) else {
        return Err(wrong("it has no list of models, `data`"));
    };
    file.names().iter().for_each(|name| fields::count(tally, &format!("file.{name}")));
    let mut has_prices = false;
    let mut records = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        let record = open_record(item, index)?;
        has_prices |= record.as_ref().is_some_and(|record| record.fields.get(PRICES).is_some());
        match record {
            Some(record) => records.push(record),
            None => fields::count(tally, &format!("file.{DATA}")),
        }
    }
    if !has_prices {
        return Err(wrong("none of the models in `data` has `pricing`"));
    }
    let mut taken = HashSet::new();
    match records.iter().find(|record| !taken.insert(record.id.as_str())) {
        Some(again) => Err(ReadError::record(again.fields.at("id"), format!("{:?} stands here twice", again.id))),
        None => Ok(records),
    }
}

/// Opens a member of the list; `None` if it isn't an object with an id.
fn open_record(item: &RawValue, index: usize) -> Result<Option<Record<'_>>, ReadError> {
    if !values::is_object(item) {
        return Ok(None);
    }
    let mut fields = Fields::open(item, format!("{DATA}[{index}]"), "")?;
    let Some(id) = fields.take_as("id", values::text) else { return Ok(None) };
    check_free_name(&id).map_err(|error| ReadError::record(fields.at("id"), error))?;
    Ok(Some(Record { id, fields }))
}

/// The canonical slugs that can be aliases, each with the id of its model: those that are no model's id and name one
/// model only. Of several variants (`x`, `x:free`), a slug names the plain one.
fn aliases(records: &[Record<'_>]) -> HashMap<String, String> {
    let ids: HashSet<&str> = records.iter().map(|record| record.id.as_str()).collect();
    let mut owners: HashMap<String, Vec<&str>> = HashMap::new();
    for record in records {
        let slug = record.fields.get(SLUG).and_then(values::text);
        if let Some(slug) = slug.filter(|slug| !ids.contains(slug.as_str()) && check_free_name(slug).is_ok()) {
            owners.entry(slug).or_default().push(&record.id);
        }
    }
    let owner = |(slug, ids): (String, Vec<&str>)| {
        let mut plain = ids.iter().filter(|id| ids.len() == 1 || !id.contains(':'));
        plain.next().filter(|_| plain.next().is_none()).map(|id| (slug, (*id).to_owned()))
    };
    owners.into_iter().filter_map(owner).collect()
}

fn read_model(
    record: Record<'_>,
    aliases: &HashMap<String, String>,
    tally: &mut FieldTally,
) -> Result<ModelDraft, ReadError> {
    let Record { id, mut fields } = record;
    let path = fields.path().to_owned();
    let mut model = ModelDraft::new(path, SUPPLIER.0.to_owned(), id, ModelType::Language);
    model.display_name = fields.take_as("name", values::text);
    model.description = fields.take_as("description", values::text);
    model.released_on = fields.take_as("created", unix_day);
    model.knowledge_cutoff = fields.take_as("knowledge_cutoff", values::parsed);
    model.retires_on = fields.take_as("expiration_date", values::day);
    read_slug(&mut fields, aliases, &mut model);
    read_limits(&mut fields, &mut model)?;
    read_architecture(&mut fields, &mut model)?;
    read_parameters(&mut fields, &mut model)?;
    read_prices(&mut fields, &mut model)?;
    let reasoning = model.supports("reasoning");
    model.categories = taxonomy::categories(model.sub_type.as_deref(), model.model_type, reasoning);
    model.extra = fields.finish(tally)?;
    Ok(model)
}

/// A moment in seconds since 1970, as its day in UTC.
fn unix_day(raw: &RawValue) -> Option<PartialDate> {
    let moment = DateTime::from_timestamp(values::whole(raw)?, 0)?;
    moment.date_naive().to_string().parse().ok()
}

fn read_slug(fields: &mut Fields<'_>, aliases: &HashMap<String, String>, model: &mut ModelDraft) {
    fields.take_as(SLUG, |raw| values::text(raw).filter(|slug| *slug == model.name));
    let own = |raw| values::text(raw).filter(|slug| aliases.get(slug) == Some(&model.name));
    if let Some(alias) = fields.take_as(SLUG, own) {
        model.aliases.push(AliasDraft { alias, ..AliasDraft::default() });
    }
}

fn read_limits(fields: &mut Fields<'_>, model: &mut ModelDraft) -> Result<(), ReadError> {
    facts::take_limit(fields, "context_length", facts::CONTEXT_WINDOW, model)?;
    let Some(mut top) = fields.child("top_provider")? else { return Ok(()) };
    facts::take_limit(&mut top, "max_completion_tokens", "max_output_tokens", model)?;
    let window = facts::value(model, facts::CONTEXT_WINDOW).and_then(|value| value.read::<i64>().ok());
    top.take_as("context_length", |raw| values::whole(raw).filter(|length| Some(*length) == window));
    top.close(fields, "top_provider")
}

/// `modality` repeats the lists (`text+image->text`) and is left only where it doesn't.
fn read_architecture(fields: &mut Fields<'_>, model: &mut ModelDraft) -> Result<(), ReadError> {
    let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
    if let Some(mut architecture) = fields.child("architecture")? {
        inputs = facts::take_modalities(&mut architecture, "input_modalities", facts::INPUT_MODALITIES, model)?;
        outputs = facts::take_modalities(&mut architecture, "output_modalities", facts::OUTPUT_MODALITIES, model)?;
        architecture.take_as("modality", |raw| values::text(raw).filter(|text| repeats(text, &inputs, &outputs)));
        architecture.close(fields, "architecture")?;
    }
    facts::link_modalities(model, &inputs, facts::INPUTS, VOCABULARY);
    facts::link_modalities(model, &outputs, facts::OUTPUTS, VOCABULARY);
    let sub_type = taxonomy::sub_type(&inputs, &outputs, &[&model.name]);
    let media = taxonomy::has_media(&inputs) || taxonomy::has_media(&outputs);
    model.model_type = taxonomy::model_type(Some(sub_type), media);
    model.sub_type = Some(sub_type.to_owned());
    Ok(())
}

fn repeats(modality: &str, inputs: &[String], outputs: &[String]) -> bool {
    let same = |words: &str, list: &[String]| {
        words.split('+').collect::<HashSet<_>>() == list.iter().map(String::as_str).collect::<HashSet<_>>()
    };
    modality.split_once("->").is_some_and(|(taken, given)| same(taken, inputs) && same(given, outputs))
}

fn read_parameters(fields: &mut Fields<'_>, model: &mut ModelDraft) -> Result<(), ReadError> {
    for name in ["supported_parameters", "supported_voices"] {
        facts::take_modalities(fields, name, name, model)?;
    }
    let listed = model.texts("supported_parameters");
    for (name, capability) in ABILITIES {
        if listed.iter().any(|listed| listed == name) {
            model.link(capability, Support::Supported);
        }
    }
    let Some(mut defaults) = fields.child("default_parameters")? else { return Ok(()) };
    for (name, parameter_type) in DEFAULTS {
        let fits = |raw: &&RawValue| match parameter_type {
            ParameterType::Int => values::whole(raw).is_some_and(|whole| whole.to_string() == raw.get()),
            _ => values::number(raw).is_some(),
        };
        if let Some(raw) = defaults.take_as(name, |raw| Some(raw).filter(fits)) {
            model.set(name, *parameter_type, raw)?.is_default = true;
        }
    }
    defaults.close(fields, "default_parameters")
}

fn read_prices(fields: &mut Fields<'_>, model: &mut ModelDraft) -> Result<(), ReadError> {
    let Some(mut pricing) = fields.child(PRICES)? else { return Ok(()) };
    let mut book = PriceBook::default();
    for (name, component) in PRICING {
        let Some(raw) = pricing.get(name) else { continue };
        let component = bought(name, *component, raw);
        let Some(amount) = price(raw, component, &pricing.at(name))? else { continue };
        let slot = Slot { component, service_mode: ServiceMode::Standard, min_context_tokens: 0 };
        match book.enter(slot, amount) {
            Entered::New => drop(pricing.take(name)),
            Entered::Same => pricing.keep(name)?,
            Entered::Other => {}
        }
    }
    pricing.close(fields, PRICES)?;
    if book.has(PriceComponent::CacheRead) {
        model.link("prompt_caching", Support::Supported);
    }
    model.prices = book.into_rows();
    Ok(())
}

/// What a field is the price of: its component by the table, unless the figure can only be that of a whole image.
fn bought(name: &str, component: PriceComponent, raw: &RawValue) -> PriceComponent {
    let whole = values::magnitude(raw).is_some_and(|price| price >= WHOLE_IMAGE_FROM);
    match name {
        "image" if whole => PriceComponent::InputImage,
        "image_output" if whole => PriceComponent::OutputImage,
        _ => component,
    }
}

/// A price; `None` where it is negative, which stands for "varies with the model that answers", or can't be taken.
fn price(raw: &RawValue, component: PriceComponent, path: &str) -> Result<Option<Amount>, ReadError> {
    if values::magnitude(raw).is_some_and(|price| price < 0.0) {
        return Ok(None);
    }
    values::price(raw, path, component.unit().exponent())
}
