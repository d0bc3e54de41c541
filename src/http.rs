//! The HTTP server: GraphQL, its schema, GraphiQL, and health.

mod accept;
mod authentication;
mod body;
mod cached;
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
mod preparation;
mod request;
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

/// The routes. Those before the layer of authentication are for who may come in, the others for everybody: health, and pages
/// that hold nothing of the catalogue.
pub fn router(app: App) -> Router {
    let config = app.config().http.clone();
    let shows_metrics = app.config().shows_metrics();
    let watched = from_fn_with_state(app.clone(), observe::observe);
    let counted = from_fn_with_state(app.clone(), limits::count);
    let by_name = from_fn_with_state(Arc::new(app.config().hosts()), hosts::check);
    let routes = Router::new()
        .route("/graphql", get(graphql::get).post(graphql::post))
        .route_layer(from_fn_with_state(app.clone(), limits::know_caller))
        .route("/schema.graphql", get(graphql::sdl).route_layer(counted.clone()))
        .route_layer(from_fn_with_state(app.clone(), authentication::authenticate))
        .route("/login", get(login::page).post(login::sign_in).route_layer(counted))
        .route("/logout", post(login::sign_out))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready));
    let routes = if shows_metrics { routes.route("/metrics", get(metrics::metrics)) } else { routes };
    let routes = routes
        .layer(CompressionLayer::new().gzip(true))
        .route("/graphiql", get(web::graphiql))
        .route("/assets/{*path}", get(web::asset))
        .layer(DefaultBodyLimit::max(config.max_body_bytes))
        .layer(by_name)
        .layer(CatchPanicLayer::new())
        .with_state(app);
    headers::with_headers(routes, &config).layer(watched)
}
