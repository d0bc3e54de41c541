//! `cargo bench --bench parts`: what the parts of a request cost, each by itself, by Criterion.
//!
//! Documents are parsed and weighed by the functions that servers use; answers are asked of the routes of a server within this
//! process, over a SQLite file of 20,000 models whose pages are in memory, so that no network and no disk is measured.

#![expect(clippy::expect_used, reason = "a benchmark that can't begin has nothing to say")]

#[path = "shared/catalogue.rs"]
mod catalogue;

use std::hint::black_box;

use async_graphql::Variables;
use async_graphql::parser::parse_query;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use criterion::{Criterion, criterion_group, criterion_main};
use modelry::app::App;
use modelry::cache::Question;
use modelry::config::Config;
use modelry::http;
use modelry::limits::{Cost, Types, check_shape};
use modelry::registry::clock::Clock;
use modelry::registry::transfer::apply::{Options, Origin, apply};
use modelry::registry::transfer::own;
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;
use tower_service::Service as _;

const POINT: &str = "query($id: ID!) { node(id: $id) { ... on Model { id name supplier { name } parameters { name value } \
                     capabilities { support capability { name } } categories { path } } } }";
const LIST: &str = "{ models(first: 50) { nodes { id name supplier { name } parameters { name value } \
                    capabilities { support capability { name } } categories { path } } } }";
const CURSORS: &str = "{ models(first: 50) { edges { cursor } pageInfo { endCursor } } }";
const NOTHING: &str = "{ __typename }";

/// What a request is looked at for before it runs, and what its answer is found by.
fn documents(criterion: &mut Criterion, app: &App) {
    let sdl = app.schema().sdl();
    let document = parse_query(LIST).expect("a document");
    let operation = document.operations.iter().next().expect("an operation").1;
    let (variables, limits) = (Variables::default(), &app.limits().document);
    criterion.bench_function("document: parse", |bencher| bencher.iter(|| parse_query(black_box(LIST))));
    criterion.bench_function("document: shape", |bencher| bencher.iter(|| check_shape(black_box(&document), limits)));
    criterion.bench_function("document: cost", |bencher| {
        bencher.iter(|| {
            Cost::of(Types::of(|| sdl.clone()), black_box(&document), &operation.node, &variables).requested()
        });
    });
    let day = Clock::system().now().day();
    let variables = Map::from_iter([("id".to_owned(), json!("Model:1"))]);
    criterion.bench_function("answer: key", |bencher| {
        bencher.iter(|| {
            let question = Question { document: POINT, operation: None, variables: &variables, today: day };
            black_box(question.key())
        });
    });
}

/// Requests to the routes of a server, answered by the database and from what is kept.
fn answers(criterion: &mut Criterion, runtime: &Runtime, app: &App) {
    let routes = http::router(app.clone());
    for (name, document, variables) in [
        ("nothing", NOTHING, json!({})),
        ("point", POINT, json!({ "id": "Model:17" })),
        ("list of 50", LIST, json!({})),
        ("50 cursors", CURSORS, json!({})),
    ] {
        let body = json!({ "query": document, "variables": variables }).to_string();
        for (way, control) in [("executed", "no-cache"), ("kept", "max-age=0")] {
            if (name, way) == ("nothing", "kept") {
                continue;
            }
            criterion.bench_function(&format!("{name}: {way}"), |bencher| {
                bencher.to_async(runtime).iter(|| answered(routes.clone(), body.clone(), control));
            });
        }
    }
}

fn parts(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("catalogue.jsonl");
    catalogue::write(&file, catalogue::MODELS).expect("a catalogue");
    let app = runtime.block_on(serving(folder.path(), &file));
    documents(criterion, &app);
    answers(criterion, &runtime, &app);
    runtime.block_on(async { app.close() });
}

/// The parts of a server whose database has the catalogue, and which keeps answers for as long as it is measured.
async fn serving(folder: &std::path::Path, file: &std::path::Path) -> App {
    let mut config =
        Config { database_url: format!("sqlite://{}", folder.join("parts.db").display()), ..Config::default() };
    config.secrets.key_file = Some(folder.join("master.key"));
    // Counted, against limits that nobody reaches.
    config.limits.cost_per_minute = 4_000_000_000;
    config.limits.requests_per_second = 1_000_000_000;
    let app = App::new(config, Clock::system()).expect("the parts of a server");
    app.store().migrate().await.expect("tables");
    app.set_migrated();
    let draft = own::read(&std::fs::read(file).expect("a file")).expect("a sound catalogue");
    apply(app.store(), draft, Origin::Own, &Options::default(), app.clock()).await.expect("applied");
    app.own().learn_changes().await.expect("learned");
    app
}

/// Asks, and makes sure that there was an answer.
async fn answered(mut routes: Router, body: String, control: &'static str) {
    let request = Request::post("/graphql")
        .header(header::HOST, "127.0.0.1")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::CACHE_CONTROL, control)
        .body(Body::from(body))
        .expect("a request");
    let response = routes.call(request).await.expect("an answer");
    let bytes = to_bytes(response.into_body(), usize::MAX).await.expect("all of it");
    let answer: Option<&[u8]> = bytes.strip_prefix(b"{\"data\":{");
    assert!(answer.is_some(), "{:?}", serde_json::from_slice::<Value>(&bytes));
}

criterion_group!(benches, parts);
criterion_main!(benches);
