//! Who asks, by what a request carries. Whoever is not let in is told so before anything runs.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;

use super::accept::{MediaType, negotiate};
use super::graphql::refusal;
use super::limits::{self, Who};
use super::origin::{has_own_origin, is_of_own_page};
use super::{cookie, socket};
use crate::app::App;
use crate::auth::{Principal, PrincipalKind, Refusal};
use crate::graphql::{FORBIDDEN, UNAUTHENTICATED, UNAVAILABLE};

/// How clients may say who they are.
const CHALLENGE: &str = "Bearer realm=\"modelry\"";
/// The same, to who has said so, and wasn't believed.
const INVALID: &str = "Bearer realm=\"modelry\", error=\"invalid_token\"";

/// A handler that asks for this is run only for who may come in.
impl FromRequestParts<App> for Who {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let address = limits::address(app, &parts.headers, &parts.extensions);
        let asker = match identify(app, &parts.headers).await {
            // A WebSocket can say later who it is.
            Ok(principal) if principal.role.is_none() && !socket::is_wanted(&parts.headers) => Err(Refusal::Missing),
            Ok(principal) if may_be_forged(app, &principal, parts) => Err(Refusal::CrossSite),
            identified => identified,
        };
        asker.map(|principal| Self::new(principal, address)).map_err(|reason| {
            note(app, reason, address);
            refused(&parts.headers, reason)
        })
    }
}

/// Counts that somebody was not let in, and notes it for the audit log.
pub fn note(app: &App, reason: Refusal, address: Option<IpAddr>) {
    app.telemetry().metrics().refused(reason.as_str());
    if reason.is_told() {
        app.access().note_refusal(reason, address.map(|address| address.to_string()));
    }
}

/// Whether a request may change something and carries a session's cookie, but no word of the browser that it comes from a
/// page of this server's own. A WebSocket may: it begins as a GET, and whoever has it can send anything. Those of
/// `http.allowed_origins` may open one, but as nobody's session.
fn may_be_forged(app: &App, principal: &Principal, request: &Parts) -> bool {
    let (config, headers) = (&app.config().http, &request.headers);
    let is_of_own_page = || {
        if socket::is_wanted(headers) { has_own_origin(config, headers) } else { is_of_own_page(config, headers) }
    };
    let is_harmless = request.method.is_safe() && !socket::is_wanted(headers);
    matches!(principal.kind, PrincipalKind::Session(_)) && !is_harmless && !is_of_own_page()
}

async fn identify(app: &App, headers: &HeaderMap) -> Result<Arc<Principal>, Refusal> {
    match headers.get(AUTHORIZATION) {
        None => by_cookie(app, headers).await,
        Some(_) if !app.is_migrated() => Err(Refusal::Unavailable),
        Some(value) => bearer(app, value.to_str().unwrap_or_default()).await,
    }
}

/// Whose session the cookie is of. A cookie that is not good is nobody's: browsers send it, whether they are asked to or not.
async fn by_cookie(app: &App, headers: &HeaderMap) -> Result<Arc<Principal>, Refusal> {
    let nobody = || Ok(Arc::clone(app.access().anonymous()));
    let Some(cookie) = cookie::of(&app.config().http, headers).filter(|_| app.is_migrated()) else { return nobody() };
    match app.access().session(cookie).await {
        Err(Refusal::Unavailable) => Err(Refusal::Unavailable),
        Err(_) => nobody(),
        known => known,
    }
}

/// Who sent this as `Authorization`.
///
/// # Errors
/// Why they are not let in.
pub async fn bearer(app: &App, authorization: &str) -> Result<Arc<Principal>, Refusal> {
    let (scheme, token) = authorization.split_once(' ').ok_or(Refusal::Malformed)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Refusal::Malformed);
    }
    app.access().token(token.trim()).await
}

fn refused(headers: &HeaderMap, reason: Refusal) -> Response {
    let media_type = negotiate(headers).map_or(MediaType::Json, |accepted| accepted.media_type);
    let message = reason.to_string();
    let challenge = match reason {
        Refusal::Unavailable | Refusal::NoProvider => {
            return refusal(media_type, StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE, &message);
        }
        Refusal::NoRole | Refusal::CrossSite | Refusal::Origin => {
            return refusal(media_type, StatusCode::FORBIDDEN, FORBIDDEN, &message);
        }
        Refusal::Missing => CHALLENGE,
        Refusal::Malformed | Refusal::Unknown | Refusal::Link | Refusal::Expired => INVALID,
    };
    let mut response = refusal(media_type, StatusCode::UNAUTHORIZED, UNAUTHENTICATED, &message);
    response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
    response
}
