//! Modelry.
pub mod domain;
pub mod registry;
