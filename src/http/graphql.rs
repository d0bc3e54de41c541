//! GraphQL over HTTP, by its draft specification: media types, status codes, what each method may do.

use std::sync::OnceLock;
use std::time::Instant;

use async_graphql::parser::types::OperationType;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{Query, Request, State};
use axum::http::header::{ALLOW, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::accept::{Accepted, MediaType, negotiate};
use super::body::{Received, is_json, read};
use super::cached::{self, Lookup};
use super::execution::{Answer, prepare, recall};
use super::limits::{self, Spending, Who};
use super::request::Parameters;
use super::revision::Seen;
use super::{event_stream, socket};
use crate::app::App;
use crate::cache::Outcome;
use crate::graphql::{Phases, UNAVAILABLE};
use crate::store::Store;
use crate::telemetry::{Observation, Part};

/// The request is not one of GraphQL over HTTP.
pub(super) const BAD_REQUEST: &str = "BAD_REQUEST";

/// What is asked, and how.
struct Asked {
    who: Who,
    parameters: Parameters,
    /// Whether mutations are refused, as those by GET are.
    only_queries: bool,
    /// Where an event stream goes on.
    resume: Option<String>,
    /// Under which its answer may be known; `None` if it isn't to be.
    lookup: Option<Lookup>,
}

/// `GET /graphql`: queries and event streams; WebSockets.
pub async fn get(
    State(app): State<App>,
    who: Who,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    headers: HeaderMap,
    query: Result<Query<Vec<(String, String)>>, axum::extract::rejection::QueryRejection>,
) -> Response {
    if socket::is_wanted(&headers) {
        return socket::open(app, who, upgrade, &headers);
    }
    let measured = Measured::of(&app);
    let response = answer_get(&app, &measured, who, &headers, query).await;
    measured.told(&app, response)
}

async fn answer_get(
    app: &App,
    measured: &Measured,
    who: Who,
    headers: &HeaderMap,
    query: Result<Query<Vec<(String, String)>>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let Some(accepted) = negotiate(headers) else { return not_acceptable() };
    let media_type = accepted.media_type;
    let Ok(Query(pairs)) = query else {
        return refusal(media_type, StatusCode::BAD_REQUEST, BAD_REQUEST, "the query string is malformed");
    };
    match Parameters::from_query_string(pairs) {
        Ok(mut parameters) => {
            recall(app, &mut parameters);
            let lookup = Lookup::of(app, &who, &parameters, true, headers);
            let resume = event_stream::last_seen(headers);
            let seen = match Seen::of(app, &who, headers) {
                Ok(seen) => seen,
                Err(message) => return refusal(media_type, StatusCode::BAD_REQUEST, BAD_REQUEST, message),
            };
            let asked = Asked { who, parameters, only_queries: true, resume, lookup };
            let response = run(app, measured, accepted, asked, &seen).await;
            seen.told(app, response)
        }
        Err(message) => refusal(media_type, StatusCode::BAD_REQUEST, BAD_REQUEST, &message),
    }
}

/// `POST /graphql`: queries and mutations, as JSON.
pub async fn post(State(app): State<App>, who: Who, request: Request) -> Response {
    let measured = Measured::of(&app);
    let response = answer_post(&app, &measured, who, request).await;
    measured.told(&app, response)
}

async fn answer_post(app: &App, measured: &Measured, who: Who, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Some(accepted) = negotiate(&parts.headers) else { return not_acceptable() };
    let media_type = accepted.media_type;
    if !is_json(&parts.headers) {
        let message = "send the request as application/json, in UTF-8";
        return refusal(media_type, StatusCode::UNSUPPORTED_MEDIA_TYPE, BAD_REQUEST, message);
    }
    let Received { bytes, room } = match read(app, &parts.headers, body).await {
        Ok(received) => received,
        Err((status, refused)) => return refusal(media_type, status, refused.code, &refused.message),
    };
    match Parameters::from_json(&bytes) {
        Ok(mut parameters) => {
            recall(app, &mut parameters);
            let resume = event_stream::last_seen(&parts.headers);
            let lookup = Lookup::of(app, &who, &parameters, false, &parts.headers);
            let seen = match Seen::of(app, &who, &parts.headers) {
                Ok(seen) => seen,
                Err(message) => return refusal(media_type, StatusCode::BAD_REQUEST, BAD_REQUEST, message),
            };
            let asked = Asked { who, parameters, only_queries: false, resume, lookup };
            let response = run(app, measured, accepted, asked, &seen).await;
            drop(room);
            seen.told(app, response)
        }
        Err(refused) => refusal(media_type, StatusCode::BAD_REQUEST, refused.code, &refused.message),
    }
}

/// `GET /schema.graphql`: the SDL, where the schema may be asked for.
pub async fn sdl(State(app): State<App>, who: Who) -> Response {
    // A process has one schema, and to print it takes longer than most queries do.
    static PRINTED: OnceLock<String> = OnceLock::new();
    if let Err(exceeded) = limits::admit(&app, &who.caller).await {
        return limits::refused(MediaType::Json, &exceeded);
    }
    if !app.config().http.introspection {
        return StatusCode::NOT_FOUND.into_response();
    }
    let content_type = [(CONTENT_TYPE, "application/graphql; charset=utf-8")];
    let printed = PRINTED.get_or_init(|| crate::graphql::sdl(app.schema()));
    (content_type, printed.as_str()).into_response()
}

async fn run(app: &App, measured: &Measured, accepted: Accepted, asked: Asked, seen: &Seen) -> Response {
    let media_type = accepted.media_type;
    if !app.is_migrated() {
        let message = "the database is not ready; GET /readyz says why";
        return refusal(media_type, StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE, message);
    }
    // If it isn't known what the client has seen, only the primary itself will do.
    let is_known = seen.is_known(app).await;
    let lookup = asked.lookup.filter(|_| is_known && media_type != MediaType::EventStream);
    if let Some(lookup) = &lookup
        && let Some(kept) = app.answers().find(&lookup.key).await
    {
        return cached::give(app, &asked.who, media_type, lookup, kept).await;
    }
    let started = Instant::now();
    let prepared = prepare(app, asked.parameters);
    measured.phases.parsed(started);
    if asked.only_queries && prepared.kind == Some(OperationType::Mutation) {
        let message = "mutations are sent by POST";
        let mut response = refusal(media_type, StatusCode::METHOD_NOT_ALLOWED, BAD_REQUEST, message);
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
        return response;
    }
    let subscribes = prepared.kind == Some(OperationType::Subscription);
    if media_type == MediaType::EventStream || (subscribes && accepted.event_stream) {
        return Box::pin(event_stream::respond(app, prepared, &asked.who, asked.resume)).await;
    }
    if subscribes {
        let message = "subscribe with Accept: text/event-stream, or over a WebSocket with the subprotocol \
                       graphql-transport-ws";
        return refusal(media_type, StatusCode::BAD_REQUEST, BAD_REQUEST, message);
    }
    let spending = match Spending::begin(app, &asked.who, prepared.requested).await {
        Ok(spending) => spending,
        Err(exceeded) => return limits::refused(media_type, &exceeded),
    };
    if prepared.kind == Some(OperationType::Mutation) {
        seen.writes();
    }
    let phases = measured.phases.clone();
    let answer = match lookup.filter(|_| prepared.is_keepable) {
        // On the heap: the whole of what executes is in it.
        None => Box::pin(prepared.execute(app, &measured.store, &spending, phases)).await,
        Some(lookup) => {
            let asking = prepared.keep(app, &measured.store, &spending, phases);
            match Box::pin(app.answers().get(lookup.key, asking)).await {
                Outcome::Kept(kept, is_hit) => {
                    return cached::send(app, media_type, &lookup, kept, is_hit, &spending).await;
                }
                Outcome::Other(answer) => answer,
            }
        }
    };
    sent(media_type, answer)
}

fn sent(media_type: MediaType, answer: Answer) -> Response {
    let status = if answer.timed_out {
        StatusCode::SERVICE_UNAVAILABLE
    } else if !answer.executed && media_type != MediaType::Json {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    };
    send(media_type, status, answer.body)
}

/// What a request costs: its phases, and a handle on the store that counts its statements.
struct Measured {
    store: Store,
    phases: Phases,
}

impl Measured {
    fn of(app: &App) -> Self {
        let observation = Observation::current();
        let is_traced = observation.as_ref().is_some_and(Observation::is_traced);
        let store = if is_traced { app.store().timed() } else { app.store().counted() };
        if let Some(observation) = observation {
            observation.saw_statistics(store.statistics());
        }
        Self { store, phases: Phases::default() }
    }

    /// The response with its `Server-Timing`, if the server is to tell it.
    fn told(&self, app: &App, mut response: Response) -> Response {
        if let Some(observation) = Observation::current().filter(Observation::is_traced) {
            let parts = self.phases.parts().map(|(name, began, took)| Part { name, began, took });
            observation.saw_parts(parts.collect());
        }
        if app.config().http.server_timing
            && let Ok(value) = HeaderValue::from_str(&self.phases.header(self.store.statistics()))
        {
            response.headers_mut().insert("server-timing", value);
        }
        response
    }
}

fn not_acceptable() -> Response {
    let message = "this endpoint answers in application/graphql-response+json, application/json or text/event-stream, \
                   in UTF-8";
    refusal(MediaType::Json, StatusCode::NOT_ACCEPTABLE, BAD_REQUEST, message)
}

/// An answer to a request that is not executed.
pub(super) fn refusal(media_type: MediaType, status: StatusCode, code: &str, message: &str) -> Response {
    Observation::note(|observation| observation.saw_code(code));
    let body = json!({ "errors": [{ "message": message, "extensions": { "code": code } }] });
    send(media_type, status, body.to_string())
}

/// An answer with this body.
pub(super) fn send(media_type: MediaType, status: StatusCode, body: String) -> Response {
    (status, [(CONTENT_TYPE, media_type.content_type())], body).into_response()
}
