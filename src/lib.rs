//! Modelry.
pub mod domain;
pub mod graphql;
pub mod loader;
pub mod registry;
pub mod store;
