//! Input that nobody means well with: whatever comes in, the server answers, says what is wrong, and stays whole.

mod backups;
mod cursors;
mod damage;
mod effort;
mod files;
mod payloads;
mod schema;

use serde_json::Value;

use crate::support::{Response, TestDatabase};

/// Fails unless this is an answer of a server that is well: no fault of its own, and JSON.
fn assert_sound(response: &Response, what: &dyn std::fmt::Debug) {
    assert!(response.status < 500, "{what:?}: {} {}", response.status, response.text);
    assert!(response.json.is_object(), "{what:?}: {} {}", response.status, response.text);
    let faults = ["INTERNAL", "UNAVAILABLE"];
    let is_fault = |error: &Value| error["extensions"]["code"].as_str().is_none_or(|code| faults.contains(&code));
    assert!(!response.errors().iter().any(is_fault), "{what:?}: {}", response.text);
}

/// Every table of the database with the number of its rows, but for the audit log, which tells of sign-ins in its own time.
async fn counts(database: &TestDatabase) -> Vec<(String, String)> {
    let names = database.dialect(
        "SELECT name AS value FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
        "SELECT tablename::TEXT AS value FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
    );
    let mut counts = Vec::new();
    for name in database.texts(names).await.into_iter().filter(|name| name != "audit_events") {
        let count = database.texts(&format!("SELECT CAST(count(*) AS TEXT) AS value FROM {name}")).await;
        counts.push((name, count.concat()));
    }
    counts
}
