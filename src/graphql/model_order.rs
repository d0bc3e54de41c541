//! What models can be sorted by, parameters and prices included.

use async_graphql::{Enum, InputObject, Result};
use chrono::NaiveDate;

use super::error::bad_input;
use super::paging::{Order, OrderDirection};
use crate::domain::{PriceComponent, ServiceMode};
use crate::store::links::PriceKey;
use crate::store::order::models as keys;
use crate::store::page::SortKey;

/// A field of models to sort by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum ModelOrderField {
    /// By name.
    Name,
    /// By display name.
    DisplayName,
    /// By their supplier's name.
    Supplier,
    /// By what they work on.
    ModelType,
    /// By release.
    ReleasedOn,
    /// By the end of their training data.
    KnowledgeCutoff,
    /// By when they were entered.
    CreatedAt,
    /// By when they were last changed.
    UpdatedAt,
}

/// A price to sort by.
#[derive(Debug, Clone, InputObject)]
pub struct ModelPriceOrder {
    /// What the price is for.
    pub component: PriceComponent,
    /// Its currency's code.
    #[graphql(default = "USD")]
    pub currency: String,
    /// Its mode of service; the standard one unless said.
    pub service_mode: Option<ServiceMode>,
    /// Its tier, by the least number of tokens; the lowest tier unless said.
    #[graphql(default = 0)]
    pub min_context_tokens: i64,
}

/// One key to sort models by: a field, a numeric parameter, or a price that holds today. Give one of the three.
#[derive(Debug, Clone, InputObject)]
pub struct ModelOrder {
    /// By a field.
    pub field: Option<ModelOrderField>,
    /// By the number that the parameter of this name has.
    pub parameter: Option<String>,
    /// By a price.
    pub price: Option<ModelPriceOrder>,
    /// Which way; models without a value come last either way.
    #[graphql(default)]
    pub direction: OrderDirection,
}

impl ModelOrderField {
    fn key(self) -> SortKey {
        match self {
            Self::Name => keys::name(),
            Self::DisplayName => keys::display_name(),
            Self::Supplier => keys::supplier_name(),
            Self::ModelType => keys::model_type(),
            Self::ReleasedOn => keys::released_on(),
            Self::KnowledgeCutoff => keys::knowledge_cutoff(),
            Self::CreatedAt => keys::created_at(),
            Self::UpdatedAt => keys::updated_at(),
        }
    }
}

impl ModelPriceOrder {
    fn key(&self, today: NaiveDate) -> SortKey {
        keys::price(&PriceKey {
            component: self.component,
            currency: self.currency.clone(),
            service_mode: self.service_mode.unwrap_or(ServiceMode::Standard),
            min_context_tokens: self.min_context_tokens,
            on: today,
        })
    }
}

impl Order for ModelOrder {
    fn usual() -> Self {
        Self { field: Some(ModelOrderField::Name), parameter: None, price: None, direction: OrderDirection::Asc }
    }

    fn key(&self, today: NaiveDate) -> Result<SortKey> {
        let key = match (self.field, &self.parameter, &self.price) {
            (Some(field), None, None) => field.key(),
            (None, Some(parameter), None) => keys::parameter(parameter),
            (None, None, Some(price)) => price.key(today),
            _ => return Err(bad_input("orderBy: each key takes exactly one of field, parameter and price")),
        };
        Ok(key.directed(self.direction.descending()))
    }
}
