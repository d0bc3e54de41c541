//! Backups, what becomes of them, and what a database must hold.

mod access;
mod contents;
mod refusals;
mod regularly;
mod restoring;
mod running;
mod verifying;

use std::io::Read as _;
use std::path::PathBuf;

use modelry::backup::{self, Header, Restoration, Restored, TableSum, Trailer};
use modelry::domain::ChangeChannel;
use modelry::registry::clock::Clock;
use modelry::store::Author;
use modelry::store::verify::verify;
use serde_json::json;
use tempfile::TempDir;

use crate::support::{DatabaseKind, Fixture, SmallCatalogue, TestDatabase};

/// A backup in a folder of its own.
struct File {
    _folder: TempDir,
    path: PathBuf,
}

impl File {
    /// Makes one of this database.
    async fn of(database: &TestDatabase) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("backup.gz");
        backup::to_file(database.store(), &path, Clock::system().now()).await.expect("a backup");
        Self { _folder: folder, path }
    }

    /// What it says of itself.
    fn summary(&self) -> (Header, Trailer) {
        backup::check(&self.path).expect("a whole backup")
    }

    /// Its lines.
    fn lines(&self) -> Vec<String> {
        let mut text = String::new();
        let file = std::fs::File::open(&self.path).expect("the file");
        flate2::read::GzDecoder::new(file).read_to_string(&mut text).expect("text");
        text.lines().map(str::to_owned).collect()
    }

    async fn restore(&self, database: &TestDatabase, as_new: bool) -> Result<Restored, String> {
        let source = Box::new(std::fs::File::open(&self.path).expect("the file"));
        let author = Author::new("operator", ChangeChannel::Cli, "restore", Clock::system().now());
        let how = Restoration { author, as_new, revoke_tokens: false };
        backup::restore(database.store(), source, how).await.map_err(|error| error.to_string())
    }
}

/// What a backup has, but for the audit log, which tells of backups and restorations themselves.
pub fn but_for_the_log(trailer: &Trailer) -> Vec<&TableSum> {
    trailer.tables.iter().filter(|table| table.table != "audit_events").collect()
}

/// The other kind of database.
fn other(kind: DatabaseKind) -> DatabaseKind {
    if kind == DatabaseKind::Sqlite { DatabaseKind::Postgres } else { DatabaseKind::Sqlite }
}

/// What doesn't hold in a database.
async fn findings(database: &TestDatabase) -> Vec<String> {
    let found = database.store().read_snapshot(|conn| Box::pin(verify(conn))).await.expect("verified");
    found.iter().map(ToString::to_string).collect()
}

/// A catalogue with a past: changed, published, deleted and restored, and rows that are gone for good.
struct LivedIn(SmallCatalogue);

impl Fixture for LivedIn {
    async fn on(kind: DatabaseKind) -> Self {
        let app = SmallCatalogue::on(kind).await;
        let models = app.query("{ models(first: 2) { nodes { id } } }").await;
        let model = |index: usize| models["models"]["nodes"][index]["id"].clone();
        for (mutation, input) in [
            ("updateModel", json!({ "id": model(0), "description": "é千\n\"x\" \u{1}" })),
            ("publishModelVersion", json!({ "modelId": model(0), "label": "v1" })),
            ("deleteModel", json!({ "id": model(1) })),
            ("restoreModel", json!({ "id": model(1) })),
            ("deleteModel", json!({ "id": model(1) })),
        ] {
            let kind = format!("{}Input", mutation[..1].to_uppercase() + &mutation[1..]);
            let document = format!(
                "mutation($input: {kind}!) {{ done: {mutation}(input: $input) {{ userErrors {{ message }} }} }}"
            );
            let response = app.graphql(&document, json!({ "input": input })).await;
            assert_eq!(response.data()["done"]["userErrors"].to_string(), "[]", "{mutation}: {}", response.text);
        }
        let gone = "DELETE FROM model_prices WHERE id = (SELECT max(id) FROM model_prices)";
        app.database().execute(gone).await.expect("deleted");
        Self(app)
    }
}

impl std::ops::Deref for LivedIn {
    type Target = TestDatabase;

    fn deref(&self) -> &TestDatabase {
        self.0.database()
    }
}
