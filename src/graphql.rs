//! The GraphQL schema: one file for each type, resolvers over [`crate::loader`].

mod alias;
mod capability;
mod category;
mod error;
mod facets;
mod filters;
mod id;
mod model;
mod model_filter;
mod model_order;
mod node;
mod object;
mod paging;
mod parameter;
mod phases;
mod price;
mod query;
mod scalars;
mod scope;
mod sdl;
mod supplier;

use async_graphql::{EmptyMutation, EmptySubscription};

pub use error::{BAD_USER_INPUT, INTERNAL, UNAVAILABLE};
pub use phases::Phases;
pub use query::Query;
pub use scope::RequestScope;
pub use sdl::sdl;

/// Modelry's schema.
pub type Schema = async_graphql::Schema<Query, EmptyMutation, EmptySubscription>;

/// How large a document may be.
#[derive(Debug, Clone, Copy)]
pub struct SchemaLimits {
    /// Deepest nesting.
    pub depth: usize,
    /// Most fields.
    pub complexity: usize,
}

/// Builds the schema.
pub fn schema(limits: &SchemaLimits) -> Schema {
    Schema::build(Query, EmptyMutation, EmptySubscription)
        .limit_depth(limits.depth)
        .limit_complexity(limits.complexity)
        .extension(phases::PhaseTimer)
        .finish()
}
