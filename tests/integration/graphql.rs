//! Reading through the GraphQL endpoint, on both databases: what clients may rely on.

mod documents;
mod schema;
