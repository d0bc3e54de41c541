//! What tools that look for holes send, in every place of the schema that takes a text.

use serde_json::{Value, json};

use super::effort::effort;
use super::schema::{Place, Schema};
use super::{assert_sound, counts};
use crate::support::{Fixture, TestApp, TestDatabase, fixtures, on_both_databases};

/// Of all payloads, how many each place is given; the next place is given the next ones. All of them with more effort.
const EACH: usize = 3;

/// What is sent.
fn payloads() -> Vec<Value> {
    let texts = [
        "'",
        "\"",
        "' OR '1'='1",
        "\" OR \"\"=\"",
        "'; DROP TABLE models; --",
        "1; DELETE FROM suppliers",
        "') UNION SELECT sql FROM sqlite_master --",
        "' UNION SELECT NULL, version() --",
        "'||(SELECT pg_sleep(5))||'",
        "/* */ -- # ;",
        "$1 ?1 :name @x $$ $body$",
        "\\'; \\",
        "\u{0}",
        "a\u{0}b",
        "%",
        "_%\\%_",
        "%' ESCAPE '",
        "*\" OR NEAR(a b) AND NOT",
        "\u{202e}drowssap\u{2066}",
        "\u{feff}\u{200b}\u{fffd}\u{10ffff}",
        "e\u{301}\u{301}\u{301} İıſK ß 型",
        "$.a[*]?(@.b == 1)",
        "{\"a\": {\"$ne\": null}}",
        "../../../etc/passwd",
        "javascript:alert(1)",
        "<script>alert(1)</script>",
        "${jndi:ldap://x}{{7*7}}",
        "%00%27%0a",
        "\r\nSet-Cookie: a=b",
        "-9223372036854775808",
        "1e999999999",
        "NaN",
        "",
        " ",
    ];
    let long = ["a".repeat(100_000), "%_".repeat(30_000), "型".repeat(30_000), "a ".repeat(30_000)];
    let others =
        [json!(9_223_372_036_854_775_807_i64), json!(-1), json!(1.5e300), json!(true), json!([]), json!({ "a": null })];
    let texts = texts.iter().map(|text| json!(text)).chain(long.iter().map(|text| json!(text)));
    texts.chain(others).collect()
}

/// A [`TestApp`] with a small catalogue that takes documents of any size.
struct Roomy(TestApp);

impl Fixture for Roomy {
    async fn on(kind: crate::support::DatabaseKind) -> Self {
        let app = TestApp::over(TestDatabase::on(kind).await, |config| {
            config.limits.max_fields = 1_000_000;
            config.limits.max_depth = 100;
        })
        .await;
        app.import(fixtures::SMALL).await;
        Self(app)
    }
}

/// Sends payloads to these places, in turn; how many were sent.
async fn attack(app: &TestApp, schema: &Schema, places: &[Place]) -> usize {
    let payloads = payloads();
    let each = (EACH * effort() as usize).min(payloads.len());
    let mut sent = 0;
    for (number, place) in places.iter().enumerate() {
        for turn in 0..each {
            let payload = &payloads[(number * EACH + turn) % payloads.len()];
            let (query, variables) = schema.request(place, payload);
            let response = app.graphql(&query, variables).await;
            let shown: String = payload.to_string().chars().take(80).collect();
            assert_sound(&response, &(place, shown));
            sent += 1;
        }
    }
    sent
}

on_both_databases! {
    /// Queries answer or refuse, and not a row is other than it was.
    async fn queries_take_no_harm(app: Roomy) {
        let Roomy(app) = app;
        let schema = Schema::of(&app).await;
        let places: Vec<_> = schema.places().into_iter().filter(|place| place.operation == "query").collect();
        assert!(places.len() > 100, "{}", places.len());
        let before = counts(app.database()).await;
        let sent = attack(&app, &schema, &places).await;
        assert!(sent >= places.len() * EACH);
        assert_eq!(counts(app.database()).await, before);
    }

    /// Mutations do what they are for, or refuse; every table is still there, and the catalogue can still be read.
    async fn mutations_take_no_harm(app: Roomy) {
        let Roomy(app) = app;
        let schema = Schema::of(&app).await;
        let places: Vec<_> = schema.places().into_iter().filter(|place| place.operation == "mutation").collect();
        assert!(places.len() > 100, "{}", places.len());
        let names = |counts: Vec<(String, String)>| counts.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        let before = names(counts(app.database()).await);
        attack(&app, &schema, &places).await;
        assert_eq!(names(counts(app.database()).await), before);
        app.query("{ models { totalCount nodes { name supplier { name } history { totalCount } } } }").await;
    }

    /// What was written with quotes, wildcards and markup in it is found again by exactly that text.
    async fn odd_texts_come_back_as_they_were(app: Roomy) {
        let Roomy(app) = app;
        let create = "mutation($name: String!, $text: String) {
            createSupplier(input: { name: $name, description: $text }) { supplier { description } userErrors { code } }
        }";
        for (number, payload) in payloads().iter().enumerate() {
            let Some(text) = payload.as_str().filter(|text| text.len() < 1_000) else { continue };
            let response = app.graphql(create, json!({ "name": format!("odd-{number}"), "text": text })).await;
            let payload = &response.data()["createSupplier"];
            if payload["supplier"].is_object() {
                assert_eq!(payload["supplier"]["description"].as_str().unwrap_or_default(), text, "{text:?}");
            } else {
                assert!(!payload["userErrors"].as_array().expect("a list").is_empty(), "{text:?}: {}", response.text);
            }
        }
    }
}
