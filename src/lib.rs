//! Modelry.
pub mod domain;
pub mod loader;
pub mod registry;
pub mod store;
