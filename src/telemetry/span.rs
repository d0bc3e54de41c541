//! What is told of a traced operation: one span for it, one for each of its parts, one for each statement. Names and
//! attributes are OpenTelemetry's where it has one. None of them holds what a client sent.

use std::time::{Duration, Instant, SystemTime};

use super::metrics::HttpAnswer;
use super::observation::{Observation, Seen};
use super::otlp::{FAILED, KeyValue, Span, kind};
use super::trace_context::{SpanId, new_span_id};
use super::tracer::Trace;
use crate::store::StatementTime;

/// The part that statements are sent in.
const EXECUTE: &str = "execute";
/// Codes that say that the server, not the client, is at fault.
const FAULTS: [&str; 2] = ["INTERNAL", "UNAVAILABLE"];

/// The spans of an operation that ends now.
pub(super) fn spans(
    observation: &Observation,
    trace: &Trace,
    seen: &Seen,
    answer: Option<&HttpAnswer>,
    now: Instant,
) -> Vec<Span> {
    let scale = Scale { began: observation.began(), began_at: observation.began_at() };
    let mut spans = vec![whole(observation, trace, seen, answer, &scale, now)];
    let mut within = trace.span_id;
    for part in &seen.parts {
        let id = new_span_id();
        if part.name == EXECUTE {
            within = id;
        }
        let named = Span {
            name: part.name.to_owned(),
            kind: kind::INTERNAL,
            ..Span::at(trace.trace_id, id, Some(trace.span_id))
        };
        spans.push(scale.timed(named, part.began, part.took));
    }
    spans.extend(seen.statements().iter().map(|time| statement(trace, within, &scale, time)));
    spans
}

fn whole(
    observation: &Observation,
    trace: &Trace,
    seen: &Seen,
    answer: Option<&HttpAnswer>,
    scale: &Scale,
    now: Instant,
) -> Span {
    let mut attributes = vec![
        KeyValue::text("graphql.operation.type", seen.kind.as_str()),
        KeyValue::text("modelry.code", seen.code()),
        KeyValue::text("modelry.request.id", observation.id().as_str()),
        KeyValue::number("modelry.statements", observation.statements()),
    ];
    if let Some(answer) = answer {
        attributes.push(KeyValue::text("http.request.method", answer.method));
        attributes.push(KeyValue::text("http.route", &answer.route));
        attributes.extend(
            answer.status.map(|status| KeyValue::number("http.response.status_code", u64::from(status.as_u16()))),
        );
    }
    let broken = answer.and_then(|answer| answer.status).is_some_and(|status| status.is_server_error());
    let failed = broken || FAULTS.contains(&seen.code());
    let span = Span {
        name: format!("GraphQL {}", seen.kind.as_str()),
        kind: kind::SERVER,
        attributes,
        status: failed.then_some(FAILED),
        ..Span::at(trace.trace_id, trace.span_id, trace.parent)
    };
    scale.timed(span, scale.began, now.saturating_duration_since(scale.began))
}

fn statement(trace: &Trace, within: SpanId, scale: &Scale, time: &StatementTime) -> Span {
    let span = Span {
        name: format!("SQL {}", time.purpose.as_str()),
        kind: kind::CLIENT,
        ..Span::at(trace.trace_id, new_span_id(), Some(within))
    };
    scale.timed(span, time.began, time.took)
}

/// What clocks said when the operation began.
struct Scale {
    began: Instant,
    began_at: SystemTime,
}

impl Scale {
    /// The span with its times.
    fn timed(&self, span: Span, began: Instant, took: Duration) -> Span {
        let start = self.began_at + began.saturating_duration_since(self.began);
        Span { start: nanoseconds(start), end: nanoseconds(start + took), ..span }
    }
}

fn nanoseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}
