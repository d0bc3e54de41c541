//! The GraphQL schema: one file for each type, resolvers over [`crate::loader`].

mod alias;
mod api_token;
mod audit_log;
mod capability;
mod catalogue;
mod category;
mod change;
mod change_set;
mod compare;
mod comparison;
mod error;
mod expansion;
mod facets;
mod feed_cursor;
mod filters;
mod guard;
mod history;
mod id;
mod lifecycle;
mod model;
mod model_filter;
mod model_order;
mod model_state;
mod model_version;
mod mutation;
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
mod shown;
mod subscription;
mod supplier;
mod supplier_key;
mod time_travel;
mod timeline;
mod viewer;

pub use error::{BAD_USER_INPUT, FEED_RESYNC, FORBIDDEN, INTERNAL, UNAUTHENTICATED, UNAVAILABLE};
pub use expansion::{MAX_EXPANSION, expansion};
pub use mutation::Mutation;
pub use phases::Phases;
pub use query::Query;
pub use scope::RequestScope;
pub use sdl::sdl;
pub use subscription::{Live, Sent, Subscription};

/// Modelry's schema.
pub type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// How a schema is run.
#[derive(Debug, Clone, Copy)]
pub struct SchemaSettings {
    /// Deepest nesting of a document.
    pub max_depth: usize,
    /// Most fields of a document.
    pub max_complexity: usize,
    /// Whether requests that carry [`Phases`] have theirs measured. Costs a little for every field.
    pub timing: bool,
}

/// Builds the schema.
pub fn schema(settings: &SchemaSettings) -> Schema {
    let builder = Schema::build(Query::default(), Mutation::default(), Subscription)
        .limit_depth(settings.max_depth)
        .limit_complexity(settings.max_complexity);
    if settings.timing { builder.extension(phases::PhaseTimer).finish() } else { builder.finish() }
}
