//! The part of OTLP's messages that is sent: see `opentelemetry/proto/trace/v1/trace.proto`. Numbers and types are the
//! protocol's; the tests read what is sent with the project's own definitions.

use super::trace_context::{SpanId, TraceId};

/// What a collector is sent.
#[derive(Clone, PartialEq, prost::Message)]
pub struct ExportTraceServiceRequest {
    #[prost(message, repeated, tag = "1")]
    resource_spans: Vec<ResourceSpans>,
}

/// The spans of one process.
#[derive(Clone, PartialEq, prost::Message)]
struct ResourceSpans {
    #[prost(message, optional, tag = "1")]
    resource: Option<Resource>,
    #[prost(message, repeated, tag = "2")]
    scope_spans: Vec<ScopeSpans>,
}

/// The process.
#[derive(Clone, PartialEq, prost::Message)]
struct Resource {
    #[prost(message, repeated, tag = "1")]
    attributes: Vec<KeyValue>,
}

/// The spans of one part of a process.
#[derive(Clone, PartialEq, prost::Message)]
struct ScopeSpans {
    #[prost(message, optional, tag = "1")]
    scope: Option<Scope>,
    #[prost(message, repeated, tag = "2")]
    spans: Vec<Span>,
}

/// The part.
#[derive(Clone, PartialEq, prost::Message)]
struct Scope {
    #[prost(string, tag = "1")]
    name: String,
    #[prost(string, tag = "2")]
    version: String,
}

/// Something that was done, from when until when.
#[expect(clippy::struct_field_names, reason = "the protocol's names")]
#[derive(Clone, PartialEq, prost::Message)]
pub struct Span {
    /// The trace.
    #[prost(bytes = "vec", tag = "1")]
    pub trace_id: Vec<u8>,
    /// The span.
    #[prost(bytes = "vec", tag = "2")]
    pub span_id: Vec<u8>,
    /// What it is part of; empty if of nothing.
    #[prost(bytes = "vec", tag = "4")]
    pub parent_span_id: Vec<u8>,
    /// What was done.
    #[prost(string, tag = "5")]
    pub name: String,
    /// Whether it serves, asks, or neither: a number of [`kind`].
    #[prost(int32, tag = "6")]
    pub kind: i32,
    /// When it began, in nanoseconds since 1970.
    #[prost(fixed64, tag = "7")]
    pub start: u64,
    /// When it ended, likewise.
    #[prost(fixed64, tag = "8")]
    pub end: u64,
    /// What else is known.
    #[prost(message, repeated, tag = "9")]
    pub attributes: Vec<KeyValue>,
    /// How it ended.
    #[prost(message, optional, tag = "15")]
    pub status: Option<Status>,
}

/// How a span ended.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Status {
    /// 0 if nothing is said, 1 for well, 2 for badly.
    #[prost(int32, tag = "3")]
    pub code: i32,
}

/// Something that is known.
#[derive(Clone, PartialEq, prost::Message)]
pub struct KeyValue {
    #[prost(string, tag = "1")]
    key: String,
    #[prost(message, optional, tag = "2")]
    value: Option<AnyValue>,
}

/// A value.
#[derive(Clone, PartialEq, prost::Message)]
struct AnyValue {
    #[prost(oneof = "Value", tags = "1, 3")]
    value: Option<Value>,
}

/// A text or a number.
#[derive(Clone, PartialEq, prost::Oneof)]
enum Value {
    /// A text.
    #[prost(string, tag = "1")]
    Text(String),
    /// A number.
    #[prost(int64, tag = "3")]
    Number(i64),
}

/// Kinds of spans.
pub mod kind {
    /// A part of something.
    pub const INTERNAL: i32 = 1;
    /// Answers somebody.
    pub const SERVER: i32 = 2;
    /// Asks somebody.
    pub const CLIENT: i32 = 3;
}

/// The status of what failed.
pub const FAILED: Status = Status { code: 2 };

impl KeyValue {
    /// Something known by a text.
    pub fn text(key: &str, text: &str) -> Self {
        Self { key: key.to_owned(), value: Some(AnyValue { value: Some(Value::Text(text.to_owned())) }) }
    }

    /// Something known by a number.
    pub fn number(key: &str, number: u64) -> Self {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        Self { key: key.to_owned(), value: Some(AnyValue { value: Some(Value::Number(number)) }) }
    }
}

impl ExportTraceServiceRequest {
    /// These spans, of this process.
    pub fn of(spans: Vec<Span>) -> Self {
        let (name, version) = ("modelry", env!("CARGO_PKG_VERSION"));
        let attributes = vec![KeyValue::text("service.name", name), KeyValue::text("service.version", version)];
        let scope = Scope { name: name.to_owned(), version: version.to_owned() };
        let scope_spans = vec![ScopeSpans { scope: Some(scope), spans }];
        Self { resource_spans: vec![ResourceSpans { resource: Some(Resource { attributes }), scope_spans }] }
    }
}

impl Span {
    /// A span that has its place in a trace, and nothing else yet.
    pub fn at(trace_id: TraceId, span_id: SpanId, parent: Option<SpanId>) -> Self {
        let parent_span_id = parent.map(|parent| parent.to_vec()).unwrap_or_default();
        Self { trace_id: trace_id.to_vec(), span_id: span_id.to_vec(), parent_span_id, ..Self::default() }
    }
}
