//! What models lead to.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::batch::{Batch, ByArguments, Item, Linked, Relation, distinct, group_by};
use super::list::ListLoader;
use super::model_version::{labelled, pointers_of};
use super::related::{items_by_ids, of_models};
use crate::domain::{PriceComponent, ServiceMode};
use crate::store::alias::Alias;
use crate::store::capability::Capability;
use crate::store::capability_link::{CapabilityLink, with_capabilities};
use crate::store::category::Category;
use crate::store::category_link::with_categories;
use crate::store::model::Model;
use crate::store::model_pointer::ModelPointer;
use crate::store::model_version::ModelVersion;
use crate::store::parameter::{Parameter, ParameterState};
use crate::store::predicate::Predicate;
use crate::store::price::Price;
use crate::store::schema::fields;
use crate::store::successor::chains;
use crate::store::supplier::Supplier;
use crate::store::{Joined, Store, StoreResult};

type Grouped<E> = HashMap<i64, Vec<Item<E>>>;

/// The relations of a batch of models.
#[derive(Default)]
pub struct ModelRelations {
    supplier: Relation<HashMap<i64, Item<Supplier>>>,
    successor: Relation<HashMap<i64, Item<Model>>>,
    successor_chain: Relation<Grouped<Model>>,
    aliases: Relation<Grouped<Alias>>,
    parameters: Relation<Grouped<Parameter>>,
    capabilities: Relation<HashMap<i64, Vec<LinkedCapability>>>,
    categories: Relation<Grouped<Category>>,
    prices: Relation<Grouped<Price>>,
    pub(super) parameter_states: ByArguments<String, Relation<HashMap<i64, Vec<ParameterState>>>>,
    pointers: Relation<Grouped<ModelPointer>>,
    labelled: ByArguments<String, Relation<HashMap<i64, Item<ModelVersion>>>>,
    versions: ByArguments<String, ListLoader<ModelVersion>>,
}

impl Linked for Model {
    type Relations = ModelRelations;
}

/// The relations of a batch of associations with capabilities.
#[derive(Default)]
pub struct CapabilityLinkRelations {
    model: Relation<HashMap<i64, Item<Model>>>,
    capability: Relation<HashMap<i64, Item<Capability>>>,
}

impl Linked for CapabilityLink {
    type Relations = CapabilityLinkRelations;
}

/// An association with a capability, and the capability where it was loaded with it.
#[derive(Clone)]
pub struct LinkedCapability {
    /// The association.
    pub link: Item<CapabilityLink>,
    /// What it is with.
    pub capability: Option<Item<Capability>>,
}

/// Which of a model's prices are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PricesOn {
    /// Those that hold on a day.
    Day(NaiveDate),
    /// All, past and future ones included.
    AnyDay,
}

/// Which one of a model's prices is wanted.
#[derive(Debug, Clone)]
pub struct WantedPrice {
    /// What it is for.
    pub component: PriceComponent,
    /// Mode of service.
    pub service_mode: ServiceMode,
    /// Currency code.
    pub currency: String,
    /// The request's tokens of context, which choose the tier.
    pub context_tokens: i64,
    /// The day it holds.
    pub on: NaiveDate,
}

impl WantedPrice {
    fn is(&self, price: &Item<Price>) -> bool {
        price.component == self.component
            && price.service_mode == self.service_mode
            && price.currency == self.currency
            && price.min_context_tokens <= self.context_tokens
    }
}

/// The model's part of a relation that was loaded for its whole batch.
fn part<V: Clone>(groups: &HashMap<i64, Vec<V>>, id: i64) -> Vec<V> {
    groups.get(&id).cloned().unwrap_or_default()
}

