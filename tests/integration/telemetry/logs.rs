//! The log, as the program writes it.

use serde_json::{Value, json};

use crate::cli::process::{Server, modelry, output};
use crate::support::app::client;
use crate::support::{EmptyDatabase, Response, on_both_databases};

/// What nobody may find in a log.
const PLANTED: &str = "planted-7f3a";

/// Starts the program with its log at the most talkative, in this format.
fn talkative(database_url: &str, format: &str) -> Server {
    let folder = tempfile::tempdir().expect("a folder");
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--database-url", database_url];
    let mut command = modelry(&folder, &arguments);
    command.env("MODELRY_LOG", "trace").env("MODELRY_LOG_FORMAT", format);
    Server::start(command)
}

/// Sends a request that holds the planted text wherever a client's values can be.
async fn plant(server: &Server, token: &str, query: &str) -> Response {
    let body = json!({ "query": query, "variables": { "text": PLANTED } }).to_string();
    let request = client()
        .post(format!("http://{}/graphql", server.address()))
        .header("content-type", "application/json")
        .header("authorization", format!("Bearer {token}"))
        .header("x-api-key", PLANTED)
        .header("cookie", format!("session={PLANTED}"))
        .header("user-agent", PLANTED)
        .header("x-request-id", "sent-by-me")
        .body(body);
    Response::of(request).await
}

/// A token that may do everything.
fn token(database_url: &str, name: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let made = output(&folder, &["token", "create", name, "--role", "admin", "--database-url", database_url]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    String::from_utf8_lossy(&made.stdout).trim().to_owned()
}

/// The lines that tell of a request.
fn lines(log: &str) -> Vec<Value> {
    let lines = log.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    lines.filter(|line| line["target"] == "modelry::request").collect()
}

on_both_databases! {
    /// At the most talkative, with the planted text in variables, literals, headers and what comes back from the database.
    async fn clients_values_are_in_no_line(database: EmptyDatabase) {
        for format in ["text", "json"] {
            let server = talkative(database.url(), format);
            let token = token(database.url(), format);
            for query in [
                "query($text: String!) { models(where: { name: { contains: $text } }) { nodes { name } } }",
                "query($text: String!) { models(where: { search: $text }) { nodes { name } } }",
                "{ supplier(name: \"planted-7f3a\") { name models(after: \"planted-7f3a\") { totalCount } } }",
                "mutation($text: String!) { createSupplier(input: { name: $text, description: $text }) { userErrors { code } } }",
                "{ node(id: \"planted-7f3a\") { id } }",
                "{ planted-7f3a }",
            ] {
                let response = plant(&server, &token, query).await;
                assert!(response.status < 500, "{query}: {}", response.text);
            }
            server.terminate();
            let log = server.log();
            assert!(log.contains("SELECT") && log.contains("sent-by-me"), "it told a lot:\n{log}");
            assert!(!log.contains(&token));
            assert!(!log.contains(PLANTED), "{}", log.lines().find(|line| line.contains(PLANTED)).unwrap_or_default());
        }
    }

    /// A line for each request says what it was, how it ended and what it took.
    async fn each_request_is_a_line(database: EmptyDatabase) {
        let server = talkative(database.url(), "json");
        let token = token(database.url(), "lines");
        plant(&server, &token, "{ models { totalCount } }").await.data();
        plant(&server, &token, "{ nothing }").await;
        let log = server.log();
        let lines = lines(&log);
        assert_eq!(lines.len(), 2, "{log}");
        for (line, kind, code, statements) in
            [(&lines[0], "query", "OK", 1), (&lines[1], "query", "GRAPHQL_VALIDATION_FAILED", 0)]
        {
            assert_eq!(line["request.id"], "sent-by-me", "{line}");
            assert_eq!(line["operation.kind"], kind, "{line}");
            assert_eq!(line["code"], code, "{line}");
            assert_eq!(line["statements"], statements, "{line}");
            assert!(line["duration_ms"].as_f64().is_some_and(|duration| duration > 0.0), "{line}");
        }
    }
}

/// A format that isn't one is refused by the setting's name.
#[test]
fn an_unknown_format_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = modelry(&folder, &["serve"]);
    command.env("MODELRY_LOG_FORMAT", "xml");
    let complaint = crate::cli::process::complaint(command);
    assert!(complaint.contains("LOG_FORMAT") && complaint.contains("`xml`"), "{complaint}");
}
