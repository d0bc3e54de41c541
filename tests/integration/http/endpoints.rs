//! The schema's text, health, timing, compression.

use modelry::graphql;
use serde_json::json;

use crate::support::{
    DatabaseKind, EmptyDatabase, Fixture as _, Response, SmallCatalogue, TestApp, TestDatabase, on_both_databases,
};

#[tokio::test]
async fn the_schema_can_be_fetched() {
    let app = TestApp::on(DatabaseKind::Sqlite).await;
    let response = Response::of(app.get("/schema.graphql")).await;
    assert_eq!((response.status, response.header("content-type")), (200, "application/graphql; charset=utf-8"));
    assert_eq!(response.text, graphql::sdl(app.parts().schema()));
}

#[tokio::test]
async fn the_server_says_how_long_it_took_only_if_told_to() {
    let app = SmallCatalogue::on(DatabaseKind::Sqlite).await;
    let timed = app.graphql("{ models { totalCount nodes { name } } }", json!({})).await;
    let timing = timed.header("server-timing");
    for phase in ["parse;dur=", "validate;dur=", "execute;dur=", "sql;dur="] {
        assert!(timing.contains(phase), "{timing}");
    }
    assert!(timing.ends_with("desc=\"2 statements\""), "{timing}");

    for response in [app.graphql("{ nonsense", json!({})).await, Response::of(app.get("/graphql")).await] {
        assert_eq!(response.status, 400);
        assert!(response.header("server-timing").contains("desc=\"0 statements\""), "refusals carry it too");
    }

    let database = TestDatabase::on(DatabaseKind::Sqlite).await;
    let silent = TestApp::over(database, |config| config.http.server_timing = false).await;
    assert_eq!(silent.graphql("{ __typename }", json!({})).await.header("server-timing"), "");
}

#[tokio::test]
async fn answers_are_compressed_for_who_takes_that() {
    let app = SmallCatalogue::on(DatabaseKind::Sqlite).await;
    let body = json!({ "query": "{ models { nodes { name displayName description id } } }" }).to_string();
    let plain = Response::of(app.post(body.clone())).await;
    assert_eq!(plain.header("content-encoding"), "");
    let compressed = app.post(body).header("accept-encoding", "gzip, br").send().await.expect("an answer");
    assert_eq!(
        compressed.headers().get("content-encoding").map(reqwest::header::HeaderValue::as_bytes),
        Some(&b"gzip"[..])
    );
    let bytes = compressed.bytes().await.expect("a body");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut text).expect("decompressed");
    assert_eq!(text, plain.text);
}

async fn readiness(app: &TestApp) -> (u16, String) {
    let response = Response::of(app.get("/readyz")).await;
    (response.status, response.json["reason"].as_str().unwrap_or("none").to_owned())
}

on_both_databases! {
    /// Until the database has its schema, requests are turned away, and it is said why.
    async fn a_server_is_ready_when_its_database_is(database: EmptyDatabase) {
        let app = TestApp::start(database.into_inner(), |_| {}).await;
        assert_eq!(Response::of(app.get("/healthz")).await.json, json!({ "status": "ok" }));
        assert_eq!(readiness(&app).await, (503, "the database is being migrated".to_owned()));
        let refused = app.graphql("{ __typename }", json!({})).await;
        assert_eq!((refused.status, refused.code()), (503, "UNAVAILABLE"));
        assert!(refused.json.get("data").is_none(), "{}", refused.text);

        app.parts().store().migrate().await.expect("the schema is made");
        assert_eq!(readiness(&app).await.0, 503, "the rest of the preparation is still to be done");
        app.parts().set_migrated();
        let ready = Response::of(app.get("/readyz")).await;
        assert_eq!((ready.status, &ready.json), (200, &json!({ "status": "ready" })));
        assert_eq!(app.query("{ models { totalCount } }").await, json!({ "models": { "totalCount": 0 } }));
    }

    /// A database that a later version made is not touched.
    async fn a_newer_database_is_not_served(app: TestApp) {
        assert_eq!(readiness(&app).await.0, 200);
        let later = "INSERT INTO __diesel_schema_migrations (version) VALUES ('20991231235959')";
        app.database().execute(later).await.expect("changed");
        assert_eq!(readiness(&app).await, (503, "the database was made by a newer Modelry".to_owned()));
        assert!(app.parts().store().migrate().await.is_err());
    }
}
