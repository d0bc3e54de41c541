//! `modelry serve`, from its start to its end.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

use super::process::{PATIENCE, Server, complaint, modelry};
use crate::support::{DatabaseKind, EmptyDatabase, Fixture as _, on_both_databases};

on_both_databases! {
    /// It makes its schema, says where it is, has the starter catalogue, and ends when told to.
    async fn it_starts_serves_and_stops(database: EmptyDatabase) {
        let server = Server::on(database.url());
        let address = server.address().to_owned();
        assert_eq!(
            server.ready_line(),
            format!("Modelry is ready: http://{address}/ (GraphQL at http://{address}/graphql)")
        );
        assert_eq!(server.get("/readyz").await.status, 200);
        let starter = include_str!("../../../catalog/starter.jsonl");
        let count = |kind: &str| starter.lines().filter(|line| line.starts_with(&format!("{{\"kind\":\"{kind}\""))).count();
        let data = server
            .query("{ models { totalCount } suppliers { totalCount } capabilities { totalCount } categories { totalCount } }")
            .await;
        for (list, kind) in [("models", "model"), ("suppliers", "supplier"), ("capabilities", "capability"), ("categories", "category")] {
            assert_eq!(data[list]["totalCount"], count(kind), "{list}");
        }
        server.terminate();
        assert_eq!(server.ended().await.code(), Some(0));
        assert!(TcpStream::connect(address).is_err(), "nobody listens any more");
    }
}

/// A request that was begun is finished, and only then does the server end. No new ones are taken.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_in_flight_are_finished() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::on(&format!("sqlite://{}/modelry.db", folder.path().display()));
    let address = server.address().to_owned();
    let body = r#"{"query":"{ models(first: 1) { totalCount } }"}"#;
    let mut stream = TcpStream::connect(&address).expect("connected");
    stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nexpect: 100-continue\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).expect("sent");
    // The server has read the request's head and waits for its body.
    let mut start = [0; 25];
    stream.read_exact(&mut start).expect("an invitation");
    assert!(start.starts_with(b"HTTP/1.1 100 Continue\r\n"), "{}", String::from_utf8_lossy(&start));

    server.terminate();
    let started = std::time::Instant::now();
    while TcpStream::connect(&address).is_ok() {
        assert!(started.elapsed() < PATIENCE, "new requests are still taken");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    stream.write_all(body.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("\"totalCount\""), "{answer}");
    assert_eq!(server.ended().await.code(), Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_interrupt_from_the_keyboard_stops_it_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::on(&format!("sqlite://{}/modelry.db", folder.path().display()));
    server.interrupt();
    assert_eq!(server.ended().await.code(), Some(0));
}

#[test]
fn an_address_in_use_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    let folder = tempfile::tempdir().expect("a folder");
    let said = complaint(modelry(&folder, &["serve", "--database-url", "sqlite://modelry.db", "--listen", &address]));
    assert!(said.contains(&format!("error: can't listen on {address}")), "{said}");
}

/// The address is the one of the command line, else of the environment.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_address_can_come_from_the_environment() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    let folder = tempfile::tempdir().expect("a folder");
    let command = |arguments: &[&str], listen: &str| {
        let mut command = modelry(&folder, arguments);
        command.env("MODELRY_LISTEN", listen).env("MODELRY_DATABASE_URL", "sqlite://modelry.db");
        command
    };
    let server = Server::start(command(&["serve"], "127.0.0.1:0"));
    assert_eq!(server.get("/healthz").await.status, 200);
    drop(server);
    let server = Server::start(command(&["serve", "--listen", "127.0.0.1:0"], &address));
    assert_ne!(server.address(), address);
}

/// The header that says where the time goes comes only with the flag; the starter catalogue goes with a setting.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flags_and_the_file_are_heeded() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("own.toml"), "listen = \"127.0.0.1:0\"\n[catalog]\nstarter = false\n")
        .expect("written");
    let arguments = ["serve", "--config", "own.toml", "--database-url", "sqlite://modelry.db"];
    let server = Server::start(modelry(&folder, &arguments));
    let response = server.graphql("{ suppliers { totalCount } }").await;
    assert_eq!(response.data(), &serde_json::json!({ "suppliers": { "totalCount": 0 } }));
    assert_eq!(response.header("server-timing"), "");
    drop(server);
    let server = Server::start(modelry(&folder, &[&arguments[..], &["--server-timing"]].concat()));
    assert_eq!(server.graphql("{ suppliers { totalCount } }").await.statements(), 1);
}

/// A user that may not make the extension for search is told so, and finds everything all the same, in the past too.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn search_works_where_the_extension_is_denied() {
    let database = EmptyDatabase::on(DatabaseKind::Postgres).await;
    let role = format!("plain_{}", std::process::id());
    let execute = async |sql: String| database.execute(&sql).await.expect("a superuser may");
    execute(format!("CREATE ROLE {role} LOGIN PASSWORD 'plain'")).await;
    execute(format!("GRANT CREATE, USAGE ON SCHEMA public TO {role}")).await;
    let mut url = reqwest::Url::parse(database.url()).expect("a URL");
    url.set_username(&role).and_then(|()| url.set_password(Some("plain"))).expect("it has a host");

    let server = Server::on(url.as_str());
    assert!(server.log().contains("pg_trgm is missing"), "{}", server.log());
    for part in ["opu", "千问"] {
        let data = server.query(&format!("{{ models(where: {{ search: {part:?} }}) {{ totalCount }} }}")).await;
        assert!(data["models"]["totalCount"].as_i64().is_some_and(|count| count > 0), "{part}: {data}");
        let imported = server.query("{ models(first: 1) { nodes { updatedAt } } }").await;
        let moment = &imported["models"]["nodes"][0]["updatedAt"];
        let then = server
            .query(&format!("{{ at(time: {moment}) {{ models(where: {{ search: {part:?} }}) {{ totalCount }} }} }}"))
            .await;
        assert_eq!(then["at"], data, "{part}");
    }

    drop(server);
    execute(format!("DROP OWNED BY {role} CASCADE")).await;
    execute(format!("DROP ROLE {role}")).await;
}
