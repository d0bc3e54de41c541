//! `Model`: what suppliers offer.

use std::sync::Arc;

use async_graphql::{Context, Error, Json, Result};
use serde_json::Value as JsonValue;

use super::alias::ModelAlias;
use super::capability::ModelCapability;
use super::category::Category;
use super::change::ChangeConnection;
use super::direct::{Direct, DirectList, planned};
use super::error::{bad_input, fault};
use super::facets::ModelFacets;
use super::history::history;
use super::model_version::{ModelPointer, ModelVersion, ModelVersionConnection, versions_of};
use super::object::{node, stored_json};
use super::paging::{ListPart, PageArguments, connection, root_list, sorted};
use super::parameter::{ModelParameter, PastParameterValue};
use super::price::ModelPrice;
use super::scalars::{Date, KnownDate};
use super::scope::{day, scope};
use super::supplier::Supplier;
use crate::domain::{LifecycleStage, ModelType, PriceComponent, ServiceMode};
use crate::loader::{Item, Linked, ListLoader, PricesOn, WantedPrice};
use crate::store::model::Model as Models;
use crate::store::page::{List, Scope};
use crate::store::predicate::Predicate;
use crate::store::{Row as _, Store, StoreError};

pub use super::model_filter::ModelWhere;
pub use super::model_order::ModelOrder;

