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
mod cursor;
mod direct;
mod error;
mod facets;
mod feed_cursor;
mod filters;
mod guard;
mod history;
mod id;
mod lifecycle;
mod looked_at;
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
mod rate_limit;
mod scalars;
mod scope;
mod sdl;
mod server;
mod shown;
mod subscription;
mod supplier;
mod supplier_key;
mod time_travel;
mod timeline;
mod validity;
mod viewer;

pub use error::{BAD_USER_INPUT, FEED_RESYNC, FORBIDDEN, INTERNAL, UNAUTHENTICATED, UNAVAILABLE, fault_of};
pub use id::change_set_id;
pub use looked_at::looked_at;
pub use mutation::Mutation;
pub use phases::Phases;
pub use query::Query;
pub use rate_limit::Allowance;
pub use scope::RequestScope;
pub use sdl::sdl;
pub use subscription::{Live, Sent, Subscription};
pub use validity::Validity;

use async_graphql::SchemaBuilder;

/// Modelry's schema.
pub type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// How a schema is run.
#[derive(Debug, Clone, Copy)]
pub struct SchemaSettings {
    /// Deepest nesting of fields and fragments. What is above it is refused before it comes to the schema; this keeps the
    /// schema's own walks through a document as short.
    pub max_nesting: usize,
    /// Whether the schema may be asked for. If not, errors suggest no names either.
    pub introspection: bool,
    /// Whether requests that carry [`Phases`] have theirs measured. Costs a little for every field.
    pub timing: bool,
    /// Most bytes of a file that is imported by HTTP: it is told to who asks.
    pub max_import_bytes: usize,
}

impl Default for SchemaSettings {
    fn default() -> Self {
        Self { max_nesting: 100, introspection: true, timing: false, max_import_bytes: 0 }
    }
}

/// Builds the schema.
pub fn schema(settings: &SchemaSettings) -> Schema {
    let builder = builder(settings);
    if settings.timing { builder.extension(phases::PhaseTimer).finish() } else { builder.finish() }
}

fn builder(settings: &SchemaSettings) -> SchemaBuilder<Query, Mutation, Subscription> {
    let builder =
        Schema::build(Query::default(), Mutation::default(), Subscription).limit_recursive_depth(settings.max_nesting);
    let builder = builder.data(server::Server::new(settings.max_import_bytes));
    if settings.introspection { builder } else { builder.disable_introspection().disable_suggestions() }
}
