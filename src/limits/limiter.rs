//! What callers may spend, take and hold, put together.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::bucket::{Bucket, Rate, Rates, Short};
use super::caller::Caller;
use super::cost::Requested;
use super::local::{Local, Open};
use super::shared::Shared;

/// How much a caller may; 0 for no limit.
#[derive(Debug, Clone, Default)]
pub struct Allowed {
    /// Cost per minute.
    pub cost_per_minute: u32,
    /// Requests per second.
    pub requests_per_second: u32,
    /// Fields of mutations per minute.
    pub mutations_per_minute: u32,
    /// Streams at once.
    pub streams: u32,
    /// Subscriptions at once.
    pub subscriptions: u32,
}

/// Where counters are shared.
#[derive(Debug, Clone)]
pub struct Sharing {
    /// The address of Redis.
    pub url: String,
    /// How long it may take to answer.
    pub timeout: Duration,
}

/// A limit of a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Of what a bucket holds.
    Rate(Bucket),
    /// Of what is open at once.
    Open(Open),
}

impl Limit {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Rate(Bucket::Cost),
        Self::Rate(Bucket::Requests),
        Self::Rate(Bucket::Mutations),
        Self::Open(Open::Stream),
        Self::Open(Open::Subscription),
    ];

    /// The setting that it comes from.
    pub const fn setting(self) -> &'static str {
        match self {
            Self::Rate(Bucket::Cost) => "limits.cost_per_minute",
            Self::Rate(Bucket::Requests) => "limits.requests_per_second",
            Self::Rate(Bucket::Mutations) => "limits.mutations_per_minute",
            Self::Open(Open::Stream) => "limits.streams_per_caller",
            Self::Open(Open::Subscription) => "limits.subscriptions_per_caller",
        }
    }
}

/// A caller is over a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exceeded {
    /// Which.
    pub limit: Limit,
    /// The limit's number.
    pub number: u32,
    /// After how long the same would be let through. Nobody knows when something that is open ends; then it is a guess.
    pub wait: Duration,
}

/// When to try again to open something.
const ANOTHER_TRY: Duration = Duration::from_secs(5);

/// How a caller's cost stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Balance {
    /// What may be spent at once.
    pub limit: u32,
    /// What is left of it.
    pub remaining: u64,
    /// What is added in a second.
    pub per_second: f64,
    /// After how long all of it is there again.
    pub full_after: Duration,
}

/// A request that was let in.
#[derive(Debug, Clone, Copy)]
pub struct Admitted {
    /// What was taken for it.
    pub requested: Requested,
    /// How the caller's cost stands, with that taken; `None` where cost has no limit.
    pub balance: Option<Balance>,
    is_shared: bool,
}

/// The limits of callers. Cheap to clone; clones count together.
#[derive(Clone)]
pub struct Limiter(Arc<Parts>);

struct Parts {
    allowed: Allowed,
    rates: Rates,
    local: Local,
    shared: Option<Shared>,
    /// How often somebody was over each limit, in the order of [`Limit::ALL`].
    refused: [AtomicU64; Limit::ALL.len()],
}

/// A place that is given back when dropped.
pub struct OpenPlace(Option<(Limiter, Caller, Open)>);

impl Drop for OpenPlace {
    fn drop(&mut self) {
        if let Some((limiter, caller, what)) = self.0.take() {
            limiter.0.local.close(&caller, what);
        }
    }
}

impl Limiter {
    /// Counts callers, by this process alone unless Redis is named.
    ///
    /// # Errors
    /// What is wrong with the address of Redis; without the address, which may hold a password.
    pub fn new(allowed: Allowed, sharing: Option<&Sharing>) -> Result<Self, String> {
        let rate =
            |capacity: u32, seconds| (capacity > 0).then_some(Rate { capacity, period: Duration::from_secs(seconds) });
        let rates = [
            rate(allowed.cost_per_minute, 60),
            rate(allowed.requests_per_second.saturating_mul(2), 2),
            rate(allowed.mutations_per_minute, 60),
        ];
        let shared = sharing.map(|sharing| Shared::new(&sharing.url, sharing.timeout)).transpose();
        let shared = shared.map_err(|error| error.to_string())?;
        Ok(Self(Arc::new(Parts { allowed, rates, local: Local::new(), shared, refused: Default::default() })))
    }

    /// Lets a request in, and takes what it asks for from its caller's buckets.
    ///
    /// # Errors
    /// If one of them holds too little; then nothing was taken.
    pub async fn admit(&self, caller: &Caller, requested: Requested) -> Result<Admitted, Exceeded> {
        let Parts { rates, local, shared, .. } = &*self.0;
        let amounts = [requested.total, 1, requested.mutations];
        let mut is_shared = false;
        let taken = match shared {
            _ if rates.iter().all(Option::is_none) => Ok(0.0),
            Some(shared) => match shared.take(caller, rates, &amounts).await {
                Some(taken) => {
                    is_shared = true;
                    taken
                }
                None => local.take(caller, rates, &amounts).map(|full_after| full_after[0]),
            },
            None => local.take(caller, rates, &amounts).map(|full_after| full_after[0]),
        };
        let until_full = taken.map_err(|short| self.exceeded(short))?;
        Ok(Admitted { requested, balance: self.balance(until_full), is_shared })
    }

