//! Which requests are traced, and where their spans go.

use std::time::Duration;

use prometheus_client::metrics::family::Family;
use tokio::sync::{mpsc, oneshot};

use super::TraceSettings;
use super::exporter::{Exporter, Message};
use super::metrics::SpanCounts;
use super::otlp::Span;
use super::trace_context::{SpanId, TraceContext, TraceId, new_span_id, new_trace_id};

/// Most requests whose spans wait to be sent; more are dropped, and counted.
const WAITING: usize = 2_048;

/// A request's place in its trace.
#[expect(clippy::struct_field_names, reason = "the protocol's names")]
#[derive(Debug, Clone, Copy)]
pub struct Trace {
    pub(super) trace_id: TraceId,
    pub(super) span_id: SpanId,
    pub(super) parent: Option<SpanId>,
}

/// Decides what is traced, and hands spans on.
#[derive(Debug)]
pub struct Tracer {
    outbox: mpsc::Sender<Message>,
    ratio: f64,
    counts: SpanCounts,
}

/// Spans can't be sent at all.
#[derive(Debug, thiserror::Error)]
#[error("spans can't be sent: {0}")]
pub struct TracerError(String);

/// What became of spans, as a label.
pub(super) mod outcome {
    pub const EXPORTED: &str = "exported";
    pub const FAILED: &str = "failed";
    pub const DROPPED: &str = "dropped";
}

/// Adds so many spans to what became of them.
pub(super) fn count(counts: &SpanCounts, outcome: &'static str, spans: usize) {
    Family::get_or_create(counts, &[("result", outcome)]).inc_by(spans as u64);
}

impl Tracer {
    /// Starts the task that sends.
    pub(super) fn start(settings: &TraceSettings, counts: SpanCounts) -> Result<Self, TracerError> {
        let exporter = Exporter::new(&settings.endpoint, counts.clone())
            .map_err(|error| TracerError(error.without_url().to_string()))?;
        let (outbox, inbox) = mpsc::channel(WAITING);
        tokio::spawn(exporter.run(inbox));
        Ok(Self { outbox, ratio: settings.ratio, counts })
    }

    /// A place in a trace, if the request is traced: as its parent is, or by the ratio if it has none.
    pub(super) fn sample(&self, parent: Option<TraceContext>) -> Option<Trace> {
        let span_id = new_span_id();
        if let Some(context) = parent {
            let trace = Trace { trace_id: context.trace_id, span_id, parent: Some(context.parent) };
            return context.is_sampled.then_some(trace);
        }
        let trace_id = new_trace_id();
        is_within(self.ratio, &trace_id).then_some(Trace { trace_id, span_id, parent: None })
    }

    /// Hands on a request's spans; never waits.
    pub(super) fn send(&self, spans: Vec<Span>) {
        let number = spans.len();
        if self.outbox.try_send(Message::Spans(spans)).is_err() {
            count(&self.counts, outcome::DROPPED, number);
        }
    }

    /// Waits until what was handed on so far is sent, for at most so long.
    pub(super) async fn flush(&self, patience: Duration) {
        let (done, wait) = oneshot::channel();
        let flushing = async {
            if self.outbox.send(Message::Flush(done)).await.is_ok() {
                // Fails if the task is gone, with which everything is.
                drop(wait.await);
            }
        };
        if tokio::time::timeout(patience, flushing).await.is_err() {
            tracing::warn!("some spans were not sent in time");
        }
    }
}

/// Whether the trace is among the share that is kept: by its id, so that every server that takes part decides alike.
fn is_within(ratio: f64, trace_id: &TraceId) -> bool {
    let mut low = [0; 8];
    low.copy_from_slice(&trace_id[8..]);
    let place = (u64::from_be_bytes(low) >> 1) as f64 / (1_u64 << 63) as f64;
    place < ratio
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_that_is_kept_is_the_ratio() {
        let kept = |ratio| (0..10_000).filter(|_| is_within(ratio, &new_trace_id())).count();
        assert_eq!((kept(0.0), kept(1.0)), (0, 10_000));
        assert!((2_200..2_800).contains(&kept(0.25)), "a quarter, give or take");
    }
}
