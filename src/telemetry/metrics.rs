//! What is counted while the server works, and the text that Prometheus reads.
//!
//! Labels come from sets that can't grow: kinds, methods and routes of the server's own, statuses, and codes, which
//! [`super::code`] bounds. So the number of series doesn't depend on what clients send.

use std::borrow::Cow;
use std::time::Duration;

use axum::http::StatusCode;
use prometheus_client::encoding::{EncodeLabelSet, prometheus_text, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::OperationKind;
use super::code::Codes;
use super::readings::Readings;

/// What became of spans.
pub(super) type SpanCounts = Family<[(&'static str, &'static str); 1], Counter>;

/// Bounds of the histograms' buckets, in seconds.
const BUCKETS: [f64; 13] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// How the server answered over HTTP.
#[derive(Debug, Clone)]
pub struct HttpAnswer {
    /// The method: `GET`, `POST`, or another that is common; `other` for the rest.
    pub method: &'static str,
    /// The pattern of the path, such as `/assets/{*path}`; `none` where there is nothing.
    pub route: Cow<'static, str>,
    /// The status; `None` if the client went away before there was one.
    pub status: Option<StatusCode>,
}

/// An answer, as it is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct HttpLabels {
    method: &'static str,
    route: Cow<'static, str>,
    status: Option<StatusCode>,
}

/// The end of an operation, as it is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct OperationLabels {
    kind: &'static str,
    code: Cow<'static, str>,
}

impl EncodeLabelSet for HttpLabels {
    fn encode(&self, encoder: &mut prometheus_client::encoding::LabelSetEncoder<'_>) -> std::fmt::Result {
        let status = self.status.as_ref().map_or("none", StatusCode::as_str);
        [("method", self.method), ("route", self.route.as_ref()), ("status", status)].encode(encoder)
    }
}

impl EncodeLabelSet for OperationLabels {
    fn encode(&self, encoder: &mut prometheus_client::encoding::LabelSetEncoder<'_>) -> std::fmt::Result {
        [("kind", self.kind), ("code", self.code.as_ref())].encode(encoder)
    }
}

/// The two ways to write metrics down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposition {
    /// `OpenMetrics` 1.0.
    OpenMetrics,
    /// Prometheus' older text format.
    Prometheus,
}

impl Exposition {
    /// The one that the value of an `Accept` header asks for.
    pub fn accepted(accept: &str) -> Self {
        if accept.contains("application/openmetrics-text") { Self::OpenMetrics } else { Self::Prometheus }
    }

    /// Its media type.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::OpenMetrics => "application/openmetrics-text; version=1.0.0; charset=utf-8",
            Self::Prometheus => "text/plain; version=0.0.4; charset=utf-8",
        }
    }
}

/// What is counted while the server works.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    codes: Codes,
    answers: Family<HttpLabels, Counter>,
    in_flight: Gauge,
    operations: Family<OperationLabels, Counter>,
    durations: Family<[(&'static str, &'static str); 1], Histogram>,
    spans: SpanCounts,
    not_let_in: Family<[(&'static str, &'static str); 1], Counter>,
}

/// A request that isn't answered yet; counted until dropped.
#[derive(Debug)]
pub struct InFlight(Gauge);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let metrics = Self {
            registry: Registry::default(),
            codes: Codes::default(),
            answers: Family::default(),
            in_flight: Gauge::default(),
            operations: Family::default(),
            durations: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            spans: Family::default(),
            not_let_in: Family::default(),
        };
        metrics.registered()
    }
}

impl Metrics {
    fn registered(mut self) -> Self {
        let ours = self.registry.sub_registry_with_prefix("modelry");
        ours.register("http_requests", "Answers over HTTP, by method, route and status", self.answers.clone());
        ours.register("http_requests_in_flight", "Requests that are not answered yet", self.in_flight.clone());
        ours.register(
            "graphql_requests",
            "Operations that ended or, for subscriptions over HTTP, began; by kind and code",
            self.operations.clone(),
        );
        ours.register_with_unit(
            "graphql_request_duration",
            "How long queries, mutations and requests that were refused took",
            Unit::Seconds,
            self.durations.clone(),
        );
        ours.register("trace_spans", "Spans by what became of them", self.spans.clone());
        ours.register("auth_refused", "Requests and sockets that were not let in, by reason", self.not_let_in.clone());
        self
    }

    /// Where what becomes of spans is counted.
    pub(super) fn spans(&self) -> SpanCounts {
        self.spans.clone()
    }

    /// Counts a request that begins.
    pub fn begin(&self) -> InFlight {
        self.in_flight.inc();
        InFlight(self.in_flight.clone())
    }

    /// Counts an answer.
    pub fn answered(&self, answer: &HttpAnswer) {
        let HttpAnswer { method, route, status } = answer.clone();
        self.answers.get_or_create(&HttpLabels { method, route, status }).inc();
    }

    /// Counts somebody who was not let in; `reason` is one of the server's own words.
    pub fn refused(&self, reason: &'static str) {
        self.not_let_in.get_or_create(&[("reason", reason)]).inc();
    }

    /// Counts the end of an operation. Subscriptions last as long as somebody listens, which says nothing of the server.
    pub(super) fn operation(&self, kind: OperationKind, code: &str, took: Duration) {
        let labels = OperationLabels { kind: kind.as_str(), code: self.codes.label(code) };
        self.operations.get_or_create(&labels).inc();
        if kind != OperationKind::Subscription {
            self.durations.get_or_create(&[("kind", kind.as_str())]).observe(took.as_secs_f64());
        }
    }

    /// All that was counted, and what was read just now.
    pub fn render(&self, readings: &Readings, exposition: Exposition) -> String {
        let mut written = String::new();
        let read = readings.registry();
        // Writing to a text fails only where the crate's own code says that it can.
        let done = match exposition {
            Exposition::OpenMetrics => text::encode_registry(&mut written, &self.registry)
                .and_then(|()| text::encode_registry(&mut written, &read))
                .and_then(|()| text::encode_eof(&mut written)),
            Exposition::Prometheus => prometheus_text::encode(&mut written, &self.registry)
                .and_then(|()| prometheus_text::encode(&mut written, &read)),
        };
        if let Err(error) = done {
            tracing::error!(%error, "the metrics can't be written");
        }
        written
    }
}
