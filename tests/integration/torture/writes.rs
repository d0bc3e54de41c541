//! A server that is killed while clients write.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::Notify;

use super::{Random, assert_sound, rounds, tell};
use crate::cli::process::{Admin, PATIENCE, Server, modelry, output};
use crate::support::app::client;
use crate::support::{SmallCatalogue, TestDatabase, on_both_databases};

/// Clients that write at the same time.
const WRITERS: usize = 4;
/// The longest that a server lives once it is ready, or once it has acknowledged a write.
const LIFE: Duration = Duration::from_millis(400);

/// Each kind of write: its mutation, and what it answers.
const MODEL: (&str, &str) = ("createModel", "model { id }");
const SUPPLIER: (&str, &str) = ("createSupplier", "supplier { id }");
const DESCRIPTION: (&str, &str) = ("updateModel", "model { id }");
const TOKEN: (&str, &str) = ("createApiToken", "apiToken { id }");
const REVOCATION: (&str, &str) = ("revokeApiToken", "apiToken { id }");
const KEY: (&str, &str) = ("createSupplierKey", "supplierKey { id }");

/// A client that writes until nobody answers any more.
struct Writer {
    admin: Admin,
    client: reqwest::Client,
    written: Arc<Notify>,
    acknowledged: Vec<String>,
}

impl Writer {
    /// Writes something, and notes it if that is acknowledged; its id, or `None` if nobody answers.
    async fn write(&mut self, (mutation, answer): (&str, &str), input: Value, note: String) -> Option<Value> {
        let kind = format!("{}Input", mutation[..1].to_uppercase() + &mutation[1..]);
        let document = format!(
            "mutation($input: {kind}!) {{ done: {mutation}(input: $input) {{ {answer} userErrors {{ message }} }} }}"
        );
        let body = json!({ "query": document, "variables": { "input": input } }).to_string();
        let text = self.admin.post(&self.client, body).send().await.ok()?.text().await.ok()?;
        assert!(text.contains("\"userErrors\":[]") && text.contains("\"id\""), "{text}");
        let answered: Value = serde_json::from_str(&text).expect("JSON");
        self.acknowledged.push(note);
        self.written.notify_one();
        let field = answer.split(' ').next().expect("a field");
        Some(answered["data"]["done"][field]["id"].clone())
    }

    /// A model, its description, a token, its revocation, and a key of a supplier of its own.
    async fn write_each(&mut self, supplier: &str, name: &str) -> Option<()> {
        let model = json!({
            "supplierId": supplier, "name": name, "modelType": "LANGUAGE", "aliases": [format!("{name}-a"), format!("{name}-b")],
            "parameters": [{ "name": "context_window", "type": "INT", "value": 1000 }],
        });
        let model = self.write(MODEL, model, format!("model {name}")).await?;
        let described = json!({ "id": model, "description": format!("of {name}") });
        self.write(DESCRIPTION, described, format!("described {name}")).await?;
        let token = self.write(TOKEN, json!({ "name": name, "role": "VIEWER" }), format!("token {name}")).await?;
        self.write(REVOCATION, json!({ "id": token }), format!("revoked {name}")).await?;
        let owner = self.write(SUPPLIER, json!({ "name": name }), format!("supplier {name}")).await?;
        // The key is the same for all: a label that held a piece of it would be refused.
        let key = json!({ "supplierId": owner, "label": name, "secret": "sk-0123456789-abcdef-ghijkl" });
        self.write(KEY, key, format!("key {name}")).await.map(drop)
    }
}

/// What was acknowledged until nobody answered any more.
async fn write(admin: Admin, supplier: String, prefix: String, written: Arc<Notify>) -> Vec<String> {
    let mut writer = Writer { admin, client: client(), written, acknowledged: Vec::new() };
    let mut number = 0;
    while writer.write_each(&supplier, &format!("{prefix}-{number}")).await.is_some() {
        number += 1;
    }
    writer.acknowledged
}

/// All that writers may have written and is there; of models, all parts must be.
async fn there(database: &TestDatabase) -> BTreeSet<String> {
    let parts = "SELECT name || ' ' || (SELECT count(*) FROM model_aliases WHERE model_id = models.id) || ' '
                 || (SELECT count(*) FROM model_parameters WHERE model_id = models.id) AS value FROM models WHERE name LIKE 'killed-%'";
    let models = database.texts(parts).await;
    let whole = models.iter().map(|row| row.strip_suffix(" 2 1").unwrap_or_else(|| panic!("half a model: {row}")));
    let mut there: BTreeSet<String> = whole.map(|name| format!("model {name}")).collect();
    let others = "SELECT 'described ' || name AS value FROM models WHERE description = 'of ' || name
                  UNION ALL SELECT 'supplier ' || name FROM suppliers WHERE name LIKE 'killed-%'
                  UNION ALL SELECT 'token ' || name FROM api_tokens WHERE name LIKE 'killed-%'
                  UNION ALL SELECT 'revoked ' || name FROM api_tokens WHERE revoked_at IS NOT NULL
                  UNION ALL SELECT 'key ' || label FROM supplier_keys WHERE label LIKE 'killed-%'";
    there.extend(database.texts(others).await);
    there
}

on_both_databases! {
    /// Every acknowledged write of whatever kind is there after each kill, nothing is there in part, the next server starts, and
    /// keys open.
    async fn acknowledged_writes_survive_kills(app: SmallCatalogue) {
        let data = app.query("{ suppliers(first: 1) { nodes { id } } }").await;
        let supplier = data["suppliers"]["nodes"][0]["id"].as_str().expect("an id").to_owned();
        let (database, token) = (app.database(), app.token().expect("an admin's"));
        let test = format!("acknowledged_writes_survive_kills, {:?}", database.kind());
        let mut random = Random::new(&test);
        let mut acknowledged = BTreeSet::new();
        let folder = tempfile::tempdir().expect("a folder");
        for round in 0..rounds() {
            let server = Server::start(modelry(&folder, &["serve", "--listen", "127.0.0.1:0", "--database-url", database.url()])).with_token(token);
            let admin = server.admin();
            let written = Arc::new(Notify::new());
            let writers = (0..WRITERS).map(|writer| {
                tokio::spawn(write(admin.clone(), supplier.clone(), format!("killed-{round}-{writer}"), Arc::clone(&written)))
            });
            let writers: Vec<_> = writers.collect();
            // On a slow machine, nothing would be acknowledged in any round that began with the server.
            if round % 2 == 0 {
                tokio::time::timeout(PATIENCE, written.notified()).await.expect("a write is acknowledged");
            }
            tokio::time::sleep(random.pause(LIFE)).await;
            // Kills it.
            drop(server);
            for writer in writers {
                acknowledged.extend(writer.await.expect("it writes"));
            }
            let there = there(database).await;
            let lost: Vec<&String> = acknowledged.difference(&there).collect();
            assert!(lost.is_empty(), "round {round}: acknowledged and lost: {lost:?}");
            assert_sound(database, &format!("round {round}")).await;
        }
        assert!(!acknowledged.is_empty(), "nothing was written");
        let verified = output(&folder, &["keys", "verify", "--database-url", database.url()]);
        assert!(verified.status.success(), "{}", String::from_utf8_lossy(&[verified.stdout, verified.stderr].concat()));
        tell(&test, rounds(), acknowledged.len());
    }
}
