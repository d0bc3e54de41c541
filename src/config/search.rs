//! The settings of searches and counts.

use serde::{Deserialize, Serialize};

/// How models are searched and counted.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchConfig {
    /// How much memory an index of the live models may take, in bytes, about; 0 to leave all to the database, as is done where
    /// the models don't fit.
    pub max_index_bytes: u64,
}

impl Default for SearchConfig {
    fn default() -> Self {
        Self { max_index_bytes: 268_435_456 }
    }
}
