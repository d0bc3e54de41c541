//! Health, for whoever starts and watches the server.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::app::App;
use crate::store::SchemaState;

/// `GET /healthz`: the process answers.
pub async fn alive() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

/// `GET /readyz`: the database can be reached and has this binary's schema; 503 with the reason if not.
pub async fn ready(State(app): State<App>) -> (StatusCode, Json<Value>) {
    let reason = match app.store().schema_state().await {
        Ok(SchemaState::Current) if app.is_migrated() => return (StatusCode::OK, Json(json!({ "status": "ready" }))),
        Ok(SchemaState::Current | SchemaState::Behind) => "the database is being migrated",
        Ok(SchemaState::Newer) => "the database was made by a newer Modelry",
        Err(error) => {
            tracing::warn!(%error, "not ready");
            "the database can't be reached"
        }
    };
    (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "status": "not ready", "reason": reason })))
}
