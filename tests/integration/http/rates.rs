//! What a caller may spend, and what is said to who is over a limit.

use reqwest::Method;
use reqwest::header::RETRY_AFTER;
use serde_json::{Value, json};

use crate::push::socket::Socket;
use crate::support::app::{client as nobody, client_with};
use crate::support::fixtures::catalogue;
use crate::support::{DatabaseKind, Fixture as _, Response, SmallCatalogue, TestApp, TestDatabase, on_both_databases};
use crate::torture::{assert_sound, at_rest};
use modelry::config::Config;
use modelry::domain::{ChangeChannel, Role};
use modelry::store::{Author, StoreError};

async fn limited(change: impl FnOnce(&mut Config)) -> TestApp {
    let app = TestApp::over(TestDatabase::on(DatabaseKind::Sqlite).await, change).await;
    app.import(crate::support::fixtures::SMALL).await;
    app
}

/// Nothing ran, for this setting.
fn assert_limited(response: &Response, setting: &str) {
    assert_eq!((response.status, response.code()), (429, "RATE_LIMITED"), "{}", response.text);
    let error = &response.errors()[0];
    assert_eq!(error["extensions"]["limit"], setting, "{}", response.text);
    assert!(error["message"].as_str().is_some_and(|message| message.contains(setting)), "{}", response.text);
    let seconds: u64 = response.header(RETRY_AFTER.as_str()).parse().expect("whole seconds");
    let milliseconds = error["extensions"]["retryAfterMs"].as_u64().expect("milliseconds");
    assert!(seconds >= 1 && seconds * 1_000 >= milliseconds, "{}", response.text);
    assert!(response.json.get("data").is_none(), "{}", response.text);
}

#[tokio::test]
async fn an_answer_says_what_it_cost_and_what_is_left() {
    let app = limited(|config| config.limits.cost_per_minute = 60_000).await;
    let response = app.graphql("{ models(first: 50) { nodes { name supplier { name } } } }", json!({})).await;
    let models = response.data()["models"]["nodes"].as_array().expect("models").len();
    let cost = &response.json["extensions"]["cost"];
    assert_eq!(cost["requestedQueryCost"], 1 + 1 + 50 * 2);
    assert_eq!(cost["actualQueryCost"], 1 + 1 + models * 2);
    assert_eq!(cost["throttleStatus"]["maximumAvailable"], 60_000);
    assert_eq!(cost["throttleStatus"]["restoreRate"], 1_000.0);
    let left = cost["throttleStatus"]["currentlyAvailable"].as_u64().expect("a number");
    // What was not spent is back; and a little may have come meanwhile.
    assert!((60_000 - 2 - 2 * models as u64..=60_000).contains(&left), "{cost}");
}

#[tokio::test]
async fn a_refused_document_costs_nothing_but_its_asking() {
    let app = limited(|config| config.limits.cost_per_minute = 50_000).await;
    let response = app.graphql("{ nothing }", json!({})).await;
    assert_eq!(response.status, 400);
    assert_eq!(response.json.get("extensions"), None, "{}", response.text);
}

#[tokio::test]
async fn a_field_tells_the_allowance() {
    let query = "{ rateLimit { limit remaining restoreRate resetAt cost } models(first: 9) { nodes { name } } }";
    let app = limited(|config| config.limits.cost_per_minute = 60_000).await;
    let allowance = app.query(query).await["rateLimit"].clone();
    assert_eq!((&allowance["limit"], &allowance["cost"]), (&json!(60_000), &json!(12)));
    assert_eq!((&allowance["remaining"], &allowance["restoreRate"]), (&json!(59_988), &json!(1_000.0)));
    assert_eq!(allowance["resetAt"], "2026-06-15T12:00:00.012+00:00");
    let unlimited = SmallCatalogue::on(DatabaseKind::Sqlite).await;
    assert_eq!(unlimited.query(query).await["rateLimit"], Value::Null);
}

