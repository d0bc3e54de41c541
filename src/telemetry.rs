//! What the server shows of itself: metrics for Prometheus, traces for OpenTelemetry, and the log.
//!
//! All of it tells what was done, how often, how long it took and how it ended. None of it tells what was asked: no
//! document, no variable, no header of a client's but a request id that is harmless, and no text of a client's as a label.

mod code;
mod exporter;
pub mod logging;
mod metrics;
mod observation;
mod otlp;
mod process;
mod readings;
mod request_id;
mod span;
mod trace_context;
mod tracer;

use std::time::{Duration, Instant, SystemTime};

pub use metrics::{Exposition, HttpAnswer, Metrics};
pub use observation::{Observation, OperationKind, Part};
pub use process::Process;
pub use readings::{FeedReading, LimitsReading, Readings};
pub use request_id::RequestId;
pub use trace_context::TraceContext;
pub use tracer::{Tracer, TracerError};

/// All that is shown. One for a server.
#[derive(Debug)]
pub struct Telemetry {
    metrics: Metrics,
    tracer: Option<Tracer>,
    began: SystemTime,
}

/// Where spans go, and how many.
#[derive(Debug, Clone)]
pub struct TraceSettings {
    /// Where the collector is, without `/v1/traces`.
    pub endpoint: String,
    /// Of requests that come without a trace of their own, the share that is traced: 0 to 1.
    pub ratio: f64,
}

impl Telemetry {
    /// Begins to count and, if `traces` says where to, to send spans. The latter needs Tokio's runtime.
    ///
    /// # Errors
    /// If spans can't be sent at all.
    pub fn new(traces: Option<&TraceSettings>) -> Result<Self, TracerError> {
        let metrics = Metrics::default();
        let tracer = traces.map(|settings| Tracer::start(settings, metrics.spans())).transpose()?;
        Ok(Self { metrics, tracer, began: SystemTime::now() })
    }

    /// What is counted.
    pub const fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// When the server began.
    pub const fn began(&self) -> SystemTime {
        self.began
    }

    /// Begins to watch a request. `parent` is the trace that its sender has begun.
    pub fn observe(&self, id: RequestId, parent: Option<TraceContext>) -> Observation {
        let trace = self.tracer.as_ref().and_then(|tracer| tracer.sample(parent));
        Observation::new(id, trace)
    }

    /// Notes that an operation has ended: what it was and how it ended, as its observation has seen it.
    pub fn operation_ended(&self, observation: &Observation, answer: Option<&HttpAnswer>) {
        let seen = observation.seen();
        let took = observation.began().elapsed();
        self.metrics.operation(seen.kind, seen.code(), took);
        log(observation, seen.kind, seen.code(), took);
        if let (Some(tracer), Some(trace)) = (&self.tracer, observation.trace()) {
            tracer.send(span::spans(observation, trace, &seen, answer, Instant::now()));
        }
    }

    /// Sends the spans that wait, for at most so long.
    pub async fn flush(&self, patience: Duration) {
        if let Some(tracer) = &self.tracer {
            tracer.flush(patience).await;
        }
    }
}

/// One line for each operation, for who asks for it: there are as many as requests.
fn log(observation: &Observation, kind: OperationKind, code: &str, took: Duration) {
    let duration_ms = took.as_secs_f64() * 1e3;
    tracing::debug!(
        target: "modelry::request",
        {
            request.id = %observation.id(),
            operation.kind = kind.as_str(),
            code = code,
            duration_ms = duration_ms,
            statements = observation.statements(),
        },
        "answered"
    );
}
