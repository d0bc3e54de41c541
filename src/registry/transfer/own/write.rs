//! Writes the own format from a complete draft.

use std::io;

use serde::Serialize;
use serde_json::Number;

use crate::domain::{LifecycleStage, ServiceMode, Support};

use super::super::draft::{
    AliasDraft, CapabilityDraft, CapabilityLinkDraft, CategoryDraft, CategoryLinkDraft, Draft, Leftovers, ModelDraft,
    ParameterDraft, PriceDraft, Stamps, SupplierDraft,
};
use super::super::values::EXACT_WHOLE;
use super::{FORMAT, VERSION};

/// Writes everything. The same facts give the same bytes, in whatever order the draft has them.
///
/// # Errors
/// If `out` can't be written to.
pub fn write(draft: &Draft, out: &mut impl io::Write) -> io::Result<()> {
    let mut header = Line::default();
    header.put("format", FORMAT)?;
    header.put("version", &VERSION)?;
    end(out, header)?;
    for row in sorted(&draft.capabilities, |row| row.name.as_str()) {
        end(out, capability(row)?)?;
    }
    for row in sorted(&draft.categories, |row| row.category_path.as_str()) {
        end(out, category(row)?)?;
    }
    for row in sorted(&draft.suppliers, |row| row.name.as_str()) {
        end(out, supplier(row)?)?;
    }
    for row in sorted(&draft.models, |row| (row.supplier.as_str(), row.name.as_str())) {
        end(out, model(row)?)?;
    }
    Ok(())
}

fn sorted<'a, T, K: Ord>(rows: &'a [T], key: impl Fn(&'a T) -> K) -> Vec<&'a T> {
    let mut rows: Vec<&T> = rows.iter().collect();
    rows.sort_by_key(|row| key(row));
    rows
}

fn end(out: &mut impl io::Write, line: Line) -> io::Result<()> {
    writeln!(out, "{}", line.close())
}

/// An object under construction, key by key.
#[derive(Default)]
struct Line(String);

impl Line {
    fn put<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> serde_json::Result<()> {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        self.0.push_str(&serde_json::to_string(name)?);
        self.0.push(':');
        self.0.push_str(&serde_json::to_string(value)?);
        Ok(())
    }

    fn some<T: Serialize>(&mut self, name: &str, value: Option<&T>) -> serde_json::Result<()> {
        value.map_or(Ok(()), |value| self.put(name, value))
    }

    fn unless<T: Serialize + PartialEq>(&mut self, name: &str, value: &T, default: &T) -> serde_json::Result<()> {
        if value == default { Ok(()) } else { self.put(name, value) }
    }

    /// A list of objects and texts that are JSON already; left out if empty.
    fn list<T>(
        &mut self,
        name: &str,
        rows: &[T],
        write: impl Fn(&T) -> serde_json::Result<String>,
    ) -> serde_json::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let members: Vec<String> = rows.iter().map(write).collect::<Result<_, _>>()?;
        self.0.extend([",\"", name, "\":[", &members.join(","), "]"]);
        Ok(())
    }

    fn stamps(&mut self, stamps: Stamps) -> serde_json::Result<()> {
        self.some("created_at", stamps.created_at.as_ref())?;
        self.some("updated_at", stamps.updated_at.as_ref())
    }

    /// The stamps of a model's row, where they aren't the model's.
    fn child_stamps(&mut self, stamps: Stamps, model: Stamps) -> serde_json::Result<()> {
        self.stamps(Stamps {
            created_at: stamps.created_at.filter(|moment| Some(*moment) != model.created_at),
            updated_at: stamps.updated_at.filter(|moment| Some(*moment) != model.updated_at),
        })
    }

    /// Leftovers by source; left out if there are none.
    fn extra(&mut self, extra: &Leftovers) -> serde_json::Result<()> {
        if extra.is_empty() {
            return Ok(());
        }
        let mut extra = extra.clone();
        extra.sort_unstable_keys();
        self.put("extra", &extra)
    }

    fn close(self) -> String {
        self.0 + "}"
    }
}

