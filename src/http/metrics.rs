//! Metrics, for who watches the server.

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::app::App;
use crate::store::feed::feed;
use crate::telemetry::{Exposition, FeedReading, LimitsReading, Process, Readings};

/// How long the database may take to tell where its feed is.
const PATIENCE: Duration = Duration::from_secs(1);

/// The one route of a listener of its own.
pub fn metrics_router(app: App) -> Router {
    Router::new().route("/metrics", get(metrics)).with_state(app)
}

/// `GET /metrics`: in Prometheus' text format, or `OpenMetrics` for who accepts it.
pub async fn metrics(State(app): State<App>, headers: HeaderMap) -> Response {
    let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let exposition = Exposition::accepted(accept);
    let readings = read(&app).await;
    let text = app.telemetry().metrics().render(&readings, exposition);
    ([(CONTENT_TYPE, exposition.content_type())], text).into_response()
}

async fn read(app: &App) -> Readings {
    let followed = app.push().state();
    let process = tokio::task::spawn_blocking(Process::read).await.unwrap_or_default();
    Readings {
        database: if app.config().is_on_server() { "postgres" } else { "sqlite" },
        is_ready: app.is_migrated(),
        feed: position(app).await.map(|last| FeedReading { last, pushed: followed.position }),
        followers: followed.followers,
        pools: app.store().pools().into_iter().chain(app.replicas().pool()).collect(),
        statements: app.store().statistics().totals().to_vec(),
        open_streams: app.streams().count(),
        max_streams: app.streams().most(),
        limits: limits(app),
        cache: app.answers().state().await,
        index: app.store().search_index().state(),
        replicas: app.replicas().state(),
        began: app.telemetry().began(),
        process,
    }
}

fn limits(app: &App) -> LimitsReading {
    let limiter = &app.limits().limiter;
    LimitsReading { refused: limiter.refusals(), callers: limiter.callers(), is_shared: limiter.is_shared() }
}

/// The number of the last change; `None` if the database doesn't say.
async fn position(app: &App) -> Option<i64> {
    if !app.is_migrated() {
        return None;
    }
    let asked = app.store().read(|conn| Box::pin(feed(conn)));
    let feed = tokio::time::timeout(PATIENCE, asked).await.ok()?.ok()??;
    Some(feed.last)
}
