//! GraphQL over a WebSocket: the subprotocol `graphql-transport-ws`, any number of operations side by side.

mod message;
mod operation;
mod session;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::header::UPGRADE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::accept::MediaType;
use super::authentication::note;
use super::graphql::{BAD_REQUEST, refusal};
use super::limits::{self, Who};
use super::origin::may_connect;
use crate::app::App;
use crate::auth::Refusal;
use crate::graphql::UNAVAILABLE;
use crate::limits::Open;

/// The one subprotocol that is spoken. Not `graphql-ws`, which is an older protocol's.
const PROTOCOL: &str = "graphql-transport-ws";

/// Bytes that wait to be written before a write begins by itself.
const WRITE_BUFFER: usize = 16 * 1024;

/// Whether the request asks for a WebSocket.
pub fn is_wanted(headers: &HeaderMap) -> bool {
    headers.get(UPGRADE).is_some_and(|upgrade| upgrade.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

/// Opens a WebSocket, or says why not.
pub fn open(
    app: App,
    who: Who,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    headers: &HeaderMap,
) -> Response {
    let refuse = |status, code, message: &str| refusal(MediaType::Json, status, code, message);
    if !may_connect(&app.config().http, headers) {
        note(&app, Refusal::Origin, who.address);
        return refuse(StatusCode::FORBIDDEN, BAD_REQUEST, &Refusal::Origin.to_string());
    }
    if !app.is_migrated() {
        let message = "the database is not ready; GET /readyz says why";
        return refuse(StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE, message);
    }
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade.protocols([PROTOCOL]),
        Err(rejection) => return rejection.into_response(),
    };
    if upgrade.selected_protocol().is_none() {
        let message = "ask for the subprotocol graphql-transport-ws";
        return refuse(StatusCode::BAD_REQUEST, BAD_REQUEST, message);
    }
    let Some(place) = app.streams().open() else {
        let message = "too many streams are open, or the server is stopping; try again later";
        return refuse(StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE, message);
    };
    let own = match app.limits().limiter.open(&who.caller, Open::Stream) {
        Ok(own) => own,
        Err(exceeded) => return limits::refused(MediaType::Json, &exceeded),
    };
    let limit = app.config().http.max_body_bytes;
    upgrade.max_message_size(limit).max_frame_size(limit).write_buffer_size(WRITE_BUFFER).on_upgrade(
        move |socket| async move {
            session::run(app, who, socket, place).await;
            drop(own);
        },
    )
}
