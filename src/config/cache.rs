//! The settings of answers that are kept.

use serde::{Deserialize, Serialize};

/// Answers that are given again as long as they are true.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CacheConfig {
    /// How much memory they may take, in bytes; 0 to keep none.
    pub max_bytes: u64,
    /// The largest that is kept, in bytes.
    pub max_answer_bytes: usize,
}

impl Default for CacheConfig {
    fn default() -> Self {
        Self { max_bytes: 67_108_864, max_answer_bytes: 4_194_304 }
    }
}
