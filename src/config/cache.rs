//! The settings of answers and documents that are kept.

use serde::{Deserialize, Serialize};

/// Answers that are given again as long as they are true, and documents that are known again.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CacheConfig {
    /// How much memory they may take, in bytes; 0 to keep none.
    pub max_bytes: u64,
    /// The largest that is kept, in bytes.
    pub max_answer_bytes: usize,
    /// How much memory documents may take that clients name by their hashes, and that are parsed already, in bytes, about; 0
    /// to keep none.
    pub max_document_bytes: u64,
}

impl Default for CacheConfig {
    fn default() -> Self {
        Self { max_bytes: 67_108_864, max_answer_bytes: 4_194_304, max_document_bytes: 8_388_608 }
    }
}