fn capability(row: &CapabilityDraft) -> serde_json::Result<Line> {
    let mut line = Line::default();
    line.put("kind", "capability")?;
    line.put("name", &row.name)?;
    line.put("display_name", &row.display_name)?;
    line.some("description", row.description.as_ref())?;
    line.some("capability_type", row.capability_type.as_ref())?;
    line.some("input_types", row.input_types.as_ref())?;
    line.some("output_types", row.output_types.as_ref())?;
    line.put("domain", &row.domain)?;
    line.unless("is_active", &row.is_active, &true)?;
    line.stamps(row.stamps)?;
    Ok(line)
}

fn category(row: &CategoryDraft) -> serde_json::Result<Line> {
    let mut line = Line::default();
    line.put("kind", "category")?;
    line.put("path", &row.category_path)?;
    line.put("display_name", &row.display_name)?;
    line.some("description", row.description.as_ref())?;
    line.put("category_type", &row.category_type)?;
    line.unless("position", &row.position, &0)?;
    line.unless("is_active", &row.is_active, &true)?;
    line.stamps(row.stamps)?;
    Ok(line)
}

fn supplier(row: &SupplierDraft) -> serde_json::Result<Line> {
    let mut line = Line::default();
    line.put("kind", "supplier")?;
    line.put("name", &row.name)?;
    line.some("display_name", row.display_name.as_ref())?;
    line.some("description", row.description.as_ref())?;
    line.some("api_endpoint", row.api_endpoint.as_ref())?;
    line.some("base_url", row.base_url.as_ref())?;
    line.some("api_url", row.api_url.as_ref())?;
    line.some("api_key_required", row.api_key_required.as_ref())?;
    line.some("website", row.website.as_ref())?;
    line.some("api_docs", row.api_docs.as_ref())?;
    line.some("category", row.category.as_ref())?;
    line.some("logo", row.logo.as_ref())?;
    line.unless("is_active", &row.is_active.unwrap_or(true), &true)?;
    line.some("adapter", row.adapter.as_ref())?;
    line.extra(&row.extra)?;
    line.stamps(row.stamps)?;
    Ok(line)
}

fn model(row: &ModelDraft) -> serde_json::Result<Line> {
    let mut line = Line::default();
    line.put("kind", "model")?;
    line.put("supplier", &row.supplier)?;
    line.put("name", &row.name)?;
    line.some("display_name", row.display_name.as_ref())?;
    line.some("description", row.description.as_ref())?;
    line.put("model_type", &row.model_type)?;
    line.some("sub_type", row.sub_type.as_ref())?;
    line.unless("is_default", &row.is_default.unwrap_or(false), &false)?;
    line.unless("is_active", &row.is_active.unwrap_or(true), &true)?;
    let stage = row.lifecycle_stage.unwrap_or(LifecycleStage::Active);
    line.unless("lifecycle_stage", &stage, &LifecycleStage::Active)?;
    line.some("released_on", row.released_on.as_ref())?;
    line.some("knowledge_cutoff", row.knowledge_cutoff.as_ref())?;
    line.some("deprecated_on", row.deprecated_on.as_ref())?;
    line.some("retires_on", row.retires_on.as_ref())?;
    if let Some((supplier, name)) = &row.successor {
        let mut successor = Line::default();
        successor.put("supplier", supplier)?;
        successor.put("name", name)?;
        line.put("successor", &serde_json::value::RawValue::from_string(successor.close())?)?;
    }
    line.extra(&row.extra)?;
    lists(row, &mut line)?;
    line.stamps(row.stamps)?;
    Ok(line)
}

