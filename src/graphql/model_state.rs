//! `ModelState`: a model as it was, with all that belonged to it, by names instead of ids.

use async_graphql::{Json, SimpleObject};
use serde_json::Value as JsonValue;

use super::object::stored_json;
use super::scalars::{Date, Decimal, KnownDate};
use crate::domain::{JsonText, LifecycleStage, ModelType, ParameterType, PriceComponent, ServiceMode, Support};
use crate::store::capability_link::CapabilityLinkFields;
use crate::store::model_state::ModelState as State;
use crate::store::parameter::ParameterFields;
use crate::store::price::PriceFields;

/// A model as it was, with all that belonged to it. It refers to other objects by their names of that time.
#[derive(SimpleObject)]
pub struct ModelState {
    /// Natural key within the supplier.
    name: String,
    /// Name of the supplier.
    supplier: String,
    /// Name to show; null if none was known.
    display_name: Option<String>,
    /// What there was to say about it; null if nothing.
    description: Option<String>,
    /// What it worked on.
    model_type: ModelType,
    /// What it was for; null if unknown.
    sub_type: Option<String>,
    /// Whether it was the default of its type and sub-type.
    is_default: bool,
    /// Whether it might be used.
    is_active: bool,
    /// Stage of its life as it was written down.
    lifecycle_stage: LifecycleStage,
    /// When it came out; null if unknown.
    released_on: Option<KnownDate>,
    /// Until when its training data reached; null if unknown.
    knowledge_cutoff: Option<KnownDate>,
    /// From when it was to be deprecated; null if no day was set.
    deprecated_on: Option<Date>,
    /// From when it was no longer to answer; null if no day was set.
    retires_on: Option<Date>,
    /// Which live model was to take its place, as `supplier/name`; null if none was.
    successor: Option<String>,
    /// What imports had brought and the schema has no home for, by source; null if nothing.
    extra: Option<Json<JsonValue>>,
    /// Its other names, in order.
    aliases: Vec<String>,
    /// Its parameters, by name.
    parameters: Vec<ModelParameterState>,
    /// What was known of its abilities, by the capability's name.
    capabilities: Vec<ModelCapabilityState>,
    /// Paths of the categories it was in, in order.
    categories: Vec<String>,
    /// What it cost, by component, mode, tier, currency and day; past and future prices too.
    prices: Vec<ModelPriceState>,
}

/// A parameter of a model as it was.
#[derive(SimpleObject)]
pub struct ModelParameterState {
    /// Natural key within the model.
    name: String,
    /// Type of the value.
    r#type: ParameterType,
    /// The value, as its type says.
    value: Json<JsonValue>,
    /// Whether the value was what the API assumes when the parameter isn't sent.
    is_default: bool,
    /// What there was to say about it; null if nothing.
    description: Option<String>,
    /// Least number allowed; null if there was none.
    minimum: Option<f64>,
    /// Largest number allowed; null if there was none.
    maximum: Option<f64>,
    /// The values allowed; null if any was.
    allowed_values: Option<Json<JsonValue>>,
    /// Which import had brought it; null if made by hand.
    source: Option<String>,
}

/// What was known of a model's ability.
#[derive(SimpleObject)]
pub struct ModelCapabilityState {
    /// The capability's name.
    capability: String,
    /// Whether it was there, or known not to be.
    support: Support,
    /// Configuration: a text, or any JSON; null if none.
    config: Option<Json<JsonValue>>,
    /// Whether this configuration was the default one.
    is_default: bool,
    /// Which import had brought it; null if made by hand.
    source: Option<String>,
}

/// A price of a model as it was.
#[derive(SimpleObject)]
pub struct ModelPriceState {
    /// What it was for.
    component: PriceComponent,
    /// Mode of service.
    service_mode: ServiceMode,
    /// Held for requests of at least so many tokens of context.
    min_context_tokens: i64,
    /// Code of the currency.
    currency: String,
    /// The exact amount, for one `unit`.
    amount: Decimal,
    /// What the amount bought.
    unit: String,
    /// First day it held; null: since before records began.
    valid_from: Option<Date>,
    /// First day it no longer held; null: until further notice.
    valid_until: Option<Date>,
    /// Which import had brought it; null if made by hand.
    source: Option<String>,
}

impl From<&State> for ModelState {
    fn from(state: &State) -> Self {
        let model = state.fields.clone();
        Self {
            name: model.name,
            supplier: state.supplier.clone(),
            display_name: model.display_name,
            description: model.description,
            model_type: model.model_type,
            sub_type: model.sub_type,
            is_default: model.is_default,
            is_active: model.is_active,
            lifecycle_stage: model.lifecycle_stage,
            released_on: model.released_on.map(KnownDate),
            knowledge_cutoff: model.knowledge_cutoff.map(KnownDate),
            deprecated_on: model.deprecated_on.map(Date),
            retires_on: model.retires_on.map(Date),
            successor: state.successor.as_ref().map(|(supplier, name)| format!("{supplier}/{name}")),
            extra: stored_json(model.extra.as_ref()),
            aliases: state.aliases.clone(),
            parameters: state.parameters.iter().map(ModelParameterState::from).collect(),
            capabilities: state.capabilities.iter().map(|(name, link)| capability(name, link)).collect(),
            categories: state.categories.clone(),
            prices: state.prices.iter().map(ModelPriceState::from).collect(),
        }
    }
}

impl From<&ParameterFields> for ModelParameterState {
    fn from(row: &ParameterFields) -> Self {
        let value = row.parameter_type.read(&row.parameter_value);
        Self {
            name: row.parameter_name.clone(),
            r#type: row.parameter_type,
            value: Json(value.unwrap_or_else(|_| row.parameter_value.clone().into())),
            is_default: row.is_default,
            description: row.description.clone(),
            minimum: row.minimum,
            maximum: row.maximum,
            allowed_values: stored_json(row.allowed_values.as_ref()),
            source: row.source.clone(),
        }
    }
}

/// What was known of the ability of this name.
pub fn capability(name: &str, link: &CapabilityLinkFields) -> ModelCapabilityState {
    let structured = |json: &JsonText| stored_json(Some(json));
    let plain = link.config.clone().map(|text| Json(JsonValue::String(text)));
    ModelCapabilityState {
        capability: name.to_owned(),
        support: link.support,
        config: plain.or_else(|| link.config_json.as_ref().and_then(structured)),
        is_default: link.is_default,
        source: link.source.clone(),
    }
}

impl From<&PriceFields> for ModelPriceState {
    fn from(row: &PriceFields) -> Self {
        Self {
            component: row.component,
            service_mode: row.service_mode,
            min_context_tokens: row.min_context_tokens,
            currency: row.currency.clone(),
            amount: row.amount().into(),
            unit: row.unit.as_str().to_owned(),
            valid_from: row.valid_from.map(Date),
            valid_until: row.valid_until.map(Date),
            source: row.source.clone(),
        }
    }
}