#[tokio::test]
async fn costs_need_not_be_told() {
    let app = limited(|config| config.limits.publish_cost = false).await;
    let response = app.graphql("{ __typename }", json!({})).await;
    assert_eq!(response.text, r#"{"data":{"__typename":"Query"}}"#);
}

#[tokio::test]
async fn who_has_spent_all_has_to_wait() {
    let app = limited(|config| {
        (config.limits.max_cost, config.limits.cost_per_minute) = (100, 100);
    })
    .await;
    let query = "{ models(first: 90) { nodes { name } } }";
    let mut answers = 0;
    let refused = loop {
        let response = app.graphql(query, json!({})).await;
        if response.status != 200 {
            break response;
        }
        answers += 1;
        assert!(answers < 60, "nothing was ever spent");
    };
    assert!(answers >= 1);
    assert_limited(&refused, "limits.cost_per_minute");
    app.graphql("{ __typename }", json!({})).await.data();
}

#[tokio::test]
async fn requests_of_a_second_are_counted() {
    let app = limited(|config| config.limits.requests_per_second = 1).await;
    let mut refused = None;
    for _ in 0..40 {
        let response = app.graphql("{ __typename }", json!({})).await;
        if response.status != 200 {
            refused = Some(response);
            break;
        }
    }
    assert_limited(&refused.expect("two at once, then one a second"), "limits.requests_per_second");
}

/// So are those for the page to sign in, and for the schema; health is for everybody.
#[tokio::test]
async fn pages_that_cost_something_are_counted() {
    for (method, path) in [(Method::GET, "/schema.graphql"), (Method::GET, "/login"), (Method::POST, "/login")] {
        let app = limited(|config| config.limits.requests_per_second = 1).await;
        let mut refused = None;
        for _ in 0..40 {
            let request = app.request(method.clone(), path).header("sec-fetch-site", "same-origin");
            let request = request.header("content-type", "application/x-www-form-urlencoded").body("code=x");
            let response = Response::of(request).await;
            if response.status == 429 {
                refused = Some(response);
                break;
            }
        }
        assert_limited(&refused.expect("two at once, then one a second"), "limits.requests_per_second");
        assert_eq!(Response::of(app.get("/healthz")).await.status, 200);
    }
}

/// A mutation that is refused has changed nothing; queries go on.
#[tokio::test]
async fn mutations_of_a_minute_are_counted() {
    let app = limited(|config| config.limits.mutations_per_minute = 2).await;
    let create = |name: &str| {
        format!("createSupplier(input: {{ name: \"{name}\" }}) {{ supplier {{ name }} userErrors {{ code }} }}")
    };
    let both = format!("mutation {{ a: {} b: {} }}", create("one"), create("two"));
    assert_eq!(app.query(&both).await["b"]["supplier"]["name"], "two");
    let third = app.graphql(&format!("mutation {{ {} }}", create("three")), json!({})).await;
    assert_limited(&third, "limits.mutations_per_minute");
    assert_eq!(app.query("{ supplier(name: \"three\") { id } }").await["supplier"], Value::Null);
}

#[tokio::test]
async fn an_operation_of_a_socket_is_refused_by_itself() {
    let app = limited(|config| config.limits.mutations_per_minute = 1).await;
    let mut socket = Socket::open(&app).await;
    let create = "mutation($name: String!) { createSupplier(input: { name: $name }) { supplier { name } } }";
    socket.subscribe("1", create, json!({ "name": "one" })).await;
    let answer = socket.receive().await;
    assert_eq!(answer["payload"]["data"]["createSupplier"]["supplier"]["name"], "one", "{answer}");
    assert_eq!(answer["payload"]["extensions"]["cost"]["actualQueryCost"], 12, "{answer}");
    assert_eq!(socket.receive().await["type"], "complete");
    socket.subscribe("2", create, json!({ "name": "two" })).await;
    let error = socket.error("2").await;
    assert_eq!(error["extensions"]["code"], "RATE_LIMITED", "{error}");
    socket.subscribe("3", "{ __typename }", json!({})).await;
    assert_eq!(socket.receive().await["payload"]["data"], json!({ "__typename": "Query" }), "the socket is well");
}

#[tokio::test]
async fn streams_of_a_caller_are_counted() {
    let app = limited(|config| config.limits.streams_per_caller = 1).await;
    let body = json!({ "query": "subscription { changed { cursor } }" }).to_string();
    // As somebody who hasn't said who they are, as a socket hasn't when it is opened.
    let stream = || {
        let request = nobody().post(app.url("/graphql")).header("content-type", "application/json");
        request.header("accept", "text/event-stream").body(body.clone())
    };
    let open = stream().send().await.expect("a stream");
    assert_eq!(open.status(), 200);
    assert_limited(&Response::of(stream()).await, "limits.streams_per_caller");
    let socket = || Socket::connect_with(&app, "graphql-transport-ws", None, None);
    let refused = socket().await.err().expect("no place");
    assert_eq!((refused.0, &refused.1["errors"][0]["extensions"]["code"]), (429, &json!("RATE_LIMITED")));
    drop(open);
    let mut tries = 0;
    while socket().await.is_err() {
        tries += 1;
        assert!(tries < 200, "the place stays taken");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn subscriptions_of_a_caller_are_counted() {
    let app = limited(|config| config.limits.subscriptions_per_caller = 1).await;
    let mut socket = Socket::open(&app).await;
    socket.subscribe("1", "subscription { changed { cursor } }", json!({})).await;
    socket.settle().await;
    let mut other = Socket::open(&app).await;
    let mut code = Value::Null;
    for id in 0..100 {
        // The first one may not have begun yet.
        other.subscribe(&id.to_string(), "subscription { changed { cursor } }", json!({})).await;
        let answer = other.next().await.expect("an answer");
        if answer["type"] == "error" {
            code = answer["payload"][0]["extensions"]["limit"].clone();
            break;
        }
    }
    assert_eq!(code, "limits.subscriptions_per_caller");
}

/// Behind a proxy, those who don't say who they are are told apart by what it says; from anybody else that is not believed.
#[tokio::test]
async fn callers_behind_a_proxy_are_counted_by_themselves() {
    let once = |config: &mut Config| (config.limits.max_cost, config.limits.cost_per_minute) = (1, 1);
    let body = json!({ "query": "{ __typename }" }).to_string();
    let statuses = async |app: &TestApp| {
        let mut statuses = Vec::new();
        for client in ["192.0.2.1", "192.0.2.2", "6.6.6.6, 192.0.2.1"] {
            let request = nobody().post(app.url("/graphql")).header("content-type", "application/json");
            statuses.push(Response::of(request.header("x-forwarded-for", client).body(body.clone())).await.status);
        }
        statuses
    };
    let believing = limited(|config| {
        once(config);
        config.http.trusted_proxies = vec!["127.0.0.0/8".to_owned()];
    });
    assert_eq!(statuses(&believing.await).await, [200, 200, 429]);
    assert_eq!(statuses(&limited(once).await).await, [200, 429, 429]);
}

/// Whoever says who they are is counted as that, wherever they ask from; others who have the same address are not concerned.
#[tokio::test]
async fn tokens_are_callers_of_their_own() {
    let app = limited(|config| (config.limits.max_cost, config.limits.cost_per_minute) = (1, 1)).await;
    let other = app.make_token("other", Role::Viewer).await;
    let ask = async |client: reqwest::Client| {
        let request = client.post(app.url("/graphql")).header("content-type", "application/json");
        Response::of(request.body(json!({ "query": "{ __typename }" }).to_string())).await.status
    };
    for client in [nobody(), client_with(&other), client_with(app.token().expect("a token"))] {
        assert_eq!((ask(client.clone()).await, ask(client).await), (200, 429));
    }
    // Over a socket, who says so when it begins is who it is.
    let mut socket = Socket::open(&app).await;
    socket.subscribe("1", "{ __typename }", json!({})).await;
    assert_eq!(socket.error("1").await["extensions"]["code"], "RATE_LIMITED");
}

on_both_databases! {
    /// A request that takes too long is given up. What a mutation was writing is written whole or not at all.
    async fn a_request_has_only_so_much_time(database: TestDatabase) {
        let app = TestApp::over(database, |config| config.limits.request_timeout_ms = 1).await;
        app.import(&catalogue(20, 50)).await;
        let query = "{ models(first: 100) { totalCount facets { suppliers { count } capabilities { count } }
            nodes { parameters { name } capabilities { support } prices { amount } categories { path } } } }";
        for accept in ["application/json", "application/graphql-response+json"] {
            let request = app.post(json!({ "query": query }).to_string()).header("accept", accept);
            let response = Response::of(request).await;
            assert_eq!((response.status, response.code()), (503, "TIMEOUT"), "{}", response.text);
            assert_eq!(response.errors()[0]["message"], "given up after 1 ms (limits.request_timeout_ms)");
        }
        let fields = (0..20).fold(String::new(), |fields, number| {
            format!("{fields} m{number}: createSupplier(input: {{ name: \"new-{number:02}\" }}) {{ userErrors {{ code }} }}")
        });
        let response = app.graphql(&format!("mutation {{ {fields} }}"), json!({})).await;
        assert_eq!(response.code(), "TIMEOUT", "{}", response.text);
        let message = response.errors()[0]["message"].as_str().expect("a message");
        assert!(message.ends_with("may have been written: read it before trying again"), "{message}");

        // The write that was under way comes to its end by itself; those behind it were never begun.
        let author = Author::new("test", ChangeChannel::Cli, "wait", app.parts().clock().now());
        app.parts().store().write::<(), StoreError, _>(author, |_| Box::pin(async { Ok(()) })).await.expect("its turn");
        at_rest(app.database()).await;
        let there = app.database().texts("SELECT name AS value FROM suppliers WHERE name LIKE 'new-%' ORDER BY name").await;
        let expected: Vec<String> = (0..there.len()).map(|number| format!("new-{number:02}")).collect();
        assert_eq!(there, expected, "in their order, without a gap");
        // Both by one statement: a write that is only coming to its end is seen whole or not at all.
        let told = "SELECT CAST((SELECT count(*) FROM suppliers WHERE name LIKE 'new-%') \
                    - (SELECT count(*) FROM change_sets WHERE operation = 'createSupplier') AS TEXT) AS value";
        assert_eq!(app.database().texts(told).await, ["0"], "each with its history");
        assert_sound(app.database(), "a request that was given up").await;
    }
}
