//! Reading through the GraphQL endpoint, on both databases: what clients may rely on.

mod columns;
mod direct;
mod documents;
mod facets;
mod filters;
mod links;
mod model_filters;
mod paging;
mod paging_arguments;
mod schema;
mod search;
mod search_index;
mod statements;
