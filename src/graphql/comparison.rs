//! What differs between two states of models.

use async_graphql::{Enum, Json, SimpleObject, Union};
use serde_json::Value as JsonValue;

use super::model_state::{ModelCapabilityState, ModelParameterState, capability};
use super::scalars::{Date, Decimal};
use crate::domain::{PriceComponent, ServiceMode};
use crate::registry::comparison::Difference;
use crate::store::price::PriceFields;

/// How a thing differs between two states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum DifferenceKind {
    /// Only the second state has it.
    Added,
    /// Only the first state has it.
    Removed,
    /// Both have it, each in another way.
    Changed,
}

/// Something that differs between two states of models.
#[derive(Union)]
#[expect(
    clippy::large_enum_variant,
    reason = "each is made once and told at once: a box would cost more than it saves"
)]
pub enum ModelDifference {
    /// A field of the model's own.
    Field(FieldDifference),
    /// Another name.
    Alias(AliasDifference),
    /// A parameter.
    Parameter(ParameterDifference),
    /// What is known of an ability.
    Capability(CapabilityDifference),
    /// A category.
    Category(CategoryDifference),
    /// A price.
    Price(PriceDifference),
}

/// A field of the model's own that differs. Suppliers and successors are told by their names.
#[derive(SimpleObject)]
pub struct FieldDifference {
    /// How it differs.
    change: DifferenceKind,
    /// The field's name.
    field: String,
    /// Its value in the first state; null if empty.
    before: Option<Json<JsonValue>>,
    /// Its value in the second state; null if empty.
    after: Option<Json<JsonValue>>,
}

/// Another name that only one of the states has.
#[derive(SimpleObject)]
pub struct AliasDifference {
    /// How it differs.
    change: DifferenceKind,
    /// The name.
    alias: String,
}

/// A parameter that differs, which import brought it apart.
#[derive(SimpleObject)]
pub struct ParameterDifference {
    /// How it differs.
    change: DifferenceKind,
    /// The parameter's name.
    name: String,
    /// The parameter in the first state; null if it isn't there.
    before: Option<ModelParameterState>,
    /// The parameter in the second state; null if it isn't there.
    after: Option<ModelParameterState>,
}

/// What is known of an ability where it differs, which import brought it apart.
#[derive(SimpleObject)]
pub struct CapabilityDifference {
    /// How it differs.
    change: DifferenceKind,
    /// The capability's name.
    name: String,
    /// What is known in the first state; null if nothing.
    before: Option<ModelCapabilityState>,
    /// What is known in the second state; null if nothing.
    after: Option<ModelCapabilityState>,
}

/// A category that the model is in by only one of the states.
#[derive(SimpleObject)]
pub struct CategoryDifference {
    /// How it differs.
    change: DifferenceKind,
    /// The category's path.
    path: String,
}

/// A price that differs. Prices are the same if they are for the same thing from the same day on.
#[derive(SimpleObject)]
pub struct PriceDifference {
    /// How it differs.
    change: DifferenceKind,
    /// What it is for.
    component: PriceComponent,
    /// Mode of service.
    service_mode: ServiceMode,
    /// For requests of at least so many tokens of context.
    min_context_tokens: i64,
    /// Code of the currency.
    currency: String,
    /// First day it holds; null: since before records began.
    valid_from: Option<Date>,
    /// The amount in the first state; null if the price isn't there.
    before: Option<Decimal>,
    /// The amount in the second state; null if the price isn't there.
    after: Option<Decimal>,
    /// First day on which it no longer holds, in the first state; null if it isn't there or has no end.
    valid_until_before: Option<Date>,
    /// First day on which it no longer holds, in the second state; null if it isn't there or has no end.
    valid_until_after: Option<Date>,
}

/// What differs between two states of models.
#[derive(SimpleObject)]
pub struct ModelComparison {
    /// Whether nothing differs.
    identical: bool,
    /// What differs: fields first, then aliases, parameters, capabilities, categories and prices, each in order.
    differences: Vec<ModelDifference>,
}

impl ModelComparison {
    /// The answer with these differences.
    pub fn new(differences: Vec<Difference>) -> Self {
        Self { identical: differences.is_empty(), differences: shown(differences) }
    }
}

/// Differences as the schema tells them.
pub fn shown(differences: Vec<Difference>) -> Vec<ModelDifference> {
    differences.into_iter().map(ModelDifference::from).collect()
}

const fn change<T>(before: Option<&T>, after: Option<&T>) -> DifferenceKind {
    match (before, after) {
        (None, _) => DifferenceKind::Added,
        (_, None) => DifferenceKind::Removed,
        _ => DifferenceKind::Changed,
    }
}

const fn named(added: bool) -> DifferenceKind {
    if added { DifferenceKind::Added } else { DifferenceKind::Removed }
}

impl From<Difference> for ModelDifference {
    fn from(difference: Difference) -> Self {
        match difference {
            Difference::Field { field, before, after } => {
                let value = |value: JsonValue| (!value.is_null()).then_some(Json(value));
                let (before, after) = (value(before), value(after));
                let change = change(before.as_ref(), after.as_ref());
                Self::Field(FieldDifference { change, field: field.to_owned(), before, after })
            }
            Difference::Alias(alias, added) => Self::Alias(AliasDifference { change: named(added), alias }),
            Difference::Category(path, added) => Self::Category(CategoryDifference { change: named(added), path }),
            Difference::Parameter(before, after) => {
                let name = before.as_ref().or(after.as_ref()).map(|row| row.parameter_name.clone());
                Self::Parameter(ParameterDifference {
                    change: change(before.as_ref(), after.as_ref()),
                    name: name.unwrap_or_default(),
                    before: before.as_ref().map(Into::into),
                    after: after.as_ref().map(Into::into),
                })
            }
            Difference::Capability(name, before, after) => Self::Capability(CapabilityDifference {
                change: change(before.as_ref(), after.as_ref()),
                before: before.as_ref().map(|link| capability(&name, link)),
                after: after.as_ref().map(|link| capability(&name, link)),
                name,
            }),
            Difference::Price(before, after) => Self::Price(price(before.as_ref(), after.as_ref())),
        }
    }
}

fn price(before: Option<&PriceFields>, after: Option<&PriceFields>) -> PriceDifference {
    let either = before.or(after);
    PriceDifference {
        change: change(before, after),
        component: either.map_or(PriceComponent::Input, |row| row.component),
        service_mode: either.map_or(ServiceMode::Standard, |row| row.service_mode),
        min_context_tokens: either.map_or(0, |row| row.min_context_tokens),
        currency: either.map(|row| row.currency.clone()).unwrap_or_default(),
        valid_from: either.and_then(|row| row.valid_from).map(Date),
        before: before.map(|row| row.amount().into()),
        after: after.map(|row| row.amount().into()),
        valid_until_before: before.and_then(|row| row.valid_until).map(Date),
        valid_until_after: after.and_then(|row| row.valid_until).map(Date),
    }
}
