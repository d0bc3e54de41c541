//! What browsers are told with every answer, and whose pages may read it.

use std::time::Duration;

use axum::http::header::{
    ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, RETRY_AFTER,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use tower_http::cors::CorsLayer;

use super::revision::REVISION;
use crate::config::HttpConfig;

/// What holds for an answer that doesn't say otherwise itself. Data is no page: nothing in it is loaded, run or framed,
/// and no cache keeps what was answered to somebody.
const EVERYWHERE: [(HeaderName, &str); 8] = [
    (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "no-referrer"),
    (CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Two years, as browsers' lists of such hosts ask for: <https://hstspreload.org>.
const ONLY_BY_TLS: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// How long a browser may remember that a page may ask.
const PREFLIGHT: Duration = Duration::from_secs(600);

/// Adds to an answer what it doesn't say itself.
pub fn complete(headers: &mut HeaderMap, config: &HttpConfig) {
    for (name, value) in EVERYWHERE {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if config.is_behind_tls() {
        headers.entry(STRICT_TRANSPORT_SECURITY).or_insert(ONLY_BY_TLS);
    }
}

/// Lets pages of these origins ask and read; not with a cookie, which stays with this server's own pages.
pub fn cors(origins: &[String]) -> CorsLayer {
    let origins: Vec<HeaderValue> = origins.iter().filter_map(|origin| origin.parse().ok()).collect();
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([ACCEPT, AUTHORIZATION, CONTENT_TYPE, super::event_stream::LAST_EVENT_ID, REVISION])
        .expose_headers([RETRY_AFTER, REVISION])
        .max_age(PREFLIGHT)
}
