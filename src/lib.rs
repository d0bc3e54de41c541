//! Modelry.
pub mod cli;
pub mod domain;
pub mod registry;
pub mod store;
