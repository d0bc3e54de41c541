//! `modelry import` from an address, and from standard input.

use std::io::Write as _;
use std::process::{Command, Stdio};

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use tempfile::TempDir;
use tokio::net::TcpListener;

use super::process::{complaint, modelry};

const CATALOGUE: &str = r#"{"one":{"litellm_provider":"acme","mode":"chat","input_cost_per_token":1.25e-06}}"#;

/// Serves a catalogue, something else, and something large; its address.
async fn supplier() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let routes = Router::new()
        .route("/catalogue.json", get(async || CATALOGUE))
        .route("/page.html", get(async || "<html>"))
        .route("/large.json", get(async || "x".repeat(100_000)))
        .route("/broken", get(async || StatusCode::INTERNAL_SERVER_ERROR));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    address.to_string()
}

fn import(folder: &TempDir, location: &str, more: &[&str]) -> Command {
    let mut command = modelry(folder, &[&["import", "litellm", location], more].concat());
    command.env("NO_PROXY", "127.0.0.1");
    command
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_catalogue_is_fetched_from_its_address() {
    let (folder, supplier) = (tempfile::tempdir().expect("a folder"), supplier().await);
    let output = import(&folder, &format!("http://{supplier}/catalogue.json"), &[]).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(folder.path().join("data/modelry.db").is_file());
}

/// What can't be fetched, or isn't a catalogue, is told without what is secret in the address; no database is made.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_fails_is_named_without_its_secrets() {
    let (folder, supplier) = (tempfile::tempdir().expect("a folder"), supplier().await);
    for (path, more, expected) in [
        ("broken", &[][..], "can't be fetched: the server answered 500"),
        ("missing", &[], "can't be fetched: the server answered 404"),
        ("page.html", &[], "line 1, column 1"),
        ("large.json", &["--max-bytes", "1000"], "is larger than 1000 bytes; --max-bytes allows more"),
    ] {
        let address = format!("http://user:hunter2@{supplier}/{path}?key=hunter2");
        let complaint = complaint(import(&folder, &address, more));
        assert!(complaint.contains(&format!("http://{supplier}/{path}")), "{complaint}");
        assert!(complaint.contains(expected) && !complaint.contains("hunter2"), "{complaint}");
    }
    assert!(!folder.path().join("data").exists());
}

#[test]
fn standard_input_is_a_file_like_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = import(&folder, "-", &["--json"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
    child.stdin.take().expect("standard input").write_all(CATALOGUE.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["counts"]["models"]["created"], 1, "{report}");
}
