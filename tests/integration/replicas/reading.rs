//! What is read from a standby, and what never is.

use reqwest::header::CACHE_CONTROL;
use serde_json::json;

use super::{CREATE, Cluster, Place, SUPPLIERS, ask, ask_with, create, keeping, reading_from, until_used};
use crate::support::{Response, TestApp};

/// A point, with four relations.
const POINT: &str = "{ node(id: \"Model:1\") { ... on Model { name supplier { name } parameters { name } \
                     capabilities { capability { name } } prices { amount } } } }";

/// A read past replicas and what is kept.
async fn from_primary(app: &TestApp, query: &str) -> Response {
    let request = app.post(json!({ "query": query }).to_string()).header(CACHE_CONTROL, "no-cache");
    Response::of(request).await
}

/// Queries of the catalogue go to a standby that has caught up, by as many statements and with the same answers; whoever wants the
/// primary's own gets that.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reads_go_to_a_standby_that_has_caught_up() {
    let cluster = Cluster::start().await;
    let app = cluster.app(reading_from(cluster.standby.url())).await;
    until_used(&app).await;
    for query in [SUPPLIERS, POINT, "{ models(first: 5) { totalCount nodes { name prices { amount } } } }"] {
        let (there, place) = ask(&app, query).await;
        assert_eq!(place, Place::Replica, "{query}");
        let here = from_primary(&app, query).await;
        assert_eq!((here.data(), here.statements()), (there.data(), there.statements()), "{query}");
    }
    let reads =
        "SELECT query AS value FROM pg_stat_activity WHERE application_name = 'modelry' AND query LIKE '%FROM models%'";
    assert_ne!(cluster.standby.texts(reads).await, [""; 0], "it was the standby that was asked");
}

/// What was is read from the primary, whose connections alone can have its views; a comparison of both in one request is right.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_past_is_read_from_the_primary() {
    let cluster = Cluster::start().await;
    let app = cluster.app(reading_from(cluster.standby.url())).await;
    until_used(&app).await;
    let now = app.query("{ suppliers { totalCount } }").await["suppliers"]["totalCount"].clone();
    let both = "{ suppliers { totalCount } at(time: \"2026-06-15T12:00:00Z\") { suppliers { totalCount } } \
                before: at(time: \"2020-01-01T00:00:00Z\") { suppliers { totalCount } } changeSets { totalCount } }";
    let (found, place) = ask(&app, both).await;
    assert_eq!((place, &found.data()["suppliers"]["totalCount"]), (Place::Replica, &now), "{}", found.text);
    assert_eq!(found.data()["before"]["suppliers"]["totalCount"], 0, "{}", found.text);
}

/// While the standby is paused, all is read from the primary that it can't have: the same process's writes, and those that a
/// token tells of. When it goes on it is used again, without anybody's help.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paused_standby_is_waited_for_by_nobody() {
    let cluster = Cluster::start().await;
    let app = cluster.app(keeping(cluster.standby.url())).await;
    let other = app.beside(keeping(cluster.standby.url())).await;
    until_used(&app).await;
    until_used(&other).await;
    ask(&other, SUPPLIERS).await;
    cluster.pause().await;
    assert_eq!(
        ask(&app, "{ suppliers(first: 1) { nodes { name } } }").await.1,
        Place::Replica,
        "it has all that there is"
    );

    let token = create(&app, "written-meanwhile").await;
    let (found, place) = ask(&app, SUPPLIERS).await;
    assert!(found.text.contains("written-meanwhile") && place == Place::Primary, "{place:?} {}", found.text);
    let (found, place) = ask_with(&other, &token, SUPPLIERS).await;
    assert!(found.text.contains("written-meanwhile") && place == Place::Primary, "{place:?} {}", found.text);
    let lag = super::state(&app).replicas[0].lag;
    crate::access::until("the lag is seen", async || super::state(&app).replicas[0].lag > Some(0)).await;
    assert!(super::state(&app).replicas[0].is_in, "it lags, and is there: {lag:?}");

    cluster.resume().await;
    until_used(&app).await;
    until_used(&other).await;
    let (found, place) = ask_with(&other, &token, "{ suppliers { nodes { name } } }").await;
    assert!(found.text.contains("written-meanwhile") && place == Place::Replica, "{place:?} {}", found.text);
}

/// A mutation reads back from the primary, and so do the tables whose changes are in no feed: nobody could say how far a standby
/// is with them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_no_feed_tells_of_is_read_from_the_primary() {
    let cluster = Cluster::start().await;
    let app = cluster.app(reading_from(cluster.standby.url())).await;
    modelry::registry::master_key::prepare(app.parts().store(), app.parts().keyring()).await.expect("a master key");
    until_used(&app).await;
    cluster.pause().await;
    let key = "mutation { createSupplierKey(input: { supplierId: \"Supplier:1\", label: \"production\", secret: \"sk-0123456789abcdef\" }) \
               { supplierKey { label } userErrors { message } } }";
    assert_eq!(app.query(key).await["createSupplierKey"]["userErrors"], json!([]));
    let (found, place) = ask(&app, "{ suppliers { nodes { keys { label } } } }").await;
    assert!(found.text.contains("production") && place == Place::Again, "{place:?} {}", found.text);
    let written = app.graphql(CREATE, json!({ "name": "read-back" })).await;
    assert!(written.data()["createSupplier"]["supplier"]["id"].is_string(), "{}", written.text);
    let viewer = app.query("{ viewer { name } }").await;
    assert_eq!(viewer["viewer"]["name"], "token:tests");
    cluster.resume().await;
}

/// Whatever is written and read on two servers while the standby stops and goes: no answer is older than what its asker has
/// seen, kept or not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answer_is_older_than_its_token() {
    const STEPS: usize = 200;
    let cluster = Cluster::start().await;
    let one = cluster.app(keeping(cluster.standby.url())).await;
    let other = one.beside(keeping(cluster.standby.url())).await;
    let servers = [&one, &other];
    until_used(&one).await;
    let mut places = Vec::new();
    let (mut token, mut written) = (String::new(), 0);
    for step in 0..STEPS {
        match step % 50 {
            20 => cluster.pause().await,
            35 => cluster.resume().await,
            _ => {}
        }
        if step % 7 < 2 {
            written = step;
            let update = format!(
                "mutation {{ updateSupplier(input: {{ id: \"Supplier:1\", displayName: \"n{step}\" }}) {{ userErrors {{ message }} }} }}"
            );
            let response = servers[step % 2].graphql(&update, json!({})).await;
            assert_eq!(response.data()["updateSupplier"]["userErrors"], json!([]));
            response.header("modelry-revision").clone_into(&mut token);
        }
        let app = servers[(step / 2) % 2];
        let (found, place) =
            ask_with(app, &token, "{ node(id: \"Supplier:1\") { ... on Supplier { displayName } } }").await;
        let name = found.data()["node"]["displayName"].as_str().unwrap_or_default().to_owned();
        assert!(written == 0 || name == format!("n{written}"), "step {step}, {place:?}: {name} after n{written}");
        places.push(place);
        if step % 3 == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(8)).await;
        }
    }
    for place in [Place::Replica, Place::Primary, Place::Memory] {
        assert!(places.contains(&place), "nothing came from {place:?}");
    }
}
