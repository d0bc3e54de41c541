//! How much may be asked: `[limits]`.

use serde::{Deserialize, Serialize};

/// How much may be asked. What is 0 among the rates and places has no limit.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitsConfig {
    /// Most tokens of a document, counted before it is parsed.
    pub max_tokens: usize,
    /// Deepest nesting of fields.
    pub max_depth: usize,
    /// Most fields, wherever fragments put them in.
    pub max_fields: usize,
    /// Most fields with a name of the document's own.
    pub max_aliases: usize,
    /// Most fields of an operation's first level.
    pub max_root_fields: usize,
    /// Most directives.
    pub max_directives: usize,
    /// Largest cost of a request.
    pub max_cost: u32,
    /// Cost that a caller may spend in a minute, at once or bit by bit.
    pub cost_per_minute: u32,
    /// Requests that a caller may send in a second; twice as many at once.
    pub requests_per_second: u32,
    /// Fields of mutations that a caller may ask for in a minute, at once or bit by bit.
    pub mutations_per_minute: u32,
    /// WebSockets and event streams that a caller may have open at once, on one process.
    pub streams_per_caller: u32,
    /// Subscriptions that a caller may have at once, on one process.
    pub subscriptions_per_caller: u32,
    /// How long a query or mutation may take, in milliseconds.
    pub request_timeout_ms: u64,
    /// Where counters are shared: `redis://[user:password@]host:port/database`. May hold a password. Without it, each process
    /// counts for itself.
    pub redis_url: Option<String>,
    /// How long Redis may take to answer before a process counts for itself, in milliseconds.
    pub redis_timeout_ms: u64,
    /// Whether answers say what they cost, in `extensions.cost`.
    pub publish_cost: bool,
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self {
            max_tokens: 10_000,
            max_depth: 20,
            max_fields: 1_000,
            max_aliases: 100,
            max_root_fields: 100,
            max_directives: 50,
            max_cost: 50_000,
            cost_per_minute: 600_000,
            requests_per_second: 200,
            mutations_per_minute: 6_000,
            streams_per_caller: 100,
            subscriptions_per_caller: 1_000,
            request_timeout_ms: 30_000,
            redis_url: None,
            redis_timeout_ms: 100,
            publish_cost: true,
        }
    }
}

impl LimitsConfig {
    /// What lets nothing through if it is 0.
    pub(super) fn zero(&self) -> [(&'static str, bool); 9] {
        [
            ("limits.max_tokens", self.max_tokens == 0),
            ("limits.max_depth", self.max_depth == 0),
            ("limits.max_fields", self.max_fields == 0),
            ("limits.max_aliases", self.max_aliases == 0),
            ("limits.max_root_fields", self.max_root_fields == 0),
            ("limits.max_directives", self.max_directives == 0),
            ("limits.max_cost", self.max_cost == 0),
            ("limits.request_timeout_ms", self.request_timeout_ms == 0),
            ("limits.redis_timeout_ms", self.redis_timeout_ms == 0),
        ]
    }

    /// Whether a request that is let through could never be paid for.
    pub(super) const fn is_bucket_too_small(&self) -> bool {
        self.cost_per_minute != 0 && self.cost_per_minute < self.max_cost
    }
}
