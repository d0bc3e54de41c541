//! `ModelPrice`: what a model costs.

use async_graphql::{Context, Error, Result};

use super::direct::planned;
use super::error::fault;
use super::model::Model;
use super::object::node;
use super::scalars::{Date, Decimal};
use crate::domain::{PriceComponent, ServiceMode};
use crate::store::price::Price;

node! {
/// What a model costs: an exact amount for a unit, under a mode of service, from a number of tokens on, for a time.
ModelPrice over Price {
    /// What it is for.
    async fn component(&self) -> PriceComponent {
        self.0.component
    }
    /// Mode of service it holds for.
    async fn service_mode(&self) -> ServiceMode {
        self.0.service_mode
    }
    /// Holds for requests of at least so many tokens of context; 0 for the lowest tier.
    async fn min_context_tokens(&self) -> i64 {
        self.0.min_context_tokens
    }
    /// The exact amount, for one `unit`.
    async fn amount(&self) -> Decimal {
        self.0.amount().into()
    }
    /// Code of the amount's currency, of ISO 4217's shape.
    async fn currency(&self) -> &str {
        &self.0.currency
    }
    /// What the amount buys: `1M tokens`, `image`, `second`, ...
    async fn unit(&self) -> &str {
        self.0.unit.as_str()
    }
    /// First day it holds; null: since before records began.
    async fn valid_from(&self) -> Option<Date> {
        self.0.valid_from.map(Date)
    }
    /// First day it no longer holds; null: until further notice.
    async fn valid_until(&self) -> Option<Date> {
        self.0.valid_until.map(Date)
    }
    /// Which import brought it; null if made by hand.
    async fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }
    /// Whose price it is.
    async fn model(&self, context: &Context<'_>) -> Result<Model> {
        let model = self.0.model().await.map_err(fault(context))?;
        model.map(Model).ok_or_else(|| Error::new("the price's model is gone"))
    }
}}

planned! { node ModelPrice {
    "component" => component,
    "serviceMode" => service_mode,
    "minContextTokens" => min_context_tokens,
    "amount" => amount,
    "currency" => currency,
    "unit" => unit,
    "validFrom" => valid_from,
    "validUntil" => valid_until,
    "source" => source,
}
one "model" => Model by model; }
