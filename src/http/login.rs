//! How a browser comes in and goes: a link that is good once, and the cookie of its session.
//!
//! Whatever fetches the link's address only gets a page with a button, so that previews and scanners of links use
//! nothing up. The button posts the code.

mod words;

use std::sync::Arc;

use axum::Form;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY, SET_COOKIE, VARY};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::authentication::note;
use super::origin::is_of_own_page;
use super::{cookie, limits};
use crate::app::App;
use crate::auth::{Principal, Refusal, Secret};
use words::Words;

/// What the pages may do: show themselves, and send their form here.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// The code of a link.
#[derive(Deserialize)]
pub struct Code {
    #[serde(default)]
    code: String,
}

/// `GET /login?code=...`: a page that asks whether to sign in. Nothing is used up. Without a code, who is signed in can sign
/// out there.
pub async fn page(State(app): State<App>, headers: HeaderMap, Query(Code { code }): Query<Code>) -> Response {
    let words = words::wanted(&headers);
    let is_signed_in = code.is_empty() && session_of(&app, &headers).await.is_some();
    match Secret::parse_code(&code) {
        None if is_signed_in => page_of(
            words,
            StatusCode::OK,
            words.signed_in,
            &format!("<form method=\"post\" action=\"/logout\"><button>{}</button></form>", words.sign_out),
        ),
        // What has the form of a code holds nothing but letters and digits.
        Some(code) => page_of(
            words,
            StatusCode::OK,
            words.link,
            &format!(
                "<form method=\"post\" action=\"/login\"><input type=\"hidden\" name=\"code\" value=\"{}\">\
                 <button autofocus>{}</button></form>",
                code.expose(),
                words.sign_in
            ),
        ),
        None => page_of(words, StatusCode::OK, words.how, ""),
    }
}

/// `POST /login`: uses the code up, and begins a session.
pub async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    extensions: Extensions,
    Form(Code { code }): Form<Code>,
) -> Response {
    let words = words::wanted(&headers);
    let address = limits::address(&app, &headers, &extensions);
    if !is_of_own_page(&app.config().http, &headers) {
        note(&app, Refusal::CrossSite, address);
        return page_of(words, StatusCode::FORBIDDEN, words.foreign_sign_in, "");
    }
    match app.access().begin_session(&code, address.map(|address| address.to_string())).await {
        Ok(session) => {
            let cookie = cookie::session(
                &app.config().http,
                &headers,
                session.expose(),
                app.config().auth.session_max_ms / 1_000,
            );
            go_to("/", cookie)
        }
        Err(Refusal::Unavailable) => page_of(words, StatusCode::SERVICE_UNAVAILABLE, words.unreachable, ""),
        Err(refusal) => {
            note(&app, refusal, address);
            page_of(words, StatusCode::FORBIDDEN, words.no_longer, "")
        }
    }
}

/// `POST /logout`: ends the session that the cookie is of.
pub async fn sign_out(State(app): State<App>, headers: HeaderMap, extensions: Extensions) -> Response {
    let words = words::wanted(&headers);
    if !is_of_own_page(&app.config().http, &headers) {
        note(&app, Refusal::CrossSite, limits::address(&app, &headers, &extensions));
        return page_of(words, StatusCode::FORBIDDEN, words.foreign_sign_out, "");
    }
    if let Some(session) = session_of(&app, &headers).await
        && let Err(error) = app.access().end_session(&session).await
    {
        tracing::error!(%error, "a session could not be ended");
        return page_of(words, StatusCode::SERVICE_UNAVAILABLE, words.unreachable, "");
    }
    go_to("/login", cookie::none(&app.config().http, &headers))
}

/// Whose session the cookie is of.
async fn session_of(app: &App, headers: &HeaderMap) -> Option<Arc<Principal>> {
    app.access().session(cookie::of(&app.config().http, headers)?).await.ok()
}

fn go_to(place: &'static str, cookie: String) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(LOCATION, HeaderValue::from_static(place));
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

/// A page that says something, and has a form below it or none.
fn page_of(words: &Words, status: StatusCode, said: &str, form: &str) -> Response {
    let Words { tag, title, .. } = words;
    let page = format!(
        "<!doctype html><html lang=\"{tag}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <link rel=\"icon\" href=\"data:,\"><title>Modelry · {title}</title><style>:root{{color-scheme:light dark}}\
         body{{font:1rem/1.5 system-ui;margin:20vh auto;max-width:30rem;padding:1rem}}button{{font:inherit;padding:.5rem 1rem}}</style>\
         <main><h1>Modelry</h1><p>{said}</p>{form}</main>"
    );
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, POLICY),
        // Not "no-referrer", with which a form's `Origin` would be "null".
        (REFERRER_POLICY, "same-origin"),
        (VARY, "accept-language"),
    ];
    (status, headers, page).into_response()
}
