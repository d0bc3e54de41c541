//! The log: events on standard error, as text or as JSON.
//!
//! Clients' values are in none of Modelry's own events. Other crates are less careful: below `info` some tell what is sent
//! to the database or comes over a WebSocket, values included. So their events of those levels are never logged, whatever
//! is asked for.

use serde::{Deserialize, Serialize};
use tracing::{Level, Metadata};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Names what is logged, such as `debug` or `modelry=trace`.
const VARIABLE: &str = "MODELRY_LOG";
/// What is logged when the variable says nothing.
const DEFAULT: &str = "info";

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Lines to be read.
    #[default]
    Text,
    /// A JSON object on each line.
    Json,
}

/// Writes the log to standard error from now on.
pub fn to_stderr(format: LogFormat) {
    let filter = EnvFilter::try_from_env(VARIABLE).unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    let registry = tracing_subscriber::registry().with(filter).with(filter_fn(is_discreet));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    match format {
        LogFormat::Text => registry.with(lines).init(),
        LogFormat::Json => registry.with(lines.json().flatten_event(true)).init(),
    }
}

/// Whether what is told can hold nothing of a client's.
fn is_discreet(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    let is_ours = target == "modelry" || target.starts_with("modelry::");
    let most = if target.starts_with("tokio_postgres") { Level::WARN } else { Level::INFO };
    is_ours || *metadata.level() <= most
}