node! {
/// What a supplier offers: a model as its API knows it.
Model over Models, history of its own {
    /// Natural key within the supplier, as the supplier spells it.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// Name to show, in any language; null if none is known.
    async fn display_name(&self) -> Option<&str> {
        self.0.display_name.as_deref()
    }
    /// What there is to say about it; null if nothing.
    async fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }
    /// What it works on.
    async fn model_type(&self) -> ModelType {
        self.0.model_type
    }
    /// What it is for, in `snake_case`: `chat`, `embedding`, `image_generation`, ...; null if unknown.
    async fn sub_type(&self) -> Option<&str> {
        self.0.sub_type.as_deref()
    }
    /// Whether it is the configured default of its type and sub-type; at most one live model is. If it is retired, a model of
    /// its `successorChain` is used in its place: `defaultModel` gives that.
    async fn is_default(&self) -> bool {
        self.0.is_default
    }
    /// Whether it may be used.
    async fn is_active(&self) -> bool {
        self.0.is_active
    }
    /// Stage of its life that is in effect today: the one that was set, unless `deprecatedOn` or `retiresOn` has come
    /// since. Nobody needs to act for a date to take effect.
    async fn lifecycle_stage(&self, context: &Context<'_>) -> Result<LifecycleStage> {
        Ok(self.0.stage_on(day(context, self.0.batch().store())?))
    }
    /// When it came out; null if unknown.
    async fn released_on(&self) -> Option<KnownDate> {
        self.0.released_on.clone().map(KnownDate)
    }
    /// Until when its training data reaches; null if unknown.
    async fn knowledge_cutoff(&self) -> Option<KnownDate> {
        self.0.knowledge_cutoff.clone().map(KnownDate)
    }
    /// From when it is deprecated, by itself; null if no day is set.
    async fn deprecated_on(&self) -> Option<Date> {
        self.0.deprecated_on.map(Date)
    }
    /// From when it no longer answers: it retires on this day, by itself; null if no day is set.
    async fn retires_on(&self) -> Option<Date> {
        self.0.retires_on.map(Date)
    }
    /// What imports brought and the schema has no home for, by source; null if nothing.
    async fn extra(&self) -> Option<Json<JsonValue>> {
        stored_json(self.0.extra.as_ref())
    }
    /// Who offers it, deleted suppliers of deleted models included.
    async fn supplier(&self, context: &Context<'_>) -> Result<Direct<Supplier>> {
        let supplier = self.0.supplier().await.map_err(fault(context))?;
        supplier.map(|item| Direct(Supplier(item))).ok_or_else(|| Error::new("the model's supplier is gone"))
    }
    /// Which model takes its place; null if none does.
    async fn successor(&self, context: &Context<'_>) -> Result<Option<Model>> {
        Ok(self.0.successor().await.map_err(fault(context))?.map(Model))
    }
    /// The live models that take its place one after another: its successor, then that one's, and so on; at most 20. It
    /// ends where `successor` does, at a deleted model too; empty if nothing takes its place.
    async fn successor_chain(&self, context: &Context<'_>) -> Result<Vec<Model>> {
        let chain = self.0.successor_chain().await.map_err(fault(context))?;
        Ok(chain.into_iter().map(Model).collect())
    }
    /// Other names that it answers to, in order; at most 100.
    async fn aliases(&self, context: &Context<'_>) -> Result<DirectList<ModelAlias>> {
        let aliases = self.0.aliases().await.map_err(fault(context))?;
        Ok(aliases.into_iter().map(ModelAlias).collect())
    }
    /// Typed facts and settings, by name; at most 500.
    async fn parameters(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Only those with one of these names.")] names: Option<Vec<String>>,
    ) -> Result<DirectList<ModelParameter>> {
        let parameters = self.0.parameters().await.map_err(fault(context))?;
        let wanted = |name: &String| names.as_ref().is_none_or(|names| names.contains(name));
        Ok(parameters.into_iter().filter(|row| wanted(&row.parameter_name)).map(ModelParameter).collect())
    }
    /// What is known of its abilities, by the capability's name; at most 500. What is missing here is unknown.
    async fn capabilities(&self, context: &Context<'_>) -> Result<DirectList<ModelCapability>> {
        let capabilities = self.0.capabilities().await.map_err(fault(context))?;
        Ok(capabilities.into_iter().map(ModelCapability).collect())
    }
    /// Categories it is directly in, by path; at most 100.
    async fn categories(&self, context: &Context<'_>) -> Result<DirectList<Category>> {
        let categories = self.0.categories().await.map_err(fault(context))?;
        Ok(categories.into_iter().map(Category).collect())
    }
    /// Its published versions, the newest first.
    async fn versions(
        &self,
        #[graphql(desc = "Rows from the start, 1 to 100; 20 if neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Start behind the row with this cursor.")] after: Option<String>,
        #[graphql(desc = "Rows from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before the row with this cursor.")] before: Option<String>,
    ) -> Result<ModelVersionConnection> {
        versions_of(&self.0, &PageArguments { first, after, last, before })
    }
    /// Its published version with this label; null if there is none.
    async fn version_labelled(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The label.")] label: String,
    ) -> Result<Option<ModelVersion>> {
        Ok(self.0.labelled(label).await.map_err(fault(context))?.map(ModelVersion))
    }
    /// The names that point to its versions, in order; at most 100.
    async fn pointers(&self, context: &Context<'_>) -> Result<Vec<ModelPointer>> {
        Ok(self.0.pointers().await.map_err(fault(context))?.into_iter().map(ModelPointer).collect())
    }
    /// The name that points to one of its versions; null if there is none.
    async fn pointer(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The name, such as `production`.")] name: String,
    ) -> Result<Option<ModelPointer>> {
        let pointers = self.0.pointers().await.map_err(fault(context))?;
        Ok(pointers.into_iter().find(|pointer| pointer.name == name).map(ModelPointer))
    }
    /// What it costs, by component, mode and tier; at most 500.
    async fn prices(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The day the prices hold; today in UTC unless said, as of the past the day of its moment.")] on: Option<Date>,
        #[graphql(default = false, desc = "All prices, past and future ones too; `on` is then not looked at.")] any_day: bool,
    ) -> Result<DirectList<ModelPrice>> {
        let day = on.map_or(day(context, self.0.batch().store())?, |date| date.0);
        let on = if any_day { PricesOn::AnyDay } else { PricesOn::Day(day) };
        let prices = self.0.prices(on).await.map_err(fault(context))?;
        Ok(prices.into_iter().map(ModelPrice).collect())
    }
    /// What one thing has cost from when to when, the oldest price first; at most 500. Each price says from which day until
    /// which it holds, by what the suppliers and catalogues say.
    async fn price_history(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What it is for.")] component: PriceComponent,
        #[graphql(desc = "Mode of service; the standard one unless said.")] service_mode: Option<ServiceMode>,
        #[graphql(default = 0, desc = "Where the tier begins, in tokens of context.")] min_context_tokens: i64,
        #[graphql(default_with = "\"USD\".to_owned()", desc = "Code of the currency.")] currency: String,
    ) -> Result<Vec<ModelPrice>> {
        let mode = service_mode.unwrap_or(ServiceMode::Standard);
        let prices = self.0.prices(PricesOn::AnyDay).await.map_err(fault(context))?.into_iter();
        let wanted = prices.filter(|price| {
            (price.component, price.service_mode, price.min_context_tokens) == (component, mode, min_context_tokens)
                && price.currency == currency
        });
        Ok(wanted.map(ModelPrice).collect())
    }
    /// Which values a parameter had, the oldest first: when the registry took each down, and when it was so no longer. Times
    /// in which the model had no such parameter are gaps.
    async fn parameter_history(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The parameter's name, such as `context_window`.")] name: String,
    ) -> Result<Vec<PastParameterValue>> {
        let states = self.0.parameter_states(name).await.map_err(fault(context))?;
        Ok(states.into_iter().map(PastParameterValue).collect())
    }
    /// What happened to it, the newest first.
    async fn history(
        &self,
        #[graphql(desc = "Changes from the start, 1 to 100; 20 if neither `first` nor `last` is given.")] first: Option<i32>,
        #[graphql(desc = "Start behind the change with this cursor.")] after: Option<String>,
        #[graphql(desc = "Changes from the end, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "End before the change with this cursor.")] before: Option<String>,
        #[graphql(
            default = true,
            desc = "Whether what happened to its aliases, parameters, capabilities, categories, prices, versions and \
                    pointers is among it."
        )]
        parts: bool,
    ) -> Result<ChangeConnection> {
        history(&self.0, &PageArguments { first, after, last, before }, parts)
    }
    /// The one price that holds; null if there is none.
    async fn price(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "What it is for.")] component: PriceComponent,
        #[graphql(desc = "The day it holds; today in UTC unless said, as of the past the day of its moment.")] on: Option<Date>,
        #[graphql(desc = "Mode of service; the standard one unless said.")] service_mode: Option<ServiceMode>,
        #[graphql(default = 0, desc = "Tokens of context that a request has, 0 or more: of several tiers, the one that it falls into.")] context_tokens: i64,
        #[graphql(default = "USD", desc = "Code of its currency.")] currency: String,
    ) -> Result<Option<ModelPrice>> {
        if context_tokens < 0 {
            return Err(bad_input(format!("contextTokens: must be 0 or more, not {context_tokens}")));
        }
        let wanted = WantedPrice {
            component,
            service_mode: service_mode.unwrap_or(ServiceMode::Standard),
            currency,
            context_tokens,
            on: on.map_or(day(context, self.0.batch().store())?, |date| date.0),
        };
        Ok(self.0.price(&wanted).await.map_err(fault(context))?.map(ModelPrice))
    }
}}

