//! What a catalogue file says, in one shape whatever the format: the importers' output and the exporters' input.

use chrono::NaiveDate;
use indexmap::IndexMap;

use crate::domain::{
    Amount, Domain, JsonText, LifecycleStage, ModelType, ParameterType, PartialDate, PriceComponent, ServiceMode,
    Support, Timestamp,
};

/// A whole catalogue file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Draft {
    /// Suppliers, in the file's order.
    pub suppliers: Vec<SupplierDraft>,
    /// Capabilities that the file defines itself. Third-party formats define none: their names are looked up.
    pub capabilities: Vec<CapabilityDraft>,
    /// Categories that the file defines itself, parents before their children.
    pub categories: Vec<CategoryDraft>,
    /// Models, in the file's order.
    pub models: Vec<ModelDraft>,
    /// Source fields that the schema has no home for. Their values are in `extra`, except those named `file.<name>`,
    /// which belong to no record (paging, samples) and are only counted.
    pub homeless: FieldTally,
}

/// How often each source field occurred, by its name with dots between levels, in the order first met.
///
/// A model's fields stand plainly (`cost.citation`), a supplier's behind `supplier.`, the file's own behind `file.`.
pub type FieldTally = IndexMap<String, usize>;

/// Leftover source fields of one record, by name, as written but for white space between tokens.
pub type Leftovers = IndexMap<String, JsonText>;

/// What a file says about a supplier. `None`: it doesn't say.
#[derive(Debug, Clone, Default, PartialEq)]
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
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq)]
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
#[derive(Debug, Clone, PartialEq)]
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

impl ModelDraft {
    /// A model of which nothing is known but its names and what it works on.
    pub fn new(path: String, supplier: String, name: String, model_type: ModelType) -> Self {
        Self {
            path,
            supplier,
            name,
            model_type,
            display_name: None,
            description: None,
            sub_type: None,
            is_default: None,
            is_active: None,
            lifecycle_stage: None,
            released_on: None,
            knowledge_cutoff: None,
            deprecated_on: None,
            retires_on: None,
            successor: None,
            aliases: Vec::new(),
            parameters: Vec::new(),
            capabilities: Vec::new(),
            categories: Vec::new(),
            prices: Vec::new(),
            extra: Leftovers::new(),
            stamps: Stamps::default(),
        }
    }
}

/// Another name of a model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AliasDraft {
    /// The name.
    pub alias: String,
    /// Which import brought it; only the own format says.
    pub source: Option<String>,
    /// When the row was made and last changed.
    pub stamps: Stamps,
}

/// A parameter of a model.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterDraft {
    /// Natural key within the model, in `snake_case`.
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

impl ParameterDraft {
    /// A parameter of which nothing is known but its value.
    pub fn new(name: &str, parameter_type: ParameterType, value: JsonText) -> Self {
        Self {
            name: name.to_owned(),
            parameter_type,
            value,
            is_default: false,
            description: None,
            minimum: None,
            maximum: None,
            allowed_values: None,
            source: None,
            stamps: Stamps::default(),
        }
    }
}

/// A model's relation to a capability.
#[derive(Debug, Clone, PartialEq)]
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

impl CapabilityLinkDraft {
    /// A capability that is there or known not to be, without configuration.
    pub fn new(name: &str, support: Support) -> Self {
        Self {
            name: name.to_owned(),
            support,
            config: None,
            config_json: None,
            is_default: false,
            source: None,
            stamps: Stamps::default(),
        }
    }
}

/// A model's place in a category.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CategoryLinkDraft {
    /// Path of the category.
    pub category_path: String,
    /// Which import brought it; only the own format says.
    pub source: Option<String>,
    /// When the row was made and last changed.
    pub stamps: Stamps,
}

/// A price of a model.
#[derive(Debug, Clone, PartialEq)]
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
