//! Objects that are shown without a future for each of their fields.
//!
//! For every field of every object async-graphql makes a boxed future, a context and a place in a join, which takes longer than
//! reading the rows. Most fields of the catalogue need none of it: they stand in the row, or in a relation that was loaded for
//! the whole batch. [`Direct`] and [`DirectList`] stand before such objects. If all that is selected is of this kind, it is put
//! together by plain calls, by a [`Plan`] that is made once for the whole list; relations that are not loaded yet are awaited
//! together, and it begins anew. What a plan does not know, and whatever fails, async-graphql resolves as it always does: values
//! and errors are the same either way.

mod leaf;
mod plan;

use std::borrow::Cow;
use std::future::Future;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{Context, ContextSelectionSet, OutputType, Positioned, ServerResult, Value};
use futures_util::future::join_all;

pub(super) use leaf::Leaf;
pub(super) use plan::{Below, Step};
use plan::{Obstacle, Plan};

/// How often it begins anew: once for each level of relations, of which few documents have more.
const ROUNDS: usize = 12;

/// An object whose fields can be had by plain calls.
pub trait Planned: OutputType + Clone + 'static {
    /// How the field with this name is had; `None` if only async-graphql knows.
    fn step(name: &str, below: &Below<'_>) -> Option<Step<Self>>;
}

/// Something of which at least some can be shown by plain calls.
pub trait Showing: OutputType {
    /// What is selected of it; `None` if that is for async-graphql to say.
    fn shown(
        &self,
        selection: &ContextSelectionSet<'_>,
        context: &Context<'_>,
    ) -> impl Future<Output = Option<Value>> + Send;
}

impl<T: Planned> Showing for T {
    async fn shown(&self, selection: &ContextSelectionSet<'_>, context: &Context<'_>) -> Option<Value> {
        show(std::slice::from_ref(self), selection, context).await?.pop()
    }
}

/// What is selected of objects of one type; `context` is that of the field that they are the value of.
async fn show<T: Planned>(
    objects: &[T],
    selection: &ContextSelectionSet<'_>,
    context: &Context<'_>,
) -> Option<Vec<Value>> {
    let plan = Plan::<T>::of(selection)?;
    for _ in 0..ROUNDS {
        match objects.iter().map(|object| plan.show(object, context)).collect() {
            Ok(values) => return Some(values),
            Err(Obstacle::Unloaded(loads)) => drop(join_all(loads).await),
            Err(Obstacle::Unable) => return None,
        }
    }
    None
}

/// An object that is shown by plain calls where that can be.
#[derive(Clone)]
pub struct Direct<T>(pub T);

/// A list of such objects.
pub struct DirectList<T>(pub Vec<T>);

impl<T> FromIterator<T> for DirectList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(objects: I) -> Self {
        Self(objects.into_iter().collect())
    }
}

impl<T: Showing> OutputType for Direct<T> {
    fn type_name() -> Cow<'static, str> {
        T::type_name()
    }

    fn qualified_type_name() -> String {
        T::qualified_type_name()
    }

    fn introspection_type_name(&self) -> Cow<'static, str> {
        self.0.introspection_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        T::create_type_info(registry)
    }

    async fn resolve(&self, context: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        match self.0.shown(context, &context.with_field(field)).await {
            Some(value) => Ok(value),
            // On the heap: it is large, and seldom needed.
            None => Box::pin(self.0.resolve(context, field)).await,
        }
    }
}

impl<T: Planned> OutputType for DirectList<T> {
    fn type_name() -> Cow<'static, str> {
        <Vec<T> as OutputType>::type_name()
    }

    fn qualified_type_name() -> String {
        <Vec<T> as OutputType>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Vec<T> as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, context: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        match show(&self.0, context, &context.with_field(field)).await {
            Some(values) => Ok(Value::List(values)),
            None => Box::pin(self.0.resolve(context, field)).await,
        }
    }
}

/// Says how fields of an object are had by plain calls: those of its row by the methods that resolve them, and its relations
/// by the methods of its item. A `node` has those of [`crate::graphql::object`] beside. What is not named here, and every field
/// with arguments, async-graphql resolves.
macro_rules! planned {
    (node $object:ident { $($fields:tt)* } $($links:tt)*) => {
        $crate::graphql::direct::planned! {
            $object {
                "id" => id,
                "databaseId" => database_id,
                "createdAt" => created_at,
                "updatedAt" => updated_at,
                "deletedAt" => deleted_at,
                "version" => version,
                $($fields)*
            }
            $($links)*
        }
    };
    ($object:ident {
        $($name:literal => $method:ident),* $(,)?
    }
    $(maybe $maybe:literal => $perhaps:ident by $to_perhaps:ident;)*
    $(one $one:literal => $found:ident by $to_one:ident;)*
    $(many $many:literal => $each:ident by $to_many:ident;)*
    $(other $other:literal => |$below:ident| $step:expr;)*
    ) => {
        impl $crate::graphql::direct::Planned for $object {
            fn step(
                name: &str,
                below: &$crate::graphql::direct::Below<'_>,
            ) -> Option<$crate::graphql::direct::Step<Self>> {
                use futures_util::FutureExt as _;
                use $crate::graphql::direct::Step;
                // Not every object leads to others.
                let _ = below;
                Some(match name {
                    "__typename" => Step::leaf(|_, _| Some(async_graphql::Value::from(stringify!($object)))),
                    $($name => Step::leaf(|object: &Self, context| $crate::graphql::direct::Leaf::leaf(object.$method(context).now_or_never()?)),)*
                    $($maybe => Step::maybe(below, |object: &Self, _| {
                        let item = object.0.clone();
                        async move { Ok(item.$to_perhaps().await?.map($perhaps)) }.boxed()
                    })?,)*
                    $($one => Step::one(below, |object: &Self, _| {
                        let item = object.0.clone();
                        async move { Ok(item.$to_one().await?.map($found)) }.boxed()
                    })?,)*
                    $($many => Step::many(below, |object: &Self, _| {
                        let item = object.0.clone();
                        async move { Ok(item.$to_many().await?.into_iter().map($each).collect()) }.boxed()
                    })?,)*
                    $($other => { let $below = below; $step? })*
                    _ => return None,
                })
            }
        }
    };
}
pub(super) use planned;
