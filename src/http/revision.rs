//! What clients have seen: told with answers, brought with requests, which are then answered from a state that is no older.

use std::sync::atomic::{AtomicBool, Ordering};

use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;

use super::cookie;
use super::limits::Who;
use crate::app::App;
use crate::auth::PrincipalKind;
use crate::store::revisions::Token;

/// The header that tells it and brings it.
pub const REVISION: HeaderName = HeaderName::from_static("modelry-revision");

/// What a request says that its client has seen.
pub struct Seen {
    by_header: Option<Token>,
    by_cookie: Option<Token>,
    /// If it is a browser that is signed in: others get no cookie, with which caches on the way would keep nothing.
    browser: Option<Browser>,
    has_written: AtomicBool,
}

struct Browser {
    is_secure: bool,
    /// What its cookie holds.
    held: Option<String>,
}

impl Seen {
    /// Reads what a request says. A cookie that says nothing is passed over: browsers send what they have.
    ///
    /// # Errors
    /// What is wrong with its header.
    pub fn of(app: &App, who: &Who, headers: &HeaderMap) -> Result<Self, &'static str> {
        let by_header = match headers.get(REVISION) {
            None => None,
            Some(value) => Some(value.to_str().ok().and_then(Token::parse).ok_or(
                "the header Modelry-Revision must be what an answer's header of this name was, such as 0a1b2c.42",
            )?),
        };
        let config = &app.config().http;
        let browser = matches!(who.principal.kind, PrincipalKind::Session(_)).then(|| Browser {
            is_secure: cookie::is_secure(config, headers),
            held: cookie::revision(config, headers).map(str::to_owned),
        });
        let by_cookie = browser.as_ref().and_then(|browser| browser.held.as_deref()).and_then(Token::parse);
        Ok(Self { by_header, by_cookie, browser, has_written: AtomicBool::default() })
    }

    /// Learns of what the client has seen, unless it is known already; `false` if that can't be.
    pub async fn is_known(&self, app: &App) -> bool {
        for token in [&self.by_header, &self.by_cookie].into_iter().flatten() {
            // On the heap: few requests bring one.
            if !Box::pin(app.own().catch_up(token)).await {
                return false;
            }
        }
        true
    }

    /// Notes that the request may change something.
    pub fn writes(&self) {
        self.has_written.store(true, Ordering::Relaxed);
    }

    /// Tells what the client has seen with this answer: after writes, to who has brought what they have seen, and to everybody
    /// where there are replicas.
    pub fn told(&self, app: &App, mut response: Response) -> Response {
        let has_brought = self.by_header.is_some() || self.by_cookie.is_some();
        let is_told = has_brought || self.has_written.load(Ordering::Relaxed) || app.replicas().count() > 0;
        let is_answer = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
        if !is_told || !is_answer {
            return response;
        }
        let Some(token) = app.store().revisions().token().map(|token| token.to_string()) else { return response };
        let cookie = self.browser.as_ref().filter(|browser| browser.held.as_ref() != Some(&token));
        let cookie = cookie.map(|browser| cookie::set_revision(browser.is_secure, &token));
        if let Some(Ok(cookie)) = cookie.as_deref().map(HeaderValue::from_str) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        if let Ok(value) = HeaderValue::try_from(token) {
            response.headers_mut().insert(REVISION, value);
        }
        response
    }
}
