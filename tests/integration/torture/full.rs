//! A disk that is full.

use std::process::Command;

use serde_json::json;

use super::assert_sound;
use crate::cli::process::{Server, modelry};
use crate::support::{DatabaseKind, Fixture as _, SmallCatalogue};

/// How large files may get, in bytes: what is there, and a few writes more.
const LIMIT: u64 = 700_000;
/// Writes that must not all fit below the limit.
const WRITES: usize = 400;

/// Starts a server that may write files up to a size only, which it can be freed of.
fn limited(url: &str) -> Server {
    let folder = tempfile::tempdir().expect("a folder");
    let server = modelry(&folder, &["serve", "--listen", "127.0.0.1:0", "--database-url", url]);
    let mut command = Command::new("sh");
    // A write that goes beyond fails, instead of ending the process.
    command.args(["-c", "trap '' XFSZ; exec prlimit --fsize=\"$0\":unlimited \"$@\"", &LIMIT.to_string()]);
    command.arg(server.get_program()).args(server.get_args()).current_dir(folder.path());
    for variable in ["MODELRY_DATABASE_URL", "MODELRY_LISTEN", "MODELRY_LOG"] {
        command.env_remove(variable);
    }
    Server::start(command).admit(url)
}

/// Writes fail with a clear error while there is no room, reads go on, and writes work again when there is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_stops_only_writes() {
    let app = SmallCatalogue::on(DatabaseKind::Sqlite).await;
    let database = app.database();
    let server = limited(database.url());
    let create = async |number: usize| {
        let input = json!({ "name": format!("full-{number}"), "description": "x".repeat(9_000) });
        let input = input.to_string().replace("\"name\"", "name").replace("\"description\"", "description");
        server
            .graphql(&format!(
                "mutation {{ createSupplier(input: {input}) {{ supplier {{ id }} userErrors {{ message }} }} }}"
            ))
            .await
    };
    let mut acknowledged = Vec::new();
    let mut refused = Vec::new();
    for number in 0..WRITES {
        let response = create(number).await;
        if response.errors().is_empty() {
            acknowledged.push(format!("full-{number}"));
        } else {
            refused.push(response);
        }
        if refused.len() == 5 {
            break;
        }
    }
    assert_eq!(refused.len(), 5, "the limit is reached");
    for response in &refused {
        assert_eq!(response.code(), "UNAVAILABLE", "{}\n{}", response.text, server.log());
        // The system refuses it for another reason than a full disk, which SQLite doesn't tell from a broken one.
        assert!(response.text.contains("its disk is full or failing"), "{}", response.text);
    }
    let count = server.query("{ suppliers(where: { name: { startsWith: \"full-\" } }) { totalCount } }").await;
    assert_eq!(count["suppliers"]["totalCount"], acknowledged.len(), "reads go on, and find what was acknowledged");

    let freed = Command::new("prlimit").args(["--pid", &server.id().to_string(), "--fsize=unlimited"]).status();
    assert!(freed.expect("it runs").success());
    let response = create(WRITES).await;
    assert!(response.errors().is_empty(), "{}\n{}", response.text, server.log());
    acknowledged.push(format!("full-{WRITES}"));

    drop(server);
    let mut there = database.texts("SELECT name AS value FROM suppliers WHERE name LIKE 'full-%'").await;
    there.sort();
    acknowledged.sort();
    assert_eq!(there, acknowledged);
    assert_sound(database, "a full disk").await;
}

/// The same with PostgreSQL, which says it in the words of a full disk.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_of_a_server_stops_only_writes() {
    let app = SmallCatalogue::on(DatabaseKind::Postgres).await;
    let database = app.database();
    let full = "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            RAISE EXCEPTION 'could not extend file \"base/16384/16385\": No space left on device'
            USING ERRCODE = '53100', HINT = 'Check free disk space.';
        END $$;
        CREATE TRIGGER full_disk AFTER INSERT ON suppliers FOR EACH ROW EXECUTE FUNCTION full_disk()";
    database.execute(full).await.expect("a trigger");
    let create = "mutation { createSupplier(input: { name: \"full\" }) { supplier { name } userErrors { message } } }";
    let read = "{ suppliers(where: { name: { startsWith: \"full\" } }) { totalCount } }";
    for _ in 0..5 {
        let response = app.graphql(create, json!({})).await;
        assert_eq!(response.code(), "UNAVAILABLE", "{}", response.text);
        assert!(response.text.contains("has no room for writes"), "{}", response.text);
        assert_eq!(app.query(read).await["suppliers"]["totalCount"], 0, "reads go on, and nothing is half-done");
    }
    database.execute("DROP TRIGGER full_disk ON suppliers; DROP FUNCTION full_disk()").await.expect("room");
    assert_eq!(app.query(create).await["createSupplier"]["supplier"]["name"], "full");
    assert_sound(database, "a full disk of a server").await;
}
