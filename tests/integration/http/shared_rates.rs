//! Callers that several processes count together, in Redis.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::redis::RedisServer;
use crate::support::{DatabaseKind, Fixture as _, TestApp, TestDatabase};
use modelry::app::App;

/// Two servers that share what `url` has.
async fn two(url: &str, timeout_ms: u64) -> [TestApp; 2] {
    let start = async || {
        let database = TestDatabase::on(DatabaseKind::Sqlite).await;
        TestApp::over(database, |config| {
            config.limits.redis_url = Some(url.to_owned());
            config.limits.redis_timeout_ms = timeout_ms;
            config.limits.mutations_per_minute = 6;
            config.limits.cost_per_minute = 100_000;
        })
        .await
    };
    [start().await, start().await]
}

/// How many of so many mutations are let in, sent to the two by turns.
async fn let_in(apps: &[TestApp; 2], mutations: usize) -> usize {
    let mut count = 0;
    for number in 0..mutations {
        let mutation = "mutation { createSupplier(input: { name: \"x\" }) { userErrors { code } } }";
        let response = apps[number % 2].graphql(mutation, json!({})).await;
        assert!([200, 429].contains(&response.status), "{}", response.text);
        count += usize::from(response.status == 200);
    }
    count
}

async fn available(app: &TestApp) -> u64 {
    let response = app.graphql("{ __typename }", json!({})).await;
    response.json["extensions"]["cost"]["throttleStatus"]["currentlyAvailable"].as_u64().expect("a number")
}

/// Six a minute are six, whichever server they are sent to; one may come back while the test runs.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_share_one_allowance() {
    let redis = RedisServer::start().await;
    let apps = two(&redis.url(), 20_000).await;
    let count = let_in(&apps, 16).await;
    assert!((6..=8).contains(&count), "{count} were let in");
    assert!(apps.iter().all(|app| app.parts().limits().limiter.is_shared()), "they know that they do");
    let started = Instant::now();
    let query = "{ models(first: 100) { nodes { name } } }";
    let before = available(&apps[1]).await;
    let response = apps[0].graphql(query, json!({})).await;
    assert_eq!(response.json["extensions"]["cost"]["requestedQueryCost"], 102);
    assert_eq!(response.json["extensions"]["cost"]["actualQueryCost"], 1, "there are no models");
    // What was not spent is given back, for both.
    let after = available(&apps[1]).await;
    assert!(after + 10 >= before.min(99_990), "{before}, {after} after {:?}", started.elapsed());
}

/// Each counts for itself while Redis is away, and together again when it is back. No request fails.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_go_on_without_it() {
    let mut redis = RedisServer::start().await;
    let apps = two(&redis.url(), 20_000).await;
    let together = let_in(&apps, 16).await;
    assert!((6..=8).contains(&together), "{together} were let in");
    redis.stop();
    let apart = let_in(&apps, 24).await;
    assert!(!apps.iter().any(|app| app.parts().limits().limiter.is_shared()), "they know that they don't");
    assert!((12..=14).contains(&apart), "{apart} were let in, six by each");
    redis.start_again().await;
    let started = Instant::now();
    // What they count together is new, since this Redis keeps nothing.
    while let_in(&apps, 2).await == 0 {
        assert!(started.elapsed() < Duration::from_secs(8), "it is back, and nobody noticed");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let together = let_in(&apps, 16).await;
    assert!((3..=8).contains(&together), "{together} more were let in");
}

/// A server starts without Redis, and a request doesn't wait for it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_start_without_it() {
    let mut redis = RedisServer::start().await;
    redis.stop();
    let apps = two(&redis.url(), 100).await;
    let count = let_in(&apps, 20).await;
    assert!((12..=14).contains(&count), "{count} were let in, six by each");
    let started = Instant::now();
    apps[0].graphql("{ __typename }", json!({})).await.data();
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}

#[tokio::test]
async fn an_address_of_something_else_is_refused() {
    let mut config = modelry::config::Config { database_url: "sqlite://unused.db".to_owned(), ..Default::default() };
    config.limits.redis_url = Some("http://user:secret@127.0.0.1".to_owned());
    let clock = modelry::registry::clock::Clock::system();
    let error = App::new(config, clock).err().expect("refused").to_string();
    assert!(error.starts_with("limits.redis_url can't be used") && !error.contains("secret"), "{error}");
}
