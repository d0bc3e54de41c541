//! `modelry token`, beside a running server.

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{ask_at, until};
use crate::cli::process::{Server, complaint, modelry, output};
use crate::support::app::client;
use crate::support::{EmptyDatabase, Response, on_both_databases};

/// What a command says.
fn said(folder: &TempDir, database: &EmptyDatabase, arguments: &[&str]) -> String {
    let arguments = [&["token"], arguments, &["--database-url", database.url()]].concat();
    let output = output(folder, &arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

on_both_databases! {
    /// A token that the command makes is good at once, and one that it revokes is over within a second.
    async fn tokens_are_made_listed_and_revoked(database: EmptyDatabase) {
        let folder = tempfile::tempdir().expect("a folder");
        let server = Server::on(database.url());
        let url = format!("http://{}/graphql", server.address());
        let write = "mutation { createSupplier(input: { name: \"made-by-ci\" }) { changeSet { actor } userErrors { message } } }";
        assert_eq!(ask_at(&url, None, write, json!({})).await.code(), "UNAUTHENTICATED");

        let token = said(&folder, &database, &["create", "ci", "--role", "editor", "--actor", "ops"]);
        let response = ask_at(&url, Some(&token), write, json!({})).await;
        assert_eq!(response.data()["createSupplier"]["changeSet"]["actor"], "token:ci");

        let made = said(&folder, &database, &["create", "night", "--role", "admin", "--scope", "audit:read", "--expires-in", "30", "--json"]);
        let made: Value = serde_json::from_str(&made).expect("JSON");
        assert!(made["token"].as_str().is_some_and(|token| token.starts_with("mdy_")), "{made}");
        assert_eq!(made["scopes"], json!(["audit:read"]));
        let log = ask_at(&url, made["token"].as_str(), "{ auditLog(where: { actions: [\"createApiToken\"] }) { nodes { actor channel detail } } }", json!({})).await;
        let log = &log.data()["auditLog"]["nodes"];
        assert!(log.as_array().expect("entries").contains(&json!({ "actor": "ops", "channel": "CLI", "detail": "ci: editor, all scopes" })), "{log}");

        let listed = said(&folder, &database, &["list"]);
        assert!(listed.contains("ci") && listed.contains(&token[49..]) && !listed.contains(&token[..49]), "{listed}");
        let listed: Value = serde_json::from_str(&said(&folder, &database, &["list", "--json"])).expect("JSON");
        assert_eq!(crate::support::each(&listed, "name"), ["ci", "night"]);
        assert!(!listed.to_string().contains(&token[..49]));

        assert_eq!(said(&folder, &database, &["revoke", "ci"]), "ci is revoked");
        until("the server knows", async || ask_at(&url, Some(&token), "{ __typename }", json!({})).await.status == 401).await;
        assert!(!server.log().contains(&token), "no token is logged");
    }
}

on_both_databases! {
    /// As long as nobody has signed in, each start offers a link; it signs in, and another is made by the command.
    async fn a_link_is_offered_until_somebody_signs_in(database: EmptyDatabase) {
        let folder = tempfile::tempdir().expect("a folder");
        let first = Server::on(database.url());
        let first_link = first.first_link();
        assert!(first_link.starts_with(&format!("http://{}/login?code=mdl_", first.address())), "{first_link}");
        drop(first);

        let second = Server::on(database.url());
        let link = second.first_link();
        assert_ne!(link, first_link);
        for link in [&link, &said(&folder, &database, &["link", "--actor", "ops", "--url", &format!("http://{}/", second.address())])] {
            let (page, code) = link.split_once("?code=").expect("a code");
            assert!(Response::of(client().get(link)).await.text.contains("Sign in"), "{link}");
            let post = client().post(page).header("content-type", "application/x-www-form-urlencoded");
            let signed_in = Response::of(post.header("sec-fetch-site", "same-origin").body(format!("code={code}"))).await;
            assert_eq!((signed_in.status, signed_in.header("location")), (303, "/"), "{}", signed_in.text);
        }
        assert!(!second.log().contains("mdl_"), "no code is logged");
        drop(second);

        let third = Server::on(database.url());
        third.terminate();
        assert_eq!(third.ended().await.code(), Some(0));
        let actors = database.texts("SELECT actor AS value FROM sessions ORDER BY id").await;
        assert_eq!(actors, ["session:first", "session:ops"]);
    }
}

/// Where others than this machine can ask, standard output is no place for a link; the command's leads to the public address.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_link_is_printed_where_others_may_read_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = "database_url = \"sqlite://modelry.db\"\nlisten = \"127.0.0.1:0\"\n[http]\npublic_url = \"https://models.example\"\n";
    std::fs::write(folder.path().join("modelry.toml"), settings).expect("written");
    let server = Server::start(modelry(&folder, &["serve"]));
    let offer = server.next_line();
    assert!(offer.starts_with("Nobody has signed in yet") && offer.contains("modelry token link"), "{offer}");
    let made = output(&folder, &["token", "link"]);
    let link = String::from_utf8(made.stdout).expect("a link");
    assert!(link.starts_with("https://models.example/login?code=mdl_"), "{link}");
    server.terminate();
    assert_eq!(server.ended().await.code(), Some(0), "and it printed nothing else");
}

#[test]
fn what_cannot_be_done_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = ["--database-url", "sqlite://modelry.db"];
    let refused = |arguments: &[&str]| complaint(modelry(&folder, &[&["token"], arguments, &url].concat()));
    assert!(refused(&["create", "ci", "--role", "viewer"]).contains("there is no database"));
    assert!(output(&folder, &[&["migrate"][..], &url].concat()).status.success());
    assert!(refused(&["create", "No", "--role", "viewer"]).contains("name: must be"));
    assert!(
        refused(&["create", "ci", "--role", "viewer", "--scope", "audit:read"])
            .contains("audit:read needs the role admin")
    );
    assert!(
        refused(&["create", "ci", "--role", "viewer", "--expires-in", "0"])
            .contains("expiresAt: must be in the future")
    );
    assert!(refused(&["revoke", "ci"]).contains("no token \"ci\""));
}