planned! { node Model {
    "name" => name,
    "displayName" => display_name,
    "description" => description,
    "modelType" => model_type,
    "subType" => sub_type,
    "isDefault" => is_default,
    "isActive" => is_active,
    "releasedOn" => released_on,
    "knowledgeCutoff" => knowledge_cutoff,
    "deprecatedOn" => deprecated_on,
    "retiresOn" => retires_on,
    "extra" => extra,
    "lifecycleStage" => lifecycle_stage,
}
maybe "successor" => Model by successor;
one "supplier" => Supplier by supplier;
many "successorChain" => Model by successor_chain;
many "aliases" => ModelAlias by aliases;
many "parameters" => ModelParameter by parameters;
many "capabilities" => ModelCapability by capabilities;
many "categories" => Category by categories;
other "prices" => |below| Step::many(below, |model: &Self, context| {
    let (item, day) = (model.0.clone(), day(context, model.0.batch().store()));
    async move {
        let on = day.map(PricesOn::Day).map_err(|error| StoreError::Unsupported(error.message))?;
        Ok(item.prices(on).await?.into_iter().map(ModelPrice).collect())
    }.boxed()
}); }

connection!(ModelConnection, ModelEdge, Model, Models, "models", {
    /// Counts beside the list, for the same conditions.
    async fn facets(&self) -> ModelFacets<'_> {
        ModelFacets(&self.0)
    }
});

/// All models.
pub fn all(
    context: &Context<'_>,
    store: &Store,
    page: &PageArguments,
    filter: Option<ModelWhere>,
    order_by: Option<Vec<ModelOrder>>,
) -> Result<ModelConnection> {
    let predicate = filter.unwrap_or_default().with_deletion(scope(context)?.as_of(store))?;
    root_list(context, store, page, "models", predicate, order_by).map(ModelConnection)
}

/// The models of one parent, loaded for its whole batch.
pub(super) fn models_of<E: Linked>(
    context: &Context<'_>,
    page: &PageArguments,
    filter: Option<ModelWhere>,
    order_by: Option<Vec<ModelOrder>>,
    parent: &Item<E>,
    make_scope: impl FnOnce(Vec<i64>) -> Scope,
    shared: impl FnOnce(String, Box<dyn FnOnce(Store, Vec<i64>) -> ListLoader<Models> + '_>) -> Arc<ListLoader<Models>>,
) -> Result<ModelConnection> {
    let as_of = scope(context)?.as_of(parent.batch().store());
    let arguments = format!("{page:?} {filter:?} {order_by:?}");
    let (name, keys) = sorted("models", order_by, as_of.today)?;
    let predicate = filter.unwrap_or_default().with_deletion(as_of)?;
    let window = page.window(&name, &List::<Models>::new(Scope::All, Predicate::always(), keys.clone()))?;
    let make = move |store, parents| ListLoader::new(store, List::new(make_scope(parents), predicate, keys), window);
    Ok(ModelConnection(ListPart::new(shared(arguments, Box::new(make)), name, parent.id())))
}
