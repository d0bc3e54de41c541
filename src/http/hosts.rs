//! By which names this server is asked. A page of any site can have its own name lead to this machine (DNS rebinding), and
//! is then of the same origin as this server: by nothing but the name can it be told from a page of this server's own.

use axum::extract::Request;
use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

use super::accept::{MediaType, negotiate};
use super::graphql::refusal;
use crate::config::Hosts;

/// The server doesn't go by the name that it is asked by.
const MISDIRECTED_REQUEST: &str = "MISDIRECTED_REQUEST";

/// What whoever starts the process asks, by whatever name or address: they tell nothing and change nothing.
const OPEN: [&str; 2] = ["/healthz", "/readyz"];

/// Lets pass only what is asked by a name of this server's own.
///
/// # Errors
/// The answer to what is not.
pub fn check(hosts: &Hosts, request: &mut Request) -> Result<(), Box<Response>> {
    // HTTP/2 says it in the address; what comes behind this looks for it in one place.
    if !request.headers().contains_key(HOST)
        && let Some(host) = request.uri().authority().and_then(|host| HeaderValue::from_str(host.as_str()).ok())
    {
        request.headers_mut().insert(HOST, host);
    }
    if OPEN.contains(&request.uri().path()) || is_asked_by_name(hosts, request) {
        return Ok(());
    }
    let message = "this server doesn't go by the name or address in Host: http.allowed_hosts can name it; if a proxy \
                   passes requests on, http.public_url says by what address";
    let media_type = negotiate(request.headers()).map_or(MediaType::Json, |accepted| accepted.media_type);
    Err(Box::new(refusal(media_type, StatusCode::MISDIRECTED_REQUEST, MISDIRECTED_REQUEST, message)))
}

/// Whether all that the request says of the name is right; it has to say something.
fn is_asked_by_name(hosts: &Hosts, request: &Request) -> bool {
    if *hosts == Hosts::Any {
        return true;
    }
    let in_header = |host: &HeaderValue| {
        let host = host.to_str().ok().and_then(|host| host.parse::<Authority>().ok());
        host.is_some_and(|host| hosts.has(host.host()))
    };
    let mut headers = request.headers().get_all(HOST).iter().peekable();
    let in_address = request.uri().authority().is_none_or(|host| hosts.has(host.host()));
    headers.peek().is_some() && headers.all(in_header) && in_address
}
