//! What caches on the way, and clients, are told.

use std::io::Read as _;

use serde_json::Value;

use super::{Keeping, LIST, SUPPLIERS, ask};
use crate::support::{DatabaseKind, Fixture as _, Response, TestApp};

fn get(app: &TestApp, query: &str) -> reqwest::RequestBuilder {
    app.get("/graphql").query(&[("query", query)])
}

/// A GET can be asked again whether it is still true, and is answered without a body as long as it is.
#[tokio::test]
async fn an_answer_can_be_validated() {
    let Keeping(app) = Keeping::on(DatabaseKind::Sqlite).await;
    let first = Response::of(get(&app, SUPPLIERS)).await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    assert_eq!(first.header("cache-control"), "private, no-cache");
    assert_eq!(first.header("vary"), "accept, accept-encoding, authorization, cookie");
    for known in [tag.clone(), format!("\"x\", {tag}"), "*".to_owned()] {
        let again = Response::of(get(&app, SUPPLIERS).header("if-none-match", known)).await;
        assert_eq!((again.status, again.text.as_str(), again.header("etag")), (304, "", tag.as_str()));
    }
    let other = Response::of(get(&app, SUPPLIERS).header("if-none-match", "\"x\"")).await;
    assert_eq!(other.status, 200);
    app.graphql("mutation { createSupplier(input: { name: \"new\" }) { userErrors { message } } }", Value::Null).await;
    let changed = Response::of(get(&app, SUPPLIERS).header("if-none-match", &tag)).await;
    assert!(changed.status == 200 && changed.header("etag") != tag, "{}", changed.text);
}

/// Only a GET has such an answer: a POST is none that caches keep.
#[tokio::test]
async fn posts_are_not_validated() {
    let Keeping(app) = Keeping::on(DatabaseKind::Sqlite).await;
    let (posted, _) = ask(&app, SUPPLIERS).await;
    assert_eq!((posted.header("etag"), posted.header("cache-control")), ("", "no-store"));
}

/// Answers that anybody may have, caches on the way may keep; of those about a settled past they need not ask.
#[tokio::test]
async fn caches_on_the_way_are_told_the_truth() {
    let Keeping(app) = Keeping::on(DatabaseKind::Sqlite).await;
    let anonymous = crate::support::app::client();
    let past = "{ at(time: \"2026-01-01T00:00:00Z\") { suppliers { totalCount } } }";
    for (query, control) in [(SUPPLIERS, "public, no-cache"), (past, "public, max-age=86400")] {
        let request = anonymous.get(app.url("/graphql")).query(&[("query", query)]);
        let response = Response::of(request).await;
        assert_eq!((response.status, response.header("cache-control")), (200, control), "{query}");
    }
    let refused = Response::of(get(&app, "{ viewer { name } }")).await;
    assert_eq!(refused.header("cache-control"), "no-store");
}

/// Who takes gzip gets it, and reads the same.
#[tokio::test]
async fn compressed_answers_are_the_same() {
    let Keeping(app) = Keeping::on(DatabaseKind::Sqlite).await;
    let (plain, _) = ask(&app, LIST).await;
    for hit in ["modelry; hit", "modelry; hit"] {
        let response = app
            .post(serde_json::json!({ "query": LIST }).to_string())
            .header("accept-encoding", "gzip")
            .send()
            .await
            .expect("an answer");
        let headers = response.headers();
        assert_eq!(
            (headers["content-encoding"].as_bytes(), headers["cache-status"].as_bytes()),
            (&b"gzip"[..], hit.as_bytes())
        );
        let bytes = response.bytes().await.expect("a body");
        let mut text = String::new();
        flate2::read::GzDecoder::new(bytes.as_ref()).read_to_string(&mut text).expect("gzip");
        let read: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(read["data"], *plain.data());
        assert!(read["extensions"]["cost"].is_object(), "{text}");
    }
}

/// Who wants an answer of their own gets it.
#[tokio::test]
async fn a_client_can_ask_past_what_is_kept() {
    let Keeping(app) = Keeping::on(DatabaseKind::Sqlite).await;
    ask(&app, SUPPLIERS).await;
    let body = serde_json::json!({ "query": SUPPLIERS }).to_string();
    for word in ["no-cache", "no-store"] {
        let own = Response::of(app.post(body.clone()).header("cache-control", word)).await;
        assert!(own.header("cache-status").is_empty() && own.statements() > 0, "{word}");
    }
}
