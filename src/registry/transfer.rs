//! Catalogues in and out.
pub mod draft;
pub mod error;
