//! How what is selected of an object is put together.

use std::collections::HashMap;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field, FragmentDefinition, Selection, SelectionSet};
use async_graphql::{Context, ContextSelectionSet, Name, Positioned, Value};
use futures_util::future::BoxFuture;
use futures_util::{FutureExt as _, future};

use super::Planned;
use crate::store::StoreResult;

/// The interface that all objects with a global id have.
const NODE: &str = "Node";

type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

/// What is selected of objects of one type: under which names, and how it is had.
pub(super) struct Plan<T> {
    steps: Vec<(Name, Step<T>)>,
}

/// How a field is had.
pub struct Step<T>(Way<T>);

enum Way<T> {
    Leaf(Box<Get<T, Option<Value>>>),
    Link(Box<Get<T, Result<Value, Obstacle>>>),
}

type Get<T, V> = dyn Fn(&T, &Context<'_>) -> V + Send + Sync;

/// Why something can't be shown by plain calls.
pub(super) enum Obstacle {
    /// These relations are not loaded yet.
    Unloaded(Vec<BoxFuture<'static, ()>>),
    /// It never can.
    Unable,
}

/// What is selected below a field.
pub struct Below<'s> {
    selection: &'s SelectionSet,
    fragments: &'s Fragments,
}

impl<'s> Below<'s> {
    const fn deeper(&self, selection: &'s SelectionSet) -> Self {
        Self { selection, fragments: self.fragments }
    }
}

impl<T: Planned> Plan<T> {
    /// The plan for what is selected; `None` if there is something among it that async-graphql has to resolve.
    pub(super) fn of(context: &ContextSelectionSet<'_>) -> Option<Self> {
        // Neither is documented: async-graphql is pinned, and has no other way to see a spread fragment.
        Self::below(&Below { selection: &context.item.node, fragments: &context.query_env.fragments })
    }

    fn below(below: &Below<'_>) -> Option<Self> {
        let mut plan = Self { steps: Vec::with_capacity(below.selection.items.len()) };
        plan.add(below)?;
        Some(plan)
    }

    fn add(&mut self, below: &Below<'_>) -> Option<()> {
        for selection in &below.selection.items {
            match &selection.node {
                Selection::Field(field) => self.add_field(&field.node, below)?,
                Selection::InlineFragment(fragment) => {
                    let condition = fragment.node.type_condition.as_ref().map(|condition| &condition.node.on.node);
                    self.add_fragment(condition, &fragment.node.selection_set.node, below)?;
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = &below.fragments.get(&spread.node.fragment_name.node)?.node;
                    self.add_fragment(
                        Some(&fragment.type_condition.node.on.node),
                        &fragment.selection_set.node,
                        below,
                    )?;
                }
            }
        }
        Some(())
    }

    fn add_fragment(&mut self, on: Option<&Name>, selection: &SelectionSet, below: &Below<'_>) -> Option<()> {
        // What is meant for another type would have to be told from what is meant for an interface.
        let applies = on.is_none_or(|on| on.as_str() == NODE || *on.as_str() == T::type_name());
        if applies { self.add(&below.deeper(selection)) } else { None }
    }

    fn add_field(&mut self, field: &Field, below: &Below<'_>) -> Option<()> {
        let name = &field.alias.as_ref().unwrap_or(&field.name).node;
        // Fields of one name are merged by async-graphql.
        if !field.arguments.is_empty() || !field.directives.is_empty() || self.steps.iter().any(|(own, _)| own == name)
        {
            return None;
        }
        let step = T::step(field.name.node.as_str(), &below.deeper(&field.selection_set.node))?;
        self.steps.push((name.clone(), step));
        Some(())
    }

    /// What is selected of an object.
    pub(super) fn show(&self, object: &T, context: &Context<'_>) -> Result<Value, Obstacle> {
        let mut shown = IndexMap::with_capacity(self.steps.len());
        let mut unloaded = Vec::new();
        for (name, step) in &self.steps {
            let value = match &step.0 {
                Way::Leaf(get) => get(object, context).ok_or(Obstacle::Unable),
                Way::Link(show) => show(object, context),
            };
            match value {
                Ok(value) => drop(shown.insert(name.clone(), value)),
                // All that lack are found, so that they are loaded beside each other.
                Err(Obstacle::Unloaded(loads)) => unloaded.extend(loads),
                Err(Obstacle::Unable) => return Err(Obstacle::Unable),
            }
        }
        if unloaded.is_empty() { Ok(Value::Object(shown)) } else { Err(Obstacle::Unloaded(unloaded)) }
    }
}

impl<T: Planned> Step<T> {
    /// A field whose value is known with the object; `get` gives `None` if it can't be shown so.
    pub fn leaf(get: impl Fn(&T, &Context<'_>) -> Option<Value> + Send + Sync + 'static) -> Self {
        Self(Way::Leaf(Box::new(get)))
    }

    /// A field that leads to an object, or to none.
    pub fn maybe<C: Planned>(
        below: &Below<'_>,
        get: impl Fn(&T, &Context<'_>) -> BoxFuture<'static, StoreResult<Option<C>>> + Send + Sync + 'static,
    ) -> Option<Self> {
        let plan = Plan::<C>::below(below)?;
        Some(Self(Way::Link(Box::new(move |object: &T, context: &Context<'_>| {
            at_once(get(object, context))?.map_or(Ok(Value::Null), |found| plan.show(&found, context))
        }))))
    }

    /// A field that leads to an object. Where that is missing, async-graphql says what it means.
    pub fn one<C: Planned>(
        below: &Below<'_>,
        get: impl Fn(&T, &Context<'_>) -> BoxFuture<'static, StoreResult<Option<C>>> + Send + Sync + 'static,
    ) -> Option<Self> {
        let plan = Plan::<C>::below(below)?;
        Some(Self(Way::Link(Box::new(move |object: &T, context: &Context<'_>| {
            let found = at_once(get(object, context))?;
            found.map_or(Err(Obstacle::Unable), |found| plan.show(&found, context))
        }))))
    }

    /// A field that leads to a list of objects.
    pub fn many<C: Planned>(
        below: &Below<'_>,
        get: impl Fn(&T, &Context<'_>) -> BoxFuture<'static, StoreResult<Vec<C>>> + Send + Sync + 'static,
    ) -> Option<Self> {
        let plan = Plan::<C>::below(below)?;
        Some(Self(Way::Link(Box::new(move |object: &T, context: &Context<'_>| {
            at_once(get(object, context))?
                .iter()
                .map(|found| plan.show(found, context))
                .collect::<Result<_, _>>()
                .map(Value::List)
        }))))
    }
}

/// What a relation leads to, if it is loaded.
fn at_once<V: Send + 'static>(mut getting: BoxFuture<'static, StoreResult<V>>) -> Result<V, Obstacle> {
    match (&mut getting).now_or_never() {
        Some(found) => found.map_err(|_| Obstacle::Unable),
        // A relation is shared: what is loaded here is there when it is asked for again.
        None => Err(Obstacle::Unloaded(vec![getting.then(|_| future::ready(())).boxed()])),
    }
}
