//! The task that sends spans to a collector, as OTLP over HTTP.

use std::time::Duration;

use prost::Message as _;
use reqwest::header::CONTENT_TYPE;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{MissedTickBehavior, interval};

use super::metrics::SpanCounts;
use super::otlp::{ExportTraceServiceRequest, Span};
use super::tracer::{count, outcome};

/// Most spans sent at once.
const BATCH: usize = 512;
/// How long spans wait for others.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long the collector may take.
const TIMEOUT: Duration = Duration::from_secs(5);
/// Where collectors take spans.
const PATH: &str = "/v1/traces";

/// What the task is told.
#[derive(Debug)]
pub enum Message {
    /// A request's spans.
    Spans(Vec<Span>),
    /// To send what it has, and say so.
    Flush(oneshot::Sender<()>),
}

/// Sends spans.
pub struct Exporter {
    client: reqwest::Client,
    endpoint: String,
    waiting: Vec<Span>,
    counts: SpanCounts,
    /// Whether the last attempt failed, and was told of.
    is_failing: bool,
}

impl Exporter {
    /// Prepares to send to the collector at `endpoint`.
    pub fn new(endpoint: &str, counts: SpanCounts) -> reqwest::Result<Self> {
        // Fails only if a provider is installed already, which then serves as well.
        drop(rustls::crypto::ring::default_provider().install_default());
        // A collector is near; the proxies that the environment may name are for what is far.
        let client = reqwest::Client::builder().no_proxy().timeout(TIMEOUT).build()?;
        let base = endpoint.trim_end_matches('/');
        let endpoint = if base.ends_with(PATH) { base.to_owned() } else { [base, PATH].concat() };
        Ok(Self { client, endpoint, waiting: Vec::new(), counts, is_failing: false })
    }

    /// Sends what comes in, until nobody is left who could send.
    pub async fn run(mut self, mut inbox: mpsc::Receiver<Message>) {
        let mut ticks = interval(PATIENCE);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                message = inbox.recv() => match message {
                    Some(Message::Spans(spans)) => {
                        self.waiting.extend(spans);
                        if self.waiting.len() >= BATCH {
                            self.export().await;
                        }
                    }
                    Some(Message::Flush(done)) => {
                        self.export().await;
                        // Fails if nobody waits any more.
                        let _ = done.send(());
                    }
                    None => return self.export().await,
                },
                _ = ticks.tick() => self.export().await,
            }
        }
    }

    /// Sends what waits. What can't be sent is given up: spans are worth no memory that grows.
    async fn export(&mut self) {
        let spans = std::mem::take(&mut self.waiting);
        if spans.is_empty() {
            return;
        }
        let number = spans.len();
        match self.post(ExportTraceServiceRequest::of(spans).encode_to_vec()).await {
            Ok(()) => {
                count(&self.counts, outcome::EXPORTED, number);
                if std::mem::take(&mut self.is_failing) {
                    tracing::info!("the collector takes spans again");
                }
            }
            Err(reason) => {
                count(&self.counts, outcome::FAILED, number);
                if !std::mem::replace(&mut self.is_failing, true) {
                    tracing::warn!(reason, "the collector doesn't take spans; they are given up until it does");
                }
            }
        }
    }

    async fn post(&self, body: Vec<u8>) -> Result<(), String> {
        let request = self.client.post(&self.endpoint).header(CONTENT_TYPE, "application/x-protobuf").body(body);
        let answer = request.send().await.map_err(|error| error.without_url().to_string())?;
        if answer.status().is_success() { Ok(()) } else { Err(format!("it answered {}", answer.status())) }
    }
}
