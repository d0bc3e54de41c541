//! What stands for an OpenTelemetry collector.

use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message as _;

/// Stands for a collector: takes what it is sent, and answers as it is told.
pub struct Collector {
    /// Where it listens.
    pub address: String,
    bodies: Arc<Mutex<Vec<Bytes>>>,
    server: tokio::task::JoinHandle<()>,
}

impl Collector {
    /// Listens, and answers whatever comes with this status.
    pub async fn answering(status: StatusCode) -> Self {
        let bodies = Arc::<Mutex<Vec<Bytes>>>::default();
        let kept = Arc::clone(&bodies);
        let take = move |headers: HeaderMap, body: Bytes| {
            assert_eq!(headers["content-type"], "application/x-protobuf");
            kept.lock().expect("unbroken").push(body);
            std::future::ready(status)
        };
        let router = axum::Router::new().route("/v1/traces", post(take));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let server = tokio::spawn(async move { axum::serve(listener, router).await.expect("served") });
        Self { address, bodies, server }
    }

    /// All that it was sent.
    pub fn requests(&self) -> Vec<ExportTraceServiceRequest> {
        let bodies = self.bodies.lock().expect("unbroken");
        bodies.iter().map(|body| ExportTraceServiceRequest::decode(body.clone()).expect("OTLP")).collect()
    }

    /// All that it was sent, byte by byte.
    pub fn received(&self) -> Vec<u8> {
        self.bodies.lock().expect("unbroken").concat()
    }

    /// The spans among it.
    pub fn spans(&self) -> Vec<Span> {
        let resources = self.requests().into_iter().flat_map(|request| request.resource_spans);
        resources.flat_map(|resource| resource.scope_spans).flat_map(|scope| scope.spans).collect()
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.server.abort();
    }
}
