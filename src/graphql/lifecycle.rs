//! What the calendar and successors make of models: deprecations to come, and the default that falls to its successor.

use async_graphql::{Context, Result, SimpleObject};

use super::cursor::ListName;
use super::direct::planned;
use super::error::fault;
use super::model::Model;
use super::paging::{ListPart, PageArguments, connection};
use super::scalars::Date;
use super::scope::day;
use crate::domain::LifecycleStage;
use crate::loader::{Item, ListLoader, with_successors};
use crate::store::Store;
use crate::store::lifecycle::{first_scheduled, scheduled_before};
use crate::store::model::Model as Models;
use crate::store::page::{List, Scope};
use crate::store::predicate::Predicate;

/// A model that is to be deprecated or to retire, or was, and when.
#[derive(Clone)]
pub struct Deprecation(Item<Models>);

impl From<Item<Models>> for Deprecation {
    fn from(item: Item<Models>) -> Self {
        Self(item)
    }
}

/// A day on which a model's stage of life changes by itself.
#[derive(Debug, Clone, SimpleObject)]
pub struct DeprecationStep {
    /// The stage that it comes to: `DEPRECATED` or `RETIRED`.
    stage: LifecycleStage,
    /// From which day on.
    on: Date,
    /// Whether the model is in this stage today, or beyond it: the day has come, or somebody didn't wait for it.
    in_effect: bool,
}

/// A model that is to be deprecated or to retire, or was, and when.
#[async_graphql::Object]
impl Deprecation {
    /// The model.
    async fn model(&self) -> Model {
        Model(self.0.clone())
    }

    /// The model that takes its place; null if none does.
    async fn successor(&self, context: &Context<'_>) -> Result<Option<Model>> {
        Ok(self.0.successor().await.map_err(fault(context))?.map(Model))
    }

    /// What happens to it and when, the first day first: one or two steps. The second may lie behind the days that were
    /// asked for.
    async fn steps(&self, context: &Context<'_>) -> Result<Vec<DeprecationStep>> {
        let stage_today = self.0.stage_on(day(context, self.0.batch().store())?);
        let days = [(LifecycleStage::Deprecated, self.0.deprecated_on), (LifecycleStage::Retired, self.0.retires_on)];
        let step = |(stage, on)| Some(DeprecationStep { stage, on: Date(on?), in_effect: stage_today >= stage });
        let mut steps: Vec<DeprecationStep> = days.into_iter().filter_map(step).collect();
        steps.sort_by_key(|step| step.on.0);
        Ok(steps)
    }
}

planned! { Deprecation {}
maybe "successor" => Model by successor;
other "model" => |below| Step::one(below, |deprecation: &Self, _| {
    let model = Model(deprecation.0.clone());
    async move { Ok(Some(model)) }.boxed()
});
}

connection!(
    DeprecationConnection,
    DeprecationEdge,
    Deprecation,
    Models,
    "models with a day of deprecation or retirement"
);

/// The models that are to be deprecated or to retire, or were, before a day.
pub fn deprecations(store: &Store, before: Date, page: &PageArguments) -> Result<DeprecationConnection> {
    let name = ListName("deprecations".to_owned());
    let list = List::<Models>::new(Scope::All, scheduled_before(before.0), vec![first_scheduled()]);
    let window = page.window(&name, &list)?;
    let loader = ListLoader::new(store.clone(), list, window);
    Ok(DeprecationConnection(ListPart::new(loader.into(), name, 0)))
}

/// Which model to use for a kind of work, and how that came about.
#[derive(SimpleObject)]
pub struct DefaultModelChoice {
    /// The model to use: the configured default or, if that is retired, the first model in its `successorChain` that isn't;
    /// null if there is none.
    model: Option<Model>,
    /// The live model that is configured as the default, whatever its stage of life.
    configured: Model,
    /// Whether `model` is another one than was configured.
    is_fallback: bool,
    /// Why it isn't the configured one, in a sentence; null if it is.
    reason: Option<String>,
}

impl DefaultModelChoice {
    /// The model to use.
    pub fn into_model(self) -> Option<Model> {
        self.model
    }
}

/// The choice for the kind of work of which a live model that meets `condition` is the default; `None` if there is none.
///
/// # Errors
/// If the database fails.
pub async fn default_choice(
    context: &Context<'_>,
    store: &Store,
    condition: Predicate,
) -> Result<Option<DefaultModelChoice>> {
    let today = day(context, store)?;
    let chain = with_successors(store, condition).await.map_err(fault(context))?;
    let Some(configured) = chain.first() else { return Ok(None) };
    let model = chain.iter().find(|item| item.stage_on(today) != LifecycleStage::Retired);
    let is_fallback = model.is_some_and(|model| model.id != configured.id);
    let reason = match model {
        Some(model) if model.id == configured.id => None,
        Some(model) => Some(format!("{:?} is retired; {:?} takes its place", configured.name, model.name)),
        None => Some(format!("{:?} is retired, and no model that isn't takes its place", configured.name)),
    };
    Ok(Some(DefaultModelChoice {
        model: model.cloned().map(Model),
        configured: Model(configured.clone()),
        is_fallback,
        reason,
    }))
}
