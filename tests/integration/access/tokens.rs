//! Tokens: made, used, revoked, and what is kept of them.

use std::time::{Duration, Instant};

use modelry::app::App;
use modelry::config::Config;
use modelry::domain::Role;
use modelry::http;
use serde_json::{Value, json};

use super::{ask, ask_at, until, viewer};
use crate::support::{DatabaseKind, Fixture as _, Response, TestApp, TestDatabase, on_both_databases};

/// How long what takes less than a second may take beside all other tests.
const PATIENCE: Duration = Duration::from_secs(5);

const CREATE: &str = "mutation($input: CreateApiTokenInput!) { createApiToken(input: $input) {
    token apiToken { id name hint role scopes expiresAt createdBy lastUsedAt revokedAt } userErrors { field code message } } }";
const REVOKE: &str = "mutation($id: ID!) { revokeApiToken(input: { id: $id }) { apiToken { name revokedBy } userErrors { field code } } }";

async fn create(app: &TestApp, input: Value) -> Value {
    app.graphql(CREATE, json!({ "input": input })).await.data()["createApiToken"].clone()
}

/// Another server on the same database; its address.
async fn another(app: &TestApp) -> String {
    let config = Config { database_url: app.database().url().to_owned(), ..Config::default() };
    let other = App::new(config, app.parts().clock().clone()).expect("another instance");
    other.set_migrated();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let router = http::router(other);
    tokio::spawn(async move { axum::serve(listener, router).await });
    format!("http://{address}/graphql")
}

/// Every cell of every row of what is kept of tokens and of what happened.
async fn kept(database: &TestDatabase) -> String {
    let row = database
        .dialect("json_array(name, hash, hint, role, scopes, created_by, revoked_by)", "to_jsonb(api_tokens)::text");
    let event = database.dialect("json_array(actor, action, outcome, detail, address)", "to_jsonb(audit_events)::text");
    let mut kept = database.texts(&format!("SELECT {row} AS value FROM api_tokens")).await;
    kept.extend(database.texts(&format!("SELECT {event} AS value FROM audit_events")).await);
    kept.join("\n")
}

