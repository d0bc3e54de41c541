//! The audit log: what is in it, in which order, and what never is.

use modelry::auth::Secret;
use modelry::domain::Role;
use serde_json::{Value, json};

use super::sessions::session;
use super::{ask, until};
use crate::push::create_supplier;
use crate::push::socket::Socket;
use crate::support::{Response, TestApp, TestDatabase, on_both_databases};

const ENTRIES: &str =
    "nodes { id createdAt actor action outcome channel detail count address requestId changeSet { id operation } }";

async fn log(app: &TestApp, condition: &str) -> Vec<Value> {
    app.parts().access().write_noted().await.expect("written");
    let log = app.query(&format!("{{ auditLog(first: 100, where: {{ {condition} }}) {{ {ENTRIES} }} }}")).await;
    log["auditLog"]["nodes"].as_array().expect("entries").clone()
}

fn told(entries: &[Value]) -> Vec<String> {
    let text = |entry: &Value, field: &str| entry[field].as_str().unwrap_or("-").to_owned();
    let each = entries.iter().map(|entry| {
        format!(
            "{} {} {} {}",
            text(entry, "actor"),
            text(entry, "action"),
            text(entry, "outcome"),
            text(entry, "detail")
        )
    });
    each.collect()
}

on_both_databases! {
    /// Changes, administration, sign-ins and refusals, each once, in one list.
    async fn what_happened_is_told(app: TestApp) {
        let reader = app.make_token("reader", Role::Viewer).await;
        create_supplier(&app, "acme").await;
        let write = "mutation($name: String!) { createSupplier(input: { name: $name }) { userErrors { message } } }";
        ask(&app, Some(&reader), write, json!({ "name": "planted-secret" })).await;
        ask(&app, None, write, json!({ "name": "planted-secret" })).await;
        ask(&app, Some(&reader), "{ auditLog { totalCount } }", json!({})).await;
        let unknown = Secret::token().expect("a token");
        ask(&app, Some(unknown.expose()), "{ __typename }", json!({})).await;

        let entries = log(&app, "").await;
        let mut told = told(&entries);
        told.sort_unstable();
        assert_eq!(told, [
            "anonymous createSupplier REFUSED -",
            "anonymous signIn REFUSED the token is not known, or was revoked",
            "test createApiToken DONE reader: viewer, all scopes",
            "test createApiToken DONE tests: admin, all scopes",
            "token:reader auditLog REFUSED -",
            "token:reader createSupplier REFUSED -",
            "token:reader signIn DONE -",
            "token:tests createSupplier DONE -",
            "token:tests signIn DONE -",
        ]);
        let of = |actor: &str, action: &str| entries.iter().find(|entry| entry["actor"] == actor && entry["action"] == action).expect("an entry");
        let change = of("token:tests", "createSupplier");
        assert_eq!((&change["changeSet"]["operation"], &change["changeSet"]["id"]), (&json!("createSupplier"), &change["id"]));
        assert_eq!(of("anonymous", "signIn")["address"], "127.0.0.1");
        assert!(of("token:reader", "createSupplier")["requestId"].is_string());
        let text = Value::from(entries).to_string();
        assert!(!text.contains("planted-secret") && !text.contains(unknown.expose()), "{text}");
    }

    /// Who is not let in is told with the address that they ask from, as far as proxies are believed: by HTTP, by a socket and
    /// by a link. So is what pages of other servers try.
    async fn refusals_are_told_with_their_addresses(database: TestDatabase) {
        let app = TestApp::over(database, |config| config.http.trusted_proxies = vec!["127.0.0.0/8".to_owned()]).await;
        let client = crate::support::app::client();
        let from = |address: &str| ("x-forwarded-for", format!("6.6.6.6, {address}"));
        let get = |address: &str, authorization: &str| {
            let (name, value) = from(address);
            client.get(app.url("/graphql?query={__typename}")).header(name, value).header("authorization", authorization)
        };
        for (address, authorization) in [("192.0.2.1", "Bearer x"), ("192.0.2.2", "Basic dTpw")] {
            assert_eq!(Response::of(get(address, authorization)).await.status, 401);
        }
        let post = |path: &str, address: &str| {
            let (name, value) = from(address);
            let request = client.post(app.url(path)).header(name, value);
            request.header("content-type", "application/x-www-form-urlencoded").body("code=x")
        };
        for (site, address) in [("same-origin", "192.0.2.3"), ("cross-site", "192.0.2.4")] {
            assert_eq!(Response::of(post("/login", address).header("sec-fetch-site", site)).await.status, 403);
        }
        let (name, value) = from("192.0.2.5");
        Socket::connect_sending(&app, &[(name, &value), ("origin", "https://evil.example")]).await.err().expect("a refusal");
        let (name, value) = from("192.0.2.6");
        let mut socket = Socket::connect_sending(&app, &[(name, &value)]).await.expect("a socket");
        socket.send(&json!({ "type": "connection_init", "payload": { "authorization": "Bearer x" } })).await;
        assert_eq!(socket.closed().await.code, 4403);
        let session = session(&app).await;
        let (name, value) = from("192.0.2.7");
        let forged = client.post(app.url("/graphql")).header(name, value).header("cookie", session);
        let forged = forged.header("content-type", "application/json").body("{\"query\":\"{ __typename }\"}");
        assert_eq!(Response::of(forged.header("sec-fetch-site", "same-site")).await.status, 403);

        let entries = log(&app, "outcomes: [REFUSED]").await;
        let text = |entry: &Value, field: &str| entry[field].as_str().unwrap_or("-").to_owned();
        let mut told: Vec<String> = entries.iter().map(|entry| {
            format!("{} {} {}", text(entry, "address"), text(entry, "action"), text(entry, "detail"))
        }).collect();
        told.sort_unstable();
        assert_eq!(told, [
            "192.0.2.1 signIn the token is not known, or was revoked",
            "192.0.2.2 signIn send the token as Authorization: Bearer mdy_...",
            "192.0.2.3 signIn the link is not known, was used, or has expired",
            "192.0.2.4 signIn what a page of another server sends with a session's cookie is not taken",
            "192.0.2.5 signIn pages of other servers may not connect; http.allowed_origins can allow them",
            "192.0.2.6 signIn the token is not known, or was revoked",
            "192.0.2.7 signIn what a page of another server sends with a session's cookie is not taken",
        ]);
    }

    /// Conditions choose, and each holds for changes and events alike.
    async fn conditions_choose(app: TestApp) {
        let reader = app.make_token("reader", Role::Viewer).await;
        let clock = app.parts().clock();
        clock.set(serde_json::from_value(json!("2026-06-16T00:00:00Z")).expect("a moment"));
        create_supplier(&app, "acme").await;
        ask(&app, Some(&reader), "mutation { purge(input: { olderThanDays: 1 }) { states } }", json!({})).await;
        for (condition, expected) in [
            ("actions: [\"createSupplier\", \"purge\"]", vec!["token:reader purge REFUSED -", "token:tests createSupplier DONE -"]),
            ("actors: [\"token:reader\"], outcomes: [REFUSED]", vec!["token:reader purge REFUSED -"]),
            ("outcomes: [REFUSED]", vec!["token:reader purge REFUSED -"]),
            ("since: \"2026-06-16T00:00:00Z\", outcomes: [DONE], actors: [\"token:tests\"], actions: [\"createSupplier\"]", vec!["token:tests createSupplier DONE -"]),
            ("until: \"2026-06-15T12:00:00Z\", actions: [\"createSupplier\", \"purge\"]", vec![]),
            ("actors: []", vec![]),
        ] {
            let mut found = told(&log(&app, condition).await);
            found.sort_unstable();
            assert_eq!(found, expected, "{condition}");
            let count = app.query(&format!("{{ auditLog(where: {{ {condition} }}) {{ totalCount }} }}")).await;
            assert_eq!(count["auditLog"]["totalCount"], expected.len(), "{condition}");
        }
    }

    /// Pages of any size, forwards and backwards, give every entry once, the newest first, by a statement each.
    async fn pages_give_every_entry_once(app: TestApp) {
        // The clock stands: many entries are of one moment.
        for number in 0..5 {
            app.make_token(&format!("t{number}"), Role::Viewer).await;
            create_supplier(&app, &format!("s{number}")).await;
        }
        let all = log(&app, "").await;
        assert!(all.len() >= 11, "{}", all.len());
        let moments: Vec<&str> = all.iter().map(|entry| entry["createdAt"].as_str().expect("a moment")).collect();
        assert!(moments.is_sorted_by(|left, right| left >= right), "{moments:?}");
        for (size, turn, end, more) in [("first", "after", "endCursor", "hasNextPage"), ("last", "before", "startCursor", "hasPreviousPage")] {
            for length in [1, 2, 3, 7] {
                let (mut found, mut cursor) = (Vec::new(), Value::Null);
                loop {
                    let query = format!("query($c: String) {{ auditLog({size}: {length}, {turn}: $c) {{ nodes {{ id }} pageInfo {{ {end} {more} }} }} }}");
                    let response = app.graphql(&query, json!({ "c": cursor })).await;
                    assert_eq!(response.statements(), 1);
                    let page = &response.data()["auditLog"];
                    let ids = page["nodes"].as_array().expect("entries").iter().map(|entry| entry["id"].clone());
                    if turn == "after" { found.extend(ids) } else { found.splice(0..0, ids).for_each(drop) }
                    cursor = page["pageInfo"][end].clone();
                    if page["pageInfo"][more] == json!(false) { break }
                }
                let expected: Vec<Value> = all.iter().map(|entry| entry["id"].clone()).collect();
                assert_eq!(found, expected, "{size}: {length}");
            }
        }
        let foreign = app.query("{ changeSets(first: 1) { pageInfo { endCursor } } }").await;
        let cursor = foreign["changeSets"]["pageInfo"]["endCursor"].as_str().expect("a cursor");
        let message = app.bad_input(&format!("{{ auditLog(after: {cursor:?}) {{ totalCount }} }}")).await;
        assert!(message.contains("of another list"), "{message}");
    }

    /// Who tries tokens by the hundred gets a few lines.
    async fn a_flood_of_refusals_is_a_few_entries(app: TestApp) {
        for _ in 0..100 {
            let unknown = Secret::token().expect("a token");
            let body = json!({ "query": "{ __typename }" }).to_string();
            // Unknown by its form: nobody waits for it to become known.
            let request = crate::support::app::client_with(&unknown.expose()[..50]).post(app.url("/graphql"));
            assert_eq!(request.header("content-type", "application/json").body(body).send().await.expect("an answer").status(), 401);
        }
        until("they are written", async || !log(&app, "outcomes: [REFUSED]").await.is_empty()).await;
        let entries = log(&app, "outcomes: [REFUSED]").await;
        assert!(entries.len() <= 2, "{entries:?}");
    }
}