impl Item<Model> {
    /// Who offers the model.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn supplier(&self) -> StoreResult<Option<Item<Supplier>>> {
        let batch = self.batch();
        let ids = || distinct(batch.rows().iter().map(|row| row.supplier_id));
        let suppliers = batch.relations().supplier.get(|| items_by_ids(batch.store(), ids())).await?;
        Ok(suppliers.get(&self.supplier_id).cloned())
    }

    /// Which model takes this one's place; `None` if that is deleted and this one isn't.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn successor(&self) -> StoreResult<Option<Self>> {
        let Some(successor) = self.successor_id else { return Ok(None) };
        let batch = self.batch();
        let ids = || distinct(batch.rows().iter().filter_map(|row| row.successor_id));
        let successors = batch.relations().successor.get(|| items_by_ids(batch.store(), ids())).await?;
        let shown = |item: &&Self| item.deleted_at.is_none() || self.deleted_at.is_some();
        Ok(successors.get(&successor).filter(shown).cloned())
    }

    /// The live models that take this one's place, one after another.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn successor_chain(&self) -> StoreResult<Vec<Self>> {
        if self.successor_id.is_none() {
            return Ok(Vec::new());
        }
        let batch = self.batch();
        let starts = || batch.rows().iter().filter(|row| row.successor_id.is_some()).map(|row| row.id).collect();
        let chains = &batch.relations().successor_chain;
        Ok(part(&*chains.get(|| load_chains(batch.store(), starts())).await?, self.id))
    }

    /// The model's other names, in order.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn aliases(&self) -> StoreResult<Vec<Item<Alias>>> {
        let batch = self.batch();
        Ok(part(&*batch.relations().aliases.get(|| of_models(batch.store(), batch.ids())).await?, self.id))
    }

    /// The model's parameters, by name.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn parameters(&self) -> StoreResult<Vec<Item<Parameter>>> {
        let batch = self.batch();
        Ok(part(&*batch.relations().parameters.get(|| of_models(batch.store(), batch.ids())).await?, self.id))
    }

    /// What is known of the model's capabilities, by the capability's name.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn capabilities(&self) -> StoreResult<Vec<LinkedCapability>> {
        let batch = self.batch();
        let capabilities = batch.relations().capabilities.get(|| load_capabilities(batch.store(), batch.ids())).await?;
        Ok(part(&capabilities, self.id))
    }

    /// The categories the model is directly in, by path.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn categories(&self) -> StoreResult<Vec<Item<Category>>> {
        let batch = self.batch();
        let categories = batch.relations().categories.get(|| load_categories(batch.store(), batch.ids())).await?;
        Ok(part(&categories, self.id))
    }

    /// The names that point to versions of the model, in order.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn pointers(&self) -> StoreResult<Vec<Item<ModelPointer>>> {
        let batch = self.batch();
        Ok(part(&*batch.relations().pointers.get(|| pointers_of(batch.store(), batch.ids())).await?, self.id))
    }

    /// The version of the model that has this label.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn labelled(&self, label: String) -> StoreResult<Option<Item<ModelVersion>>> {
        let batch = self.batch();
        let relation = batch.relations().labelled.entry(label.clone(), Relation::default);
        Ok(relation.get(|| labelled(batch.store(), batch.ids(), label)).await?.get(&self.id).cloned())
    }

    /// The versions of the batch's models; `arguments` tells one list and window from another.
    pub fn versions(
        &self,
        arguments: String,
        make: impl FnOnce(Store, Vec<i64>) -> ListLoader<ModelVersion>,
    ) -> Arc<ListLoader<ModelVersion>> {
        let batch = self.batch();
        batch.relations().versions.entry(arguments, || make(batch.store().clone(), batch.ids()))
    }

    /// The model's prices, by component, mode and tier.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn prices(&self, on: PricesOn) -> StoreResult<Vec<Item<Price>>> {
        let batch = self.batch();
        let prices: Arc<Grouped<Price>> =
            batch.relations().prices.get(|| of_models(batch.store(), batch.ids())).await?;
        let wanted = |price: &Item<Price>| match on {
            PricesOn::Day(day) => price.holds_on(day),
            PricesOn::AnyDay => true,
        };
        Ok(part(&prices, self.id).into_iter().filter(wanted).collect())
    }

    /// The one price that is wanted: of several tiers the highest that the tokens reach; `None` if there is none.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn price(&self, wanted: &WantedPrice) -> StoreResult<Option<Item<Price>>> {
        let prices = self.prices(PricesOn::Day(wanted.on)).await?;
        Ok(prices.into_iter().filter(|price| wanted.is(price)).max_by_key(|price| price.min_context_tokens))
    }
}

/// A model may stand in several chains: it is one row of the batch in each, and its relations are loaded for all.
async fn load_chains(store: &Store, starts: Vec<i64>) -> StoreResult<Grouped<Model>> {
    let condition = Predicate::id_in(fields::models::id(), starts);
    let found = store.read(move |conn| Box::pin(chains(conn, condition))).await?;
    let (starts, rows): (Vec<i64>, Vec<_>) = found.into_iter().unzip();
    let links = starts.into_iter().zip(Batch::<Model>::items(store, rows));
    let mut groups: Grouped<Model> = HashMap::new();
    for (start, item) in links {
        groups.entry(start).or_default().push(item);
    }
    Ok(groups)
}

async fn load_capabilities(store: &Store, models: Vec<i64>) -> StoreResult<HashMap<i64, Vec<LinkedCapability>>> {
    let Joined { links, rows, .. } = store.read_along(move |conn| Box::pin(with_capabilities(conn, models))).await?;
    let capabilities: HashMap<i64, Item<Capability>> =
        Batch::<Capability>::items(store, rows).into_iter().map(|item| (item.id, item)).collect();
    let linked = Batch::items(store, links).into_iter().map(|link: Item<CapabilityLink>| {
        let capability = capabilities.get(&link.capability_id).cloned();
        LinkedCapability { link, capability }
    });
    Ok(group_by(linked, |linked| linked.link.model_id))
}

async fn load_categories(store: &Store, models: Vec<i64>) -> StoreResult<Grouped<Category>> {
    let Joined { links, rows, .. } = store.read_along(move |conn| Box::pin(with_categories(conn, models))).await?;
    let categories: HashMap<i64, Item<Category>> =
        Batch::<Category>::items(store, rows).into_iter().map(|item| (item.id, item)).collect();
    let mut groups: Grouped<Category> = HashMap::new();
    for link in links {
        groups.entry(link.model_id).or_default().extend(categories.get(&link.category_id).cloned());
    }
    Ok(groups)
}

impl LinkedCapability {
    /// What the association is with.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn capability(&self) -> StoreResult<Option<Item<Capability>>> {
        if self.capability.is_some() {
            return Ok(self.capability.clone());
        }
        let batch = self.link.batch();
        let ids = || distinct(batch.rows().iter().map(|row| row.capability_id));
        let found = batch.relations().capability.get(|| items_by_ids(batch.store(), ids())).await?;
        Ok(found.get(&self.link.capability_id).cloned())
    }

    /// Which model it is about.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn model(&self) -> StoreResult<Option<Item<Model>>> {
        let batch = self.link.batch();
        let ids = || distinct(batch.rows().iter().map(|row| row.model_id));
        let found = batch.relations().model.get(|| items_by_ids(batch.store(), ids())).await?;
        Ok(found.get(&self.link.model_id).cloned())
    }
}
