//! Bodies of requests: of what type, how large, how long they may take, and how much room there is for all of them.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use futures_util::StreamExt as _;

use super::graphql::BAD_REQUEST;
use crate::app::{App, Taken};
use crate::graphql::UNAVAILABLE;
use crate::limits::Refused;

/// The body did not arrive in time.
const BODY_TIMEOUT: &str = "BODY_TIMEOUT";
/// The body is larger than it may be.
const TOO_LARGE: &str = "PAYLOAD_TOO_LARGE";

/// A body that was read whole.
pub struct Received {
    /// What it is.
    pub bytes: Bytes,
    /// Its room, which is to be kept for as long as what was read from it.
    pub room: Taken,
}

/// What is taken of a body.
pub struct Bounds {
    /// How large it may be, in bytes.
    most: usize,
    /// How long it may take to arrive, in milliseconds.
    longest: u64,
    /// The settings that say so.
    settings: [&'static str; 2],
}

impl Bounds {
    /// Those of requests.
    pub fn of_requests(app: &App) -> Self {
        let config = &app.config().http;
        let settings = ["http.max_body_bytes", "http.body_timeout_ms"];
        Self { most: config.max_body_bytes, longest: config.body_timeout_ms, settings }
    }

    /// Those of catalogues' files.
    pub fn of_files(app: &App) -> Self {
        let config = &app.config().http;
        let settings = ["http.max_import_bytes", "http.import_timeout_ms"];
        Self { most: config.max_import_bytes, longest: config.import_timeout_ms, settings }
    }
}

/// Why a body is not taken.
enum Trouble {
    TooLarge,
    NoRoom,
    BrokenOff,
}

/// Reads a body that is not too large, comes in time, and finds room.
///
/// # Errors
/// The status, and what is wrong.
pub async fn read(
    app: &App,
    headers: &HeaderMap,
    body: Body,
    bounds: Bounds,
) -> Result<Received, (StatusCode, Refused)> {
    let Bounds { most, longest, settings: [size, time] } = bounds;
    let reading = read_at_most(headers, body, most, app.room().part());
    let (status, code, message) = match tokio::time::timeout(Duration::from_millis(longest), reading).await {
        Ok(Ok(received)) => return Ok(received),
        Ok(Err(Trouble::TooLarge)) => {
            (StatusCode::PAYLOAD_TOO_LARGE, TOO_LARGE, format!("the body is larger than {most} bytes ({size})"))
        }
        Ok(Err(Trouble::NoRoom)) => {
            let message =
                "more is being sent at the moment than there is room for (http.max_buffered_bytes); try again";
            (StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE, message.to_owned())
        }
        Ok(Err(Trouble::BrokenOff)) => (StatusCode::BAD_REQUEST, BAD_REQUEST, "the body breaks off".to_owned()),
        Err(_) => {
            let message = format!("the body did not arrive within {longest} ms ({time})");
            (StatusCode::REQUEST_TIMEOUT, BODY_TIMEOUT, message)
        }
    };
    Err((status, Refused { code, message }))
}

async fn read_at_most(headers: &HeaderMap, body: Body, limit: usize, mut room: Taken) -> Result<Received, Trouble> {
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(Trouble::TooLarge);
    }
    // Room is taken for what has come, not for what is announced: to announce costs a client nothing.
    let mut bytes = Vec::new();
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| Trouble::BrokenOff)?;
        if bytes.len() + chunk.len() > limit {
            return Err(Trouble::TooLarge);
        }
        if !room.fits(bytes.len() + chunk.len()) {
            return Err(Trouble::NoRoom);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Received { bytes: bytes.into(), room })
}

/// Whether the body is declared to be JSON in UTF-8, the charset of JSON.
pub fn is_json(headers: &HeaderMap) -> bool {
    let Some(content_type) = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    let mut parts = content_type.split(';').map(|part| part.trim().to_ascii_lowercase());
    let json = parts.next().is_some_and(|media_type| media_type == "application/json");
    json && parts.all(|parameter| match parameter.strip_prefix("charset=") {
        Some(charset) => charset.trim_matches('"') == "utf-8",
        None => true,
    })
}
