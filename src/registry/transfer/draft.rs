//! What a catalogue file says, in one shape whatever the format: the importers' output and the exporters' input.

use chrono::NaiveDate;
use indexmap::IndexMap;
use serde_json::value::RawValue;

use crate::domain::{
    Amount, Domain, JsonText, LifecycleStage, ModelType, ParameterType, PartialDate, PriceComponent, ServiceMode,
    Support, Timestamp,
};

/// A whole catalogue file.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Suppliers, in the file's order.
    pub suppliers: Vec<SupplierDraft>,
    /// Capabilities that the file defines itself. Third-party formats define none: their names are looked up.
    pub capabilities: Vec<CapabilityDraft>,
    /// Categories that the file defines itself, parents before their children.
    pub categories: Vec<CategoryDraft>,
    /// Models, in the file's order.
    pub models: Vec<ModelDraft>,
    /// Source fields that the schema has no home for. Their values are in `extra`.
    pub homeless: FieldTally,
}

/// How often each source field occurred, by its name with dots between levels, in the order first met.
pub type FieldTally = IndexMap<String, usize>;

/// Leftover source fields of one record, by name, as written.
pub type Leftovers = IndexMap<String, Box<RawValue>>;

/// What a file says about a supplier. `None`: it doesn't say.
#[derive(Debug, Clone, Default)]
pub struct SupplierDraft {
    /// Where the record stands in the file, such as `openai`.
    pub path: String,
    /// Natural key.
    pub name: String,
    /// Name to show.
    pub display_name: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// Path below `base_url`.
    pub api_endpoint: Option<String>,
    /// Root of the API.
    pub base_url: Option<String>,
    /// Full URL, where it isn't the two above joined.
    pub api_url: Option<String>,
    /// Whether calls need a key.
    pub api_key_required: Option<bool>,
    /// Home page.
    pub website: Option<String>,
    /// Documentation of the API.
    pub api_docs: Option<String>,
    /// Kind of supplier, such as `lab` or `gateway`.
    pub category: Option<String>,
    /// Path or address of a logo.
    pub logo: Option<String>,
    /// Whether it may be used.
    pub is_active: Option<bool>,
    /// Wire protocol, such as `openai`.
    pub adapter: Option<String>,
    /// This source's fields without a home.
    pub extra: Leftovers,
    /// When the row was made and last changed; only the own format says.
    pub stamps: Stamps,
}

/// When a row was made and last changed, where a file says so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stamps {
    /// Made.
    pub created_at: Option<Timestamp>,
    /// Last changed.
    pub updated_at: Option<Timestamp>,
}

/// A capability's definition.
#[derive(Debug, Clone)]
pub struct CapabilityDraft {
    /// Where the record stands in the file.
    pub path: String,
    /// Natural key.
    pub name: String,
    /// Name to show.
    pub display_name: String,
    /// Free text.
    pub description: Option<String>,
    /// Kind of capability, such as `feature`.
    pub capability_type: Option<String>,
    /// What it takes: text, image, audio, ...
    pub input_types: Option<Vec<String>>,
    /// What it gives.
    pub output_types: Option<Vec<String>>,
    /// The field it belongs to.
    pub domain: Domain,
    /// Whether it is in use.
    pub is_active: bool,
    /// When the row was made and last changed.
    pub stamps: Stamps,
}

/// A category's definition.
#[derive(Debug, Clone)]
pub struct CategoryDraft {
    /// Where the record stands in the file.
    pub path: String,
    /// Names from the root down, joined by `/`: the natural key.
    pub category_path: String,
    /// Name to show.
    pub display_name: String,
    /// Free text.
    pub description: Option<String>,
    /// Kind of category, such as `task`.
    pub category_type: String,
    /// Place among its siblings.
    pub position: i32,
    /// Whether it is in use.
    pub is_active: bool,
    /// When the row was made and last changed.
    pub stamps: Stamps,
}

