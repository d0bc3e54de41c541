//! Buckets that fill by themselves: the generic cell rate algorithm. All that is kept of a bucket is the moment at which
//! it will be full again.

use std::time::Duration;

/// What a caller has a bucket of each for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bucket {
    /// Cost per minute.
    Cost,
    /// Requests per second.
    Requests,
    /// Fields of mutations per minute.
    Mutations,
}

/// The buckets, in the order of everything that has three of something.
pub const BUCKETS: [Bucket; 3] = [Bucket::Cost, Bucket::Requests, Bucket::Mutations];

/// How large a bucket is, and how long an empty one takes to fill.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// What it holds.
    pub capacity: u32,
    /// From empty to full.
    pub period: Duration,
}

/// The rates of the three buckets; `None` where there is no limit.
pub type Rates = [Option<Rate>; 3];
/// What is to be taken of each.
pub type Amounts = [u64; 3];
/// When each will be full again, in microseconds of some clock.
pub type FullAt = [f64; 3];

/// A bucket holds too little.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Short {
    /// Which; of several, the one that takes longest.
    pub bucket: Bucket,
    /// When it will hold enough.
    pub wait: Duration,
}

impl Rate {
    /// Microseconds that one unit takes to come.
    pub fn interval(&self) -> f64 {
        self.window() / f64::from(self.capacity.max(1))
    }

    /// Microseconds from empty to full.
    pub const fn window(&self) -> f64 {
        self.period.as_micros() as f64
    }

    /// What the bucket holds if it will be full after so many microseconds.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and the capacity")]
    pub fn held(&self, until_full: f64) -> u64 {
        // What arithmetic may be off by is not to cost a whole unit.
        ((self.window() - until_full) / self.interval() + 1e-6).clamp(0.0, f64::from(self.capacity)) as u64
    }
}

/// Takes from all buckets, or from none if one holds too little.
///
/// # Errors
/// Which one, and for how long.
pub fn take(full_at: &mut FullAt, now: f64, rates: &Rates, amounts: &Amounts) -> Result<(), Short> {
    let mut taken = *full_at;
    let mut short: Option<(Bucket, f64)> = None;
    for (index, bucket) in BUCKETS.into_iter().enumerate() {
        let (Some(rate), amount) = (rates[index], amounts[index]) else { continue };
        if amount == 0 {
            continue;
        }
        taken[index] = taken[index].max(now) + amount as f64 * rate.interval();
        let missing = taken[index] - now - rate.window();
        // Half a microsecond is what arithmetic may be off by.
        if missing > 0.5 && short.is_none_or(|(_, most)| missing > most) {
            short = Some((bucket, missing));
        }
    }
    match short {
        None => {
            *full_at = taken;
            Ok(())
        }
        Some((bucket, missing)) => Err(Short { bucket, wait: Duration::from_secs_f64(missing / 1e6) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: f64 = 1e6;
    const RATES: Rates = [
        Some(Rate { capacity: 60, period: Duration::from_secs(60) }),
        Some(Rate { capacity: 4, period: Duration::from_secs(2) }),
        None,
    ];

    #[test]
    fn a_full_bucket_gives_all_at_once_and_then_bit_by_bit() {
        let (mut full_at, rate) = ([0.0; 3], RATES[0].expect("a rate"));
        assert_eq!(take(&mut full_at, 0.0, &RATES, &[60, 0, 9]), Ok(()));
        let short = take(&mut full_at, 0.0, &RATES, &[5, 0, 0]).expect_err("it is empty");
        assert_eq!((short.bucket, short.wait), (Bucket::Cost, Duration::from_secs(5)));
        assert_eq!(take(&mut full_at, 5.0 * SECOND, &RATES, &[5, 0, 0]), Ok(()), "what came meanwhile");
        assert_eq!(rate.held(full_at[0] - 15.0 * SECOND), 10);
        assert_eq!(rate.held(full_at[0] - 1_000.0 * SECOND), 60, "never more than it holds");
    }

    #[test]
    fn one_that_is_short_keeps_the_others_untouched() {
        let mut full_at = [0.0; 3];
        for _ in 0..4 {
            assert_eq!(take(&mut full_at, 0.0, &RATES, &[1, 1, 1]), Ok(()));
        }
        let before = full_at;
        let short = take(&mut full_at, 0.0, &RATES, &[1, 1, 1]).expect_err("four requests at once");
        assert_eq!((short.bucket, short.wait), (Bucket::Requests, Duration::from_millis(500)));
        assert_eq!(full_at.map(f64::to_bits), before.map(f64::to_bits));
    }
}
