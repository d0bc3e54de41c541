//! What the server takes and tells: `[http]`.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::hosts::is_host;
use crate::limits::Proxies;

/// What the server takes and tells.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpConfig {
    /// Largest request body, in bytes.
    pub max_body_bytes: usize,
    /// Room for all bodies of requests that are being received or answered, in bytes.
    pub max_buffered_bytes: usize,
    /// Largest catalogue file that is imported by HTTP, in bytes. It is kept in the folder for temporary files meanwhile.
    pub max_import_bytes: usize,
    /// How long such a file may take to arrive, in milliseconds.
    pub import_timeout_ms: u64,
    /// How long the body of a request may take to arrive, in milliseconds.
    pub body_timeout_ms: u64,
    /// How long the head of a request may take to arrive, in milliseconds; a connection that asks nothing for so long is
    /// closed.
    pub header_timeout_ms: u64,
    /// Most connections that are open at once; others wait to be accepted.
    pub max_connections: usize,
    /// Proxies whose `X-Forwarded-For` is believed: addresses, or networks such as `10.0.0.0/8`.
    pub trusted_proxies: Vec<String>,
    /// Whether the schema may be asked for. If not, errors suggest no names either.
    pub introspection: bool,
    /// A file of documents; if one is named, only these are executed.
    pub trusted_documents: Option<PathBuf>,
    /// Whether answers say how long each phase took, in a `Server-Timing` header.
    pub server_timing: bool,
    /// How long requests in flight may take to finish after a signal to stop, in milliseconds.
    pub shutdown_timeout_ms: u64,
    /// The address by which clients reach the server, such as `https://models.example`, where that is not `listen`: behind
    /// a proxy. If it begins with `https`, browsers are told to use nothing else.
    pub public_url: Option<String>,
    /// Origins, such as `https://console.example`, whose pages may ask and open WebSockets beside this server's own.
    pub allowed_origins: Vec<String>,
    /// Names and addresses, such as `models.lan`, by which the server may be asked beside this machine's and that of
    /// `public_url`. Without effect where it may be asked by any: if `listen` is no loopback address and `public_url` isn't set.
    pub allowed_hosts: Vec<String>,
}

impl HttpConfig {
    /// Whether clients reach the server by TLS.
    pub fn is_behind_tls(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.starts_with("https://"))
    }

    /// The networks of the proxies whose word is believed.
    ///
    /// # Errors
    /// The entry that is no address and no network.
    pub fn proxies(&self) -> Result<Proxies, &str> {
        Proxies::parse(&self.trusted_proxies)
    }

    /// What stands in `allowed_hosts` and is no name.
    pub(super) fn no_host(&self) -> Option<&String> {
        self.allowed_hosts.iter().find(|text| !is_host(text))
    }

    /// The setting that is no origin, and its value.
    pub(super) fn no_origin(&self) -> Option<(&'static str, &String)> {
        let public = self.public_url.iter().map(|url| ("http.public_url", url));
        let allowed = self.allowed_origins.iter().map(|origin| ("http.allowed_origins", origin));
        public.chain(allowed).find(|(_, text)| !is_origin(text))
    }
}

/// Whether the text is scheme, host and maybe a port, as browsers spell an origin.
fn is_origin(text: &str) -> bool {
    let authority = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    authority.is_some_and(|authority| {
        let plain = !authority.contains(['@', '/', '?', '#']) && !authority.chars().any(|c| c.is_ascii_uppercase());
        plain && authority.parse::<axum::http::uri::Authority>().is_ok()
    })
}

impl Default for HttpConfig {
    fn default() -> Self {
        Self {
            max_body_bytes: 1_048_576,
            max_buffered_bytes: 268_435_456,
            max_import_bytes: 67_108_864,
            import_timeout_ms: 300_000,
            body_timeout_ms: 10_000,
            header_timeout_ms: 10_000,
            max_connections: 10_000,
            trusted_proxies: Vec::new(),
            introspection: true,
            trusted_documents: None,
            server_timing: false,
            shutdown_timeout_ms: 30_000,
            public_url: None,
            allowed_origins: Vec::new(),
            allowed_hosts: Vec::new(),
        }
    }
}
