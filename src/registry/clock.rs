//! What time it is: the one place where timestamps are made.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::Timestamp;

/// The last moment that a system clock gave, in microseconds since 1970, so that no two in the process are the same.
static LAST: AtomicI64 = AtomicI64::new(i64::MIN);

/// A source of moments. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Clock(Kind);

#[derive(Debug, Clone, Default)]
enum Kind {
    #[default]
    System,
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// The system's clock. Every moment it gives is later than all it gave before in this process.
    pub const fn system() -> Self {
        Self(Kind::System)
    }

    /// A clock that stands still, for tests. Clones stand at the same moment.
    pub fn fixed(moment: Timestamp) -> Self {
        Self(Kind::Fixed(Arc::new(AtomicI64::new(moment.to_utc().timestamp_micros()))))
    }

    /// Sets a clock that stands still to another moment; the system's clock takes no orders.
    pub fn set(&self, moment: Timestamp) {
        if let Kind::Fixed(micros) = &self.0 {
            micros.store(moment.to_utc().timestamp_micros(), Ordering::Relaxed);
        }
    }

    /// The moment.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the system for the time")]
    pub fn now(&self) -> Timestamp {
        let micros = match &self.0 {
            Kind::System => later_than_last(Utc::now().timestamp_micros()),
            Kind::Fixed(micros) => micros.load(Ordering::Relaxed),
        };
        Timestamp::new(DateTime::from_timestamp_micros(micros).unwrap_or_default())
    }

    /// The day, in UTC.
    pub fn today(&self) -> NaiveDate {
        self.now().day()
    }
}

/// `micros`, or the first microsecond after the last moment given, if that is later.
fn later_than_last(micros: i64) -> i64 {
    let next = |last: i64| Some(micros.max(last.saturating_add(1)));
    let last = LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next).unwrap_or(micros);
    micros.max(last.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_the_system_never_repeat() {
        let clock = Clock::system();
        let moments: Vec<Timestamp> = (0..1000).map(|_| clock.now()).collect();
        assert!(moments.is_sorted_by(|left, right| left < right));
    }

    #[test]
    fn a_fixed_clock_stands_where_it_was_set() {
        let moment = |text: &str| Timestamp::new(text.parse().expect("a moment"));
        let clock = Clock::fixed(moment("2026-01-31T23:59:59.999999Z"));
        let copy = clock.clone();
        assert_eq!(clock.now(), clock.now());
        assert_eq!(clock.today().to_string(), "2026-01-31");
        clock.set(moment("2026-02-01T00:00:00Z"));
        assert_eq!(copy.today().to_string(), "2026-02-01");
    }
}
