//! `ModelAlias`: another name that a model answers to.

use async_graphql::{Context, Error, Result};

use super::direct::planned;
use super::error::fault;
use super::model::Model;
use super::object::node;
use crate::store::alias::Alias;

node! {
/// Another name that a model answers to, unique among its supplier's live aliases.
ModelAlias over Alias {
    /// The name.
    async fn alias(&self) -> &str {
        &self.0.alias
    }
    /// Which import brought it; null if made by hand.
    async fn source(&self) -> Option<&str> {
        self.0.source.as_deref()
    }
    /// Whose name it is.
    async fn model(&self, context: &Context<'_>) -> Result<Model> {
        let model = self.0.model().await.map_err(fault(context))?;
        model.map(Model).ok_or_else(|| Error::new("the alias's model is gone"))
    }
}}

planned! { node ModelAlias {
    "alias" => alias,
    "source" => source,
}
one "model" => Model by model; }
