//! What differs between two states of models: of one model at two moments, or of two models.
//!
//! Rows are matched by their natural keys, never by their ids. Which import brought a row is no difference.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::domain::ToJson;
use crate::store::capability_link::CapabilityLinkFields;
use crate::store::model_state::ModelState;
use crate::store::parameter::ParameterFields;
use crate::store::price::PriceFields;

/// One thing that differs. What is missing on a side is `None` there.
#[derive(Debug, Clone, PartialEq)]
pub enum Difference {
    /// A field of the model's own.
    Field {
        /// Its name in the schema.
        field: &'static str,
        /// On the first side; null if empty.
        before: Value,
        /// On the second side; null if empty.
        after: Value,
    },
    /// Another name, and whether the second side has it.
    Alias(String, bool),
    /// A parameter.
    Parameter(Option<ParameterFields>, Option<ParameterFields>),
    /// What is known of an ability, by the capability's name.
    Capability(String, Option<CapabilityLinkFields>, Option<CapabilityLinkFields>),
    /// A category, by its path, and whether the second side is in it.
    Category(String, bool),
    /// A price.
    Price(Option<PriceFields>, Option<PriceFields>),
}

/// What differs between two states: fields first, then lists, each in order.
pub fn compare(before: &ModelState, after: &ModelState) -> Vec<Difference> {
    let mut differences = Vec::new();
    let sides = fields(before).into_iter().zip(fields(after));
    for ((field, before), (_, after)) in sides.filter(|((_, before), (_, after))| before != after) {
        differences.push(Difference::Field { field, before, after });
    }
    differences
        .extend(names(&before.aliases, &after.aliases).into_iter().map(|(name, added)| Difference::Alias(name, added)));
    let parameters = pairs(&before.parameters, &after.parameters, |row| row.parameter_name.clone());
    let unsourced = |row: &ParameterFields| ParameterFields { model_id: 0, source: None, ..row.clone() };
    differences.extend(
        parameters
            .into_values()
            .filter(|(left, right)| left.map(unsourced) != right.map(unsourced))
            .map(|(left, right)| Difference::Parameter(left.cloned(), right.cloned())),
    );
    differences.extend(capabilities(before, after));
    let categories = names(&before.categories, &after.categories);
    differences.extend(categories.into_iter().map(|(path, added)| Difference::Category(path, added)));
    differences.extend(prices(before, after));
    differences
}

/// A model's own fields, by their names in the schema.
fn fields(state: &ModelState) -> [(&'static str, Value); 15] {
    let model = &state.fields;
    let successor = state.successor.as_ref().map(|(supplier, name)| format!("{supplier}/{name}"));
    [
        ("name", model.name.to_json()),
        ("displayName", model.display_name.to_json()),
        ("description", model.description.to_json()),
        ("supplier", state.supplier.to_json()),
        ("modelType", model.model_type.to_json()),
        ("subType", model.sub_type.to_json()),
        ("isDefault", model.is_default.to_json()),
        ("isActive", model.is_active.to_json()),
        ("lifecycleStage", model.lifecycle_stage.to_json()),
        ("releasedOn", model.released_on.to_json()),
        ("knowledgeCutoff", model.knowledge_cutoff.to_json()),
        ("deprecatedOn", model.deprecated_on.to_json()),
        ("retiresOn", model.retires_on.to_json()),
        ("successor", successor.to_json()),
        ("extra", model.extra.to_json()),
    ]
}

/// Names that only one side has, in order; true: the second.
fn names(before: &[String], after: &[String]) -> Vec<(String, bool)> {
    let before: BTreeSet<&String> = before.iter().collect();
    let after: BTreeSet<&String> = after.iter().collect();
    before.symmetric_difference(&after).map(|name| ((*name).clone(), after.contains(*name))).collect()
}

/// The rows of both sides by their keys.
fn pairs<'a, T, K: Ord>(
    before: &'a [T],
    after: &'a [T],
    key: impl Fn(&'a T) -> K,
) -> BTreeMap<K, (Option<&'a T>, Option<&'a T>)> {
    let mut pairs: BTreeMap<K, (Option<&T>, Option<&T>)> = BTreeMap::new();
    for row in before {
        pairs.entry(key(row)).or_default().0 = Some(row);
    }
    for row in after {
        pairs.entry(key(row)).or_default().1 = Some(row);
    }
    pairs
}

fn capabilities(before: &ModelState, after: &ModelState) -> Vec<Difference> {
    let content = |row: &(String, CapabilityLinkFields)| CapabilityLinkFields {
        model_id: 0,
        capability_id: 0,
        source: None,
        ..row.1.clone()
    };
    let pairs = pairs(&before.capabilities, &after.capabilities, |row| row.0.clone());
    let differing = pairs.into_iter().filter(|(_, (left, right))| left.map(content) != right.map(content));
    let links = |side: Option<&(String, CapabilityLinkFields)>| side.map(|row| row.1.clone());
    differing.map(|(name, (left, right))| Difference::Capability(name, links(left), links(right))).collect()
}

fn prices(before: &ModelState, after: &ModelState) -> Vec<Difference> {
    let content = |row: &PriceFields| PriceFields { model_id: 0, source: None, ..row.clone() };
    let pairs = pairs(&before.prices, &after.prices, PriceFields::key);
    let differing = pairs.into_values().filter(|(left, right)| left.map(content) != right.map(content));
    differing.map(|(left, right)| Difference::Price(left.cloned(), right.cloned())).collect()
}

#[cfg(test)]
mod tests;
