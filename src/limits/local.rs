//! Callers as this process counts them. Who has full buckets and nothing open is forgotten, so that memory follows from
//! who asks now, and not from who ever did.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::bucket::{Amounts, FullAt, Rates, Short, take};
use super::caller::Caller;

/// Parts that are locked by themselves.
const SHARDS: usize = 32;
/// Most callers of a part. Those who come when it is full count together.
const MOST: usize = 4_096;
/// Callers of a part from which on it is worth looking who can be forgotten.
const FEW: usize = 64;

/// What a caller may have several of at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// WebSockets and event streams.
    Stream,
    /// Subscriptions.
    Subscription,
}

#[derive(Default)]
struct Account {
    full_at: FullAt,
    open: [u32; 2],
}

impl Account {
    fn is_idle(&self, now: f64) -> bool {
        self.open == [0, 0] && self.full_at.iter().all(|full_at| *full_at <= now)
    }
}

struct Shard {
    accounts: HashMap<Caller, Account>,
    /// At how many accounts idle ones are looked for next.
    sweep_at: usize,
}

/// The callers of this process.
pub struct Local {
    started: Instant,
    hasher: RandomState,
    shards: [Mutex<Shard>; SHARDS],
}

impl Local {
    /// Nobody yet.
    pub fn new() -> Self {
        let shard = |_| Mutex::new(Shard { accounts: HashMap::new(), sweep_at: FEW });
        Self { started: Instant::now(), hasher: RandomState::new(), shards: std::array::from_fn(shard) }
    }

    /// Takes from a caller's buckets; answers when they will be full again, as microseconds from now.
    ///
    /// # Errors
    /// If one of them holds too little; then nothing was taken.
    pub fn take(&self, caller: &Caller, rates: &Rates, amounts: &Amounts) -> Result<FullAt, Short> {
        self.with(caller, |account, now| {
            take(&mut account.full_at, now, rates, amounts)?;
            Ok(account.full_at.map(|full_at| full_at - now))
        })
    }

    /// Puts the first bucket's filling earlier by so many microseconds, or later; answers when it will be full.
    pub fn shift(&self, caller: &Caller, earlier: f64) -> f64 {
        self.with(caller, |account, now| {
            account.full_at[0] = account.full_at[0].max(now) - earlier;
            account.full_at[0] - now
        })
    }

    /// Takes a place if fewer than `most` are taken.
    pub fn open(&self, caller: &Caller, what: Open, most: u32) -> bool {
        self.with(caller, |account, _| {
            let open = &mut account.open[what as usize];
            let is_free = *open < most;
            *open += u32::from(is_free);
            is_free
        })
    }

    /// Gives a place back.
    pub fn close(&self, caller: &Caller, what: Open) {
        self.with(caller, |account, _| account.open[what as usize] = account.open[what as usize].saturating_sub(1));
    }

    /// How many callers are remembered.
    pub fn callers(&self) -> usize {
        let counts =
            self.shards.iter().map(|shard| shard.lock().unwrap_or_else(PoisonError::into_inner).accounts.len());
        counts.sum()
    }

    fn with<T>(&self, caller: &Caller, work: impl FnOnce(&mut Account, f64) -> T) -> T {
        let mut shard = self.shard(caller);
        let now = self.started.elapsed().as_micros() as f64;
        if let Some(account) = shard.accounts.get_mut(caller) {
            return work(account, now);
        }
        if shard.accounts.len() >= shard.sweep_at {
            shard.accounts.retain(|_, account| !account.is_idle(now));
            shard.sweep_at = (shard.accounts.len() * 2).clamp(FEW, MOST);
        }
        let caller = if shard.accounts.len() < MOST { caller.clone() } else { Caller::crowd() };
        work(shard.accounts.entry(caller).or_default(), now)
    }

    fn shard(&self, caller: &Caller) -> MutexGuard<'_, Shard> {
        let index = usize::try_from(self.hasher.hash_one(caller) % SHARDS as u64).unwrap_or_default();
        self.shards[index].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::bucket::Rate;
    use std::time::Duration;

    fn of(name: &str) -> Caller {
        Caller::named(name)
    }

    #[test]
    fn callers_have_buckets_of_their_own() {
        let local = Local::new();
        let rates = [None, Some(Rate { capacity: 1, period: Duration::from_secs(600) }), None];
        assert!(local.take(&of("a"), &rates, &[0, 1, 0]).is_ok());
        assert!(local.take(&of("a"), &rates, &[0, 1, 0]).is_err());
        assert!(local.take(&of("b"), &rates, &[0, 1, 0]).is_ok());
    }

    #[test]
    fn places_are_given_back() {
        let local = Local::new();
        assert!(local.open(&of("a"), Open::Stream, 1));
        assert!(!local.open(&of("a"), Open::Stream, 1));
        assert!(local.open(&of("a"), Open::Subscription, 1));
        local.close(&of("a"), Open::Stream);
        assert!(local.open(&of("a"), Open::Stream, 1));
    }

    #[test]
    fn who_is_idle_is_forgotten() {
        let local = Local::new();
        for number in 0..100_000 {
            local.take(&of(&number.to_string()), &[None; 3], &[1, 1, 1]).expect("no limit");
        }
        assert!(local.callers() <= SHARDS * FEW, "{}", local.callers());
    }

    #[test]
    fn a_crowd_counts_together_before_memory_runs_out() {
        let local = Local::new();
        let rates = [None, Some(Rate { capacity: 2, period: Duration::from_secs(600) }), None];
        let refused = (0..200_000).filter(|number| local.take(&of(&number.to_string()), &rates, &[0, 1, 0]).is_err());
        assert!(refused.count() > 0, "the crowd shares a bucket");
        assert!(local.callers() <= SHARDS * (MOST + 1), "{}", local.callers());
    }
}