fn lists(row: &ModelDraft, line: &mut Line) -> serde_json::Result<()> {
    let stamps = row.stamps;
    line.list("aliases", &sorted(&row.aliases, |row| &row.alias), |row| alias(row, stamps))?;
    line.list("parameters", &sorted(&row.parameters, |row| &row.name), |row| parameter(row, stamps))?;
    line.list("capabilities", &sorted(&row.capabilities, |row| &row.name), |row| ability(row, stamps))?;
    line.list("categories", &sorted(&row.categories, |row| &row.category_path), |row| place(row, stamps))?;
    let key = |row: &'_ PriceDraft| {
        let (component, mode) = (row.component.as_str(), row.service_mode.as_str());
        (component, mode, row.min_context_tokens, row.currency.clone(), row.valid_from)
    };
    line.list("prices", &sorted(&row.prices, key), |row| price(row, stamps))
}

/// Just the text, where nothing else is to be said.
fn short(text: &str, source: Option<&String>, stamps: Stamps, model: Stamps) -> serde_json::Result<Option<String>> {
    let plain = source.is_none() && stamps == model;
    plain.then(|| serde_json::to_string(text)).transpose()
}

fn alias(row: &AliasDraft, model: Stamps) -> serde_json::Result<String> {
    if let Some(short) = short(&row.alias, row.source.as_ref(), row.stamps, model)? {
        return Ok(short);
    }
    let mut line = Line::default();
    line.put("alias", &row.alias)?;
    line.some("source", row.source.as_ref())?;
    line.child_stamps(row.stamps, model)?;
    Ok(line.close())
}

fn place(row: &CategoryLinkDraft, model: Stamps) -> serde_json::Result<String> {
    if let Some(short) = short(&row.category_path, row.source.as_ref(), row.stamps, model)? {
        return Ok(short);
    }
    let mut line = Line::default();
    line.put("path", &row.category_path)?;
    line.some("source", row.source.as_ref())?;
    line.child_stamps(row.stamps, model)?;
    Ok(line.close())
}

fn parameter(row: &ParameterDraft, model: Stamps) -> serde_json::Result<String> {
    let mut line = Line::default();
    line.put("name", &row.name)?;
    line.put("type", &row.parameter_type)?;
    line.put("value", &row.value)?;
    line.unless("is_default", &row.is_default, &false)?;
    line.some("description", row.description.as_ref())?;
    line.some("minimum", row.minimum.and_then(bound).as_ref())?;
    line.some("maximum", row.maximum.and_then(bound).as_ref())?;
    line.some("allowed_values", row.allowed_values.as_ref())?;
    line.some("source", row.source.as_ref())?;
    line.child_stamps(row.stamps, model)?;
    Ok(line.close())
}

/// A bound as JSON: whole numbers without a point, as people write them.
#[expect(clippy::cast_possible_truncation, reason = "whole and exact, as was just checked")]
fn bound(bound: f64) -> Option<Number> {
    let whole = bound.fract() == 0.0 && bound.abs() < EXACT_WHOLE;
    if whole { Some(Number::from(bound as i64)) } else { Number::from_f64(bound) }
}

fn ability(row: &CapabilityLinkDraft, model: Stamps) -> serde_json::Result<String> {
    let mut line = Line::default();
    line.put("name", &row.name)?;
    line.unless("support", &row.support, &Support::Supported)?;
    line.some("config", row.config.as_ref())?;
    line.some("config_json", row.config_json.as_ref())?;
    line.unless("is_default", &row.is_default, &false)?;
    line.some("source", row.source.as_ref())?;
    line.child_stamps(row.stamps, model)?;
    Ok(line.close())
}

fn price(row: &PriceDraft, model: Stamps) -> serde_json::Result<String> {
    let mut line = Line::default();
    line.put("component", &row.component)?;
    line.unless("service_mode", &row.service_mode, &ServiceMode::Standard)?;
    line.unless("min_context_tokens", &row.min_context_tokens, &0)?;
    line.put("currency", &row.currency)?;
    line.put("amount", &row.amount)?;
    line.some("valid_from", row.valid_from.as_ref())?;
    line.some("valid_until", row.valid_until.as_ref())?;
    line.some("source", row.source.as_ref())?;
    line.child_stamps(row.stamps, model)?;
    Ok(line.close())
}
