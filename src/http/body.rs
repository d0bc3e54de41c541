//! Bodies of requests: of what type, how large, how long they may take, and how much room there is for all of them.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use futures_util::StreamExt as _;
use tokio::sync::mpsc;

use super::graphql::BAD_REQUEST;
use crate::app::{App, Taken};
use crate::graphql::UNAVAILABLE;
use crate::limits::Refused;
use crate::registry::transfer::spool::{Spool, Spooled};

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

/// Why a body is not taken.
enum Trouble {
    TooLarge,
    NoRoom,
    NoDisk,
    BrokenOff,
}

/// What is taken of a body.
struct Bounds {
    /// How large it may be, in bytes.
    most: usize,
    /// How long it may take to arrive, in milliseconds.
    longest: u64,
    /// The settings that say so.
    settings: [&'static str; 2],
}

/// Where a body goes, piece by piece.
trait Sink: Send {
    fn take(&mut self, piece: Bytes) -> impl Future<Output = Result<(), Trouble>> + Send;
}

struct Memory {
    bytes: Vec<u8>,
    room: Taken,
}

impl Sink for Memory {
    async fn take(&mut self, piece: Bytes) -> Result<(), Trouble> {
        // Room is taken for what has come, not for what is announced: to announce costs a client nothing.
        if !self.room.fits(self.bytes.len() + piece.len()) {
            return Err(Trouble::NoRoom);
        }
        self.bytes.extend_from_slice(&piece);
        Ok(())
    }
}

/// To whom writes to the disk, which may take its time.
struct Disk(mpsc::Sender<Bytes>);

impl Sink for Disk {
    async fn take(&mut self, piece: Bytes) -> Result<(), Trouble> {
        self.0.send(piece).await.map_err(|_| Trouble::NoDisk)
    }
}

/// Reads a body that is not too large, comes in time, and finds room.
///
/// # Errors
/// The status, and what is wrong.
pub async fn read(app: &App, headers: &HeaderMap, body: Body) -> Result<Received, (StatusCode, Refused)> {
    let config = &app.config().http;
    let settings = ["http.max_body_bytes", "http.body_timeout_ms"];
    let bounds = Bounds { most: config.max_body_bytes, longest: config.body_timeout_ms, settings };
    let mut memory = Memory { bytes: Vec::new(), room: app.room().part() };
    bounds.pour(headers, body, &mut memory).await?;
    Ok(Received { bytes: memory.bytes.into(), room: memory.room })
}

/// Keeps a catalogue file that is sent, on disk, if it is not too large and comes in time.
///
/// # Errors
/// The status, and what is wrong.
pub async fn keep(app: &App, headers: &HeaderMap, body: Body) -> Result<Spooled, (StatusCode, Refused)> {
    let config = &app.config().http;
    let settings = ["http.max_import_bytes", "http.import_timeout_ms"];
    let bounds = Bounds { most: config.max_import_bytes, longest: config.import_timeout_ms, settings };
    let (pieces, coming) = mpsc::channel(4);
    let spooling = tokio::task::spawn_blocking(move || spool(coming));
    let mut disk = Disk(pieces);
    bounds.pour(headers, body, &mut disk).await?;
    drop(disk);
    spooling.await.ok().and_then(Result::ok).ok_or_else(no_disk)
}

fn spool(mut coming: mpsc::Receiver<Bytes>) -> std::io::Result<Spooled> {
    let mut spool = Spool::new()?;
    while let Some(piece) = coming.blocking_recv() {
        spool.add(&piece)?;
    }
    Ok(spool.finish())
}

impl Bounds {
    async fn pour(&self, headers: &HeaderMap, body: Body, sink: &mut impl Sink) -> Result<(), (StatusCode, Refused)> {
        let Self { most, longest, settings: [size, time] } = self;
        match tokio::time::timeout(Duration::from_millis(*longest), pour(headers, body, *most, sink)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(Trouble::TooLarge)) => {
                let message = format!("the body is larger than {most} bytes ({size})");
                Err(refused(StatusCode::PAYLOAD_TOO_LARGE, TOO_LARGE, message))
            }
            Ok(Err(Trouble::NoRoom)) => {
                let message =
                    "more is being sent at the moment than there is room for (http.max_buffered_bytes); try again";
                Err(refused(StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE, message))
            }
            Ok(Err(Trouble::NoDisk)) => Err(no_disk()),
            Ok(Err(Trouble::BrokenOff)) => Err(refused(StatusCode::BAD_REQUEST, BAD_REQUEST, "the body breaks off")),
            Err(_) => {
                let message = format!("the body did not arrive within {longest} ms ({time})");
                Err(refused(StatusCode::REQUEST_TIMEOUT, BODY_TIMEOUT, message))
            }
        }
    }
}

async fn pour(headers: &HeaderMap, body: Body, most: usize, sink: &mut impl Sink) -> Result<(), Trouble> {
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > most) {
        return Err(Trouble::TooLarge);
    }
    let mut length = 0;
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| Trouble::BrokenOff)?;
        length += piece.len();
        if length > most {
            return Err(Trouble::TooLarge);
        }
        sink.take(piece).await?;
    }
    Ok(())
}

fn refused(status: StatusCode, code: &'static str, message: impl Into<String>) -> (StatusCode, Refused) {
    (status, Refused { code, message: message.into() })
}

fn no_disk() -> (StatusCode, Refused) {
    let message = "the file can't be kept: the folder for temporary files has no room, or can't be written to";
    refused(StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE, message)
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
