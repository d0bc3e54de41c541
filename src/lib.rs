//! Modelry.
pub mod domain;
pub mod registry;
pub mod store;
