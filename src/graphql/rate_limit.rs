//! What the caller may still spend.

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::guard::ByPolicy;

/// What a request carries of its caller's allowance; without it, there is no limit.
#[derive(Debug, Clone, Copy)]
pub struct Allowance {
    /// What may be spent at once.
    pub limit: u64,
    /// What is left, with this request taken.
    pub remaining: u64,
    /// What is added in a second.
    pub restore_rate: f64,
    /// When all of it is there again.
    pub reset_at: DateTime<Utc>,
    /// What was taken for this request.
    pub cost: u64,
}

/// What the caller may spend on requests. `docs/limits.md` says what they cost.
#[derive(Debug, SimpleObject)]
pub struct RateLimit {
    /// What may be spent at once, if nothing was spent in the last minute.
    limit: i32,
    /// What is left of it, with the requested cost of this request taken.
    remaining: i32,
    /// What is added to it in a second.
    restore_rate: f64,
    /// When all of it is there again, if nothing more is spent.
    reset_at: DateTime<Utc>,
    /// What was taken for this request. What its answer doesn't come to is given back: `extensions.cost` has both.
    cost: i32,
}

impl From<Allowance> for RateLimit {
    fn from(allowance: Allowance) -> Self {
        let int = |number: u64| i32::try_from(number).unwrap_or(i32::MAX);
        Self {
            limit: int(allowance.limit),
            remaining: int(allowance.remaining),
            restore_rate: allowance.restore_rate,
            reset_at: allowance.reset_at,
            cost: int(allowance.cost),
        }
    }
}

/// Asking what one may spend.
#[derive(Default)]
pub struct Spending;

/// Asking what one may spend.
#[Object(guard = "ByPolicy")]
impl Spending {
    /// What the caller may still spend on requests; null if the server sets no limit.
    async fn rate_limit(&self, context: &Context<'_>) -> Result<Option<RateLimit>> {
        Ok(context.data_opt::<Allowance>().copied().map(RateLimit::from))
    }
}
