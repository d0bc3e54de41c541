//! What a server can't be faster than: the least that HTTP costs, and the least that HTTP and SQL cost together.
//!
//! Each is a process of its own, which is this program with other arguments, so that it has a processor's time counted
//! for itself and none of the client's.

pub mod answers;
pub mod database;
pub mod sqlite;
pub mod statements;

use std::error::Error;
use std::process::Command;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::serve::ListenerExt as _;
use database::Database;

use crate::Outcome;
use crate::shared::process::Listening;

/// The argument by which the program knows that it is to be a floor.
pub const ARGUMENT: &str = "--floor";

/// Starts a floor: `static:BYTES`, or the URL of a database.
pub fn start(what: &str) -> Outcome<Listening> {
    Listening::start(Command::new(std::env::current_exe()?).args([ARGUMENT, what]))
}

/// Is a floor until it is ended.
pub fn serve(what: &str) -> Outcome<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let router = match what.strip_prefix("static:") {
            Some(bytes) => fixed(bytes.parse()?),
            None => by_hand(Database::open(what).await.map_err(|error| -> Box<dyn Error> { error })?),
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("http://{}/", listener.local_addr()?);
        let listener = listener.tap_io(|stream| {
            // Without it answers wait for one another; nothing is wrong where it can't be set.
            let _ = stream.set_nodelay(true);
        });
        Ok(axum::serve(listener, router).await?)
    })
}

/// The same body for everyone.
fn fixed(length: usize) -> Router {
    let body = Bytes::from("x".repeat(length));
    Router::new().fallback(move || {
        let body = body.clone();
        async move { ([(CONTENT_TYPE, "application/json")], body) }
    })
}

/// SQL written by hand, an address for each request.
fn by_hand(database: Database) -> Router {
    Router::new()
        .route("/point/{model}", post(point))
        .route("/list", post(list))
        .route("/tree", post(tree))
        .route("/search", post(search))
        .route("/write/{model}", post(write))
        .with_state(Arc::new(database))
}

type Served = State<Arc<Database>>;

async fn point(State(database): Served, Path(model): Path<i64>) -> Response {
    answer(answers::point(&database, model).await)
}

async fn list(State(database): Served) -> Response {
    answer(answers::list(&database).await)
}

async fn tree(State(database): Served) -> Response {
    answer(answers::tree(&database).await)
}

async fn search(State(database): Served) -> Response {
    answer(answers::search(&database).await)
}

async fn write(State(database): Served, Path(model): Path<i64>, text: String) -> Response {
    answer(answers::write(&database, model, text).await)
}

fn answer(body: Result<Vec<u8>, database::Failure>) -> Response {
    match body {
        Ok(body) => ([(CONTENT_TYPE, "application/json")], body).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
