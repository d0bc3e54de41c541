//! Counts beside a list of models.

use async_graphql::{Context, Object, Result, SimpleObject};

use super::error::fault;
use super::paging::ListPart;
use super::scope::day;
use crate::store::facets::Facet;
use crate::store::model::Model as Models;

/// Most values that one facet lists.
const MAX_VALUES: usize = 1000;

/// How many of a list's models share each value. Each facet lists at most 1,000 values, the most frequent first.
pub struct ModelFacets<'a>(pub &'a ListPart<Models>);

/// How many models share a value.
#[derive(Debug, Clone, SimpleObject)]
pub struct FacetCount {
    /// The value: a name, a path, or a member of a closed set.
    value: String,
    /// The value's display name; null where it has none.
    label: Option<String>,
    /// How many models.
    count: i64,
}

impl ModelFacets<'_> {
    async fn counts(&self, context: &Context<'_>, facet: Facet) -> Result<Vec<FacetCount>> {
        let counts = self.0.loader().facet(facet).await.map_err(fault(context))?;
        let counts = counts.get(&self.0.parent()).map(Vec::as_slice).unwrap_or_default();
        Ok(counts
            .iter()
            .take(MAX_VALUES)
            .cloned()
            .map(|count| FacetCount { value: count.value, label: count.label, count: count.count })
            .collect())
    }
}

/// How many of a list's models share each value. Each facet lists at most 1,000 values, the most frequent first.
#[Object]
impl ModelFacets<'_> {
    /// By supplier's name.
    async fn suppliers(&self, context: &Context<'_>) -> Result<Vec<FacetCount>> {
        self.counts(context, Facet::Suppliers).await
    }
    /// By what they work on.
    async fn model_types(&self, context: &Context<'_>) -> Result<Vec<FacetCount>> {
        self.counts(context, Facet::ModelTypes).await
    }
    /// By what they are for.
    async fn sub_types(&self, context: &Context<'_>) -> Result<Vec<FacetCount>> {
        self.counts(context, Facet::SubTypes).await
    }
    /// By the name of a capability they are known to have.
    async fn capabilities(&self, context: &Context<'_>) -> Result<Vec<FacetCount>> {
        self.counts(context, Facet::Capabilities).await
    }
    /// By the path of a category they are directly in.
    async fn categories(&self, context: &Context<'_>) -> Result<Vec<FacetCount>> {
        self.counts(context, Facet::Categories).await
    }
    /// By the stage of life that is in effect today.
    async fn lifecycle_stages(&self, context: &Context<'_>) -> Result<Vec<FacetCount>> {
        self.counts(context, Facet::LifecycleStages(day(context)?)).await
    }
}
