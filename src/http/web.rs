//! The pages that are built into the binary. They are embedded compressed, and sent so to whoever takes that.

use std::io::Read as _;

use axum::extract::Path;
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

/// What `web/` was built into, each file compressed by `build.rs`.
#[derive(RustEmbed)]
#[folder = "$OUT_DIR/web"]
struct Files;

/// What a page may load: only what this server sends.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; worker-src 'self'; \
                      font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

const MISSING: &str = "<!doctype html><meta charset=\"utf-8\"><title>Modelry</title>\
    <p>This binary was built without its pages. Install Node, run <code>make web</code> and build again; \
    until then <a href=\"/schema.graphql\">/schema.graphql</a> and POST /graphql answer as ever.</p>";

/// What the server answers itself: below it there is no view of the console.
const OWN: [&str; 10] =
    ["assets", "catalogue", "graphiql", "graphql", "healthz", "login", "logout", "metrics", "readyz", "schema.graphql"];

/// `GET /` and `GET /graphiql`: the console, which has GraphiQL as one of its views.
pub async fn console(headers: HeaderMap) -> Response {
    page("index.html", &headers)
}

/// Whatever has no route. The addresses of the console's views are the console's own to tell apart: who asks for one as a
/// browser asks for a page gets the console. Everything else is not found.
pub async fn view(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let first = uri.path().split('/').nth(1).unwrap_or_default();
    let is_page = (method == Method::GET || method == Method::HEAD) && !OWN.contains(&first) && takes_html(&headers);
    if is_page { page("index.html", &headers) } else { StatusCode::NOT_FOUND.into_response() }
}

/// A page, which browsers ask for anew: it names the assets of this very binary.
fn page(name: &str, headers: &HeaderMap) -> Response {
    let mut response = file(name, headers).unwrap_or_else(|| {
        let content_type = [(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))];
        (StatusCode::OK, content_type, MISSING).into_response()
    });
    let fixed = [(CACHE_CONTROL, "no-cache"), (CONTENT_SECURITY_POLICY, POLICY)];
    response.headers_mut().extend(fixed.map(|(name, value)| (name, HeaderValue::from_static(value))));
    response
}

/// `GET /assets/...`: files whose names change with their content.
pub async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(mut response) = file(&format!("assets/{path}"), &headers) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    response
}

fn file(path: &str, headers: &HeaderMap) -> Option<Response> {
    let compressed = Files::get(&format!("{path}.gz"))?.data;
    let content_type = mime_guess::from_path(path).first_or_octet_stream().to_string();
    let mut response = if takes_gzip(headers) {
        let body = compressed.into_owned();
        ([(CONTENT_ENCODING, HeaderValue::from_static("gzip"))], body).into_response()
    } else {
        let mut body = Vec::new();
        flate2::read::GzDecoder::new(compressed.as_ref()).read_to_end(&mut body).ok()?;
        body.into_response()
    };
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_str(&content_type).ok()?);
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept-encoding"));
    Some(response)
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    takes(headers, &ACCEPT_ENCODING, &["gzip", "*"])
}

/// Programs take anything; a browser that opens a page names HTML.
fn takes_html(headers: &HeaderMap) -> bool {
    takes(headers, &ACCEPT, &["text/html"])
}

/// Whether the header names one of these, and doesn't refuse it.
fn takes(headers: &HeaderMap, header: &HeaderName, names: &[&str]) -> bool {
    headers.get_all(header).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(
        |each| {
            let mut parts = each.split(';').map(str::trim);
            let is_named = parts.next().is_some_and(|name| names.contains(&name));
            is_named
                && !parts.any(|parameter| {
                    matches!(parameter.replace(' ', "").as_str(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
                })
        },
    )
}
