//! Who may come in to a restored database.

use modelry::domain::{ChangeChannel, Role};
use modelry::registry::clock::Clock;
use modelry::registry::session::{self, NewSession, make_link};
use modelry::store::{Author, Store};
use serde_json::json;
use tempfile::TempDir;

use super::{File, findings, other};
use crate::cli::process::{Server, output};
use crate::support::{EmptyDatabase, Fixture as _, TestApp, TestDatabase, on_both_databases};

/// A link, which is used, and another, which is not; all as of the clock on the wall.
async fn sign_in(store: &Store) {
    let now = Clock::system().now();
    for code in ["used", "unused"] {
        let author = Author::new("alice", ChangeChannel::Cli, "createSignInLink", now);
        make_link(store, author, code.to_owned()).await.expect("a link");
    }
    let expires_at = modelry::domain::Timestamp::new(now.to_utc() + chrono::TimeDelta::hours(1));
    let new = NewSession { code_hash: "used".to_owned(), hash: "browser".to_owned(), now, expires_at, address: None };
    assert!(session::begin(store, new).await.expect("begun"));
}

const SESSIONS: &str = "SELECT hash AS value FROM sessions UNION ALL SELECT hash AS value FROM sign_in_links";
const GOOD: &str = "SELECT name AS value FROM api_tokens WHERE revoked_at IS NULL ORDER BY name";
const TOLD: &str =
    "SELECT actor || ' ' || outcome || ' ' || detail AS value FROM audit_events WHERE action = 'restore'";

/// Restores with these options as an operator does; what is said, to standard error.
fn restore(folder: &TempDir, file: &File, target: &TestDatabase, options: &[&str]) -> String {
    let path = file.path.to_str().expect("a name");
    let arguments = [&["restore", path, "--actor", "operator", "--database-url", target.url()], options].concat();
    let restored = output(folder, &arguments);
    let said = String::from_utf8_lossy(&restored.stderr).into_owned();
    assert!(restored.status.success(), "{said}");
    said
}

on_both_databases! {
    /// Sessions and links are ended; tokens that are good are named, since they may have been revoked meanwhile, and can be revoked
    /// along with it.
    async fn what_was_ended_is_not_revived(app: TestApp) {
        app.make_token("ci", Role::Editor).await;
        sign_in(app.database().store()).await;
        let file = File::of(app.database()).await;
        assert_eq!(app.database().texts(SESSIONS).await.len(), 3);
        let folder = tempfile::tempdir().expect("a folder");
        for (options, good) in [(&[][..], &["ci", "tests"][..]), (&["--revoke-tokens"], &[]), (&["--as-new"], &[])] {
            let target = EmptyDatabase::on(other(app.database().kind())).await;
            let said = restore(&folder, &file, &target, options);
            assert_eq!(target.texts(SESSIONS).await, Vec::<String>::new(), "{options:?}");
            assert_eq!(target.texts(GOOD).await, good, "{options:?}");
            assert_eq!(said.contains("ci, tests") && said.contains("modelry token revoke"), !good.is_empty(), "{said}");
            let told = target.texts(TOLD).await;
            let tokens = if good.is_empty() { "2 tokens revoked" } else { "2 tokens good again" };
            assert!(told.len() == 1 && told[0].starts_with("operator done from a backup of the registry "), "{told:?}");
            assert!(told[0].ends_with(&format!("; sessions and links ended, {tokens}")), "{told:?}");
            assert_eq!(findings(&target).await, Vec::<String>::new());
        }
    }

    /// A token that is good in a backup lets in after it is restored, unless they were revoked.
    async fn a_revoked_token_lets_nobody_in(app: TestApp) {
        let token = app.token().expect("a token").to_owned();
        let file = File::of(app.database()).await;
        let folder = tempfile::tempdir().expect("a folder");
        for (options, status) in [(&[][..], 200), (&["--revoke-tokens"], 401)] {
            let target = EmptyDatabase::on(app.database().kind()).await;
            restore(&folder, &file, &target, options);
            let server = Server::on(target.url()).with_token(&token);
            assert_eq!(server.graphql("{ viewer { name } }").await.status, status, "{options:?}");
        }
    }

    /// The audit log tells of backups, by whom they are made.
    async fn backups_are_told(app: TestApp) {
        let folder = tempfile::tempdir().expect("a folder");
        for file in ["b.gz", "-"] {
            let made = output(&folder, &["backup", file, "--actor", "operator", "--database-url", app.database().url()]);
            assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        }
        let log = app.query("{ auditLog(first: 9, where: { actions: [\"backup\"] }) { nodes { actor channel outcome detail } } }").await;
        let nodes = log["auditLog"]["nodes"].as_array().expect("entries");
        assert_eq!(nodes.len(), 2, "{log}");
        for node in nodes {
            assert_eq!((&node["actor"], &node["channel"], &node["outcome"]), (&json!("operator"), &json!("CLI"), &json!("DONE")));
            assert!(node["detail"].as_str().is_some_and(|detail| detail.contains(" rows of ") && detail.contains(", as of 20")), "{node}");
        }
    }
}
