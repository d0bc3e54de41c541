//! Writes LiteLLM's file from a complete draft.

use std::collections::HashSet;
use std::io;

use crate::domain::Support;

use super::super::draft::{Draft, ModelDraft};
use super::super::facts;
use super::super::prices::lasting;
use super::super::tree::Object;
use super::{
    FLAGS, KEY, LISTS, PROVIDER, SEARCH, SEARCH_SIZES, SECOND_FLAGS, SOURCE, TOKEN_LIMITS, UNFLAGGED, is_figure, mode,
    named_by, names, sub_type, tiers,
};

/// Writes what the format can say of every model, one on a line: the typed facts, and the fields that this source
/// left behind.
///
/// Not said, because the format has no words for it: what a supplier is, names to show, descriptions; prices in other
/// currencies, with an end, or in a mode or of a thing that it doesn't price. A context window stands for
/// `max_input_tokens` where a model has no such limit of its own.
///
/// # Errors
/// If `out` can't be written to.
pub fn write(draft: &Draft, out: &mut impl io::Write) -> io::Result<()> {
    let mut keys = HashSet::new();
    let mut separator = "{\n";
    for model in &draft.models {
        let mut record = model.extra.get(SOURCE).map(Object::open).unwrap_or_default();
        let key = key(model, &mut record, &keys);
        put_model(model, &mut record)?;
        write!(out, "{separator}{}: ", serde_json::to_string(&key)?)?;
        serde_json::to_writer(&mut *out, &record)?;
        keys.insert(key);
        separator = ",\n";
    }
    if draft.models.is_empty() {
        out.write_all(b"{")?;
    }
    out.write_all(b"\n}\n")
}

/// The key that the source had, or `<supplier>/<name>`; behind its supplier once more if another model has that key.
fn key(model: &ModelDraft, record: &mut Object, taken: &HashSet<String>) -> String {
    let left = record.text(KEY).and_then(|text| serde_json::from_str::<String>(text).ok());
    record.remove(KEY);
    let mut key = left.unwrap_or_else(|| format!("{}/{}", model.supplier, model.name));
    while taken.contains(&key) {
        key = format!("{}/{key}", model.supplier);
    }
    key
}

fn put_model(model: &ModelDraft, record: &mut Object) -> serde_json::Result<()> {
    record.put(PROVIDER, &model.supplier)?;
    put_mode(model, record)?;
    put_abilities(model, record)?;
    put_parameters(model, record)?;
    record.put_some("deprecation_date", model.deprecated_on)?;
    put_prices(model, record)?;
    record.sort_by_rank(|_| 0);
    Ok(())
}

/// The mode left behind, if it still stands for the model's sub-type; else the usual one.
fn put_mode(model: &ModelDraft, record: &mut Object) -> serde_json::Result<()> {
    let left = record.text("mode").and_then(|text| serde_json::from_str::<String>(text).ok());
    match (&model.sub_type, left) {
        (Some(known), Some(left)) if sub_type(&left) == known => Ok(()),
        (Some(known), _) => record.put("mode", mode(known)),
        (None, _) => Ok(()),
    }
}

fn put_abilities(model: &ModelDraft, record: &mut Object) -> serde_json::Result<()> {
    let unflagged: Vec<String> =
        record.text(UNFLAGGED).and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    record.remove(UNFLAGGED);
    let named = put_named(model, record)?;
    for (field, capability) in FLAGS {
        let Some(support) = model.support(capability).filter(|_| !named.contains(*capability)) else { continue };
        let flag = support == Support::Supported;
        let second = SECOND_FLAGS.iter().find(|(name, other)| other == capability && record.is_mark(name));
        match second {
            Some((name, _)) => record.put(name, &flag)?,
            None if flag && unflagged.iter().any(|name| name == capability) => {}
            None => record.put(field, &flag)?,
        }
    }
    Ok(())
}

/// Puts the flags that no table has where they are marked, and answers their capabilities.
fn put_named(model: &ModelDraft, record: &mut Object) -> serde_json::Result<HashSet<String>> {
    let marked: Vec<String> = record.names().filter(|name| record.is_mark(name)).map(str::to_owned).collect();
    let mut put = HashSet::new();
    for field in marked {
        let Some(capability) = named_by(&field) else { continue };
        let Some(support) = model.support(capability) else { continue };
        record.put(&field, &(support == Support::Supported))?;
        put.insert(capability.to_owned());
    }
    Ok(put)
}

fn put_parameters(model: &ModelDraft, record: &mut Object) -> serde_json::Result<()> {
    for parameter in &model.parameters {
        let name = parameter.name.as_str();
        let list = LISTS.iter().find(|(_, known)| *known == name).map(|(field, _)| *field);
        let figure = (is_figure(name) || TOKEN_LIMITS.contains(&name)).then_some(name);
        if let Some(field) = list.or(figure) {
            record.put(field, &parameter.value)?;
        }
    }
    let window = facts::value(model, facts::CONTEXT_WINDOW);
    record.put_some("max_input_tokens", window.filter(|_| !record.has("max_input_tokens")))
}

fn put_prices(model: &ModelDraft, record: &mut Object) -> serde_json::Result<()> {
    let mut prices = lasting(&model.prices);
    tiers::write(&mut prices, record)?;
    tiers::put_marked(&mut prices, record, names::parse)?;
    for (slot, amount) in prices {
        let exponent = slot.component.unit().exponent();
        if let Some((size, _)) = SEARCH_SIZES.iter().find(|(_, component)| *component == slot.component) {
            record.object(SEARCH).put_amount(size, amount, exponent)?;
        } else if let Some(name) = names::spell(slot) {
            record.put_amount(&name, amount, exponent)?;
        }
    }
    Ok(())
}
