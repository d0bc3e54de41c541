//! How long each phase of a request took, for the `Server-Timing` header.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute, NextValidation};
use async_graphql::{Response, ServerError, ValidationResult};

use crate::store::Statistics;

/// How long the phases of one request took. Clones measure together.
#[derive(Debug, Clone, Default)]
pub struct Phases(Arc<PhaseTimes>);

#[derive(Debug, Default)]
struct PhaseTimes {
    parse: Phase,
    validate: Phase,
    execute: Phase,
}

#[derive(Debug, Default)]
struct Phase {
    began: OnceLock<Instant>,
    nanoseconds: AtomicU64,
}

fn add(phase: &Phase, since: Instant) {
    phase.began.get_or_init(|| since);
    let nanoseconds = u64::try_from(since.elapsed().as_nanos()).unwrap_or(u64::MAX);
    phase.nanoseconds.fetch_add(nanoseconds, Ordering::Relaxed);
}

impl Phase {
    fn took(&self) -> Duration {
        Duration::from_nanos(self.nanoseconds.load(Ordering::Relaxed))
    }
}

impl Phases {
    /// Adds the time since `started` to parsing.
    pub fn parsed(&self, started: Instant) {
        add(&self.0.parse, started);
    }

    fn all(&self) -> [(&'static str, &Phase); 3] {
        [("parse", &self.0.parse), ("validate", &self.0.validate), ("execute", &self.0.execute)]
    }

    /// The phases that were: their names, when they began, and how long they took.
    pub fn parts(&self) -> impl Iterator<Item = (&'static str, Instant, Duration)> {
        self.all().into_iter().filter_map(|(name, phase)| Some((name, *phase.began.get()?, phase.took())))
    }

    /// The header's value.
    pub fn header(&self, statistics: &Statistics) -> String {
        let mut header = String::new();
        for (name, phase) in self.all() {
            let _ = write!(header, "{name};dur={:.3}, ", milliseconds(phase.took()));
        }
        let _ = write!(
            header,
            "sql;dur={:.3};desc=\"{} statements\"",
            milliseconds(statistics.elapsed()),
            statistics.statements()
        );
        header
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// Measures validation and execution of requests that carry [`Phases`].
pub struct PhaseTimer;

impl ExtensionFactory for PhaseTimer {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for PhaseTimer {
    async fn validation(
        &self,
        context: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let started = Instant::now();
        let result = next.run(context).await;
        if let Ok(phases) = context.data::<Phases>() {
            add(&phases.0.validate, started);
        }
        result
    }

    async fn execute(
        &self,
        context: &ExtensionContext<'_>,
        operation: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        let started = Instant::now();
        let response = next.run(context, operation).await;
        if let Ok(phases) = context.data::<Phases>() {
            add(&phases.0.execute, started);
        }
        response
    }
}
