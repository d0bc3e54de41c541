//! The settings of what the server shows of itself.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use super::ConfigError;
use crate::telemetry::TraceSettings;
pub use crate::telemetry::logging::LogFormat;

/// What the server shows of itself, and to whom.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TelemetryConfig {
    /// Who may read `GET /metrics` where the catalogue is served.
    pub metrics: MetricsAccess,
    /// An address of its own that serves `/metrics`, and nothing else, to whoever reaches it.
    pub metrics_listen: Option<SocketAddr>,
    /// Where an OpenTelemetry collector takes spans over HTTP, such as `http://127.0.0.1:4318`; none are made without it.
    pub otlp_endpoint: Option<String>,
    /// Of requests that come without a `traceparent`, the share that is traced: 0 to 1.
    pub trace_ratio: f64,
    /// How the log is written: `text` or `json`.
    pub log_format: LogFormat,
}

/// Who may read the metrics where the catalogue is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MetricsAccess {
    /// Whoever reaches it, which is this machine: they are there only if `listen` is an address of the loopback interface
    /// and no `http.public_url` says that a proxy passes on to it what comes from elsewhere.
    Loopback,
    /// Whoever reaches it.
    Public,
    /// Nobody.
    Off,
}

impl Default for TelemetryConfig {
    fn default() -> Self {
        Self {
            metrics: MetricsAccess::Loopback,
            metrics_listen: None,
            otlp_endpoint: None,
            trace_ratio: 1.0,
            log_format: LogFormat::Text,
        }
    }
}

impl TelemetryConfig {
    /// Whether `/metrics` is served where the catalogue is, which may be where only this machine can ask.
    pub(super) const fn serves_metrics(&self, is_local: bool) -> bool {
        match self.metrics {
            MetricsAccess::Loopback => is_local,
            MetricsAccess::Public => true,
            MetricsAccess::Off => false,
        }
    }

    /// Where spans go; `None` if nowhere.
    pub fn traces(&self) -> Option<TraceSettings> {
        let endpoint = self.otlp_endpoint.clone()?;
        Some(TraceSettings { endpoint, ratio: self.trace_ratio })
    }

    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if !(0.0..=1.0).contains(&self.trace_ratio) {
            return Err(ConfigError::NoRatio("telemetry.trace_ratio"));
        }
        match &self.otlp_endpoint {
            Some(endpoint) if !is_endpoint(endpoint) => Err(ConfigError::NoEndpoint("telemetry.otlp_endpoint")),
            _ => Ok(()),
        }
    }
}

/// Whether the text is an address that a path can be put behind. It isn't told back: it may hold a password.
fn is_endpoint(text: &str) -> bool {
    reqwest::Url::parse(text).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https") && url.has_host() && url.query().is_none() && url.fragment().is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::load_file;

    #[test]
    fn metrics_are_on_the_main_address_only_where_it_is_this_machines_unless_said() {
        for (content, shown) in [
            ("", true),
            ("listen = \"[::1]:8321\"\n", true),
            ("listen = \"0.0.0.0:8321\"\n", false),
            ("[http]\npublic_url = \"https://models.example\"\n", false),
            ("listen = \"0.0.0.0:8321\"\n[telemetry]\nmetrics = \"public\"\n", true),
            ("[telemetry]\nmetrics = \"off\"\n", false),
        ] {
            assert_eq!(load_file(content).expect(content).shows_metrics(), shown, "{content}");
        }
    }

    #[test]
    fn where_spans_go_is_an_address_and_how_many_a_share() {
        let load = |line: &str| load_file(&format!("[telemetry]\n{line}\n"));
        load("otlp_endpoint = \"http://127.0.0.1:4318\"\ntrace_ratio = 0.1").expect("settings");
        for wrong in ["127.0.0.1:4318", "grpc://x:1", "http://x/?token=secret", "http://"] {
            let error = load(&format!("otlp_endpoint = {wrong:?}")).expect_err(wrong).to_string();
            assert_eq!(error, "telemetry.otlp_endpoint: must be an http:// or https:// address without a query");
        }
        assert_eq!(
            load("trace_ratio = 1.5").expect_err("too much").to_string(),
            "telemetry.trace_ratio: must be 0 to 1"
        );
        assert!(load("log_format = \"xml\"").expect_err("no format").to_string().contains("log_format"));
    }
}