/// What a file says about a model. `None`: it doesn't say.
#[derive(Debug, Clone)]
pub struct ModelDraft {
    /// Where the record stands in the file, such as `openai.models.gpt-4o`.
    pub path: String,
    /// Name of its supplier.
    pub supplier: String,
    /// Natural key within the supplier.
    pub name: String,
    /// Name to show.
    pub display_name: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// What it works on.
    pub model_type: ModelType,
    /// What it is for: chat, embedding, ...
    pub sub_type: Option<String>,
    /// Whether it is the default of its type and sub-type.
    pub is_default: Option<bool>,
    /// Whether it may be used.
    pub is_active: Option<bool>,
    /// Stage of its life.
    pub lifecycle_stage: Option<LifecycleStage>,
    /// When it came out.
    pub released_on: Option<PartialDate>,
    /// Until when its training data reaches.
    pub knowledge_cutoff: Option<PartialDate>,
    /// From when it is deprecated.
    pub deprecated_on: Option<NaiveDate>,
    /// From when it no longer answers.
    pub retires_on: Option<NaiveDate>,
    /// Which model takes its place: supplier and name.
    pub successor: Option<(String, String)>,
    /// Other names that it answers to.
    pub aliases: Vec<AliasDraft>,
    /// Typed parameters.
    pub parameters: Vec<ParameterDraft>,
    /// Abilities known to be there or not to be there.
    pub capabilities: Vec<CapabilityLinkDraft>,
    /// Categories it is in.
    pub categories: Vec<CategoryLinkDraft>,
    /// Prices.
    pub prices: Vec<PriceDraft>,
    /// Source fields without a home. A third-party importer fills in its own fields only; the own format has
    /// one entry per source.
    pub extra: Leftovers,
    /// When the row was made and last changed; only the own format says.
    pub stamps: Stamps,
}

/// Another name of a model.
#[derive(Debug, Clone, Default)]
pub struct AliasDraft {
    /// The name.
    pub alias: String,
    /// Which import brought it; only the own format says.
    pub source: Option<String>,
    /// When the row was made and last changed.
    pub stamps: Stamps,
}

/// A parameter of a model.
#[derive(Debug, Clone)]
pub struct ParameterDraft {
    /// Natural key within the model, in snake_case.
    pub name: String,
    /// Type of the value.
    pub parameter_type: ParameterType,
    /// The value, of that type.
    pub value: JsonText,
    /// Whether the value is what the API assumes when the parameter isn't sent.
    pub is_default: bool,
    /// Free text.
    pub description: Option<String>,
    /// Least value allowed.
    pub minimum: Option<f64>,
    /// Largest value allowed.
    pub maximum: Option<f64>,
    /// The values allowed, as a JSON list.
    pub allowed_values: Option<JsonText>,
    /// Which import brought it; only the own format says.
    pub source: Option<String>,
    /// When the row was made and last changed.
    pub stamps: Stamps,
}

/// A model's relation to a capability.
#[derive(Debug, Clone)]
pub struct CapabilityLinkDraft {
    /// Name of the capability.
    pub name: String,
    /// There, or known not to be there.
    pub support: Support,
    /// Plain configuration.
    pub config: Option<String>,
    /// Structured configuration.
    pub config_json: Option<JsonText>,
    /// Whether this configuration is the default one.
    pub is_default: bool,
    /// Which import brought it; only the own format says.
    pub source: Option<String>,
    /// When the row was made and last changed.
    pub stamps: Stamps,
}

/// A model's place in a category.
#[derive(Debug, Clone, Default)]
pub struct CategoryLinkDraft {
    /// Path of the category.
    pub category_path: String,
    /// Which import brought it; only the own format says.
    pub source: Option<String>,
    /// When the row was made and last changed.
    pub stamps: Stamps,
}

/// A price of a model.
#[derive(Debug, Clone)]
pub struct PriceDraft {
    /// What it is for.
    pub component: PriceComponent,
    /// Mode of service.
    pub service_mode: ServiceMode,
    /// Holds for requests of at least so many tokens of context.
    pub min_context_tokens: i64,
    /// Currency code.
    pub currency: String,
    /// Amount for the component's unit.
    pub amount: Amount,
    /// First day it holds; `None`: since before records began.
    pub valid_from: Option<NaiveDate>,
    /// First day it no longer holds; `None`: until further notice.
    pub valid_until: Option<NaiveDate>,
    /// Which import brought it; only the own format says.
    pub source: Option<String>,
    /// When the row was made and last changed.
    pub stamps: Stamps,
}
