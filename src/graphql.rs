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
mod mutation;
mod node;
mod object;
mod paging;
mod parameter;
mod price;
mod query;
mod scalars;
mod scope;
mod supplier;

use async_graphql::EmptySubscription;

pub use error::{BAD_USER_INPUT, INTERNAL, UNAVAILABLE};
pub use mutation::Mutation;
pub use query::Query;
pub use scope::RequestScope;

/// Modelry's schema.
pub type Schema = async_graphql::Schema<Query, Mutation, EmptySubscription>;

/// Builds the schema.
pub fn schema() -> Schema {
    Schema::build(Query, Mutation::default(), EmptySubscription).finish()
}
