//! Answers that are known already, and how they are sent.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::accept::MediaType;
use super::limits::{self, Charged, Spending, Who};
use super::pieces::Pieces;
use super::request::Parameters;
use crate::app::App;
use crate::auth::policy::Action;
use crate::cache::{Kept, Key, Question};
use crate::telemetry::{Observation, OperationKind};

/// Says where an answer comes from (RFC 9211).
const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");
/// Fewest bytes that are compressed.
const COMPRESSED: usize = 1_024;
/// What an answer to a GET depends on beside its address.
const VARIES: &str = "accept, accept-encoding, authorization, cookie";

/// A request whose answer may be known.
pub struct Lookup {
    /// What stands for it.
    pub key: Key,
    is_get: bool,
    takes_gzip: bool,
    /// The tags of answers that the client has.
    known: Option<HeaderValue>,
}

impl Lookup {
    /// Looks at a request; `None` if its answer is not to be kept, or not for who asks.
    pub fn of(app: &App, who: &Who, parameters: &Parameters, is_get: bool, headers: &HeaderMap) -> Option<Self> {
        if parameters.refused.is_some() || !who.principal.may(Action::ReadCatalogue) || is_unwanted(headers) {
            return None;
        }
        let question = Question {
            document: &parameters.query,
            operation: parameters.operation_name.as_deref(),
            variables: &parameters.variables,
            today: app.clock().now().day(),
        };
        let known = headers.get(IF_NONE_MATCH).filter(|_| is_get).cloned();
        Some(Self { key: question.key(), is_get, takes_gzip: takes_gzip(headers), known })
    }
}

/// Whether the client wants an answer of its own.
fn is_unwanted(headers: &HeaderMap) -> bool {
    let values = headers.get_all(CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok());
    let mut words = values.flat_map(|value| value.split(',')).map(str::trim);
    words.any(|word| word.eq_ignore_ascii_case("no-cache") || word.eq_ignore_ascii_case("no-store"))
}

/// Whether the client takes gzip.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let values = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let is_gzip = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let refused = |part: &str| part.strip_prefix("q=").is_some_and(|q| q.trim().parse() == Ok(0.0));
        is_gzip && !parts.any(refused)
    })
}

/// Gives an answer that was kept, to who may have one more.
pub async fn give(app: &App, who: &Who, media_type: MediaType, lookup: &Lookup, kept: Arc<Kept>) -> Response {
    Observation::note(|observation| observation.saw_kind(OperationKind::Query));
    match Spending::begin(app, who, kept.requested).await {
        Ok(spending) => send(app, media_type, lookup, kept, true, &spending).await,
        Err(exceeded) => limits::refused(media_type, &exceeded),
    }
}

/// Sends an answer that can be kept.
pub async fn send(
    app: &App,
    media_type: MediaType,
    lookup: &Lookup,
    kept: Arc<Kept>,
    is_hit: bool,
    spending: &Spending,
) -> Response {
    let end = end(spending.settle_at(kept.actual));
    let status = if is_hit { "modelry; hit" } else { "modelry; fwd=miss" };
    let mut response = if lookup.knows(&kept) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        body(app, lookup, &kept, end).await
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_STATUS, HeaderValue::from_static(status));
    if response.status() != StatusCode::NOT_MODIFIED {
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type.content_type()));
    }
    if lookup.is_get {
        validated(response.headers_mut(), &kept, spending.asker().is_anonymous());
    }
    response
}

async fn body(app: &App, lookup: &Lookup, kept: &Arc<Kept>, end: String) -> Response {
    if !lookup.takes_gzip || kept.size() < COMPRESSED {
        return whole(kept.body(end)).into_response();
    }
    let compressed = if kept.has_gzip() { Arc::clone(kept) } else { app.answers().compressed(lookup.key, kept).await };
    match compressed.gzip(&end) {
        Some(pieces) => ([(CONTENT_ENCODING, "gzip")], whole(pieces)).into_response(),
        None => whole(kept.body(end)).into_response(),
    }
}

fn whole((first, second): (Bytes, Bytes)) -> Body {
    Pieces::body(first, second)
}

/// What lets caches on the way, and the client's own, ask whether an answer is still true.
fn validated(headers: &mut HeaderMap, kept: &Kept, is_anyones: bool) {
    if let Ok(tag) = HeaderValue::from_str(kept.tag()) {
        headers.insert(ETAG, tag);
    }
    let control = match (kept.is_settled(), is_anyones) {
        // What was does not change, unless its history is purged.
        (true, true) => "public, max-age=86400",
        (true, false) => "private, max-age=86400",
        (false, true) => "public, no-cache",
        (false, false) => "private, no-cache",
    };
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(control));
    headers.insert(VARY, HeaderValue::from_static(VARIES));
}

/// What closes an answer: what it cost, if that is told.
fn end(charged: Option<Charged>) -> String {
    match charged.and_then(|cost| serde_json::to_string(&cost).ok()) {
        Some(cost) => format!(",\"extensions\":{{\"cost\":{cost}}}}}"),
        None => "}".to_owned(),
    }
}

impl Lookup {
    /// Whether the client has this very answer.
    fn knows(&self, kept: &Kept) -> bool {
        let Some(known) = self.known.as_ref().and_then(|known| known.to_str().ok()) else { return false };
        let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
        known.trim() == "*" || known.split(',').any(|tag| opaque(tag) == opaque(kept.tag()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn gzip_is_taken_unless_refused() {
        for (value, taken) in [
            ("gzip", true),
            ("br, GZIP;q=0.5", true),
            ("gzip;q=0", false),
            ("gzip; q=0.0", false),
            ("br, deflate", false),
            ("", false),
        ] {
            assert_eq!(takes_gzip(&headers(ACCEPT_ENCODING, value)), taken, "{value}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }

    #[test]
    fn who_wants_an_answer_of_their_own_says_so() {
        for (value, unwanted) in [("no-cache", true), ("max-age=0, No-Store", true), ("max-age=0", false)] {
            assert_eq!(is_unwanted(&headers(CACHE_CONTROL, value)), unwanted, "{value}");
        }
    }
}
