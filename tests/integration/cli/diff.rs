//! `modelry diff`: what changed between two moments.

use serde_json::{Value, json};

use super::process::{complaint, modelry, output};
use crate::support::{TestDatabase, on_both_databases};
use crate::transfer::from_models_dev;

async fn import(database: &TestDatabase, models: Value, day: &str) {
    let acme = json!({ "id": "acme", "name": "Acme", "env": [], "npm": "x", "models": models });
    database.import(from_models_dev(&json!({ "acme": acme })), day).await;
}

fn model(name: &str, input: f64, context: u32) -> Value {
    json!({ "id": name, "name": name, "cost": { "input": input }, "limit": { "context": context, "output": 4096 } })
}

/// The moment of the newest change set.
async fn last_moment(database: &TestDatabase) -> String {
    let sql = database.dialect(
        "SELECT created_at AS value FROM change_sets ORDER BY id DESC LIMIT 1",
        "SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') AS value \
         FROM change_sets ORDER BY id DESC LIMIT 1",
    );
    database.texts(sql).await[0].clone()
}

on_both_databases! {
    /// New, changed and removed objects, each below the model that it belongs to, with the values before and after.
    async fn two_snapshots_differ(database: TestDatabase) {
        import(&database, json!({ "old": model("old", 1.0, 1000), "one": model("one", 2.0, 8192) }), "2025-11-29").await;
        let first = last_moment(&database).await;
        import(&database, json!({ "new": model("new", 3.0, 1000), "one": model("one", 1.5, 128_000) }), "2026-03-16").await;
        let second = last_moment(&database).await;
        let folder = tempfile::tempdir().expect("a folder");
        let url = database.url();
        let said = |arguments: &[&str]| {
            let told = output(&folder, &[&["diff", "--database-url", url], arguments].concat());
            assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
            String::from_utf8(told.stdout).expect("text")
        };
        let told = said(&["--from", &first, "--to", &second]);
        for line in [
            "acme/new",
            "  + Model new",
            "  + ModelPrice INPUT 3 USD",
            "acme/one",
            "  ~ ModelParameter context_window = 128000",
            "      parameter_value: \"8192\" -> \"128000\"",
            "  ~ ModelPrice INPUT 2 USD, until 2026-03-16",
            "      valid_until: null -> \"2026-03-16\"",
            "  + ModelPrice INPUT 1.5 USD, from 2026-03-16",
        ] {
            assert!(told.lines().any(|said| said == line), "{line:?} is not in\n{told}");
        }
        assert!(said(&["--from", &second]).starts_with("0 objects differ"), "nothing since");
        let whole: Value = serde_json::from_str(&said(&["--from", "2000-01-01", "--to", &second, "--json"])).expect("JSON");
        let differences = whole["differences"].as_array().expect("a list");
        assert!(differences.iter().all(|difference| difference["change"] == "added"), "before, there was nothing");
        let supplier = json!({ "type": "Supplier", "of": "acme", "name": "acme", "change": "added", "fields": [] });
        assert!(differences.contains(&supplier), "{whole}");
    }

    /// Moments that can't be compared are named.
    async fn moments_are_checked(database: TestDatabase) {
        let folder = tempfile::tempdir().expect("a folder");
        let refused = |arguments: &[&str]| {
            complaint(modelry(&folder, &[&["diff", "--database-url", database.url()], arguments].concat()))
        };
        assert!(refused(&["--from", "2999-01-01"]).contains("2999-01-01T00:00:00.000000Z is in the future"));
        assert!(refused(&["--from", "2026-01-02", "--to", "2026-01-01"]).contains("is before --from"));
    }
}
