//! `POST /catalogue`: a catalogue file, imported as `modelry import` does it, with word of how far it is.
//!
//! No mutation, since a file is no variable: it would have to be held as text, its answer could not tell how the work goes
//! on, and the common extension for uploads is sent as a form, which pages of other servers may send as well.

mod parameters;
mod report;

use std::future::Future;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use tokio::sync::{OwnedSemaphorePermit, mpsc, watch};
use tokio::time::MissedTickBehavior;
use tracing::Instrument as _;

use super::accept::MediaType;
use super::body;
use super::graphql::{BAD_REQUEST, refusal};
use super::limits::{self, Who};
use crate::app::App;
use crate::auth::policy::Action;
use crate::graphql::{FORBIDDEN, UNAUTHENTICATED, UNAVAILABLE};
use crate::registry::transfer::apply::{self, ImportError, Options, Report};
use crate::registry::transfer::progress::{Observer, Progress};
use crate::registry::transfer::spool::Spooled;
use crate::store::SourceFile;
use crate::telemetry::Observation;
use parameters::Parameters;

/// What it is called where it is told who wanted to.
const OPERATION: &str = "importCatalogue";
/// How often it is told how far the work is.
const TICK: Duration = Duration::from_millis(100);
/// A file as it is: types that forms of other servers' pages can't send.
const TYPES: [&str; 4] = ["application/octet-stream", "application/json", "application/x-ndjson", "application/jsonl"];

/// A file that came in whole.
struct Upload {
    spooled: Spooled,
    parameters: Parameters,
    /// The place of the one import at a time.
    place: OwnedSemaphorePermit,
}

/// `POST /catalogue?format=...`.
pub async fn post(
    State(app): State<App>,
    who: Who,
    query: Result<Query<Vec<(String, String)>>, QueryRejection>,
    request: Request,
) -> Response {
    let request_id = Observation::current_id().to_string();
    if let Err(response) = admit(&app, &who, &request_id).await {
        return response;
    }
    match receive(&app, query, request).await {
        Ok(upload) => answer(app, who, upload, request_id),
        Err(response) => response,
    }
}

/// Lets in who may import, and has not done so too often.
async fn admit(app: &App, who: &Who, request_id: &str) -> Result<(), Response> {
    let refused = |status, code, message: &str| refusal(MediaType::Json, status, code, message);
    if !app.is_migrated() {
        let message = "the database is not ready; GET /readyz says why";
        return Err(refused(StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE, message));
    }
    if !who.principal.may(Action::WriteCatalogue) {
        app.access().note_forbidden(&who.principal, OPERATION, request_id);
        if who.principal.is_anonymous() {
            let message =
                "to import needs the role editor: say who you are, with a token as Authorization: Bearer mdy_...";
            return Err(refused(StatusCode::UNAUTHORIZED, UNAUTHENTICATED, message));
        }
        let message = "to import needs the role editor, and the scope catalogue:write if the token is limited to some";
        return Err(refused(StatusCode::FORBIDDEN, FORBIDDEN, message));
    }
    limits::admit_mutation(app, &who.caller).await.map_err(|exceeded| limits::refused(MediaType::Json, &exceeded))
}

/// Receives the file.
async fn receive(
    app: &App,
    query: Result<Query<Vec<(String, String)>>, QueryRejection>,
    request: Request,
) -> Result<Upload, Response> {
    let refused = |status, code, message: &str| refusal(MediaType::Json, status, code, message);
    let bad = |message: &str| refused(StatusCode::BAD_REQUEST, BAD_REQUEST, message);
    let Query(pairs) = query.map_err(|_| bad("the query string is malformed"))?;
    let parameters = Parameters::parse(pairs).map_err(|message| bad(&message))?;
    let (parts, body) = request.into_parts();
    if !is_file(&parts.headers) {
        let message = format!("send the file as it is, as {}", TYPES.join(" or "));
        return Err(refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, BAD_REQUEST, &message));
    }
    let place = app.imports().try_acquire_owned().map_err(|_| {
        let message = "another import is running here; try again when it has ended";
        let mut response = refused(StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE, message);
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
        response
    })?;
    let kept = body::keep(app, &parts.headers, body).await;
    let spooled = kept.map_err(|(status, wrong)| refused(status, wrong.code, &wrong.message))?;
    Ok(Upload { spooled, parameters, place })
}

fn is_file(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    TYPES.iter().any(|known| media_type.eq_ignore_ascii_case(known))
}

/// Answers with lines: how far the work is as long as it goes on, and in the end what came of it.
fn answer(app: App, who: Who, upload: Upload, request_id: String) -> Response {
    // One is the last line's. Whoever reads too slowly misses some of those before it, and holds up nothing.
    let (lines, received) = mpsc::channel(2);
    let (observer, progress) = Observer::watched();
    let import = async move {
        let done = import(&app, &who, upload, &request_id, observer).await;
        report::last(done, &request_id)
    };
    drop(tokio::spawn(tell(import, progress, lines).in_current_span()));
    let body = stream::unfold(received, |mut received| async move {
        let line = received.recv().await?;
        Some((Ok::<_, std::convert::Infallible>(line), received))
    });
    let headers = [
        (CONTENT_TYPE, "application/x-ndjson; charset=utf-8"),
        // Proxies that would collect the lines are asked to pass on each.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    (headers, Body::from_stream(body)).into_response()
}

/// Does the work and tells how far it is. If nobody waits for it any more it is given up: unless all is written by then,
/// nothing is.
async fn tell(
    import: impl Future<Output = Bytes> + Send,
    mut progress: watch::Receiver<Progress>,
    lines: mpsc::Sender<Bytes>,
) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    progress.mark_changed();
    tokio::pin!(import);
    loop {
        tokio::select! {
            biased;
            () = lines.closed() => break,
            last = &mut import => return drop(lines.send(last).await),
            _ = ticks.tick() => if progress.has_changed().unwrap_or_default() && lines.capacity() > 1 {
                drop(lines.try_send(report::progress(*progress.borrow_and_update())));
            },
        }
    }
    // Its observer sees that nobody looks any more.
    drop(progress);
    drop(import.await);
}

/// Imports the file that came in.
async fn import(
    app: &App,
    who: &Who,
    upload: Upload,
    request_id: &str,
    observer: Observer,
) -> Result<Report, ImportError> {
    let Upload { spooled: Spooled { file, hash }, parameters, place } = upload;
    let format = parameters.format;
    let source = off_thread(move || format.open(file)).await?;
    let origin = format.origin();
    let options = Options {
        dry_run: parameters.dry_run,
        as_of: parameters.as_of,
        shown: parameters.shown(),
        actor: Some(who.principal.name.clone()),
        reason: parameters.reason,
        request: Some(request_id.to_owned()),
        file: Some(SourceFile {
            format: origin.name().to_owned(),
            name: parameters.name,
            hash: Some(hash),
            date: None,
        }),
        window: None,
        observer,
    };
    // It may take longer than a request: who waits for it sees that it goes on.
    let store = app.store().counted().patient();
    let report = apply::apply(&store, source, origin, &options, app.clock()).await?;
    drop(place);
    Ok(report)
}

/// Does `work` where it holds up nobody else.
async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        // A fault of ours: the answer then breaks off, and the log says where it was.
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}
