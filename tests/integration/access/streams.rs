//! What stays open: who may open it, and that it ends with the rights of who did.

use modelry::config::AnonymousRole;
use modelry::domain::Role;
use serde_json::{Value, json};

use super::ask;
use crate::push::socket::{Closed, Socket};
use crate::push::{CHANGED, create_supplier, until_streams_are};
use crate::support::{TestApp, TestDatabase, on_both_databases};

async fn app(database: TestDatabase) -> TestApp {
    TestApp::over(database, |config| config.auth.anonymous_role = Some(AnonymousRole::None)).await
}

async fn connect(app: &TestApp, token: Option<&str>) -> Socket {
    Socket::connect_with(app, "graphql-transport-ws", None, token).await.expect("a socket")
}

fn init(token: &str) -> Value {
    json!({ "type": "connection_init", "payload": { "authorization": format!("Bearer {token}") } })
}

async fn revoke(app: &TestApp, name: &str) {
    let tokens = app.query("{ apiTokens { id name } }").await["apiTokens"].clone();
    let token =
        tokens.as_array().expect("tokens").iter().find(|token| token["name"] == name).expect("the token").clone();
    let revoke = "mutation($id: ID!) { revokeApiToken(input: { id: $id }) { userErrors { message } } }";
    app.graphql(revoke, json!({ "id": token["id"] })).await.data();
}

on_both_databases! {
    /// A socket can say who it is when it is opened, or when it begins, as browsers have to.
    async fn a_socket_says_who_it_is(database: TestDatabase) {
        let app = app(database).await;
        let token = app.make_token("ci", Role::Viewer).await;
        let mut by_header = connect(&app, Some(&token)).await;
        by_header.send(&json!({ "type": "connection_init" })).await;
        let mut by_payload = connect(&app, None).await;
        by_payload.send(&init(&token)).await;
        for socket in [&mut by_header, &mut by_payload] {
            assert_eq!(socket.receive().await, json!({ "type": "connection_ack" }));
            socket.subscribe("1", "{ viewer { name role } }", json!({})).await;
            assert_eq!(socket.receive().await["payload"]["data"]["viewer"], json!({ "name": "token:ci", "role": "VIEWER" }));
        }
        let unknown = modelry::auth::Secret::token().expect("a token");
        for (message, reason) in [
            (json!({ "type": "connection_init" }), "say who you are"),
            (init(unknown.expose()), "the token is not known"),
            (json!({ "type": "connection_init", "payload": { "Authorization": "Basic x" } }), "send the token as"),
        ] {
            let mut socket = connect(&app, None).await;
            socket.send(&message).await;
            let Closed { code, reason: given } = socket.closed().await;
            assert!(code == 4403 && given.contains(reason), "{code} {given}");
        }
        let mut early = connect(&app, None).await;
        early.subscribe("1", "{ __typename }", json!({})).await;
        assert_eq!(early.closed().await.code, 4401);
        let refused = Socket::connect_with(&app, "graphql-transport-ws", None, Some(unknown.expose())).await;
        let (status, body) = refused.err().expect("a refusal");
        assert_eq!((status, &body["errors"][0]["extensions"]["code"]), (401, &json!("UNAUTHENTICATED")));
    }

    /// A revoked token takes its sockets and event streams with it; those of others stay.
    async fn streams_end_with_their_token(database: TestDatabase) {
        let app = app(database).await;
        let (ci, other) = (app.make_token("ci", Role::Viewer).await, app.make_token("other", Role::Viewer).await);
        let mut sockets = Vec::new();
        for token in [&ci, &other] {
            let mut socket = connect(&app, None).await;
            socket.send(&init(token)).await;
            socket.receive().await;
            socket.subscribe("1", CHANGED, json!({})).await;
            socket.settle().await;
            sockets.push(socket);
        }
        let mut events = crate::support::app::client_with(&ci)
            .post(app.url("/graphql")).header("content-type", "application/json").header("accept", "text/event-stream")
            .body(json!({ "query": CHANGED }).to_string()).send().await.expect("a stream");
        assert_eq!(events.status(), 200);
        until_streams_are(&app, 3).await;

        revoke(&app, "ci").await;
        let closed = sockets[0].closed().await;
        assert_eq!((closed.code, closed.reason.as_str()), (4403, "Forbidden: your rights have ended"));
        while let Some(chunk) = events.chunk().await.expect("a chunk") {
            assert!(!String::from_utf8_lossy(&chunk).contains("event: complete"), "cut off, not completed");
        }
        until_streams_are(&app, 1).await;
        create_supplier(&app, "acme").await;
        assert_eq!(sockets[1].change("1").await["operation"], "CREATE", "the other's goes on");
    }

    /// So does one that expires.
    async fn streams_end_when_their_token_expires(database: TestDatabase) {
        let app = app(database).await;
        let token = app.make_token_with("ci", Role::Viewer, |token| {
            token.expires_at = Some(serde_json::from_value(json!("2026-06-15T12:00:10Z")).expect("a moment"));
        }).await;
        let mut socket = connect(&app, Some(&token)).await;
        socket.send(&json!({ "type": "connection_init" })).await;
        socket.receive().await;
        socket.subscribe("1", CHANGED, json!({})).await;
        socket.settle().await;
        app.parts().clock().set(serde_json::from_value(json!("2026-06-15T12:00:10Z")).expect("a moment"));
        assert_eq!(socket.closed().await.code, 4403);
        let refused = ask(&app, Some(&token), "{ __typename }", json!({})).await;
        assert_eq!((refused.status, refused.errors()[0]["message"].as_str()), (401, Some("the token has expired")));
    }
}