    /// Settles what a request has really cost: what was taken too much is given back, and what was too little is taken.
    pub fn settle(&self, caller: &Caller, admitted: &Admitted, cost: u64) -> Option<Balance> {
        let (rate, before) = (self.0.rates[0]?, admitted.balance?);
        let earlier = (admitted.requested.total as f64 - cost as f64) * rate.interval();
        match &self.0.shared {
            Some(shared) if admitted.is_shared => {
                if earlier != 0.0 {
                    shared.shift(caller, earlier);
                }
                self.balance(before.full_after.as_micros() as f64 - earlier)
            }
            _ => self.balance(self.0.local.shift(caller, earlier)),
        }
    }

    /// Opens a stream or a subscription of a caller's.
    ///
    /// # Errors
    /// If too many are open.
    pub fn open(&self, caller: &Caller, what: Open) -> Result<OpenPlace, Exceeded> {
        let number = match what {
            Open::Stream => self.0.allowed.streams,
            Open::Subscription => self.0.allowed.subscriptions,
        };
        if number == 0 {
            return Ok(OpenPlace(None));
        }
        if self.0.local.open(caller, what, number) {
            Ok(OpenPlace(Some((self.clone(), caller.clone(), what))))
        } else {
            Err(self.refused(Exceeded { limit: Limit::Open(what), number, wait: ANOTHER_TRY }))
        }
    }

    fn exceeded(&self, short: Short) -> Exceeded {
        let number = match short.bucket {
            Bucket::Cost => self.0.allowed.cost_per_minute,
            Bucket::Requests => self.0.allowed.requests_per_second,
            Bucket::Mutations => self.0.allowed.mutations_per_minute,
        };
        self.refused(Exceeded { limit: Limit::Rate(short.bucket), number, wait: short.wait })
    }

    fn refused(&self, exceeded: Exceeded) -> Exceeded {
        let counts = Limit::ALL.iter().zip(&self.0.refused);
        counts.filter(|(limit, _)| **limit == exceeded.limit).for_each(|(_, count)| {
            count.fetch_add(1, Ordering::Relaxed);
        });
        exceeded
    }

    /// How often somebody was over each limit, by its setting.
    pub fn refusals(&self) -> Vec<(&'static str, u64)> {
        let counts = Limit::ALL.iter().zip(&self.0.refused);
        counts.map(|(limit, count)| (limit.setting(), count.load(Ordering::Relaxed))).collect()
    }

    /// How many callers this process remembers.
    pub fn callers(&self) -> usize {
        self.0.local.callers()
    }

    /// Whether other processes count along at the moment.
    pub fn is_shared(&self) -> bool {
        self.0.shared.as_ref().is_some_and(Shared::is_connected)
    }

    fn balance(&self, until_full: f64) -> Option<Balance> {
        let rate = self.0.rates[0]?;
        Some(Balance {
            limit: rate.capacity,
            remaining: rate.held(until_full),
            per_second: f64::from(rate.capacity) / rate.period.as_secs_f64(),
            full_after: Duration::from_secs_f64(until_full.max(0.0) / 1e6),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limiter() -> Limiter {
        let allowed = Allowed { cost_per_minute: 100, mutations_per_minute: 1, streams: 1, ..Allowed::default() };
        Limiter::new(allowed, None).expect("a limiter")
    }

    const fn asks(total: u64) -> Requested {
        Requested { total, writing: 0, mutations: 0 }
    }

    #[tokio::test]
    async fn what_was_not_spent_is_given_back() {
        let (limiter, caller) = (limiter(), Caller::named("a"));
        let admitted = limiter.admit(&caller, asks(90)).await.expect("let in");
        assert_eq!(admitted.balance.map(|balance| balance.remaining), Some(10));
        let exceeded = limiter.admit(&caller, asks(50)).await.expect_err("40 too much");
        assert_eq!((exceeded.limit.setting(), exceeded.number), ("limits.cost_per_minute", 100));
        assert!(exceeded.wait > Duration::from_secs(23) && exceeded.wait <= Duration::from_secs(24), "{exceeded:?}");
        assert_eq!(limiter.settle(&caller, &admitted, 20).map(|balance| balance.remaining), Some(80));
        limiter.admit(&caller, asks(50)).await.expect("let in");
    }

    #[tokio::test]
    async fn what_cost_more_is_owed() {
        let (limiter, caller) = (limiter(), Caller::named("a"));
        let admitted = limiter.admit(&caller, asks(90)).await.expect("let in");
        assert_eq!(limiter.settle(&caller, &admitted, 300).map(|balance| balance.remaining), Some(0));
        let exceeded = limiter.admit(&caller, asks(1)).await.expect_err("201 too much");
        assert!(exceeded.wait > Duration::from_secs(119), "{exceeded:?}");
    }

    #[tokio::test]
    async fn writes_and_streams_have_limits_of_their_own() {
        let (limiter, caller) = (limiter(), Caller::named("a"));
        let write = Requested { mutations: 1, ..asks(11) };
        limiter.admit(&caller, write).await.expect("let in");
        let exceeded = limiter.admit(&caller, write).await.expect_err("the second in a minute");
        assert_eq!(exceeded.limit.setting(), "limits.mutations_per_minute");
        let place = limiter.open(&caller, Open::Stream).ok();
        assert_eq!(limiter.open(&caller, Open::Stream).err().map(|exceeded| exceeded.number), Some(1));
        drop(place);
        limiter.open(&caller, Open::Stream).map(drop).expect("free again");
    }
}
