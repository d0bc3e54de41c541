//! Counting statements: what `Server-Timing` shows and what the tests against N+1 read.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::{Instrumentation, InstrumentationEvent};

/// How many statements ran on behalf of one request, and how long they took. Clones count together.
#[derive(Debug, Clone, Default)]
pub struct Statistics(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    statements: AtomicU64,
    nanoseconds: AtomicU64,
}

impl Statistics {
    /// Statements sent to the database so far, those that open and close transactions included.
    pub fn statements(&self) -> u64 {
        self.0.statements.load(Ordering::Relaxed)
    }

    /// Time the statements took, added up; statements that ran side by side count each.
    pub fn elapsed(&self) -> Duration {
        Duration::from_nanos(self.0.nanoseconds.load(Ordering::Relaxed))
    }
}

/// Diesel's hook that feeds a [`Statistics`].
pub(super) struct Counter {
    statistics: Statistics,
    started: Option<Instant>,
}

impl Counter {
    pub(super) fn new(statistics: Statistics) -> Self {
        Self { statistics, started: None }
    }
}

impl Instrumentation for Counter {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartQuery { query, .. } => {
                tracing::trace!(sql = %query, "statement");
                self.statistics.0.statements.fetch_add(1, Ordering::Relaxed);
                self.started = Some(Instant::now());
            }
            InstrumentationEvent::FinishQuery { .. } => {
                if let Some(started) = self.started.take() {
                    let nanoseconds = u64::try_from(started.elapsed().as_nanos()).unwrap_or(u64::MAX);
                    self.statistics.0.nanoseconds.fetch_add(nanoseconds, Ordering::Relaxed);
                }
            }
            _ => {}
        }
    }
}
