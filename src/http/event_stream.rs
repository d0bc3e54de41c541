//! Results as a stream of events: the protocol `graphql-sse` in its mode of distinct connections.
//!
//! Each result is an event `next`; the last event is `complete`. A stream that ends without it was cut off, so the client
//! comes back. The event's id is the cursor of its change: a browser's `EventSource` sends it when it comes back.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt as _, stream};

use super::accept::MediaType;
use super::execution::Prepared;
use super::graphql::refusal;
use super::limits::{self, Spending, Who};
use crate::app::App;
use crate::graphql::{Sent, UNAVAILABLE};
use crate::limits::{Exceeded, Open, OpenPlace};

/// What a client sends that comes back: the id of the last event that it got.
pub(super) const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// The cursor that a client which comes back has seen last.
pub fn last_seen(headers: &HeaderMap) -> Option<String> {
    let id = headers.get(LAST_EVENT_ID)?.to_str().ok()?;
    (!id.is_empty()).then(|| id.to_owned())
}

/// Answers with a stream that lasts until the operation, the client, its rights or the server ends.
pub async fn respond(app: &App, prepared: Prepared, who: &Who, resume: Option<String>) -> Response {
    let Some(mut place) = app.streams().open() else {
        let message = "too many streams are open, or the server is stopping; try again later";
        return refusal(MediaType::EventStream, StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE, message);
    };
    let (spending, places) = match begin(app, &prepared, who).await {
        Ok(begun) => begun,
        Err(exceeded) => return limits::refused(MediaType::EventStream, &exceeded),
    };
    let sent = Sent::remembered();
    let answers = prepared.subscribe(app, spending, resume, sent.clone());
    let events = answers.map(move |answer| {
        let event = Event::default().event("next").data(answer.body);
        match sent.cursor() {
            Some(cursor) => event.id(cursor),
            None => event,
        }
    });
    // Data, if only of nothing: browsers pass over an event without.
    let complete = stream::iter([Event::default().event("complete").data("")]);
    let (access, asker) = (app.access().clone(), Arc::clone(&who.principal));
    let ended = async move {
        tokio::select! {
            () = place.stopped() => {}
            () = access.ended(&asker) => {}
        }
        drop(places);
    };
    let events = events.chain(complete).take_until(ended);
    let keep_alive = KeepAlive::new().interval(Duration::from_millis(app.config().push.keepalive_ms));
    let sse = Sse::new(events.map(Ok::<_, Infallible>)).keep_alive(keep_alive);
    // Proxies that would collect the events are asked to pass on each.
    let unbuffered = (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    ([unbuffered], sse).into_response()
}

/// Lets a stream in; its places are its caller's until they are dropped.
async fn begin(app: &App, prepared: &Prepared, who: &Who) -> Result<(Spending, [OpenPlace; 2]), Exceeded> {
    let limiter = &app.limits().limiter;
    let stream = limiter.open(&who.caller, Open::Stream)?;
    let subscription = limiter.open(&who.caller, Open::Subscription)?;
    Ok((Spending::begin(app, who, prepared.requested).await?, [stream, subscription]))
}
