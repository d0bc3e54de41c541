//! models.dev's `reasoning_options` and `interleaved`: how a model's thinking is steered.

use serde_json::json;

use crate::domain::{JsonText, ParameterType, Support};

use super::super::draft::{CapabilityLinkDraft, ModelDraft};
use super::super::error::ReadError;
use super::super::fields::Fields;
use super::super::tree::Object;
use super::super::{facts, values};

/// Efforts from the least to the most.
const EFFORTS: &[&str] = &["none", "minimal", "low", "medium", "high", "xhigh", "max"];

/// Parameter that holds the most effort that can be asked for, and all that can be.
const EFFORT: &str = "reasoning_effort";

/// Parameter that holds the largest budget of thinking tokens, with its bounds.
const BUDGET: &str = "thinking_budget";

/// Capability of thinking being switched on and off.
const TOGGLE: &str = "reasoning_toggle";

/// Capability of thinking between tool calls; its configuration names the field that carries the thoughts.
const INTERLEAVED: &str = "interleaved_reasoning";

/// Reads both fields.
///
/// # Errors
/// None for values that came from a file.
pub fn read(fields: &mut Fields<'_>, model: &mut ModelDraft) -> Result<(), ReadError> {
    read_interleaved(fields, model)?;
    let Some(options) = fields.children("reasoning_options")? else { return Ok(()) };
    let mut ranks = Vec::new();
    let mut whole = !options.is_empty();
    for option in options {
        match read_option(option, model)? {
            Some(rank) => ranks.push(rank),
            None => whole = false,
        }
    }
    if fields.get("reasoning_options").is_some_and(|raw| raw.get() == "[]") {
        return fields.keep("reasoning_options");
    }
    if whole && ranks.is_sorted_by(|left, right| left < right) {
        fields.take("reasoning_options");
    }
    Ok(())
}

fn read_interleaved(fields: &mut Fields<'_>, model: &mut ModelDraft) -> Result<(), ReadError> {
    if let Some(flag) = fields.take_as("interleaved", values::flag) {
        model.link(INTERLEAVED, facts::support(flag));
    } else if fields.get("interleaved").is_some_and(values::is_object) {
        let mut link = CapabilityLinkDraft::new(INTERLEAVED, Support::Supported);
        if let Some(mut object) = fields.child("interleaved")? {
            link.config = object.take_as("field", values::text);
            object.close(fields, "interleaved")?;
        }
        model.capabilities.push(link);
    }
    Ok(())
}

/// Reads one option into a typed fact and answers its place in the usual order; `None` if the fact doesn't say it all.
fn read_option(mut option: Fields<'_>, model: &mut ModelDraft) -> Result<Option<usize>, ReadError> {
    let kind = option.take_as("type", values::text).unwrap_or_default();
    let rank = match kind.as_str() {
        "toggle" => {
            model.link(TOGGLE, Support::Supported);
            Some(0)
        }
        "effort" => read_efforts(&mut option, model)?.then_some(1),
        "budget_tokens" => read_budget(&mut option, model)?.then_some(2),
        _ => None,
    };
    Ok(rank.filter(|_| option.names().is_empty()))
}

fn read_efforts(option: &mut Fields<'_>, model: &mut ModelDraft) -> Result<bool, ReadError> {
    let Some(members) = option.take_as("values", values::items) else { return Ok(false) };
    let efforts: Vec<String> = members.iter().filter_map(|raw| values::text(raw)).collect();
    let rank = |effort: &String| EFFORTS.iter().position(|known| known == effort);
    let Some(most) = efforts.iter().max_by_key(|effort| rank(effort)) else { return Ok(false) };
    if model.parameter(EFFORT).is_some() {
        return Ok(false);
    }
    let allowed = values::to_json(&efforts, option.path())?;
    model.set(EFFORT, ParameterType::String, most)?.allowed_values = Some(allowed);
    Ok(efforts.len() == members.len())
}

fn read_budget(option: &mut Fields<'_>, model: &mut ModelDraft) -> Result<bool, ReadError> {
    let least = option.take_as("min", values::whole);
    let most = option.take_as("max", values::whole);
    let in_order = least.zip(most).is_none_or(|(least, most)| least <= most);
    let (Some(value), None, true) = (most.or(least), model.parameter(BUDGET), in_order) else { return Ok(false) };
    let parameter = model.set(BUDGET, ParameterType::Int, &value)?;
    parameter.minimum = least.map(|bound| bound as f64);
    parameter.maximum = most.map(|bound| bound as f64);
    Ok(true)
}

/// Puts both fields into a model's record.
///
/// # Errors
/// None in practice.
pub fn write(model: &ModelDraft, record: &mut Object) -> serde_json::Result<()> {
    if let Some(link) = model.capabilities.iter().find(|link| link.name == INTERLEAVED) {
        match &link.config {
            Some(field) => record.object("interleaved").put("field", field)?,
            None if link.support == Support::Supported && record.is_object("interleaved") => {}
            None => record.put("interleaved", &(link.support == Support::Supported))?,
        }
    }
    let options = options(model)?;
    if options.is_empty() || record.has("reasoning_options") {
        return Ok(());
    }
    record.put("reasoning_options", &options)
}

#[expect(clippy::cast_possible_truncation, reason = "budgets are whole, and far below where a float loses digits")]
fn options(model: &ModelDraft) -> serde_json::Result<Vec<JsonText>> {
    let mut options = Vec::new();
    if model.supports(TOGGLE) {
        options.push(JsonText::from_value(&json!({"type": "toggle"}))?);
    }
    if let Some(allowed) = model.parameter(EFFORT).and_then(|parameter| parameter.allowed_values.as_ref()) {
        let values: Vec<String> = allowed.read()?;
        options.push(JsonText::from_value(&json!({"type": "effort", "values": values}))?);
    }
    if let Some(budget) = model.parameter(BUDGET) {
        let mut option = Object::default();
        option.put("type", "budget_tokens")?;
        option.put_some("min", budget.minimum.map(|bound| bound as i64))?;
        option.put_some("max", budget.maximum.map(|bound| bound as i64))?;
        options.push(JsonText::from_value(&option)?);
    }
    Ok(options)
}
