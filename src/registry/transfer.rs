//! Catalogues in and out.
//!
//! One module per format, each with a pure `read` from bytes to a [`draft::Draft`] and, where the format is also
//! written, a pure `write` from a draft. What the formats mean is told in `docs/import-formats.md`.

pub mod apply;
pub mod draft;
pub mod error;
pub mod format;
pub mod litellm;
pub mod models_dev;
pub mod openrouter;
pub mod own;
pub mod progress;
pub mod snapshot;
pub mod source;
pub mod spool;
pub mod taxonomy;

#[cfg(test)]
mod compare;
#[cfg(test)]
mod damage;
mod document;
mod facts;
mod fields;
mod lines;
mod outline;
mod prices;
mod tree;
mod values;
