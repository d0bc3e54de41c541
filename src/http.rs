//! The HTTP server: GraphQL, its schema, catalogues' files, the console, and health.

mod accept;
mod authentication;
mod body;
mod cached;
mod catalogue;
mod cookie;
mod discretion;
mod event_stream;
mod execution;
mod graphql;
mod headers;
mod health;
mod hosts;
mod limits;
mod login;
mod metrics;
mod observe;
mod origin;
mod pieces;
mod preparation;
mod request;
mod revision;
pub mod server;
mod socket;
mod web;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::app::App;
pub use metrics::metrics_router;

/// The routes. What holds something of the catalogue asks for [`limits::Who`], and so is for who may come in; health and pages
/// are for everybody.
pub fn router(app: App) -> Router {
    let config = app.config().http.clone();
    let shows_metrics = app.config().shows_metrics();
    let guard = observe::Guard { app: app.clone(), hosts: Arc::new(app.config().hosts()) };
    let counted = from_fn_with_state(app.clone(), limits::count);
    let routes = Router::new()
        .route("/graphql", get(graphql::get).post(graphql::post))
        .route("/schema.graphql", get(graphql::sdl))
        .route("/login", get(login::page).post(login::sign_in).route_layer(counted))
        .route("/logout", post(login::sign_out))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready));
    let routes = if shows_metrics { routes.route("/metrics", get(metrics::metrics)) } else { routes };
    let routes = routes
        .layer(CompressionLayer::new().gzip(true))
        // Not compressed: its lines are to arrive as they are written.
        .route("/catalogue", post(catalogue::post))
        .route("/", get(web::console))
        .route("/graphiql", get(web::console))
        .route("/assets/{*path}", get(web::asset))
        .fallback(web::view)
        .with_state(app);
    let origins = &config.allowed_origins;
    let routes = if origins.is_empty() { routes } else { routes.layer(headers::cors(origins)) };
    // Together: each layer by itself would be another box around every request.
    routes.layer((
        from_fn_with_state(guard, observe::observe),
        CatchPanicLayer::new(),
        DefaultBodyLimit::max(config.max_body_bytes),
    ))
}