on_both_databases! {
    /// A token is shown once. What is kept of it is its hash, and what its owner knows it again by.
    async fn a_token_is_shown_once_and_kept_as_its_hash(app: TestApp) {
        let made = create(&app, json!({ "name": "ci", "role": "EDITOR" })).await;
        let token = made["token"].as_str().expect("a token");
        assert!(token.starts_with("mdy_") && token.len() == 53, "{token}");
        assert_eq!(made["apiToken"]["hint"], token[49..]);
        assert_eq!(made["apiToken"]["createdBy"], "token:tests");
        assert_eq!(viewer(&app, Some(token)).await, ("token:ci".to_owned(), "EDITOR".to_owned()));

        app.parts().access().write_noted().await.expect("written");
        let (kept, listed) = (kept(app.database()).await, app.query("{ apiTokens { name hint role } }").await);
        for text in [&kept, &listed.to_string()] {
            assert!(text.contains("ci") && !text.contains(&token[4..40]), "{text}");
        }
        let hash = modelry::auth::Secret::parse_token(token).expect("a token").hash().to_hex();
        assert!(kept.contains(&hash), "{kept}");
    }

    /// Whoever writes is named in the history.
    async fn the_history_names_the_token(app: TestApp) {
        let token = app.make_token("ci", Role::Editor).await;
        let write = "mutation { createSupplier(input: { name: \"acme\" }) { changeSet { actor channel } userErrors { message } } }";
        let response = ask(&app, Some(&token), write, json!({})).await;
        assert_eq!(response.data()["createSupplier"]["changeSet"], json!({ "actor": "token:ci", "channel": "GRAPHQL" }));
        let refused = ask(&app, None, write, json!({})).await;
        assert_eq!((refused.status, refused.code()), (200, "UNAUTHENTICATED"));
        assert!(refused.errors()[0]["message"].as_str().expect("a message").contains("needs the role editor"));
        assert_eq!(app.query("{ suppliers { totalCount } }").await["suppliers"]["totalCount"], 1);
    }

    /// What is no good token lets nobody in, not even to what is for everybody.
    async fn bad_tokens_are_refused(app: TestApp) {
        let good = app.make_token("good", Role::Viewer).await;
        let revoked = create(&app, json!({ "name": "revoked", "role": "VIEWER" })).await;
        app.graphql(REVOKE, json!({ "id": revoked["apiToken"]["id"] })).await.data();
        let expired = app.make_token_with("expired", Role::Viewer, |token| {
            token.expires_at = Some(serde_json::from_value(json!("2026-06-15T12:00:01Z")).expect("a moment"));
        }).await;
        assert_eq!(viewer(&app, Some(&expired)).await.0, "token:expired");
        let clock = app.parts().clock();
        clock.set(serde_json::from_value(json!("2026-06-15T12:00:01Z")).expect("a moment"));

        let unknown = modelry::auth::Secret::token().expect("a token");
        for (authorization, message) in [
            (format!("Bearer {}", unknown.expose()), "not known"),
            (format!("Bearer {}", revoked["token"].as_str().expect("a token")), "was revoked"),
            (format!("Bearer {expired}"), "has expired"),
            (format!("Bearer {good}x"), "not known"),
            ("Bearer ".to_owned(), "Bearer mdy_"),
            ("Bearer mdy_".to_owned(), "not known"),
            ("Bearer mdy_密".to_owned(), "Bearer mdy_"),
            ("Basic dTpw".to_owned(), "Bearer mdy_"),
            (good.clone(), "Bearer mdy_"),
        ] {
            for accept in ["application/graphql-response+json", "application/json", "text/event-stream"] {
                let request = crate::support::app::client().post(app.url("/graphql"));
                let header = reqwest::header::HeaderValue::from_bytes(authorization.as_bytes()).expect("a header");
                let request = request.header("authorization", header).header("accept", accept);
                let request = request.header("content-type", "application/json").body("{\"query\":\"{ __typename }\"}");
                let response = Response::of(request).await;
                assert_eq!((response.status, response.code()), (401, "UNAUTHENTICATED"), "{authorization}: {}", response.text);
                assert!(response.text.contains(message), "{authorization}: {}", response.text);
                assert_eq!(response.header("www-authenticate"), "Bearer realm=\"modelry\", error=\"invalid_token\"");
                assert!(response.json.get("data").is_none());
            }
        }
        assert_eq!(viewer(&app, Some(&good)).await.0, "token:good");
        assert_eq!(viewer(&app, None).await, ("anonymous".to_owned(), "VIEWER".to_owned()));
    }

    /// What is revoked on one instance is over there at once, and on the others within a second.
    async fn a_revoked_token_is_over_on_every_instance(app: TestApp) {
        let made = create(&app, json!({ "name": "ci", "role": "VIEWER" })).await;
        let token = made["token"].as_str().expect("a token").to_owned();
        let other = another(&app).await;
        let status = async |url: &str| ask_at(url, Some(&token), "{ __typename }", json!({})).await.status;
        assert_eq!((status(&app.url("/graphql")).await, status(&other).await), (200, 200), "made here, good there");

        let revoked = app.graphql(REVOKE, json!({ "id": made["apiToken"]["id"] })).await;
        let started = Instant::now();
        assert_eq!(revoked.data()["revokeApiToken"]["apiToken"], json!({ "name": "ci", "revokedBy": "token:tests" }));
        assert_eq!(status(&app.url("/graphql")).await, 401);
        until("the other knows", async || status(&other).await == 401).await;
        let elapsed = started.elapsed();
        assert!(elapsed < PATIENCE, "{elapsed:?}");
    }

    /// SQL past Modelry that revokes and raises the revision counts as well.
    async fn a_token_revoked_by_hand_is_over(app: TestApp) {
        let token = app.make_token("ci", Role::Viewer).await;
        assert_eq!(viewer(&app, Some(&token)).await.0, "token:ci");
        app.database().execute("UPDATE api_tokens SET revoked_at = created_at WHERE name = 'ci'; UPDATE access_state SET revision = revision + 1")
            .await.expect("revoked");
        until("it is known", async || ask(&app, Some(&token), "{ __typename }", json!({})).await.status == 401).await;
    }

    /// Where it can't be known whether a token is still good, nobody is let in on what was known before.
    async fn nobody_is_let_in_on_old_knowledge(app: TestApp) {
        let token = app.make_token("ci", Role::Viewer).await;
        assert_eq!(viewer(&app, Some(&token)).await.0, "token:ci");
        app.database().execute("ALTER TABLE access_state RENAME TO hidden").await.expect("hidden");
        let started = Instant::now();
        until("it is noticed", async || ask(&app, Some(&token), "{ __typename }", json!({})).await.status == 503).await;
        assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
        let refused = ask(&app, Some(&token), "{ __typename }", json!({})).await;
        assert_eq!(refused.code(), "UNAVAILABLE", "{}", refused.text);
        assert_eq!(viewer(&app, None).await.0, "anonymous", "what needs no token goes on");
        app.database().execute("ALTER TABLE hidden RENAME TO access_state").await.expect("back");
        until("it is good again", async || ask(&app, Some(&token), "{ __typename }", json!({})).await.status == 200).await;
    }

    /// To be let in asks the database nothing.
    async fn no_statement_is_sent_to_let_somebody_in(app: TestApp) {
        for token in [app.token(), None] {
            let response = ask(&app, token, "{ viewer { name } }", json!({})).await;
            assert_eq!(response.statements(), 0, "{}", response.text);
        }
    }

    /// When a token was used is noted, in a batch, at most once a minute.
    async fn the_last_use_is_noted(app: TestApp) {
        let token = app.make_token("ci", Role::Viewer).await;
        let last = async || {
            app.parts().access().write_noted().await.expect("written");
            let tokens = app.query("{ apiTokens { name lastUsedAt } }").await;
            let all = tokens["apiTokens"].as_array().expect("tokens").clone();
            all.into_iter().find(|token| token["name"] == "ci").expect("the token")["lastUsedAt"].clone()
        };
        assert_eq!(last().await, json!(null));
        for (now, noted) in [
            ("2026-06-15T12:00:00Z", "2026-06-15T12:00:00+00:00"),
            ("2026-06-15T12:00:30Z", "2026-06-15T12:00:00+00:00"),
            ("2026-06-15T12:01:01Z", "2026-06-15T12:01:01+00:00"),
        ] {
            app.parts().clock().set(serde_json::from_value(json!(now)).expect("a moment"));
            viewer(&app, Some(&token)).await;
            assert_eq!(last().await, noted, "at {now}");
        }
    }

    /// What is wrong with a token to make is told by field, all at once.
    async fn what_is_wrong_with_a_token_is_told(app: TestApp) {
        let wrong = async |input: Value| {
            let payload = create(&app, input).await;
            assert!(payload["token"].is_null() && payload["apiToken"].is_null(), "{payload}");
            let errors = payload["userErrors"].as_array().expect("errors").clone();
            let each = errors.iter().map(|error| format!("{} {}", error["field"][0].as_str().expect("a field"), error["code"].as_str().expect("a code")));
            each.collect::<Vec<_>>().join(", ")
        };
        let input = json!({ "name": "No Name", "role": "VIEWER", "scopes": ["CATALOGUE_WRITE"], "expiresAt": "2026-06-15T12:00:00Z" });
        assert_eq!(wrong(input).await, "name INVALID, expiresAt OUT_OF_RANGE, scopes INVALID");
        assert_eq!(wrong(json!({ "name": "a", "role": "ADMIN", "scopes": [] })).await, "scopes INVALID");
        assert_eq!(wrong(json!({ "name": "tests", "role": "ADMIN" })).await, "name TAKEN");
        let revoke = async |id: &str| app.graphql(REVOKE, json!({ "id": id })).await.data()["revokeApiToken"]["userErrors"].clone();
        assert_eq!(revoke("Model:1").await, json!([{ "field": ["id"], "code": "INVALID" }]));
        assert_eq!(revoke("ApiToken:999").await, json!([{ "field": ["id"], "code": "NOT_FOUND" }]));
    }

    /// Whoever may make tokens gives no more than they have: neither scopes, nor time.
    async fn a_token_makes_none_that_may_more_than_itself(app: TestApp) {
        use modelry::domain::Scope;
        let manager = app.make_token_with("manager", Role::Admin, |token| {
            token.scopes = Some(vec![Scope::AccessManage, Scope::AuditRead]);
            token.expires_at = Some(serde_json::from_value(json!("2026-07-01T00:00:00Z")).expect("a moment"));
        }).await;
        let make = async |input: Value| ask(&app, Some(&manager), CREATE, json!({ "input": input })).await.data()["createApiToken"].clone();
        let sound = |name: &str| json!({ "name": name, "role": "ADMIN", "scopes": ["AUDIT_READ"], "expiresAt": "2026-07-01T00:00:00Z" });
        let with = |field: &str, value: Value| {
            let mut input = sound("x");
            input[field] = value;
            input
        };
        for (input, field, right) in [
            (with("scopes", Value::Null), "scopes", "access:manage, audit:read"),
            (with("scopes", json!(["AUDIT_READ", "CATALOGUE_WRITE"])), "scopes", "access:manage, audit:read"),
            (with("expiresAt", Value::Null), "expiresAt", "2026-07-01"),
            (with("expiresAt", json!("2026-07-01T00:00:01Z")), "expiresAt", "2026-07-01"),
        ] {
            let payload = make(input.clone()).await;
            let errors = payload["userErrors"].as_array().expect("errors");
            assert_eq!((errors.len(), &errors[0]["field"], &errors[0]["code"]), (1, &json!([field]), &json!("OUT_OF_RANGE")), "{input}: {payload}");
            assert!(errors[0]["message"].as_str().is_some_and(|message| message.contains(right)), "{payload}");
            assert!(payload["token"].is_null() && payload["apiToken"].is_null(), "{payload}");
        }
        let everything = make(json!({ "name": "x", "role": "ADMIN" })).await;
        assert_eq!(everything["userErrors"].as_array().map(Vec::len), Some(2), "{everything}");

        let child = make(sound("child")).await;
        let child = child["token"].as_str().unwrap_or_else(|| panic!("{child}"));
        ask(&app, Some(child), "{ auditLog { totalCount } }", json!({})).await.data();
        assert_eq!(ask(&app, Some(child), CREATE, json!({ "input": sound("grandchild") })).await.code(), "FORBIDDEN");
        // Whoever may do everything gives everything.
        assert!(create(&app, json!({ "name": "boss", "role": "ADMIN" })).await["token"].is_string());
    }

    /// A revoked token frees its name, and revoking it again changes nothing.
    async fn a_revoked_token_frees_its_name(app: TestApp) {
        let first = create(&app, json!({ "name": "ci", "role": "VIEWER", "scopes": ["CATALOGUE_READ"] })).await;
        assert_eq!(first["apiToken"]["scopes"], json!(["CATALOGUE_READ"]));
        for _ in 0..2 {
            let revoked = app.graphql(REVOKE, json!({ "id": first["apiToken"]["id"] })).await;
            assert_eq!(revoked.data()["revokeApiToken"]["apiToken"]["revokedBy"], "token:tests");
        }
        let second = create(&app, json!({ "name": "ci", "role": "VIEWER" })).await;
        assert!(second["token"].is_string() && second["token"] != first["token"], "{second}");
    }
}

/// Whoever may not come in says so on a database that is not ready as on any.
#[tokio::test]
async fn tokens_wait_for_the_database_to_be_ready() {
    let app = TestApp::start(TestDatabase::on(DatabaseKind::Sqlite).await, |_| {}).await;
    let unknown = modelry::auth::Secret::token().expect("a token");
    let response = ask(&app, Some(unknown.expose()), "{ __typename }", json!({})).await;
    assert_eq!((response.status, response.code()), (503, "UNAVAILABLE"));
}
