//! A server that is killed while clients write.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::sync::Notify;

use super::{Random, assert_sound, rounds};
use crate::cli::process::{Admin, PATIENCE, Server, modelry};
use crate::support::app::client;
use crate::support::{SmallCatalogue, TestDatabase, on_both_databases};

/// Clients that write at the same time.
const WRITERS: usize = 4;
/// The longest that a server lives once it is ready, or once it has acknowledged a write.
const LIFE: Duration = Duration::from_millis(400);

const CREATE: &str =
    "mutation($input: CreateModelInput!) { createModel(input: $input) { model { id } userErrors { message } } }";

/// Creates models until nobody answers any more; the names of those that were acknowledged.
async fn write(admin: Admin, supplier: String, prefix: String, written: Arc<Notify>) -> Vec<String> {
    let client = client();
    let mut acknowledged = Vec::new();
    for number in 0.. {
        let name = format!("{prefix}-{number}");
        let input = json!({
            "supplierId": supplier, "name": name, "modelType": "LANGUAGE", "aliases": [format!("{name}-a"), format!("{name}-b")],
            "parameters": [{ "name": "context_window", "type": "INT", "value": 1000 }],
        });
        let body = json!({ "query": CREATE, "variables": { "input": input } }).to_string();
        let Ok(response) = admin.post(&client, body).send().await else { break };
        let Ok(text) = response.text().await else { break };
        assert!(text.contains("\"userErrors\":[]") && text.contains("\"id\""), "{text}");
        acknowledged.push(name);
        written.notify_one();
    }
    acknowledged
}

/// Names of the models that are there, all of whose parts must be.
async fn whole_models(database: &TestDatabase) -> BTreeSet<String> {
    let parts = "SELECT name || ' ' || (SELECT count(*) FROM model_aliases WHERE model_id = models.id) || ' '
                 || (SELECT count(*) FROM model_parameters WHERE model_id = models.id) AS value FROM models WHERE name LIKE 'killed-%'";
    let rows = database.texts(parts).await;
    let whole =
        rows.iter().map(|row| row.strip_suffix(" 2 1").unwrap_or_else(|| panic!("half a model: {row}")).to_owned());
    whole.collect()
}

on_both_databases! {
    /// Every acknowledged write is there after each kill, nothing is there in part, and the next server starts.
    async fn acknowledged_writes_survive_kills(app: SmallCatalogue) {
        let data = app.query("{ suppliers(first: 1) { nodes { id } } }").await;
        let supplier = data["suppliers"]["nodes"][0]["id"].as_str().expect("an id").to_owned();
        let (database, token) = (app.database(), app.token().expect("an admin's"));
        let mut random = Random::new("acknowledged_writes_survive_kills");
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
            let there = whole_models(database).await;
            let lost: Vec<&String> = acknowledged.difference(&there).collect();
            assert!(lost.is_empty(), "round {round}: acknowledged and lost: {lost:?}");
            assert_sound(database, &format!("round {round}")).await;
        }
        assert!(!acknowledged.is_empty(), "nothing was written");
    }
}
